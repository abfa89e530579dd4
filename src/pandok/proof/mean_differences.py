"""How much smaller are the model's errors? The t interval of the mean difference, of goods or of means of clusters."""

from __future__ import annotations

import math
from collections.abc import Hashable, Sequence
from dataclasses import dataclass

import numpy as np
from numpy.typing import NDArray
from scipy.stats import t as t_distribution

from pandok.proof.bootstrap import Interval
from pandok.proof.clustered_shares import cluster_sums


@dataclass(frozen=True)
class MeanMoments:
    """`mean` and `deviation` of the values, or of the means of `clusters`; `cases` is the number of values."""

    cases: int
    mean: float
    deviation: float
    clusters: int | None = None


def mean_moments(values: NDArray[np.float64], clusters: Sequence[Hashable] | None = None) -> MeanMoments:
    """Raises ValueError for fewer than two values, or clusters.

    >>> mean_moments(np.array([1.0, 2.0, 3.0]))
    MeanMoments(cases=3, mean=2.0, deviation=1.0, clusters=None)
    """
    counted = values
    if clusters is not None:
        sums, sizes = cluster_sums(values, clusters)
        counted = sums / sizes
    if len(counted) < 2:
        raise ValueError("at least two values, or clusters")
    return MeanMoments(
        len(values), float(counted.mean()), float(counted.std(ddof=1)), None if clusters is None else len(counted)
    )


def mean_interval(moments: MeanMoments, *, confidence: float = 0.95) -> Interval:
    """Student's t: half the width is t · deviation / √n."""
    count = moments.clusters or moments.cases
    reach = float(t_distribution.ppf((1 + confidence) / 2, count - 1)) * moments.deviation / math.sqrt(count)
    return moments.mean - reach, moments.mean + reach
