"""Whose model answered the same sealed cases nearly alike: a touched copy has another hash and the same answers.

Two models that were trained apart differ somewhere by more than rounding; a copy whose weights were nudged, or whose
output was scaled, does not. It is told to the lab's people, who ask; nothing is charged or refused for it.
"""

from __future__ import annotations

import numpy as np
from numpy.typing import NDArray

from pandok.fields.lab.acts.budget.organisations import one_budget
from pandok.fields.lab.models import CaseOutput, Run
from pandok.fields.lab.states.run_states import RunState

LEAST_CASES = 20
MOST_CASES = 2000
LEAST_CORRELATION = 0.9999
_SCORED = [one.value for one in (RunState.SCORING, RunState.AWAITING_RELEASE, RunState.RELEASED, RunState.WITHHELD)]


def answered_alike(run: Run) -> list[str]:
    """Names of other organisations with a run on the same part of the same pack whose answers are nearly this one's."""
    others = Run.objects.filter(
        registration__pack=run.registration.pack_id, part=run.part, state__in=_SCORED, queued_at__lte=run.queued_at
    )
    others = others.exclude(pk=run.pk).exclude(submitter__in=one_budget(run.submitter)).select_related("submission")
    if not others:
        return []
    own = _answers(run)
    return sorted({one.submission.submitter_name for one in others if _alike(own, _answers(one))})


def _answers(run: Run) -> dict[str, list[float]]:
    rows = CaseOutput.objects.filter(run=run, missing="").exclude(value=None).order_by("number")
    return {case_id: value for case_id, value in rows.values_list("case_id", "value")[:MOST_CASES] if value is not None}


def _alike(one: dict[str, list[float]], other: dict[str, list[float]]) -> bool:
    common = sorted(set(one) & set(other))
    if len(common) < LEAST_CASES or len(common) < 0.9 * max(len(one), len(other)):
        return False
    try:
        first, second = _centred([one[case] for case in common]), _centred([other[case] for case in common])
    except ValueError:  # vectors of different lengths
        return False
    if first.shape != second.shape:
        return False
    spread = float(np.sqrt((first**2).sum() * (second**2).sum()))
    return spread > 0 and float((first * second).sum()) / spread >= LEAST_CORRELATION


def _centred(rows: list[list[float]]) -> NDArray[np.float64]:
    values = np.asarray(rows, dtype=np.float64)
    return np.asarray(values - values.mean(axis=0), dtype=np.float64)
