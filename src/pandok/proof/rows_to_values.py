"""From compared rows to the numbers that an endpoint is measured by: right or wrong, scores, errors.

A missing answer counts as wrong. For an area it stands on the wrong end: below every score where the truth is yes,
above every score where it is no. For an estimate it counts as the largest error that model or practice made.
"""

from __future__ import annotations

import math
from collections.abc import Sequence
from dataclasses import dataclass

import numpy as np
from numpy.typing import NDArray

from pandok.core.lab.comparison import ScoredRow
from pandok.core.lab.problem import Metric, Problem, Task

Floats = NDArray[np.float64]
Flags = NDArray[np.bool_]
YES = "1"


@dataclass(frozen=True)
class EndpointValues:
    """The cases that enter one endpoint. `model` and `practice` (n,): 1 or 0 for right or wrong, scores of an area, or
    absolute errors; `positive` (n,) for an area. `places`: the rows they stand for."""

    metric: Metric
    model: Floats
    practice: Floats
    positive: Flags
    clusters: tuple[str, ...] | None
    places: NDArray[np.intp]

    def __len__(self) -> int:
        return len(self.model)

    def only(self, rows: NDArray[np.intp]) -> EndpointValues:
        clusters = None if self.clusters is None else tuple(self.clusters[row] for row in rows.tolist())
        return EndpointValues(
            self.metric, self.model[rows], self.practice[rows], self.positive[rows], clusters, self.places[rows]
        )


def endpoint_values(
    metric: Metric, problem: Problem, rows: Sequence[ScoredRow], *, threshold: float | None
) -> EndpointValues:
    """`threshold`: at or above it the model says yes. Raises ValueError where it is needed and missing."""
    chosen = np.array([row for row, one in enumerate(rows) if _enters(metric, one)], dtype=np.intp)
    taken = [rows[row] for row in chosen.tolist()]
    positive = np.array([one.truth == (YES,) for one in taken], dtype=np.bool_)
    if metric is Metric.AUC:
        model, practice = (
            _scores([one.model for one in taken], positive),
            _scores([one.practice for one in taken], positive),
        )
    elif metric is Metric.MEAN_ABSOLUTE_ERROR:
        model, practice = _errors(taken)
    else:
        yes, practice_yes = threshold, problem.practice.threshold
        model = np.array([_right(one.model, one.truth, problem, yes) for one in taken], dtype=np.float64)
        practice = np.array([_right(one.practice, one.truth, problem, practice_yes) for one in taken], dtype=np.float64)
    clusters = tuple(one.cluster for one in taken) if problem.clustered else None
    return EndpointValues(metric, model, practice, positive, clusters, chosen)


def enters_any(problem: Problem, row: ScoredRow) -> bool:
    return any(_enters(endpoint.metric, row) for endpoint in problem.endpoints)


def _enters(metric: Metric, row: ScoredRow) -> bool:
    """Recall looks at queries that the register can answer: others would only thin the difference out."""
    if metric is Metric.RECALL_AT_1:
        return bool(row.truth)
    if metric is Metric.SENSITIVITY:
        return row.truth == (YES,)
    if metric is Metric.SPECIFICITY:
        return row.truth != (YES,)
    return True


def _right(answer: float | str | None, truth: tuple[str, ...], problem: Problem, threshold: float | None) -> bool:
    if answer is None:
        return False
    if problem.output.task is not Task.SCORE:
        return answer in truth
    if threshold is None:
        raise ValueError("a yes or no needs a threshold")
    return (float(answer) >= threshold) == (truth == (YES,))


def _scores(answers: Sequence[float | str | None], positive: Flags) -> Floats:
    found = [None if one is None else float(one) for one in answers]
    known = [one for one in found if one is not None]
    lowest, highest = (min(known), max(known)) if known else (0.0, 0.0)
    below, above = math.nextafter(lowest, -math.inf), math.nextafter(highest, math.inf)
    return np.array(
        [(below if yes else above) if one is None else one for one, yes in zip(found, positive.tolist(), strict=True)],
        dtype=np.float64,
    )


def _errors(rows: Sequence[ScoredRow]) -> tuple[Floats, Floats]:
    def error(answer: float | str | None, truth: str) -> float:
        return math.nan if answer is None else abs(float(answer) - float(truth))

    both = np.array([(error(one.model, one.truth[0]), error(one.practice, one.truth[0])) for one in rows])
    both = both.reshape(len(rows), 2)
    worst = float(np.nanmax(both)) if len(rows) and not np.isnan(both).all() else 0.0
    filled = np.where(np.isnan(both), worst, both)
    return filled[:, 0], filled[:, 1]
