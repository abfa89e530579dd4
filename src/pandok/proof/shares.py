"""How sure is a share, or a median, of so many cases? Intervals that need no resampling.

They take the cases as independent; cases of one consignment are not, and their intervals are then too narrow.
"""

from __future__ import annotations

import math
from collections.abc import Sequence

from scipy.stats import beta, binom, norm

from pandok.proof.bootstrap import Interval


def wilson_interval(hits: int, count: int, *, confidence: float = 0.95) -> Interval | None:
    """Wilson's score interval of a share; None where nothing was counted.

    Its mean coverage is near the confidence also for few cases and shares near 0 or 1, where the textbook interval
    fails. Sources: Wilson 1927; Brown, Cai and DasGupta 2001, "Interval estimation for a binomial proportion".

    >>> low, high = wilson_interval(8, 10)
    >>> round(low, 4), round(high, 4)
    (0.4902, 0.9433)
    """
    _check(hits, count, confidence)
    if count == 0:
        return None
    z = float(norm.ppf((1 + confidence) / 2))
    share = hits / count
    spread = z * math.sqrt(share * (1 - share) / count + z * z / (4 * count * count))
    middle, scale = share + z * z / (2 * count), 1 + z * z / count
    low = 0.0 if hits == 0 else (middle - spread) / scale
    high = 1.0 if hits == count else (middle + spread) / scale
    return max(0.0, low), min(1.0, high)


def exact_interval(hits: int, count: int, *, confidence: float = 0.95) -> Interval | None:
    """Clopper and Pearson's interval of a share: covers at least as often as it says, and is wider for it.

    Source: Clopper and Pearson 1934.

    >>> low, high = exact_interval(8, 10)
    >>> round(low, 4), round(high, 4)
    (0.4439, 0.9748)
    """
    _check(hits, count, confidence)
    if count == 0:
        return None
    tail = (1 - confidence) / 2
    low = float(beta.ppf(tail, hits, count - hits + 1)) if hits else 0.0
    high = float(beta.ppf(1 - tail, hits + 1, count - hits)) if hits < count else 1.0
    return low, high


class Quantile(tuple[float, float | None, float | None]):
    """Value, lower and upper bound of a quantile; a bound is None where so few cases do not give it."""

    __slots__ = ()

    @property
    def value(self) -> float:
        return self[0]

    @property
    def low(self) -> float | None:
        return self[1]

    @property
    def high(self) -> float | None:
        return self[2]


def counted_quantile(counts: Sequence[tuple[float, int]], q: float, *, confidence: float = 0.95) -> Quantile | None:
    """The `q` quantile of values given as (value, how often), with bounds from order statistics; None for no value.

    The value is the smallest that at least a share `q` of the cases do not exceed. The bounds are the order statistics
    l and u with P(l ≤ B < u) ≥ confidence, B binomial(n, q): they hold for every distribution. Sources: Thompson 1936;
    David and Nagaraja 2003, "Order statistics", section 7.1.

    >>> counted_quantile([(value, 1) for value in range(1, 11)], 0.5)
    (5, 2, 9)
    >>> counted_quantile([(3, 1), (4, 1)], 0.5)
    (3, None, None)
    """
    if not 0 < q < 1 or not 0 < confidence < 1:
        raise ValueError("q and confidence lie between 0 and 1")
    ordered = sorted((value, count) for value, count in counts if count)
    total = sum(count for _, count in ordered)
    if total == 0:
        return None
    tail = (1 - confidence) / 2
    lower = int(binom.ppf(tail, total, q))
    if binom.cdf(lower, total, q) > tail:
        lower -= 1
    lower += 1  # the largest rank l with P(B < l) <= tail
    upper = int(binom.ppf(1 - tail, total, q)) + 1  # the smallest rank u with P(B >= u) <= tail
    place = max(1, math.ceil(q * total - 1e-9))
    return Quantile(
        (
            _at(ordered, place),
            _at(ordered, lower) if lower >= 1 else None,
            _at(ordered, upper) if upper <= total else None,
        )
    )


def _at(ordered: Sequence[tuple[float, int]], place: int) -> float:
    """The value at a 1-based place in the order."""
    passed = 0
    for value, count in ordered:
        passed += count
        if passed >= place:
            return value
    raise IndexError(place)


def _check(hits: int, count: int, confidence: float) -> None:
    if not 0 <= hits <= count or not 0 < confidence < 1:
        raise ValueError("hits lie in 0 to count, confidence between 0 and 1")
