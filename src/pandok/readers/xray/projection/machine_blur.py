"""A machine's blur on transmissions, and its undoing.

Blur adds up what neighbouring pixels let through; it is linear in transmission, and in nothing else here. A narrow one
loses nothing for good: each cosine of the image is damped by a known share and can be raised again. A wide one damps
some to nothing, and what is gone there nobody brings back.
"""

from __future__ import annotations

from functools import lru_cache

import cv2
import numpy as np
from numpy.typing import NDArray
from scipy import fft

from pandok.readers.xray.projection.views import Plane

Floats = NDArray[np.float64]

WIDEST_PX = 1.0
"""σ up to which blur is undone: of a pattern that changes from pixel to pixel .01 is left there (rows or columns)."""
NARROWEST_PX = 0.1
"""σ below which a pixel takes less than 1e-20 of its neighbour: no blur."""
REACH_PX = 16
"""So far around an item its bag is looked at: beyond, what was assumed outside of the scan no longer tells."""
_MOST_IN_SINGLE = 20.0
_CONTRAST = 0.1
"""Fine structure of goods, in transmission: noise that is as large is not raised at all."""


def kernel_of(sigma_px: float) -> Floats:
    """Gaussian weights at whole pixels, sum 1: what cv2.GaussianBlur uses for planes of single precision."""
    return np.asarray(cv2.getGaussianKernel(round(8 * sigma_px + 1) | 1, sigma_px, cv2.CV_64F), np.float64).ravel()


def blurred(plane: Plane, sigma_px: float) -> Plane:
    """(rows, columns); beyond its edge a plane is taken as mirrored."""
    kernel = kernel_of(sigma_px)
    return np.asarray(cv2.sepFilter2D(plane, cv2.CV_32F, kernel, kernel, borderType=cv2.BORDER_REFLECT), np.float32)


def sharpened(plane: Plane, sigma_px: float, noise_share: float = 0.0) -> Plane:
    """The inverse of `blurred`, exact without noise but for the last pixels before an edge. `noise_share`: of air,
    standard deviation: what lies below it is raised less (Wiener)."""
    rows, columns = plane.shape
    # A length with small factors is transformed several times faster; what is added mirrors the plane.
    quick = [fft.next_fast_len(side, real=True) for side in plane.shape]
    wide = cv2.copyMakeBorder(plane, 0, quick[0] - rows, 0, quick[1] - columns, cv2.BORDER_REFLECT)
    passed = _passed(quick[0], sigma_px)[:, None] * _passed(quick[1], sigma_px)[None]
    raised = passed / (passed**2 + (noise_share / _CONTRAST) ** 2)
    # In double precision where little of the finest pattern is left to be raised.
    exact = np.float64 if raised.max() > _MOST_IN_SINGLE else np.float32
    spectrum = fft.dctn(wide.astype(exact), norm="ortho")
    found = fft.idctn(spectrum * raised.astype(exact), norm="ortho")
    return np.asarray(found[:rows, :columns], np.float32)


@lru_cache(maxsize=256)
def _passed(length: int, sigma_px: float) -> Floats:
    """(length,): by which share each cosine of a mirrored row is damped."""
    kernel = kernel_of(sigma_px)
    middle = len(kernel) // 2
    steps = np.arange(1, middle + 1)[:, None] * (np.pi / length * np.arange(length))[None]
    return np.asarray(kernel[middle] + 2 * (kernel[middle + 1 :, None] * np.cos(steps)).sum(axis=0))
