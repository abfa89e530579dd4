"""The Ladder of one organisation under one registration: what its next answer may show."""

from __future__ import annotations

import math
from collections.abc import Sequence
from dataclasses import dataclass

import numpy as np

from pandok.core.lab.comparison import ScoredRow
from pandok.core.lab.problem import Metric, Problem
from pandok.fields.lab.models import LadderBoard, Run
from pandok.proof.comparing import shown_score
from pandok.proof.ladder import Ladder
from pandok.proof.rows_to_values import endpoint_values, enters_any


@dataclass(frozen=True)
class Step:
    number: int
    ladder: Ladder
    improved: bool


def next_step(*, run: Run, problem: Problem, rows: Sequence[ScoredRow]) -> Step:
    """Call it with the registration locked. η = 1/√n; of an estimate that share of practice's own error."""
    earlier = LadderBoard.objects.filter(registration=run.registration, submitter=run.submitter)
    last = earlier.order_by("-number").first()
    threshold = run.submission.sheet.threshold
    before = Ladder(last.step, last.shown) if last else Ladder(_first_step(problem, rows))
    after = before.submit(shown_score(problem, rows, threshold=threshold))
    return Step(last.number + 1 if last else 1, after, after.shown > before.shown)


def _first_step(problem: Problem, rows: Sequence[ScoredRow]) -> float:
    counted = [one for one in rows if enters_any(problem, one)]
    metric = problem.endpoints[0].metric
    # A threshold is of no account for the number of cases, and practice's errors know none.
    values = endpoint_values(metric, problem, counted, threshold=0.0)
    step = Ladder.for_cases(len(values)).step
    if metric is not Metric.MEAN_ABSOLUTE_ERROR:
        return step
    scale = float(np.mean(values.practice)) or 1.0
    return step * 10.0 ** round(math.log10(scale))
