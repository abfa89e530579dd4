"""How likely a true advantage is to be seen with this many cases: by simulation of the test that will be used.

Cases of one cluster are not independent. `cases` is the power if they were, `clusters` if each cluster were one case:
the truth lies between. For areas under the curve scores are drawn from two normal distributions (binormal model).
"""

from __future__ import annotations

from dataclasses import asdict, dataclass
from typing import Any

import numpy as np
from numpy.typing import NDArray
from scipy.stats import norm

from pandok.core.lab.problem import Metric, Part, Problem
from pandok.fields.lab.acts.packs.pack import Pack
from pandok.proof.paired_auc import delong, delong_of_many
from pandok.proof.planning import simulated_power

SEED = 20261121
ROUNDS_SHARES, ROUNDS_AREAS, LEAST_ROUNDS = 2000, 200, 50
MOST_DRAWN = 500_000
"""Of areas fewer trials are drawn where each is large: the picture then has a simulation error of at most 7 points."""
_SHARES = (Metric.ACCURACY, Metric.RECALL_AT_1, Metric.SENSITIVITY, Metric.SPECIFICITY)
_ALIKE = 0.5
"""Correlation of the scores of model and practice on the same case, assumed for the picture."""

_HIGHEST_BASE = 0.9
_AT_ONCE = 50
"""Trials of one step: their scores stay within a few tens of megabytes."""


@dataclass(frozen=True)
class PowerLine:
    """`difference`: the true advantage of the model. `discordant`: the share on which just one is right (shares)."""

    difference: float
    discordant: float | None
    cases: float
    clusters: float | None


@dataclass(frozen=True)
class PowerPicture:
    """For the first endpoint. `n`, `clusters`: of the confirm part."""

    metric: Metric
    margin: float
    n: int
    clusters: int | None
    lines: tuple[PowerLine, ...]

    def as_dict(self) -> dict[str, Any]:
        return asdict(self)


def power_picture(pack: Pack) -> PowerPicture | None:
    """None where the metric has no simulation (mean errors: their spread is not known before)."""
    problem, endpoint = pack.problem, pack.problem.endpoints[0]
    confirm = list(pack.queries(Part.CONFIRM))
    n = len(confirm)
    clusters = len({case.cluster for case in confirm}) if problem.clustered else None
    if endpoint.metric in _SHARES:
        lines = _share_lines(problem, n, clusters)
    elif endpoint.metric is Metric.AUC:
        lines = _area_lines(pack, n, clusters)
    else:
        return None
    return PowerPicture(endpoint.metric, endpoint.margin, n, clusters, tuple(lines))


def _share_lines(problem: Problem, n: int, clusters: int | None) -> list[PowerLine]:
    margin, alpha = problem.endpoints[0].margin, problem.alpha / 2
    lines = []
    for difference in (0.0, 0.02, 0.05, 0.1, 0.2) if margin else (0.02, 0.05, 0.1, 0.2, 0.3):
        for discordant in (0.1, 0.3):
            if difference > discordant:
                continue
            rng = np.random.default_rng([SEED, n])
            found = [
                simulated_power(size, discordant, difference, margin, rng=rng, rounds=ROUNDS_SHARES, alpha=alpha)
                for size in (n, clusters)
                if size
            ]
            lines.append(PowerLine(difference, discordant, found[0], found[1] if clusters else None))
    return lines


def _area_lines(pack: Pack, n: int, clusters: int | None) -> list[PowerLine]:
    """The share of positives and the area of practice are those of the public part."""
    problem = pack.problem
    margin = problem.endpoints[0].margin
    public = [case.case_id for case in pack.queries(Part.PUBLIC) if pack.practice[case.case_id]]
    positive = np.array([pack.truth[one] == ("1",) for one in public], dtype=np.bool_)
    if positive.sum() < 2 or (~positive).sum() < 2:
        return []
    scores = np.array([float(pack.practice[one]) for one in public])
    base = float(np.clip(delong(scores, scores, positive).areas[0], 0.5, _HIGHEST_BASE))
    lines = []
    for difference in (-0.02, 0.0, 0.02, 0.05) if margin else (0.02, 0.04, 0.08):
        share = float(positive.mean())
        found = [_area_power(size, share, difference, margin, problem.alpha, base) for size in (n, clusters) if size]
        lines.append(PowerLine(difference, None, found[0], found[1] if clusters else None))
    return lines


def _area_power(n: int, positive: float, difference: float, margin: float, alpha: float, base: float) -> float:
    """Practice has the area `base`."""
    rng = np.random.default_rng([SEED, n])
    positives = max(2, round(n * positive))
    negatives = max(2, n - positives)
    shifts = np.sqrt(2) * norm.ppf([base + difference, base])
    truth = np.arange(positives + negatives) < positives
    rounds = max(LEAST_ROUNDS, min(ROUNDS_AREAS, MOST_DRAWN // n))
    shown = 0
    for first in range(0, rounds, _AT_ONCE):
        trials = range(first, min(first + _AT_ONCE, rounds))
        scores = np.stack([_scores(rng, len(truth)) for _ in trials]) + truth[:, np.newaxis] * shifts
        lowest, _ = delong_of_many(scores[..., 0], scores[..., 1], truth, confidence=1 - alpha)
        shown += int((lowest > -margin).sum())
    return shown / rounds


def _scores(rng: np.random.Generator, count: int) -> NDArray[np.float64]:
    shared = rng.standard_normal((count, 1)) * np.sqrt(_ALIKE)
    return np.asarray(shared + rng.standard_normal((count, 2)) * np.sqrt(1 - _ALIKE))
