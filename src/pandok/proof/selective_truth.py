"""Truth is known only of opened goods: estimate from a random audit with recorded chances, never from what was opened.

A parcel that was opened on suspicion counts with weight 1 (its chance was 1), an audited one with 1 over the chance
with which it was drawn. "Not opened" is no negative.
"""

from __future__ import annotations

import math
from dataclasses import dataclass

import numpy as np
from numpy.typing import NDArray
from scipy.stats import norm

from pandok.proof.bootstrap import Interval

Floats = NDArray[np.float64]


@dataclass(frozen=True)
class WeightedShare:
    """A share and its standard error by linearisation; `effective` is the number of equal weights worth as much."""

    share: float
    standard_error: float
    effective: float


def weighted_sensitivity(found: NDArray[np.bool_], positive: NDArray[np.bool_], probability: Floats) -> WeightedShare:
    """Share of positives that were found, over goods with known truth (n,); `probability` (n,) that it became known.

    Hájek's ratio estimator. Raises ValueError for a probability outside (0, 1] or without any positive.
    Sources: Horvitz and Thompson 1952; Hájek 1971.
    """
    if ((probability <= 0) | (probability > 1)).any():
        raise ValueError("a recorded probability lies above 0 and up to 1")
    if not positive.any():
        raise ValueError("no positive with known truth")
    weight = 1 / probability[positive]
    hit = found[positive].astype(float)
    total = weight.sum()
    share = float((weight * hit).sum() / total)
    # Poisson sampling: each good enters on its own, with its own chance.
    variance = float(((1 - probability[positive]) * (weight * (hit - share)) ** 2).sum()) / total**2
    return WeightedShare(share, float(np.sqrt(variance)), float(total**2 / (weight**2).sum()))


def weighted_interval(found: WeightedShare, *, confidence: float = 0.95) -> Interval:
    """Wilson's interval with the effective number of positives: both the goods and the checks were drawn by chance.

    >>> low, high = weighted_interval(WeightedShare(0.8, 0.0, 10.0))
    >>> round(low, 4), round(high, 4)
    (0.4902, 0.9433)
    """
    z, n, share = float(norm.ppf((1 + confidence) / 2)), found.effective, found.share
    spread = z * math.sqrt(share * (1 - share) / n + z * z / (4 * n * n))
    middle, scale = share + z * z / (2 * n), 1 + z * z / n
    return max(0.0, (middle - spread) / scale), min(1.0, (middle + spread) / scale)
