"""What a company can see before it hands anything in: the lab's own gate and feeding, on the public cases.

The same functions as in a run of the lab; the truth is at hand because the cases are public. Needs no database.
"""

from __future__ import annotations

from collections.abc import Callable, Iterator, Mapping
from contextlib import AbstractContextManager
from dataclasses import dataclass, field
from typing import Protocol

import numpy as np
from numpy.typing import NDArray

from pandok.core.errors import PandokError
from pandok.core.lab.case import CaseRole, ModelAnswer, ProblemCase
from pandok.core.lab.comparison import Comparison, ScoredRow
from pandok.core.lab.problem import Part, Problem, Task
from pandok.core.lab.submission import SubmissionSheet
from pandok.core.text import Text
from pandok.engines.feeding.codes import FeedingRefused
from pandok.engines.feeding.feeding import answer, tensors
from pandok.engines.feeding.sheet_check import check_sheet
from pandok.engines.onnx_gate.gate import Checked
from pandok.fields.lab.acts.packs.pack import Pack
from pandok.proof.comparing import compare
from pandok.proof.nearest import nearest

MOST_REFUSED_CASES = 5


class Running(Protocol):
    def run(self, tensors: Mapping[str, NDArray[np.generic]]) -> Mapping[str, NDArray[np.generic]]: ...


@dataclass(frozen=True)
class CheckFinding:
    """A reason for refusal, with the way to correct it."""

    code: str
    where: str
    what: Text
    next_step: Text


@dataclass
class LocalCheck:
    """`answers` in the order of case_id; `ms` the time of each. `comparison`: the public part, scored as the lab scores
    the sealed ones; it proves nothing, because the truth was at hand."""

    checked: Checked
    refusals: list[CheckFinding] = field(default_factory=list)
    answers: dict[str, ModelAnswer] = field(default_factory=dict)
    ms: list[float] = field(default_factory=list)
    same_twice: bool = True
    comparison: Comparison | None = None

    @property
    def accepted(self) -> bool:
        return not self.refusals


def check_locally(
    *,
    checked: Checked,
    load: Callable[[], AbstractContextManager[Running]],
    sheet: SubmissionSheet,
    pack: Pack,
    clock: Callable[[], float],
    progress: Callable[[int, int], None] = lambda _done, _total: None,
) -> LocalCheck:
    """`checked`: the gate's word on the model. `load` opens it, in a sandbox where there is one; `clock` in seconds."""
    found = LocalCheck(checked)
    found.refusals += [CheckFinding(one.code, one.where, one.what, one.next_step) for one in checked.refusals]
    found.refusals += _sheet_findings(sheet, pack.problem, checked)
    if found.refusals:
        return found
    try:
        with load() as running:
            _run_all(found, running, sheet, pack, clock, progress)
    except FeedingRefused:
        return found
    except PandokError as error:
        found.refusals.append(_finding(error, "model.onnx"))
        return found
    if found.accepted:
        found.comparison = compare(pack.problem, _rows(pack, found.answers), threshold=sheet.threshold)
    return found


def _sheet_findings(sheet: SubmissionSheet, problem: Problem, checked: Checked) -> Iterator[CheckFinding]:
    step = Text(ko="submission.json을 고치십시오.", en="Correct submission.json.")
    for fault in check_sheet(sheet, problem):
        yield CheckFinding("sheet.value", fault.field, fault.what, step)
    if not checked.accepted:
        return
    for name, field_name, known in (
        (sheet.model_input, "model_input", checked.inputs),
        (sheet.model_output, "model_output", checked.outputs),
    ):
        if name not in known:
            names = ", ".join(known)
            yield CheckFinding(
                f"sheet.{field_name}",
                name,
                Text(
                    ko=f"모델에 그 이름이 없습니다. 있는 이름: {names}", en=f"The model has no such name, but: {names}"
                ),
                step,
            )


def _run_all(
    found: LocalCheck,
    running: Running,
    sheet: SubmissionSheet,
    pack: Pack,
    clock: Callable[[], float],
    progress: Callable[[int, int], None],
) -> None:
    cases = sorted(_asked(pack), key=lambda one: (one.role is CaseRole.REGISTER, one.case_id))
    for number, case in enumerate(cases):
        progress(number, len(cases))
        started = clock()
        try:
            outputs = running.run(tensors(pack.input_bytes(case), sheet, pack.problem))
            found.answers[case.case_id] = answer(outputs, sheet, pack.problem)
        except FeedingRefused as error:
            found.refusals.append(_finding(error, case.case_id))
            if len(found.refusals) >= MOST_REFUSED_CASES:
                raise
            continue
        found.ms.append((clock() - started) * 1000)
    progress(len(cases), len(cases))
    if cases and cases[0].case_id in found.answers:
        again = answer(running.run(tensors(pack.input_bytes(cases[0]), sheet, pack.problem)), sheet, pack.problem)
        found.same_twice = again == found.answers[cases[0].case_id]


def _asked(pack: Pack) -> Iterator[ProblemCase]:
    yield from pack.queries(Part.PUBLIC)
    if pack.problem.output.task is Task.EMBEDDING:
        yield from pack.register


def _rows(pack: Pack, answers: Mapping[str, ModelAnswer]) -> list[ScoredRow]:
    """Only queries; a practice of "" was none."""
    said = _said(pack, answers)
    numbers = pack.problem.output.task in (Task.SCORE, Task.NUMBER)
    return [
        ScoredRow(
            case_id=case.case_id,
            truth=pack.truth[case.case_id],
            practice=_practice(pack.practice[case.case_id], numbers=numbers),
            model=said.get(case.case_id),
            cluster=case.cluster,
            site=case.site,
            groups=dict(case.groups),
        )
        for case in pack.queries(Part.PUBLIC)
    ]


def _said(pack: Pack, answers: Mapping[str, ModelAnswer]) -> dict[str, float | str | None]:
    output = pack.problem.output
    queries = [case.case_id for case in pack.queries(Part.PUBLIC) if case.case_id in answers]
    if output.task is Task.EMBEDDING:
        register = [case.case_id for case in pack.register]
        asked, shown = (np.array([answers[one].values for one in ids], np.float64) for ids in (queries, register))
        return dict(zip(queries, nearest(asked, shown, [pack.truth[one][0] for one in register]), strict=True))
    if output.task is Task.CLASSES:
        return {one: answers[one].chosen(output.classes) for one in queries}
    return {one: answers[one].number for one in queries}


def _practice(cell: str, *, numbers: bool) -> float | str | None:
    return (float(cell) if numbers else cell) if cell else None


def _finding(error: PandokError, where: str) -> CheckFinding:
    return CheckFinding(error.error_code, where, error.what, error.next_step)
