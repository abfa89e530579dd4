"""Goods of one site, day or officer resemble each other: tests on the means of clusters hold their level."""

from __future__ import annotations

import math
from collections.abc import Hashable, Sequence
from dataclasses import dataclass

import numpy as np
from numpy.typing import NDArray
from scipy.stats import t as t_distribution

from pandok.proof.bootstrap import Interval

FEW_CLUSTERS = 30
"""Below so many the percentile bootstrap over clusters is wrong too often; the t interval on means is not."""


@dataclass(frozen=True)
class ClusteredDifference:
    """`difference` over all cases; the interval and the two-sided p of no difference come from cluster means."""

    difference: float
    interval: Interval
    p_value: float
    clusters: int
    cases: int


def clustered_difference(
    differences: NDArray[np.float64], clusters: Sequence[Hashable], *, confidence: float = 0.95
) -> ClusteredDifference:
    """Differences (n,) of model and practice, one cluster label a case. Each cluster's mean counts once.

    Raises ValueError for fewer than two clusters. Source: Donner and Klar 2000, chapter 6 (analysis at cluster level).
    """
    if len(differences) != len(clusters):
        raise ValueError("one cluster label a case")
    groups: dict[Hashable, list[float]] = {}
    for value, cluster in zip(differences.tolist(), clusters, strict=True):
        groups.setdefault(cluster, []).append(value)
    means = np.array([sum(values) / len(values) for values in groups.values()])
    count = len(means)
    if count < 2:
        raise ValueError("at least two clusters")
    middle, error = float(means.mean()), float(means.std(ddof=1)) / math.sqrt(count)
    reach = float(t_distribution.ppf((1 + confidence) / 2, count - 1)) * error
    if error == 0:
        p_value = 1.0 if middle == 0 else 0.0
    else:
        p_value = float(2 * t_distribution.sf(abs(middle / error), count - 1))
    return ClusteredDifference(middle, (middle - reach, middle + reach), p_value, count, len(differences))
