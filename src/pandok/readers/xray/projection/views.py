"""What is joined: one view of a bag, and the same view of an item alone."""

from __future__ import annotations

from dataclasses import dataclass

import numpy as np
from numpy.typing import NDArray

from pandok.readers.xray.physics.basis import DualResponse
from pandok.readers.xray.physics.noise import Noise
from pandok.readers.xray.solids.paths import LineScanner

Plane = NDArray[np.float32]
Mask = NDArray[np.bool_]


@dataclass(frozen=True, eq=False)
class BagView:
    """`low`, `high` (rows, columns): transmission, air 1. `response`: of the machine. `pitch_mm`: row, column distance
    on the detectors. `blur_px`: Gaussian σ, at whole pixels (`machine_blur.kernel_of`); `blur_error_px`: so far it may
    be off; `blur_known`: it was measured, and not taken for granted: else nothing is joined. `noise`: of the low and
    the high energy. `heights_mm`: of the inside of the bag, lower and upper end above the belt, from another view or a
    rule; None: unknown. `wall_mm`: how thick its walls are. `fan`: where source and detectors stand; None: unknown."""

    low: Plane
    high: Plane
    response: DualResponse
    pitch_mm: tuple[float, float]
    blur_px: float
    noise: tuple[Noise, Noise]
    heights_mm: tuple[float, float] | None = None
    wall_mm: float = 6.0
    fan: LineScanner | None = None
    blur_known: bool = True
    blur_error_px: float = 0.0

    def __post_init__(self) -> None:
        if self.low.shape != self.high.shape or self.low.ndim != 2:
            raise ValueError("low and high must be two planes of one shape")
        if min(self.pitch_mm) <= 0:
            raise ValueError("a pitch is more than 0 mm")


@dataclass(frozen=True, eq=False)
class ItemView:
    """An item alone, as the bag's machine samples it.

    `first`, `second` (rows, columns): g/cm² of the basis materials. `solid`: where the item is. `pitch_mm`: as it is
    said; `blur_px`: of its pixels, so far off as `blur_error_px` says. `sides_mm`: longer and shorter side of the
    smallest rectangle around its outline, as measured on the thing itself and seen from this side on the detectors.
    `depth_mm`: along the rays. `whole`: its outline does not touch the edge of the picture that it was cut from."""

    first: Plane
    second: Plane
    solid: Mask
    pitch_mm: tuple[float, float]
    blur_px: float
    sides_mm: tuple[float, float]
    depth_mm: float
    whole: bool = True
    blur_error_px: float = 0.0

    @property
    def shape(self) -> tuple[int, int]:
        return self.first.shape[0], self.first.shape[1]
