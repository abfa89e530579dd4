"""From a scene to what a machine sees of it: two energies, blur, noise, 16 bits, and the truth beside."""

from __future__ import annotations

from dataclasses import dataclass

import cv2
import numpy as np
from numpy.typing import NDArray

from pandok.core.text import Text
from pandok.demo.scans.machines import MACHINES, ScanMachine, few_energies_of, true_index
from pandok.demo.scans.materials import MATERIALS
from pandok.demo.scans.parts import Item
from pandok.demo.scans.scenes import Recipe, Scene, scene_of
from pandok.readers.xray.solids.paths import add_path_lengths

AIR_COUNTS = 60_000
"""Counts of air in the 16-bit files."""
_ROWS_AT_ONCE = 16_384
_LEAST_AMOUNT = 1e-9
"""g/cm²; less is rounding."""


@dataclass(frozen=True)
class Shown:
    """One item in the picture. `box`: left, top, right, bottom in pixels, cut to the scan. `index`: material index f of
    its content by itself. `mass_g`: of the item."""

    kind: str
    words: Text
    threat: bool
    content: str
    index: float
    mass_g: float
    box: tuple[int, int, int, int]
    hs_code: str


@dataclass(frozen=True, eq=False)
class Rendered:
    """`low`, `high` (rows, columns) uint16, `AIR_COUNTS` in air. `items`: what is in it, threats included."""

    scene: Scene
    machine: ScanMachine
    low: NDArray[np.uint16]
    high: NDArray[np.uint16]
    items: tuple[Shown, ...]


def rendered(recipe: Recipe, machine: str) -> Rendered:
    """The same recipe and machine give the same bits. Raises `KeyError` for a machine that is none."""
    seen = MACHINES[machine]
    random = np.random.default_rng([recipe.seed, 1, sorted(MACHINES).index(machine)])
    return seen_by(scene_of(recipe), seen, random)


def seen_by(scene: Scene, seen: ScanMachine, random: np.random.Generator) -> Rendered:
    """A scene on a machine that need not be one of `MACHINES`; `random` gives its noise."""
    low, high = clean_transmissions(scene, seen)
    counts = [
        _counted(part, seen.blur_px, quanta, seen.floor, random)
        for part, quanta in zip((low, high), seen.quanta, strict=True)
    ]
    if seen.upright:
        counts = [np.ascontiguousarray(part[::-1]) for part in counts]
    items = tuple(_shown(item, seen) for item in scene.items)
    return Rendered(scene=scene, machine=seen, low=counts[0], high=counts[1], items=items)


def clean_transmissions(scene: Scene, machine: ScanMachine) -> tuple[NDArray[np.float32], NDArray[np.float32]]:
    """(T_low, T_high) without blur and noise."""
    shape = machine.scanner.rows, machine.scanner.columns
    maps: dict[str, NDArray[np.float64]] = {}
    for item in (scene.outer, *scene.items):
        for part in item.parts:
            for material, sign in ((part.material, 1.0), (part.inside, -1.0)):
                if material is not None and material != "air":
                    into = maps.setdefault(material, np.zeros(shape))
                    # Millimetres to g/cm².
                    add_path_lengths(part.mesh, machine.scanner, into, sign * MATERIALS[material].g_per_cm3 / 10)
    few = few_energies_of(machine.spectrum)
    names = sorted(maps)
    rows = [few.names.index(name) for name in names]
    flat = [maps[name].ravel() for name in names]
    some = np.zeros(shape[0] * shape[1], np.bool_)
    for one in flat:
        some |= one.astype(np.float32) > _LEAST_AMOUNT
    hit = np.flatnonzero(some)
    energies = [(weights, np.ascontiguousarray(-attenuation[rows])) for weights, attenuation in (few.low, few.high)]
    found = [np.ones(some.size, np.float32) for _ in energies]
    # A few rows at a time: the maps of all materials beside each other would be moved through memory twice.
    for begin in range(0, len(hit), _ROWS_AT_ONCE):
        at = hit[begin : begin + _ROWS_AT_ONCE]
        amounts = np.empty((len(at), len(flat)), np.float32)
        for column, one in enumerate(flat):
            amounts[:, column] = one[at]
        for values, (weights, towards) in zip(found, energies, strict=True):
            exponent = amounts @ towards
            values[at] = np.exp(exponent, out=exponent) @ weights
    return found[0].reshape(shape), found[1].reshape(shape)


def _counted(
    clean: NDArray[np.float32], blur_px: float, quanta: float, floor: float, random: np.random.Generator
) -> NDArray[np.uint16]:
    """Blurred, with the noise of `quanta` in air and of the electronics (`floor`, of air), in counts."""
    seen = cv2.GaussianBlur(clean, (0, 0), blur_px, borderType=cv2.BORDER_REPLICATE)
    noise = random.standard_normal(seen.shape, dtype=np.float32)
    noise *= np.sqrt(seen / np.float32(quanta) + np.float32(floor**2))
    noise += seen
    noise *= AIR_COUNTS
    return np.asarray(np.clip(np.rint(noise, out=noise), 0, 65535), np.uint16)


def _shown(item: Item, machine: ScanMachine) -> Shown:
    boxes = np.array([machine.scanner.pixel_box(part.mesh) for part in item.parts])
    left, top = boxes[:, :2].min(axis=0)
    right, bottom = boxes[:, 2:].max(axis=0)
    if machine.upright:
        top, bottom = machine.scanner.rows - bottom, machine.scanner.rows - top
    return Shown(
        kind=item.kind,
        words=item.words,
        threat=item.threat,
        content=item.content,
        index=round(true_index(item.content, machine.spectrum), 3),
        mass_g=round(item.mass_g, 1),
        box=(int(left), int(top), int(right), int(bottom)),
        hs_code=item.hs_code,
    )
