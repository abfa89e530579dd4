"""Two readers' scores on the same goods: their areas under the ROC curve, and whether they differ (DeLong)."""

from __future__ import annotations

from dataclasses import dataclass

import numpy as np
from numpy.typing import NDArray
from scipy.stats import norm, rankdata

from pandok.proof.bootstrap import Interval

Floats = NDArray[np.float64]


@dataclass(frozen=True)
class AreaComparison:
    """`areas` (2,) of first and second reader, their covariance (2, 2), z and the two-sided p of equality."""

    areas: tuple[float, float]
    covariance: tuple[tuple[float, float], tuple[float, float]]
    z: float
    p_value: float

    @property
    def difference(self) -> float:
        """First minus second."""
        return self.areas[0] - self.areas[1]

    def interval(self, *, confidence: float = 0.95) -> Interval:
        """Of the difference, by the normal approximation."""
        (a, b), (_, d) = self.covariance
        reach = float(norm.ppf((1 + confidence) / 2)) * float(np.sqrt(max(0.0, a + d - 2 * b)))
        return self.difference - reach, self.difference + reach


def delong(first: Floats, second: Floats, positive: NDArray[np.bool_]) -> AreaComparison:
    """Compare two score vectors (n,) on the same goods; `positive` (n,). Higher scores speak for positive.

    Raises ValueError for fewer than two positives or negatives. Source: DeLong, DeLong and Clarke-Pearson 1988,
    doi 10.2307/2531595; mid-ranks as in Sun and Xu 2014.
    """
    m, n = int(positive.sum()), int((~positive).sum())
    if m < 2 or n < 2:
        raise ValueError("at least two positives and two negatives")
    of_positives, of_negatives, areas = [], [], []
    for scores in (first, second):
        x, y = scores[positive], scores[~positive]
        together = rankdata(np.concatenate([x, y]))
        area = (together[:m].sum() - m * (m + 1) / 2) / (m * n)
        areas.append(float(area))
        of_positives.append((together[:m] - rankdata(x)) / n)
        of_negatives.append(1 - (together[m:] - rankdata(y)) / m)
    covariance = np.cov(of_positives) / m + np.cov(of_negatives) / n
    spread = float(np.sqrt(max(0.0, covariance[0, 0] + covariance[1, 1] - 2 * covariance[0, 1])))
    apart = areas[0] - areas[1]
    z = 0.0 if spread == 0 and apart == 0 else apart / spread if spread else float(np.copysign(np.inf, apart))
    return AreaComparison(
        (areas[0], areas[1]),
        ((float(covariance[0, 0]), float(covariance[0, 1])), (float(covariance[1, 0]), float(covariance[1, 1]))),
        float(z),
        float(2 * norm.sf(abs(z))),
    )


def delong_of_many(
    first: Floats, second: Floats, positive: NDArray[np.bool_], *, confidence: float = 0.95
) -> tuple[Floats, Floats]:
    """The interval of `delong` for many trials: scores (trials, n), `positive` (n,) of all; its two ends (trials,).

    Raises ValueError as `delong`.
    """
    m, n = int(positive.sum()), int((~positive).sum())
    if m < 2 or n < 2:
        raise ValueError("at least two positives and two negatives")
    areas, of_positives, of_negatives = [], [], []
    for scores in (first, second):
        x, y = scores[:, positive], scores[:, ~positive]
        together = rankdata(np.concatenate([x, y], axis=1), axis=1)
        areas.append((together[:, :m].sum(axis=1) - m * (m + 1) / 2) / (m * n))
        of_positives.append((together[:, :m] - rankdata(x, axis=1)) / n)
        of_negatives.append(1 - (together[:, m:] - rankdata(y, axis=1)) / m)
    # The variance of the difference is that of the differences of the placements.
    spread = np.sqrt(
        np.var(of_positives[0] - of_positives[1], axis=1, ddof=1) / m
        + np.var(of_negatives[0] - of_negatives[1], axis=1, ddof=1) / n
    )
    apart, reach = areas[0] - areas[1], float(norm.ppf((1 + confidence) / 2)) * spread
    return apart - reach, apart + reach
