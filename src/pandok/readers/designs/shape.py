"""Gradient shape: where the outlines of the whole article run, on a square picture.

A histogram of oriented gradients (Dalal and Triggs 2005) with unsigned orientation, so that a black mark and its
negative agree, and with soft assignment, so that a small shift changes little. It leads on marks and line drawings
as long as they are upright and centred, and says little about photographs.
"""

from __future__ import annotations

import cv2
import numpy as np
from numpy.typing import NDArray

SIDE_PX = 128
CELL_PX = 16
ORIENTATIONS = 9
DIMENSION = (SIDE_PX // CELL_PX) ** 2 * ORIENTATIONS


def gradient_shape(square: NDArray[np.uint8]) -> NDArray[np.float32]:
    """Descriptor of unit length, `(DIMENSION,)` float32, of a square gray picture of any side."""
    small = cv2.resize(square, (SIDE_PX, SIDE_PX), interpolation=cv2.INTER_AREA).astype(np.float32)
    work = cv2.GaussianBlur(small, (0, 0), 1.0)
    dx = cv2.Sobel(work, cv2.CV_32F, 1, 0, ksize=3)
    dy = cv2.Sobel(work, cv2.CV_32F, 0, 1, ksize=3)
    magnitude = np.sqrt(cv2.magnitude(dx, dy))
    angle = np.mod(np.arctan2(dy, dx), np.pi) * (ORIENTATIONS / np.pi)
    cells = SIDE_PX // CELL_PX
    pooled = np.empty((cells, cells, ORIENTATIONS), np.float32)
    for index in range(ORIENTATIONS):
        # Linear share between the two nearest orientations, around the circle.
        away = np.abs(angle - index)
        plane = magnitude * np.maximum(1 - np.minimum(away, ORIENTATIONS - away), 0)
        # Each cell takes from its neighbourhood with a bell of one cell: no hard borders.
        smooth = cv2.GaussianBlur(plane, (0, 0), CELL_PX * 0.55)
        pooled[:, :, index] = smooth[CELL_PX // 2 :: CELL_PX, CELL_PX // 2 :: CELL_PX]
    # Contrast is evened out over 3 x 3 cells, so that one strong part does not silence the rest.
    energy = cv2.blur((pooled**2).sum(axis=2), (3, 3))
    pooled /= np.sqrt(energy + 1e-3 * energy.max() + 1e-9)[:, :, None]
    flat = pooled.ravel()
    flat = np.sqrt(np.maximum(flat, 0))
    # Without the mean, two pictures agree by where their lines run, not by having lines at all.
    flat -= flat.mean()
    norm = float(np.linalg.norm(flat))
    return (flat / norm if norm > 0 else flat).astype(np.float32)
