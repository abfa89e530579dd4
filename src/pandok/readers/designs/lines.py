"""Where lines run and how they lie: gradient orientation on a tight square, with all strokes of one thickness.

What differs between a sketch, a contour and a filled mark of one shape is how thick the lines are, whether areas are
filled, and how wide and high the hand drew it. So the ink is cut tight, areas become their outline, strokes their
middle line, and these are drawn again three pixels thick; three times: as it is, stretched half and wholly to a square.
Only where picture and view both stand on a plain ground does this say something: elsewhere the ground is drawn too.
"""

from __future__ import annotations

import cv2
import numpy as np
from numpy.typing import NDArray
from skimage.morphology import skeletonize

SIDE_PX = 128
ORIENTATIONS = 9
CELLS = 10
STRETCHED = (1.0, 0.5, 0.0)
"""Exponents of the aspect: 1 keeps it, 0 makes a square of it."""
DIMENSION = len(STRETCHED) * CELLS * CELLS * ORIENTATIONS

_WORKING_PX = 256
_INK = 80
_THICK_PX = 11
"""At the working size: what a disc of this width fits into is an area, not a stroke."""
_MARGIN_PX = 4
_REDUCED = 4
_CELL = 3
"""Of the planes reduced by `_REDUCED`: twelve pixels."""
_BELL = 2.1


def line_layout(gray: NDArray[np.uint8]) -> NDArray[np.float32]:
    """Descriptor of unit length, `(DIMENSION,)` float32, of a gray picture `(H, W)` with dark ink on light. A picture
    without ink gives the same value everywhere."""
    strokes = middle_lines(gray)
    if not strokes.any():
        return np.full(DIMENSION, DIMENSION**-0.5, np.float32)
    found = np.concatenate([_orientations(_drawn(strokes, aspect)) for aspect in STRETCHED])
    return np.asarray(found / np.linalg.norm(found), np.float32)


def middle_lines(gray: NDArray[np.uint8]) -> NDArray[np.bool_]:
    """Outlines of areas and middle lines of strokes, one pixel thin, `(h, w)` with a long side of 256, cut tight."""
    ink = _tight(np.asarray(255 - gray, np.uint8))
    scale = _WORKING_PX / max(ink.shape)
    size = (max(4, round(ink.shape[1] * scale)), max(4, round(ink.shape[0] * scale)))
    ink = np.asarray(cv2.resize(ink, size, interpolation=cv2.INTER_AREA if scale < 1 else cv2.INTER_LINEAR), np.uint8)
    mask = np.pad((ink > _INK).astype(np.uint8), _THICK_PX)
    disc = cv2.getStructuringElement(cv2.MORPH_ELLIPSE, (_THICK_PX, _THICK_PX))
    areas = cv2.morphologyEx(mask, cv2.MORPH_OPEN, disc)
    outline = areas - cv2.erode(areas, np.ones((3, 3), np.uint8))
    thin = (mask > 0) & (cv2.dilate(areas, np.ones((5, 5), np.uint8)) == 0)
    found = skeletonize(thin) | (outline > 0)  # type: ignore[no-untyped-call]  # scikit-image says no types
    return np.asarray(found[_THICK_PX:-_THICK_PX, _THICK_PX:-_THICK_PX], np.bool_)


def _tight(ink: NDArray[np.uint8]) -> NDArray[np.uint8]:
    rows, columns = np.flatnonzero((ink > _INK).any(axis=1)), np.flatnonzero((ink > _INK).any(axis=0))
    if len(rows) < 2 or len(columns) < 2:
        return ink
    return ink[rows[0] : rows[-1] + 1, columns[0] : columns[-1] + 1]


def _drawn(strokes: NDArray[np.bool_], aspect: float) -> NDArray[np.uint8]:
    """The strokes three pixels thick in the middle of a square of `SIDE_PX`."""
    rows, columns = np.nonzero(strokes)
    height, width = strokes.shape
    inner = SIDE_PX - 2 * _MARGIN_PX
    high, wide = (inner * (length / max(height, width)) ** aspect for length in (height, width))
    y = ((SIDE_PX - high) / 2 + (rows + 0.5) / height * high).astype(np.intp)
    x = ((SIDE_PX - wide) / 2 + (columns + 0.5) / width * wide).astype(np.intp)
    page = np.zeros((SIDE_PX, SIDE_PX), np.uint8)
    page[y, x] = 255
    return np.asarray(cv2.dilate(page, np.ones((3, 3), np.uint8)), np.uint8)


def _orientations(page: NDArray[np.uint8]) -> NDArray[np.float32]:
    """How much runs in which of nine directions, cell by cell, `(CELLS * CELLS * ORIENTATIONS,)`, of unit length."""
    work = cv2.GaussianBlur(page.astype(np.float32), (0, 0), 1.0)
    dx = cv2.Sobel(work, cv2.CV_32F, 1, 0, ksize=3)
    dy = cv2.Sobel(work, cv2.CV_32F, 0, 1, ksize=3)
    magnitude = cv2.magnitude(dx, dy)
    angle = np.mod(np.arctan2(dy, dx), np.pi) * (ORIENTATIONS / np.pi)
    small = SIDE_PX // _REDUCED
    planes = np.empty((CELLS, CELLS, ORIENTATIONS), np.float32)
    for index in range(ORIENTATIONS):
        away = np.abs(angle - index)
        plane = magnitude * np.maximum(1 - np.minimum(away, ORIENTATIONS - away), 0)
        reduced = cv2.resize(plane, (small, small), interpolation=cv2.INTER_AREA)
        smooth = cv2.GaussianBlur(reduced, (0, 0), _BELL)
        planes[:, :, index] = smooth[2::_CELL, 2::_CELL]
    found = np.sqrt(planes.ravel())
    return np.asarray(found / max(float(np.linalg.norm(found)), 1e-9), np.float32)
