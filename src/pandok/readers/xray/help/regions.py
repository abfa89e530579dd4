"""Places out of the shares that a model gives for each pixel: what hangs together and stands out.

A share is that of a pixel which belongs to a thing of a class, 0 to 1. A place grows from a strong pixel over all
neighbours that are strong enough, whatever their class; the class of most of its share is its own.
"""

from __future__ import annotations

from dataclasses import dataclass

import cv2
import numpy as np
from numpy.typing import NDArray

from pandok.readers.xray.help.maps import PITCH_MM, Maps

LEAST_MM2 = 120.0
"""Smaller places are noise; 30 pixels."""
MOST_PLACES = 12


@dataclass(frozen=True)
class PlaceRule:
    """Of all classes together: from `seed` on a place begins, down to `grow` it reaches. What shares are worth differs
    from model to model."""

    grow: float
    seed: float

    def __post_init__(self) -> None:
        if not 0 < self.grow <= self.seed <= 1:
            raise ValueError("a place grows from its strongest pixel downwards: 0 < grow ≤ seed ≤ 1")


@dataclass(frozen=True, eq=False)
class Region:
    """`mask` (rows, columns) of the maps. `box`: x1, y1 within, x2, y2 behind the last pixel of the maps. `class_index`
    and what share of the place's shares it has. `peak`, `mean`: of the share of all classes together. `sides_mm`: long
    and short side of the smallest rectangle around it, at the scale of the view."""

    mask: NDArray[np.bool_]
    box: tuple[int, int, int, int]
    class_index: int
    class_share: float
    peak: float
    mean: float
    told_share: float
    sides_mm: tuple[float, float]

    @property
    def area_mm2(self) -> float:
        return float(self.mask.sum()) * PITCH_MM**2


def padded(maps: Maps, to: int = 16) -> Maps:
    """With sides that are multiples of 16, as models take them: below and on the right air is added."""
    _, rows, columns = maps.shape
    more = ((0, 0), (0, -rows % to), (0, -columns % to))
    wide = np.pad(maps, more)
    wide[3, rows:, :], wide[3, :, columns:] = 1.0, 1.0
    return wide


def regions_in(shares: NDArray[np.float32], maps: Maps, rule: PlaceRule) -> list[Region]:
    """`shares` (classes, rows, columns) for `maps` (4, rows, columns); the strongest first. Raises ValueError where the
    shapes do not belong together."""
    if shares.ndim != 3 or shares.shape[1:] != maps.shape[1:]:
        raise ValueError(f"shares {shares.shape}, maps {maps.shape}")
    together = np.clip(shares.sum(axis=0), 0.0, 1.0)
    count, numbers, facts, _ = cv2.connectedComponentsWithStats(
        (together >= rule.grow).astype(np.uint8), connectivity=8
    )
    found = []
    for number in range(1, count):
        left, top, wide, high, area = (int(one) for one in facts[number])
        if area * PITCH_MM**2 < LEAST_MM2:
            continue
        cut = (slice(top, top + high), slice(left, left + wide))
        inside = numbers[cut] == number
        peak = float(together[cut][inside].max())
        if peak < rule.seed:
            continue
        by_class = shares[(slice(None), *cut)][:, inside].sum(axis=1)
        strongest = int(by_class.argmax())
        mask = np.zeros(together.shape, bool)
        mask[cut] = inside
        found.append(
            Region(
                mask=mask,
                box=(left, top, left + wide, top + high),
                class_index=strongest,
                class_share=float(by_class[strongest] / max(float(by_class.sum()), 1e-9)),
                peak=peak,
                mean=float(together[cut][inside].mean()),
                told_share=float((maps[3][cut][inside] > 0.5).mean()),
                sides_mm=_sides(inside),
            )
        )
    return sorted(found, key=lambda one: (-one.mean * min(one.area_mm2, 2000.0), one.box))[:MOST_PLACES]


def _sides(inside: NDArray[np.bool_]) -> tuple[float, float]:
    points = np.argwhere(inside)[:, ::-1].astype(np.float32)
    _, (one, other), _ = cv2.minAreaRect(points)
    long, short = max(one, other) + 1, min(one, other) + 1
    return float(long * PITCH_MM), float(short * PITCH_MM)
