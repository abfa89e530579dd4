"""Lines across a window: darkness along the strip, what the membrane itself shows taken off, peaks against noise."""

from __future__ import annotations

from dataclasses import dataclass

import numpy as np
from numpy.typing import NDArray
from scipy.ndimage import median_filter, uniform_filter1d

Floats = NDArray[np.float64]
BASELINE_SHARE = 0.55
"""Of the window's length: how wide the rolling median is. A line takes less than half of it."""
LINE_SHARE = 0.05
"""Of the window's length: the least width of a line."""
SMALLEST_NOISE = 2e-4
"""Optical density: what 8 bits, averaged over a line, tell apart."""


@dataclass(frozen=True)
class Line:
    """`at`: 0 … 1 along the window; `area`: darkness (optical density) integrated along, in shares of the window's
    length; `height` of the peak (optical density, mean over `LINE_SHARE`); `snr`: height over 1.4826·MAD of the single
    rows beside the peak."""

    at: float
    area: float
    height: float
    snr: float


def profile_of(pixels: Floats) -> Floats:
    """Optical density, median across the strip, for each row. `pixels` (rows, columns) reflectance > 0."""
    return np.asarray(-np.log10(np.median(np.maximum(pixels, 1e-3), axis=1)))


def without_baseline(profile: Floats) -> Floats:
    """Less its rolling median."""
    width = max(3, int(len(profile) * BASELINE_SHARE) | 1)
    return np.asarray(profile - median_filter(profile, size=width, mode="reflect"))


def line_at(profile: Floats, begin: float, end: float) -> Line:
    """The darkest place between `begin` and `end` (shares of the length). Raises ValueError where nothing is left."""
    flat = without_baseline(profile)
    count = len(flat)
    first, last = max(0, int(begin * count)), min(count, int(np.ceil(end * count)))
    if last - first < 3:
        raise ValueError("the window is too short to hold a line")
    # Averaged over what a line is wide at least: the highest of many single rows is noise, and would never be absent.
    smooth = uniform_filter1d(flat, max(3, round(LINE_SHARE * count)), mode="nearest")
    at = first + int(np.argmax(smooth[first:last]))
    height = float(smooth[at])
    half = height / 2
    low, high = at, at
    while low > 0 and smooth[low - 1] > half:
        low -= 1
    while high < count - 1 and smooth[high + 1] > half:
        high += 1
    wide = max(2, high - low + 1)
    begin_at, end_at = max(0, at - wide), min(count, at + wide + 1)
    rest = np.concatenate([flat[:begin_at], flat[end_at:]])
    rest = rest if len(rest) >= 6 else flat
    # Other lines stand in the rest as well: their darkness is not noise, what is lighter than the membrane is.
    middle = float(np.median(rest))
    noise = max(SMALLEST_NOISE, 1.4826 * float(np.median(np.abs(rest - middle))))
    area = float(np.clip(flat[begin_at:end_at], 0, None).sum() / count)
    return Line(at / count, area, height, height / noise)


def single_line(pixels: Floats) -> Line:
    """The one line of a window that may be seen either way (a square one): the way that shows more."""
    # Lines may run slanted in a square window: a few slopes are tried, so that a slant does not smear a line.
    found = [
        line_at(profile_of(_sheared(turned, slope)), 0.08, 0.92)
        for turned in (pixels, pixels.T)
        for slope in (-0.2, -0.1, 0.0, 0.1, 0.2)
    ]
    return max(found, key=lambda one: one.area)


def _sheared(pixels: Floats, slope: float) -> Floats:
    """Each column moved along by `slope` times its distance from the middle; what leaves is repeated."""
    if slope == 0.0:
        return pixels
    rows, columns = pixels.shape
    shift = np.rint((np.arange(columns) - (columns - 1) / 2) * slope).astype(int)
    at = np.clip(np.arange(rows)[:, None] + shift[None, :], 0, rows - 1)
    return np.asarray(pixels[at, np.arange(columns)[None, :]])
