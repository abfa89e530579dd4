"""Drift: what changes from batch to batch though the smell is the same; and splits that follow time."""

from __future__ import annotations

from collections.abc import Sequence

import numpy as np
from numpy.typing import NDArray

Floats = NDArray[np.float64]


def z_scored_by_batch(features: Floats, batches: Sequence[str]) -> Floats:
    """Each feature less its batch's mean, over its batch's standard deviation. It uses no labels, but all of a batch:
    what stands in a batch must be mixed alike, or the difference that matters is taken away with the drift. A batch of
    one row becomes 0. Raises ValueError where rows and batches differ in number."""
    if len(features) != len(batches):
        raise ValueError("one batch for each row")
    found = np.zeros_like(features, np.float64)
    names = np.asarray(batches)
    for name in set(batches):
        rows = names == name
        part = features[rows]
        found[rows] = (part - part.mean(axis=0)) / np.maximum(part.std(axis=0), 1e-9)
    return found


def environment_correction(signal: Floats, temperature_c: Floats, humidity_percent: Floats) -> Floats:
    """Six coefficients of a quadratic in temperature and humidity, least squares."""
    found, *_ = np.linalg.lstsq(_quadratic(temperature_c, humidity_percent), signal, rcond=None)
    return np.asarray(found)


def expected_from_environment(coefficients: Floats, temperature_c: Floats, humidity_percent: Floats) -> Floats:
    return np.asarray(_quadratic(temperature_c, humidity_percent) @ coefficients)


def in_time_order(times: Floats, shares: tuple[float, ...]) -> list[NDArray[np.int64]]:
    """Rows of each part, the earliest first; `shares` sum to 1. No row of a part is older than one of a part before."""
    if abs(sum(shares) - 1) > 1e-9 or min(shares) <= 0:
        raise ValueError("shares are more than 0 and sum to 1")
    order = np.argsort(times, kind="stable")
    cuts = np.rint(np.cumsum(shares)[:-1] * len(order)).astype(int)
    return [np.asarray(part, np.int64) for part in np.split(order, cuts)]


def _quadratic(temperature_c: Floats, humidity_percent: Floats) -> Floats:
    # About the middle of what rooms have, so that the columns stay apart.
    t, h = (temperature_c - 25) / 10, (humidity_percent - 50) / 25
    return np.stack([np.ones_like(t), t, h, t * t, t * h, h * h], axis=1)
