"""Where the container stands in a scan: four edges, each a straight line through what is seen of it."""

from __future__ import annotations

import cv2
import numpy as np
from numpy.typing import NDArray

Floats = NDArray[np.float64]
DARKER_THAN = 0.93
"""Transmission of what is no air; the thinnest wall, two sheets of steel, lets .85 through at 6 MV."""
LEAST_SHARE = 0.08
"""Of the scan's pixels that a container fills at least."""


class NoContainer(ValueError):
    """Nothing in the scan has the straight edges of a container."""


def corners_of(transmission: NDArray[np.floating]) -> Floats:
    """(4, 2) x, y: upper left, upper right, lower right, lower left, on pixel centres. Raises NoContainer."""
    values = np.asarray(transmission, np.float32)
    if values.ndim != 2 or min(values.shape) < 40 or not np.isfinite(values).all():
        raise NoContainer("a scan of 40 × 40 pixels or more, all of them numbers")
    soft = cv2.medianBlur(values, 5)
    mask = (soft < DARKER_THAN).astype(np.uint8)
    count, labels, stats, _ = cv2.connectedComponentsWithStats(mask, connectivity=8)
    if count < 2:
        raise NoContainer("only air")
    largest = 1 + int(np.argmax(stats[1:, cv2.CC_STAT_AREA]))
    if stats[largest, cv2.CC_STAT_AREA] < LEAST_SHARE * mask.size:
        raise NoContainer("what is seen is too small")
    body = labels == largest
    left, top, width, height = (int(stats[largest, part]) for part in range(4))
    if left == 0 or top == 0 or left + width == mask.shape[1]:
        raise NoContainer("what is seen goes beyond the scan")
    across, down = np.arange(left, left + width), np.arange(top, top + height)
    inner = body[top : top + height, left : left + width]
    columns, rows = inner.any(axis=0), inner.any(axis=1)
    upper = _line(across[columns], top + inner.argmax(axis=0)[columns])
    lower = _line(across[columns], top + height - 1 - inner[::-1].argmax(axis=0)[columns])
    first = _line(down[rows], left + inner.argmax(axis=1)[rows])
    last = _line(down[rows], left + width - 1 - inner[:, ::-1].argmax(axis=1)[rows])
    return np.array([_meet(upper, first), _meet(upper, last), _meet(lower, last), _meet(lower, first)])


def _line(along: NDArray[np.int64], at: NDArray[np.int64]) -> tuple[float, float]:
    """(offset, slope) of a straight line, robust; the outer tenth of an edge, its castings, is left out. Raises
    NoContainer where fewer than two thirds of the edge lie within three pixels of it."""
    cut = len(along) // 10
    x, y = along[cut : len(along) - cut].astype(float), at[cut : len(at) - cut].astype(float)
    if len(x) < 20:
        raise NoContainer("an edge is too short")
    keep = np.abs(y - np.median(y)) <= max(8.0, 0.06 * len(x))
    slope, offset, off = 0.0, 0.0, np.zeros(len(x))
    for _ in range(4):
        if keep.sum() < 10:
            raise NoContainer("an edge is not straight")
        slope, offset = (float(part) for part in np.polyfit(x[keep], y[keep], 1))
        off = np.abs(y - (offset + slope * x))
        keep = off <= max(1.5, 2.5 * 1.4826 * float(np.median(off)))
    if (off <= 3).mean() < 2 / 3 or abs(slope) > 0.1:
        raise NoContainer("an edge is not straight")
    return offset, slope


def _meet(flat: tuple[float, float], steep: tuple[float, float]) -> tuple[float, float]:
    """Where y = a + b x and x = c + d y meet."""
    (a, b), (c, d) = flat, steep
    x = (c + d * a) / (1 - d * b)
    return x, a + b * x
