"""What a test object shows: the thickest steel still seen through, the thinnest wire, materials told apart.

After the ideas of ASTM F792 (cabinets) and IEEE N42.46 / IEC 62523 (cargo); no conformity is claimed.
"""

from __future__ import annotations

from collections.abc import Sequence
from dataclasses import dataclass

import numpy as np
from numpy.typing import NDArray

from pandok.readers.xray.quality.measures import contrast_to_noise

LEAST_CNR = 3.0
STEP_SHARE = 0.2


@dataclass(frozen=True)
class Place:
    """A part of the test object in the scan: left, top, right, bottom in pixels, and its measure in mm."""

    box: tuple[int, int, int, int]
    millimetres: float

    def of(self, image: NDArray[np.floating], rim_px: int = 0) -> NDArray[np.floating]:
        left, top, right, bottom = self.box
        return image[top + rim_px : bottom - rim_px, left + rim_px : right - rim_px]


def thickest_steel_mm(high: NDArray[np.floating], steps: Sequence[Place], rim_px: int = 4) -> float | None:
    """The thickest step behind which one of a fifth more would still be seen (CNR ≥ 3 over the same window): T between
    the steps is taken as exponential. None where not even the thinnest does, or with fewer than two steps."""
    ordered = sorted(steps, key=lambda one: one.millimetres)
    if len(ordered) < 2:
        return None
    thickness = np.array([one.millimetres for one in ordered])
    parts = [one.of(high, rim_px) for one in ordered]
    means = np.array([float(np.mean(part, dtype=np.float64)) for part in parts])
    seen = None
    for number, part in enumerate(parts):
        further = thickness[number] * (1 + STEP_SHARE)
        expected = float(np.exp(np.interp(further, thickness, np.log(np.maximum(means, 1e-6)))))
        if further > thickness[-1]:
            fall = np.log(means[-1] / means[-2]) / (thickness[-1] - thickness[-2])
            expected = float(means[-1] * np.exp(fall * (further - thickness[-1])))
        spread = float(np.std(part, dtype=np.float64))
        if spread == 0 or (means[number] - expected) / spread >= LEAST_CNR:
            seen = float(thickness[number])
        else:
            break
    return seen


def thinnest_wire_mm(high: NDArray[np.floating], wires: Sequence[Place]) -> float | None:
    """Upright wires, each in the middle of its box: the thinnest such that it and all thicker ones stand out from both
    sides (CNR ≥ 3 of the mean along the wire). None where none does."""
    seen = None
    for wire in sorted(wires, key=lambda one: -one.millimetres):
        part = np.asarray(wire.of(high), np.float64)
        profile = part.mean(axis=0)
        middle, edge = len(profile) // 2, max(2, len(profile) // 4)
        sides = np.concatenate([profile[:edge], profile[-edge:]])
        level, noise = float(sides.mean()), float(sides.std(ddof=1))
        depth = level - float(profile[middle - 2 : middle + 2].min())
        if noise > 0 and depth / noise < LEAST_CNR:
            break
        seen = wire.millimetres
    return seen


def seen_apart(image: NDArray[np.floating], one: Place, other: Place, rim_px: int = 2) -> bool:
    """Whether two places differ by CNR ≥ 3."""
    return contrast_to_noise(one.of(image, rim_px), other.of(image, rim_px)) >= LEAST_CNR
