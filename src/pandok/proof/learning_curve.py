"""What training did: a curve of sensitivity over images, and the gain between two blind tests.

d(n) = d_∞ − (d_∞ − d_0) · e^(−n/τ), n: images seen, d in d_a. The gain is told from tests before and after on separate
sets, never from the training itself, whose items were chosen to be hit three times in four.
"""

from __future__ import annotations

import math
from collections.abc import Sequence
from dataclasses import dataclass

import numpy as np
from scipy.stats import chi2, norm

from pandok.proof.bootstrap import Interval

LEAST_POINTS = 5
_TAUS = 240


@dataclass(frozen=True)
class Point:
    """`images`: seen before this session's middle. `d_a` with its standard error."""

    images: float
    d_a: float
    sd: float


@dataclass(frozen=True)
class LearningCurve:
    """`start`: d_0; `end`: d_∞; `images`: τ; each with an interval of 95 %."""

    start: float
    start_interval: Interval
    end: float
    end_interval: Interval
    images: float
    images_interval: Interval

    def at(self, images: float) -> float:
        return self.end - (self.end - self.start) * math.exp(-images / self.images)


def fitted_curve(points: Sequence[Point]) -> LearningCurve:
    """Weighted least squares with intervals of the profile likelihood: all values that some curve with a misfit of at
    most 3.84 (χ² of one degree, 95 %) more than the best one has. For a given τ the curve is linear in d_0 and d_∞, so
    that only τ is searched, from a twentieth of the images to five times as many. Raises ValueError for fewer than
    `LEAST_POINTS` points or an error that is not more than 0."""
    if len(points) < LEAST_POINTS or min(one.sd for one in points) <= 0:
        raise ValueError(f"a curve needs {LEAST_POINTS} sessions with their errors")
    n, d, sd = (np.array([getattr(one, name) for one in points]) for name in ("images", "d_a", "sd"))
    most = float(max(n.max(), 1.0))
    taus = np.exp(np.linspace(math.log(most / 20), math.log(5 * most), _TAUS))
    found, spread, misfit = np.empty((_TAUS, 2)), np.empty((_TAUS, 2)), np.empty(_TAUS)
    for at, tau in enumerate(taus):
        left = np.exp(-n / tau)
        columns = np.stack([left, 1 - left], axis=1) / sd[:, None]
        inverse = np.linalg.inv(columns.T @ columns)
        found[at] = inverse @ columns.T @ (d / sd)
        spread[at] = np.sqrt(np.diag(inverse))
        misfit[at] = float(((columns @ found[at] - d / sd) ** 2).sum())
    best = int(misfit.argmin())
    spare = float(chi2.ppf(0.95, 1)) - (misfit - misfit[best])
    allowed = spare >= 0
    reach = np.sqrt(spare[allowed])[:, None] * spread[allowed]
    low, high = (found[allowed] - reach).min(axis=0), (found[allowed] + reach).max(axis=0)
    kept = taus[allowed]
    return LearningCurve(
        start=float(found[best, 0]),
        start_interval=(float(low[0]), float(high[0])),
        end=float(found[best, 1]),
        end_interval=(float(low[1]), float(high[1])),
        images=float(taus[best]),
        images_interval=(float(kept[0]), float(kept[-1])),
    )


@dataclass(frozen=True)
class Gain:
    """`value`: after less before, in d_a. `shown`: the interval of 95 % lies above 0."""

    value: float
    interval: Interval

    @property
    def shown(self) -> bool:
        return self.interval[0] > 0


def gain_of(before: tuple[float, float], after: tuple[float, float], confidence: float = 0.95) -> Gain:
    """(d_a, standard error) of two tests on separate sets. Raises ValueError for an error that is not more than 0."""
    if min(before[1], after[1]) <= 0:
        raise ValueError("a test has an error")
    value = after[0] - before[0]
    reach = float(norm.ppf((1 + confidence) / 2)) * math.hypot(before[1], after[1])
    return Gain(value, (value - reach, value + reach))


def d_a_error(threats: tuple[int, int], harmless: tuple[int, int], slope: float) -> float:
    """Standard error of d_a of counts (stopped, passed), half an answer added to each: delta method (Gourevitch and
    Galanter 1967)."""
    variance = 0.0
    for (stopped, passed), factor in ((threats, 1.0), (harmless, slope)):
        shown = stopped + passed
        share = (stopped + 0.5) / (shown + 1)
        variance += factor**2 * share * (1 - share) / ((shown + 1) * float(norm.pdf(norm.ppf(share))) ** 2)
    return math.sqrt(2 / (1 + slope**2) * variance)
