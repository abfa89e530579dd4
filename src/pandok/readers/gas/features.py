"""What a window of a recording looks like: each channel's logarithm against a baseline, its slope and its unrest.

Temperature, humidity, pressure and altitude are never features: they tell the day of a recording, not its smell.
"""

from __future__ import annotations

from collections.abc import Iterator

import numpy as np
from numpy.typing import NDArray

Floats = NDArray[np.float64]
PER_CHANNEL = 3


def log_ratio(readings: Floats, baseline: Floats) -> Floats:
    """ln((R + 1) / (R₀ + 1)), (steps, channels); `baseline` (channels,): the median of clean air, or of the recording's
    first steps where none was taken. One count is added because counts may be 0. Raises ValueError for values below 0
    or none."""
    if readings.ndim != 2 or baseline.shape != readings.shape[1:]:
        raise ValueError("steps by channels, and one baseline for each channel")
    if not (np.isfinite(readings).all() and np.isfinite(baseline).all()) or min(readings.min(), baseline.min()) < 0:
        raise ValueError("a sensor's counts are numbers not below 0")
    return np.asarray(np.log1p(readings) - np.log1p(baseline))


def window_features(ratios: Floats) -> Floats:
    """(channels · 3,): plateau (median), slope over the window (least squares, per window), unrest (MAD of what the
    straight line leaves). `ratios` (steps ≥ 3, channels)."""
    if len(ratios) < PER_CHANNEL:
        raise ValueError("a window has three steps or more")
    at = np.linspace(-0.5, 0.5, len(ratios))
    plateau = np.median(ratios, axis=0)
    slope = (at[:, None] * (ratios - ratios.mean(axis=0))).sum(axis=0) / (at**2).sum()
    left = ratios - ratios.mean(axis=0) - at[:, None] * slope
    unrest = 1.4826 * np.median(np.abs(left - np.median(left, axis=0)), axis=0)
    return np.concatenate([plateau, slope, np.log1p(100 * unrest)])


def windows(count: int, length: int, hop: int) -> Iterator[slice]:
    """Windows that lie wholly within `count` steps, in order of time."""
    for begin in range(0, count - length + 1, hop):
        yield slice(begin, begin + length)
