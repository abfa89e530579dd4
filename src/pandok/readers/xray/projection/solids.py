"""An item made of closed solids, in one pose that all views of a machine share."""

from __future__ import annotations

from collections.abc import Sequence
from dataclasses import dataclass, replace

import cv2
import numpy as np

from pandok.readers.xray.physics.basis import DualResponse, Floats
from pandok.readers.xray.physics.solver import solve
from pandok.readers.xray.projection.views import ItemView
from pandok.readers.xray.solids.mesh import Mesh
from pandok.readers.xray.solids.paths import LineScanner, add_path_lengths

_MARGIN_PX = 6
SOLID_BELOW = 0.985
"""T_high of the item alone."""


@dataclass(frozen=True, eq=False)
class Solid:
    """`mass_attenuation` (N,): cm²/g at the energies of the machine. `g_per_cm3`: less that of what it takes the place
    of, where both are of one material; a hollow is a solid of negative density."""

    mesh: Mesh
    mass_attenuation: Floats
    g_per_cm3: float


@dataclass(frozen=True)
class Pose:
    """`rotation` (3, 3) about the item's origin, then `at_mm` x y z: x along the belt, z towards the source."""

    rotation: Floats
    at_mm: tuple[float, float, float]


@dataclass(frozen=True, eq=False)
class PlacedItem:
    """`item`, and where its upper left pixel lies in the view. `heights_mm`: of its lower and upper end above the belt;
    `across_mm`: of its ends across the belt; None: unknown."""

    item: ItemView
    top: int
    left: int
    heights_mm: tuple[float, float] | None = None
    across_mm: tuple[float, float] | None = None


def posed(solids: Sequence[Solid], pose: Pose) -> list[Solid]:
    return [replace(one, mesh=one.mesh.turned(pose.rotation).moved(pose.at_mm)) for one in solids]


def item_of_solids(solids: Sequence[Solid], scanner: LineScanner, response: DualResponse) -> PlacedItem:
    """What one view sees of solids that stand where they are (`posed`), without any blur. Raises ValueError where they
    are not between source and detectors, or the view does not meet them."""
    boxes = np.array([scanner.pixel_box(one.mesh) for one in solids])
    left, top = boxes[:, :2].min(axis=0) - _MARGIN_PX
    right, bottom = boxes[:, 2:].max(axis=0) + _MARGIN_PX
    if right - left <= 2 * _MARGIN_PX or bottom - top <= 2 * _MARGIN_PX:
        raise ValueError("the view does not meet the item")
    window = replace(
        scanner,
        rows=int(bottom - top),
        columns=int(right - left),
        first_x=scanner.first_x + scanner.pitch_x * int(left),
        first_y=scanner.first_y + scanner.pitch_y * int(top),
    )
    exponent = np.zeros((window.rows * window.columns, len(response.energies_kev)), np.float32)
    for one in solids:
        millimetres = np.zeros((window.rows, window.columns))
        add_path_lengths(one.mesh, window, millimetres, 1.0)
        amount = (millimetres.ravel() * one.g_per_cm3 / 10).astype(np.float32)
        hit = np.flatnonzero(amount)
        exponent[hit] -= np.outer(amount[hit], one.mass_attenuation.astype(np.float32))
    rays = np.exp(exponent, out=exponent)
    low, high = (
        (rays @ weights.astype(np.float32)).reshape(window.rows, window.columns)
        for weights in (response.low, response.high)
    )
    solid = high < SOLID_BELOW
    basis = solve(low, high, response, among=high < 1 - 1e-5)
    outline = [scanner.detector_y(one.mesh.vertices) for one in solids]
    corners = np.concatenate(
        [np.stack([one.mesh.vertices[:, 0], y], axis=1) for one, y in zip(solids, outline, strict=True)]
    )
    heights = np.concatenate([one.mesh.vertices[:, 2] for one in solids])
    across = np.concatenate([one.mesh.vertices[:, 1] for one in solids])
    item = ItemView(
        first=np.nan_to_num(basis.first).astype(np.float32),
        second=np.nan_to_num(basis.second).astype(np.float32),
        solid=solid,
        pitch_mm=(scanner.pitch_y, scanner.pitch_x),
        blur_px=0.0,
        sides_mm=rectangle_mm(corners),
        depth_mm=float(heights.max() - heights.min()),
    )
    return PlacedItem(
        item,
        int(top),
        int(left),
        (float(heights.min()), float(heights.max())),
        (float(across.min()), float(across.max())),
    )


def rectangle_mm(points: Floats) -> tuple[float, float]:
    """Longer and shorter side of the smallest rectangle around (n, 2) points, any unit."""
    _, sides, _ = cv2.minAreaRect(np.asarray(points, np.float32))
    return float(max(sides)), float(min(sides))
