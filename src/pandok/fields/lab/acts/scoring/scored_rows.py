"""What is compared: the model's stored outputs beside truth and practice, case by case."""

from __future__ import annotations

from collections.abc import Mapping

import numpy as np

from pandok.core.lab.case import Label, ModelAnswer
from pandok.core.lab.comparison import ScoredRow
from pandok.core.lab.problem import Problem, Task
from pandok.fields.lab.acts.scoring.refusals import refused
from pandok.fields.lab.models import Run
from pandok.proof.nearest import nearest


def scored_rows(
    *, run: Run, problem: Problem, labels: Mapping[str, Label], register: Mapping[str, Label]
) -> list[ScoredRow]:
    """One for each sealed query in the order of case_id. `register`: of a retrieval, what its pictures show.

    Raises StoreError where a case has neither an output nor a reason why it has none.
    """
    stored = dict(run.outputs.values_list("case_id", "value"))
    if not set(stored) >= set(labels) or not set(stored) >= set(register):
        raise refused("lab.scoring_outputs")
    if problem.output.task is Task.EMBEDDING:
        answers = _nearest(stored, labels, register)
    else:
        answers = {case_id: _answer(stored[case_id], problem) for case_id in labels}
    return [
        ScoredRow(
            case_id=case_id,
            cluster=label.case.cluster,
            site=label.case.site,
            groups=dict(label.case.groups),
            truth=label.truth,
            model=answers[case_id],
            practice=_practice(label.practice, problem),
        )
        for case_id, label in sorted(labels.items())
    ]


def _answer(value: list[float] | None, problem: Problem) -> float | str | None:
    if value is None:
        return None
    answer = ModelAnswer(problem.output.task, tuple(value))
    return answer.chosen(problem.output.classes) if problem.output.task is Task.CLASSES else answer.number


def _practice(cell: str, problem: Problem) -> float | str | None:
    if not cell:
        return None
    return float(cell) if problem.output.task in (Task.SCORE, Task.NUMBER) else cell


def _nearest(
    stored: Mapping[str, list[float] | None], labels: Mapping[str, Label], register: Mapping[str, Label]
) -> dict[str, float | str | None]:
    """A register picture that the model could not read is found by nobody; a query without vector is missing."""
    pictures = [case_id for case_id in sorted(register) if stored[case_id] is not None]
    queries = [case_id for case_id in sorted(labels) if stored[case_id] is not None]
    answers: dict[str, float | str | None] = dict.fromkeys(labels)
    if not pictures or not queries:
        return answers
    shows = [(register[case_id].truth or (case_id,))[0] for case_id in pictures]
    found = nearest(
        np.array([stored[case_id] for case_id in queries], np.float64),
        np.array([stored[case_id] for case_id in pictures], np.float64),
        shows,
    )
    return answers | dict(zip(queries, found, strict=True))
