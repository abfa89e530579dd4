"""Two readers on the same goods, right or wrong: is one better, or not worse by a margin?

b goods only the model reads rightly, c only today's practice, of n pairs; d = (b - c) / n.
"""

from __future__ import annotations

import math
from dataclasses import dataclass

from scipy.optimize import brentq
from scipy.stats import binom, norm

from pandok.proof.bootstrap import Interval


@dataclass(frozen=True)
class PairedCounts:
    """`only_model` and `only_practice` are the discordant pairs; `pairs` is all of them."""

    only_model: int
    only_practice: int
    pairs: int

    def __post_init__(self) -> None:
        if min(self.only_model, self.only_practice) < 0 or self.only_model + self.only_practice > self.pairs:
            raise ValueError("discordant pairs lie in 0 to pairs")
        if self.pairs < 1:
            raise ValueError("at least one pair")

    @property
    def difference(self) -> float:
        """Share of the model minus share of today's practice."""
        return (self.only_model - self.only_practice) / self.pairs


def mcnemar_mid_p(counts: PairedCounts) -> float:
    """Two-sided mid-p value that both are right equally often. 1.0 without discordant pairs.

    Source: Fagerland, Lydersen and Laake 2013, doi 10.1186/1471-2288-13-91.

    >>> round(mcnemar_mid_p(PairedCounts(1, 7, 21)), 4)
    0.0391
    """
    discordant = counts.only_model + counts.only_practice
    if discordant == 0:
        return 1.0
    fewer = min(counts.only_model, counts.only_practice)
    return float(min(1.0, 2 * binom.cdf(fewer, discordant, 0.5) - binom.pmf(fewer, discordant, 0.5)))


def tango_z(counts: PairedCounts, delta: float) -> float:
    """Score statistic of the hypothesis that the difference is `delta` (-1 to 1, exclusive); large: better than that.

    Source: Tango 1998, Statistics in Medicine 17:891.

    >>> round(tango_z(PairedCounts(0, 1, 44), -0.1), 4)
    1.7086
    """
    if not -1 < delta < 1:
        raise ValueError("delta lies between -1 and 1")
    return score(counts.only_model, counts.only_practice, counts.pairs, delta)


def score(b: float, c: float, n: float, delta: float) -> float:
    """Tango's statistic; the counts need not be whole (effective numbers of clustered pairs)."""
    minus_b = -(b + c) + (2 * n - b + c) * delta
    product = -c * delta * (1 - delta)
    root = math.sqrt(max(0.0, minus_b * minus_b - 8 * n * product))
    q = (root - minus_b) / (4 * n)
    variance = n * (2 * q + delta * (1 - delta))
    distance = b - c - n * delta
    if variance <= 1e-12:
        return 0.0 if abs(distance) < 1e-9 else math.copysign(math.inf, distance)
    return distance / math.sqrt(variance)


def tango_interval(counts: PairedCounts, *, confidence: float = 0.95) -> Interval:
    """The differences that the score test does not refuse. Holds its level where Wald's interval fails.

    >>> low, high = tango_interval(PairedCounts(40, 20, 160))
    >>> round(low, 5), round(high, 5)
    (0.03086, 0.21806)
    """
    if not 0 < confidence < 1:
        raise ValueError("confidence lies between 0 and 1")
    limit = float(norm.ppf((1 + confidence) / 2))
    return score_interval(counts.only_model, counts.only_practice, counts.pairs, limit)


def score_interval(b: float, c: float, n: float, limit: float) -> Interval:
    """The differences whose statistic stays within `limit`."""
    edge = 1 - 1e-9

    def bound(sign: float) -> float:
        def excess(delta: float) -> float:
            return score(b, c, n, delta) - sign * limit

        here = min(max((b - c) / n, -edge), edge)
        end = -edge if sign > 0 else edge
        first, last = excess(end), excess(here)
        if not math.isfinite(first):
            first = math.copysign(1e6, first)
        if first * last > 0:
            return math.copysign(1.0, end)
        low, high = sorted((end, here))
        return float(brentq(lambda d: max(-1e6, min(1e6, excess(d))), low, high, xtol=1e-10))

    return bound(1.0), bound(-1.0)
