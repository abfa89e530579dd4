"""From maps of a view to what is pointed at: box, class, score, reason."""

from __future__ import annotations

from collections.abc import Callable
from dataclasses import dataclass

import cv2
import numpy as np
from numpy.typing import NDArray

from pandok.core.text import Text
from pandok.readers.xray.help.maps import PITCH_MM, GoodsMaps, Maps
from pandok.readers.xray.help.regions import PlaceRule, Region, regions_in
from pandok.readers.xray.help.scoring import ScoreCurve
from pandok.readers.xray.help.words import Seen, reason_of
from pandok.readers.xray.physics.material import region_of, rim_of
from pandok.readers.xray.physics.solver import BasisDensities

LEAST_SCORE = 0.02
"""Below it a place is not even kept: readings are kept for ever."""
_AROUND_PX = 10


@dataclass(frozen=True)
class Pointed:
    """`box`: x1, y1 within, x2, y2 just behind the last pixel of the view; `score`: 0 to 1."""

    box: tuple[int, int, int, int]
    class_name: str
    score: float
    reason: Text


def places_in(
    maps: GoodsMaps,
    shares: Callable[[Maps], NDArray[np.float32]],
    classes: tuple[str, ...],
    curve: ScoreCurve,
    rule: PlaceRule,
    view_shape: tuple[int, int],
) -> list[Pointed]:
    """Of one view of `view_shape` rows and columns; the likeliest first. Raises ValueError where the model has another
    number of classes, and what `shares` raises."""
    given = maps.as_input()
    found = shares(given)
    if len(found) != len(classes):
        raise ValueError(f"shares: {len(found)}, classes: {len(classes)}")
    places = []
    for region in regions_in(found, given, rule):
        score = curve.score(region)
        if score >= LEAST_SCORE:
            box = _in_view(region.box, maps.to_view, view_shape)
            name = classes[region.class_index]
            places.append(Pointed(box, name, round(score, 4), reason_of(seen_of(region, maps, name))))
    return sorted(places, key=lambda one: (-one.score, one.box))


def seen_of(region: Region, maps: GoodsMaps, class_name: str) -> Seen:
    """What can be measured at the place; surroundings as the ring around it shows them."""
    x1, y1, x2, y2 = region.box
    rows, columns = maps.shape
    cut = (
        slice(max(0, y1 - _AROUND_PX), min(rows, y2 + _AROUND_PX)),
        slice(max(0, x1 - _AROUND_PX), min(columns, x2 + _AROUND_PX)),
    )
    mask, told = region.mask[cut], maps.told[cut]
    basis = _cut_of(maps.basis, cut)
    # Blur mixes the outermost pixel of a thing with what lies beside it.
    inner = cv2.erode(mask.astype(np.uint8), np.ones((3, 3), np.uint8)) > 0
    inside = (inner if inner.sum() >= 12 else mask) & told
    around = rim_of(mask, gap_px=2, width_px=4) & told
    material = region_of(basis, inside, around)
    beside = region_of(basis, around)
    opaque = 1 - float(told[mask].mean())
    mass = None if material is None else material.g_per_cm2 * int(mask.sum()) * PITCH_MM**2 / 100
    return Seen(
        class_name=class_name,
        sides_mm=region.sides_mm,
        material=material,
        mass_g=mass,
        beside=None if beside is None else (beside.g_per_cm2, beside.f),
        opaque_share=opaque,
    )


def _cut_of(basis: BasisDensities, cut: tuple[slice, slice]) -> BasisDensities:
    return BasisDensities(
        first=basis.first[cut],
        second=basis.second[cut],
        residual=basis.residual[cut],
        marked=basis.marked[cut],
        slopes=basis.slopes[(slice(None), slice(None), *cut)],
    )


def _in_view(
    box: tuple[int, int, int, int], to_view: tuple[float, float], shape: tuple[int, int]
) -> tuple[int, int, int, int]:
    x1, y1, x2, y2 = box
    down, right = to_view
    rows, columns = shape
    left, top = min(int(x1 * right), columns - 1), min(int(y1 * down), rows - 1)
    return (
        left,
        top,
        max(left + 1, min(columns, int(np.ceil(x2 * right)))),
        max(top + 1, min(rows, int(np.ceil(y2 * down)))),
    )
