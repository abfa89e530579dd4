"""Counts of a sitting and d_a with its interval: functions of answers, the same for pages, papers and certificates."""

from __future__ import annotations

from collections.abc import Iterable
from dataclasses import dataclass
from typing import Protocol

import numpy as np

from pandok.fields.academy.kinds import Said
from pandok.proof.detection_measures import bootstrapped, corrected_share, measures_of
from pandok.proof.shares import exact_interval

SLOPE = 0.6
"""Of the zROC, with which certificates are judged (Buser 2020); .5 and the fitted one stand beside it on the page."""
CONFIDENCE = 0.90
ROUNDS = 2000


class Answered(Protocol):
    @property
    def threat(self) -> bool: ...
    @property
    def said(self) -> str: ...
    @property
    def located(self) -> bool: ...


@dataclass(frozen=True)
class Counts:
    """`hits`: threats that were stopped; `located`: of them, with a mark on the article. A harmless picture that timed
    out counts for nothing, a threat as missed; `timed_out`: of both."""

    threats: int
    hits: int
    located: int
    harmless: int
    false_alarms: int
    timed_out: int

    @property
    def of_threats(self) -> tuple[int, int]:
        """Stopped, passed."""
        return self.hits, self.threats - self.hits

    @property
    def of_harmless(self) -> tuple[int, int]:
        return self.false_alarms, self.harmless - self.false_alarms


@dataclass(frozen=True)
class Told:
    """A value with its interval of 90 %."""

    value: float
    low: float
    high: float
    slope: float = 1.0


def counts_of(rows: Iterable[Answered]) -> Counts:
    threats = hits = located = harmless = alarms = out = 0
    for row in rows:
        late, stopped = row.said == Said.TIMED_OUT, row.said == Said.STOP
        out += late
        if row.threat:
            threats += 1
            hits += stopped
            located += stopped and row.located
        elif not late:
            harmless += 1
            alarms += stopped
    return Counts(threats, hits, located, harmless, alarms, out)


def told_share(some: int, of: int) -> Told | None:
    """With its exact interval of 90 %; None of nothing."""
    found = exact_interval(some, of, confidence=CONFIDENCE)
    return Told(some / of, *found) if found else None


def d_a_with_interval(counts: Counts, random: np.random.Generator, slope: float = SLOPE) -> Told:
    """Raises ValueError where there were no threats or no harmless pictures."""
    return measured(counts, random, slope)["d_a"]


def measured(counts: Counts, random: np.random.Generator, slope: float) -> dict[str, Told]:
    """d_prime, criterion, d_a, a_z, each with its interval of 90 %. Raises ValueError as `d_a_with_interval`."""
    shares = (
        corrected_share(counts.hits, counts.threats),
        corrected_share(counts.false_alarms, counts.harmless),
    )
    found = measures_of(*shares, slope=slope)
    signal, noise = _each(*counts.of_threats), _each(*counts.of_harmless)
    intervals = bootstrapped(signal, noise, slope, rounds=ROUNDS, rng=random, confidence=CONFIDENCE)
    return {name: Told(getattr(found, name), *intervals[name], slope) for name in intervals}


def _each(stopped: int, passed: int) -> list[bool]:
    return [True] * stopped + [False] * passed
