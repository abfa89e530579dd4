"""One pitch and one blur for scans of several machines. Energy is made alike by the solver, with each machine's
weights.

Transmissions are averaged, not their logarithms: what a larger pixel would have counted. Nothing is ever sharpened; the
sharper scan is blurred until it is as soft as the other.
"""

from __future__ import annotations

from collections.abc import Sequence
from dataclasses import dataclass

import cv2
import numpy as np
from numpy.typing import NDArray

_PIXEL_SIGMA = 0.2887
"""Of a pixel's own width, in pixels: a box of 1 has the variance 1/12."""


@dataclass(frozen=True)
class Sampling:
    """How a scan samples: pitch in mm and Gaussian blur σ in pixels, both row (across the belt), column (along it)."""

    pitch_mm: tuple[float, float]
    blur_px: tuple[float, float] = (0.0, 0.0)

    def __post_init__(self) -> None:
        if min(self.pitch_mm) <= 0 or min(self.blur_px) < 0:
            raise ValueError("a pitch is more than 0 mm, a blur not less than 0 px")


def common_sampling(machines: Sequence[Sampling]) -> Sampling:
    """The coarsest pitch and the largest blur of each axis: what all can be brought to."""
    pitch = tuple(max(one.pitch_mm[axis] for one in machines) for axis in (0, 1))
    blur = tuple(max(_reached(one, pitch[axis], axis) for one in machines) for axis in (0, 1))
    return Sampling((pitch[0], pitch[1]), (blur[0] / pitch[0], blur[1] / pitch[1]))


def resampled(image: NDArray[np.floating], own: Sampling, to: Sampling) -> NDArray[np.float32]:
    """Transmission (rows, columns) at the pitch and blur of `to`; what is already softer stays so. The upper left
    corner of the scan stays where it is."""
    found = np.asarray(image, np.float32)
    scale = [own.pitch_mm[axis] / to.pitch_mm[axis] for axis in (0, 1)]
    # Before larger pixels are taken: average over them.
    before = [_PIXEL_SIGMA * np.sqrt(max(0.0, 1 / one**2 - 1)) for one in scale]
    found = _blurred(found, before)
    if scale != [1.0, 1.0]:
        rows, columns = (max(1, round(found.shape[axis] * scale[axis])) for axis in (0, 1))
        matrix = np.array([[scale[1], 0, scale[1] / 2 - 0.5], [0, scale[0], scale[0] / 2 - 0.5]])
        found = cv2.warpAffine(
            found, matrix, (columns, rows), flags=cv2.INTER_LINEAR, borderMode=cv2.BORDER_REPLICATE
        ).astype(np.float32)
    after = []
    for axis in (0, 1):
        now = _reached(own, to.pitch_mm[axis], axis) / to.pitch_mm[axis]
        after.append(float(np.sqrt(max(0.0, to.blur_px[axis] ** 2 - now**2))))
    return _blurred(found, after)


def reached_blur_px(own: Sampling, pitch_mm: tuple[float, float]) -> tuple[float, float]:
    """σ in pixels of `pitch_mm`, row and column, after the change to it: averaging blurs too."""
    row, column = (_reached(own, pitch_mm[axis], axis) / pitch_mm[axis] for axis in (0, 1))
    return row, column


def _reached(own: Sampling, pitch_mm: float, axis: int) -> float:
    """Blur in mm after the change to `pitch_mm` along an axis."""
    scale = own.pitch_mm[axis] / pitch_mm
    added = _PIXEL_SIGMA * np.sqrt(max(0.0, 1 / scale**2 - 1))
    return float(np.hypot(own.blur_px[axis], added) * own.pitch_mm[axis])


def _blurred(image: NDArray[np.float32], sigma: Sequence[float]) -> NDArray[np.float32]:
    """`sigma` in pixels, row and column; less than a tenth changes nothing."""
    for axis, one in enumerate(sigma):
        if one >= 0.1:
            x, y = (one, 0.0) if axis == 1 else (0.0, one)
            width = 2 * int(np.ceil(4 * one)) + 1
            kernel = (width, 1) if axis == 1 else (1, width)
            image = np.asarray(
                cv2.GaussianBlur(image, kernel, sigmaX=x or 1e-3, sigmaY=y or 1e-3, borderType=cv2.BORDER_REPLICATE),
                np.float32,
            )
    return image
