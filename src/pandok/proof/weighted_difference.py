"""Model minus practice where the truth of some goods is known only by a random check with a recorded chance.

Each case contributes difference / chance where its difference is known, and 0 where it was not drawn: the mean of the
contributions is unbiased (Horvitz and Thompson 1952), and "not opened" is never taken for an answer.
"""

from __future__ import annotations

import math
from collections.abc import Hashable, Sequence
from dataclasses import dataclass

import numpy as np
from numpy.typing import NDArray
from scipy.stats import t as t_distribution

from pandok.proof.betting_bounds import anytime_interval
from pandok.proof.bootstrap import Interval
from pandok.proof.clusters import clustered_difference
from pandok.proof.paired_shares import PairedCounts, tango_interval

FEW_CHECKED = 40
"""With fewer drawn differences than this an interval from their spread is not trusted: the betting bounds widen it."""


@dataclass(frozen=True)
class Contribution:
    """`difference` -1, 0 or 1; None: not known, because the case was not drawn. `chance`: that it would be known."""

    difference: int | None
    chance: float = 1.0
    cluster: Hashable = ""

    @property
    def value(self) -> float:
        return 0.0 if self.difference is None else self.difference / self.chance


@dataclass(frozen=True)
class EstimatedDifference:
    difference: float
    interval: Interval
    method: str
    """tango, clusters or contributions; with "_and_betting" where the betting bounds widened it."""
    cases: int


def estimated_difference(
    cases: Sequence[Contribution], *, alpha: float, clustered: bool, upper_alpha: float | None = None
) -> EstimatedDifference:
    """The difference with lower and upper bounds, each one-sided at its alpha. Raises ValueError for no case, and for
    one cluster where `clustered`."""
    if not cases:
        raise ValueError("at least one case")
    if upper_alpha is not None and upper_alpha != alpha:
        low = estimated_difference(cases, alpha=alpha, clustered=clustered)
        high = estimated_difference(cases, alpha=upper_alpha, clustered=clustered)
        return EstimatedDifference(low.difference, (low.interval[0], high.interval[1]), low.method, low.cases)
    values = np.array([case.value for case in cases])
    confidence = 1 - 2 * alpha
    checked = sum(1 for case in cases if case.chance < 1 and case.difference)
    drawn_by_chance = any(case.chance < 1 for case in cases)
    if clustered:
        found = clustered_difference(values, [case.cluster for case in cases], confidence=confidence)
        middle, interval, method = found.difference, found.interval, "clusters"
    elif not drawn_by_chance:
        counts = PairedCounts(int((values > 0).sum()), int((values < 0).sum()), len(values))
        return EstimatedDifference(
            counts.difference, tango_interval(counts, confidence=confidence), "tango", len(cases)
        )
    else:
        middle, interval, method = float(values.mean()), _spread(values, confidence, checked), "contributions"
    if drawn_by_chance and checked < FEW_CHECKED:
        interval = _wider(interval, scaled(cases, clustered=clustered), least_chance(cases), alpha)
        method = f"{method}_and_betting"
    return EstimatedDifference(middle, interval, method, len(cases))


def least_chance(cases: Sequence[Contribution]) -> float:
    return min((case.chance for case in cases), default=1.0)


def scaled(cases: Sequence[Contribution], *, clustered: bool, chance: float | None = None) -> list[float]:
    """The contributions times the least chance, so that they lie in -1 to 1: one a case, or the mean of each cluster
    in the order in which clusters began."""
    factor = least_chance(cases) if chance is None else chance
    if not clustered:
        return [case.value * factor for case in cases]
    groups: dict[Hashable, list[float]] = {}
    for case in cases:
        groups.setdefault(case.cluster, []).append(case.value * factor)
    return [sum(values) / len(values) for values in groups.values()]


def _spread(values: NDArray[np.float64], confidence: float, checked: int) -> Interval:
    """Student's t with as many degrees as the few heavy contributions give: they make nearly all of the spread."""
    middle = float(values.mean())
    if len(values) < 2 or checked < 2:
        return (-1.0, 1.0)
    error = float(values.std(ddof=1)) / math.sqrt(len(values))
    reach = float(t_distribution.ppf((1 + confidence) / 2, checked - 1)) * error
    return (max(-1.0, middle - reach), min(1.0, middle + reach))


def _wider(interval: Interval, seen: Sequence[float], chance: float, alpha: float) -> Interval:
    low, high = anytime_interval(seen, alpha=alpha)
    return (min(interval[0], max(-1.0, low / chance)), max(interval[1], min(1.0, high / chance)))
