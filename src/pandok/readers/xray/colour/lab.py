"""Colours as people see them apart: CIE L*a*b* of sRGB, D65; one unit of distance (ΔE, 1976) is about what is just
seen."""

from __future__ import annotations

import cv2
import numpy as np
from numpy.typing import NDArray


def lab(rgb: NDArray[np.uint8]) -> NDArray[np.float32]:
    """(…, 3) uint8 to (…, 3) float32: L 0 to 100, a and b about -128 to 127."""
    flat = np.ascontiguousarray(rgb.reshape(-1, 1, 3)).astype(np.float32) / 255
    return np.asarray(cv2.cvtColor(flat, cv2.COLOR_RGB2LAB), np.float32).reshape(rgb.shape)


def codes(rgb: NDArray[np.uint8]) -> NDArray[np.int32]:
    """(…, 3) uint8 to one number a colour."""
    wide = rgb.astype(np.int32)
    return np.asarray((wide[..., 0] << 16) | (wide[..., 1] << 8) | wide[..., 2])


def colours(code: NDArray[np.int32]) -> NDArray[np.uint8]:
    """The reverse of `codes`."""
    return np.stack([code >> 16, (code >> 8) & 255, code & 255], axis=-1).astype(np.uint8)
