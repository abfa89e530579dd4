"""How well somebody tells signal from noise, whatever they call in doubt: d′ of signal detection theory."""

from __future__ import annotations

import math
from dataclasses import dataclass

from scipy.stats import norm

from pandok.proof.bootstrap import Interval

LEAST_KNOWN = 5
"""Cases with signal, and cases without: fewer of either say nothing."""


@dataclass(frozen=True)
class DPrime:
    """`value` = z(share of signals stopped) − z(share of noise stopped). `interval`: 95 %."""

    value: float
    interval: Interval


def d_prime(
    stopped: tuple[int, int], passed: tuple[int, int], *, known_share: float = 1.0, confidence: float = 0.95
) -> DPrime | None:
    """`stopped`, `passed`: known cases (with signal, without). Of what was passed only `known_share` was looked into,
    so that each stands for 1 / `known_share`; of what was stopped, all. None where fewer than LEAST_KNOWN with signal,
    or without, are known.

    Half a case is added to each of the four counts, so that shares of 0 and 1 have a place. The interval is that of the
    logarithms of odds (variance 1/n + 1/m, which the weight does not change), carried to z; it takes the known cases as
    independent. Sources: Green and Swets 1966; Haldane 1956; Hautus 1995; Macmillan and Creelman 2005.

    >>> found = d_prime((40, 10), (10, 40))
    >>> round(found.value, 2), tuple(round(one, 2) for one in found.interval)
    (1.64, (1.09, 2.19))

    Raises ValueError for counts below 0 or a share outside 0 to 1.
    """
    if min(*stopped, *passed) < 0 or not 0 < known_share <= 1:
        raise ValueError("counts are at least 0, and a share lies above 0 and up to 1")
    if min(stopped[0] + passed[0], stopped[1] + passed[1]) < LEAST_KNOWN:
        return None
    z, variances = [], []
    for caught, missed in zip(stopped, passed, strict=True):
        odds = (caught + 0.5) / ((missed + 0.5) / known_share)
        share = odds / (1 + odds)
        at = float(norm.ppf(share))
        z.append(at)
        slope = share * (1 - share) / float(norm.pdf(at))
        variances.append(slope**2 * (1 / (caught + 0.5) + 1 / (missed + 0.5)))
    value = z[0] - z[1]
    spread = float(norm.ppf((1 + confidence) / 2)) * math.sqrt(sum(variances))
    return DPrime(value, (value - spread, value + spread))
