"""Could wrong truths alone have made the result? The worst that so many turned truths do to an endpoint.

Right or wrong on independent cases: exact. A truth that turns on a case that only the model reads rightly hands it to
practice (two steps); on a case that both read wrongly, with different answers, it can make practice right (one step).
Sensitivity and specificity: the turned truth takes a case out of those that count, or brings one in. Errors of an
estimate: exact for the mean, since |p - t| - |m - t| never falls below -|p - m|. Areas and clusters: step by step.
"""

from __future__ import annotations

import math
from collections.abc import Sequence

import numpy as np

from pandok.core.lab.comparison import NoiseBound, ScoredRow
from pandok.core.lab.problem import Metric, Problem, Task
from pandok.proof.bootstrap import Interval
from pandok.proof.clustered_areas import placements
from pandok.proof.endpoint_evidence import evidence_of
from pandok.proof.recompute import interval_of
from pandok.proof.rows_to_values import EndpointValues, Floats, endpoint_values

_CHOICES = 64
"""So many ways to divide the turned truths among the two kinds are tried; the worst lies at an end or beside it."""


def noise_bound(
    values: EndpointValues,
    rows: Sequence[ScoredRow],
    problem: Problem,
    *,
    against_model: bool,
    threshold: float | None,
) -> NoiseBound | None:
    """The interval after the worst turn, against the model or for it; None where no truth is taken for wrong."""
    turned = math.floor(problem.truth.wrong_share * len(rows) + 1e-9)
    if turned == 0:
        return None
    confidence = 1 - problem.alpha
    metric = values.metric
    if metric is Metric.AUC:
        interval = _areas(values, turned, against_model, confidence)
    elif metric is Metric.MEAN_ABSOLUTE_ERROR:
        interval = _errors(values, rows, turned, against_model, confidence)
    elif metric in (Metric.SENSITIVITY, Metric.SPECIFICITY):
        interval = _one_kind(values, rows, problem, turned, against_model, threshold)
    else:
        interval = _shares(values, rows, problem, turned, against_model, confidence)
    return NoiseBound(turned=turned, interval=interval, exact=values.clusters is None and metric is not Metric.AUC)


def _shares(
    values: EndpointValues,
    rows: Sequence[ScoredRow],
    problem: Problem,
    turned: int,
    against_model: bool,
    confidence: float,
) -> Interval:
    """Two steps first, then one; among equals the cases of the fullest clusters, which move their means together."""
    sign = -1.0 if against_model else 1.0
    differences = values.model - values.practice
    answer = [rows[place] for place in values.places.tolist()]
    helped = [one.practice if against_model else one.model for one in answer]
    movable = np.array([one is not None for one in helped], dtype=np.bool_)
    differ = np.array([one.model != one.practice for one in answer], dtype=np.bool_)
    # With a yes and a no, two wrong readings are the same one: turning makes both right.
    open_choice = problem.output.task is not Task.SCORE
    gain = np.zeros(len(values))
    gain[(differences == -sign) & movable] = 2.0
    gain[(differences == -sign) & ~movable] = 1.0
    if open_choice:
        gain[(differences == 0) & movable & differ] = 1.0
    order = _worst_first(gain, values)[:turned]
    moved = differences.copy()
    moved[order] = moved[order] + sign * gain[order]
    return _interval(values, moved, confidence)


def _interval(values: EndpointValues, differences: Floats, confidence: float) -> Interval:
    model, practice = np.maximum(differences, 0.0), np.maximum(-differences, 0.0)
    changed = EndpointValues(values.metric, model, practice, values.positive, values.clusters, values.places)
    return interval_of(evidence_of(changed), confidence=confidence)


def _worst_first(gain: Floats, values: EndpointValues) -> list[int]:
    chosen = np.flatnonzero(gain > 0)
    if values.clusters is None:
        return [int(row) for row in chosen[np.argsort(-gain[chosen], kind="stable")]]
    size: dict[str, int] = {}
    for row in chosen.tolist():
        size[values.clusters[row]] = size.get(values.clusters[row], 0) + 1
    clusters = values.clusters
    return sorted(chosen.tolist(), key=lambda row: (-gain[row], -size[clusters[row]], clusters[row], row))


def _one_kind(
    values: EndpointValues,
    rows: Sequence[ScoredRow],
    problem: Problem,
    turned: int,
    against_model: bool,
    threshold: float | None,
) -> Interval:
    """Cases leave the kind (the model's lonely hits) or come in from the other kind (practice's lonely yes)."""
    other = endpoint_values(
        Metric.SPECIFICITY if values.metric is Metric.SENSITIVITY else Metric.SENSITIVITY,
        problem,
        rows,
        threshold=threshold,
    )
    sign = -1.0 if against_model else 1.0
    here, there = values.model - values.practice, other.model - other.practice
    leave = np.flatnonzero(here == -sign)
    # Right on the one kind is wrong on the other: who says yes alone is the lonely hit there.
    come = np.flatnonzero(there == -sign)
    most = min(turned, len(leave))
    splits = sorted({round(most * part / _CHOICES) for part in range(_CHOICES + 1)})
    worst: Interval | None = None
    for count in splits:
        stay = np.delete(np.arange(len(here)), leave[:count])
        new = come[: turned - count]
        differences = np.concatenate([here[stay], np.full(len(new), sign)])
        clusters = None
        if values.clusters is not None and other.clusters is not None:
            clusters = tuple(values.clusters[row] for row in stay.tolist())
            clusters += tuple(other.clusters[row] for row in new.tolist())
        changed = EndpointValues(
            values.metric,
            np.maximum(differences, 0.0),
            np.maximum(-differences, 0.0),
            np.ones(len(differences), dtype=np.bool_),
            clusters,
            np.arange(len(differences), dtype=np.intp),
        )
        try:
            found = interval_of(evidence_of(changed), confidence=1 - problem.alpha)
        except ValueError:
            found = (-1.0, 1.0)
        if worst is None or (found[0] < worst[0] if against_model else found[1] > worst[1]):
            worst = found
    return worst or (-1.0, 1.0)


def _errors(
    values: EndpointValues, rows: Sequence[ScoredRow], turned: int, against_model: bool, confidence: float
) -> Interval:
    differences = values.practice - values.model
    answers = [(rows[place].model, rows[place].practice) for place in values.places.tolist()]
    apart = np.array(
        [
            abs(differences[row]) if one is None or two is None else abs(float(one) - float(two))
            for row, (one, two) in enumerate(answers)
        ]
    )
    end = -apart if against_model else apart
    order = np.argsort(-np.abs(end - differences), kind="stable")[:turned]
    moved = differences.copy()
    moved[order] = end[order]
    changed = EndpointValues(
        values.metric, np.zeros(len(moved)), moved, values.positive, values.clusters, values.places
    )
    return interval_of(evidence_of(changed), confidence=confidence)


def _areas(values: EndpointValues, turned: int, against_model: bool, confidence: float) -> Interval:
    """Those go first whose turn moves the difference farthest, by their pull on it; seen again after each tenth."""
    positive = values.positive.copy()
    open_rows = np.ones(len(positive), dtype=np.bool_)
    left, step = turned, max(1, turned // 10)
    sign = -1.0 if against_model else 1.0
    while left > 0:
        pull = sign * _pull_of_turning(values, positive)
        pull[~open_rows] = -math.inf
        least = min(int(positive.sum()), int((~positive).sum()))
        rows = [row for row in np.argsort(-pull, kind="stable")[: min(step, left)].tolist() if pull[row] > 0]
        if not rows or least - len(rows) < 2:
            break
        positive[rows] = ~positive[rows]
        open_rows[rows] = False
        left -= len(rows)
    changed = EndpointValues(values.metric, values.model, values.practice, positive, values.clusters, values.places)
    return interval_of(evidence_of(changed), confidence=confidence)


def _pull_of_turning(values: EndpointValues, positive: np.ndarray[tuple[int], np.dtype[np.bool_]]) -> Floats:
    """How far the difference of the areas would move, to first order, if the truth of each good turned."""
    m, n = int(positive.sum()), int((~positive).sum())

    def pull(scores: Floats) -> Floats:
        placed, area = placements(scores, positive)
        below_positives = _share_below(scores, scores[positive])
        above_negatives = 1 - _share_below(scores, scores[~positive])
        as_negative = (1 - below_positives - area) / n - (placed - area) / m
        as_positive = (1 - above_negatives - area) / m - (placed - area) / n
        return np.where(positive, as_negative, as_positive)

    return pull(values.model) - pull(values.practice)


def _share_below(scores: Floats, others: Floats) -> Floats:
    """The share of `others` below each score; equal ones count half."""
    ordered = np.sort(others)
    low, high = np.searchsorted(ordered, scores, "left"), np.searchsorted(ordered, scores, "right")
    return np.asarray((low + high) / (2 * len(ordered)), np.float64)
