"""Before sealed data are opened: the gate, the submitter's own sample outputs, the same answer twice, time and memory.

Everything here is done with the model and the public cases only, so that all of it may be told to the submitter.
"""

from __future__ import annotations

import time
from collections.abc import Callable, Mapping, Sequence
from itertools import zip_longest

import numpy as np
from numpy.typing import NDArray

from pandok.core.lab.problem import Problem
from pandok.core.lab.refusals import SubmissionRefusal
from pandok.core.lab.submission import SubmissionSheet
from pandok.engines.bulk.values import Running, RunsSeveral, Tensors, sha256_of
from pandok.engines.feeding.codes import FeedingRefused
from pandok.engines.feeding.feeding import answer, tensors
from pandok.engines.onnx_gate.gate import Checked
from pandok.engines.sandbox.codes import SandboxCode, SandboxError
from pandok.fields.lab.acts.runs.run_ends import RunEnds, refused
from pandok.fields.lab.acts.runs.run_tools import CaseBytes, RunTools
from pandok.fields.lab.models import Submission
from pandok.fields.lab.states.run_states import RunState

MOST_CASES = 100
QUICK_S = 0.02
"""Of one case; above it the hand-over costs nothing beside the model."""
Outputs = Mapping[str, NDArray[np.generic]]


def gate_refusals(checked: Checked, sheet: SubmissionSheet) -> list[SubmissionRefusal]:
    """Why the model is refused, with the names of its sheet."""
    found = [SubmissionRefusal(one.code, one.where) for one in checked.refusals]
    if not found and checked.inputs != (sheet.model_input,):
        found.append(SubmissionRefusal("sheet.model_input", f"{sheet.model_input} ≠ {', '.join(checked.inputs)}"[:160]))
    if not found and sheet.model_output not in checked.outputs:
        found.append(
            SubmissionRefusal("sheet.model_output", f"{sheet.model_output} ≠ {', '.join(checked.outputs)}"[:160])
        )
    return found


def check_submission(
    submission: Submission, problem: Problem, model: bytes, tools: RunTools, alive: Callable[[], None]
) -> None:
    """All checks, in order. Raises RunEnds at the first that fails. `alive` is asked after every case."""
    sheet = submission.sheet
    try:
        refusals = gate_refusals(tools.sandboxes.check(model), sheet)
    except SandboxError as failed:
        raise ended_by(failed, "model.onnx") from failed
    if refusals:
        raise RunEnds(RunState.REFUSED, refusals)
    cases = tools.inputs.public(submission.pack)
    stated = submission.sample_outputs
    chosen = [case for case in cases if case.case_id in stated][:MOST_CASES]
    first = _once(chosen, stated, sheet, problem, model, tools, alive)
    again = _once(chosen, None, sheet, problem, model, tools, alive)
    for case, one, other in zip(chosen, first, again, strict=True):
        if one != other:
            raise refused("run.not_repeatable", case.case_id)


def ended_by(failed: SandboxError, where: str) -> RunEnds:
    """What a failure in the sandbox on public data means. Raises it again where the lab has no sandbox."""
    code = failed.sandbox_code
    if code is SandboxCode.NOT_AVAILABLE:
        raise failed
    state = RunState.TIMED_OUT if code is SandboxCode.TIME_LIMIT else RunState.REFUSED
    return RunEnds(state, [SubmissionRefusal(code.value, where)])


def _once(
    cases: Sequence[CaseBytes],
    stated: Mapping[str, Sequence[float]] | None,
    sheet: SubmissionSheet,
    problem: Problem,
    model: bytes,
    tools: RunTools,
    alive: Callable[[], None],
) -> list[str]:
    """Every case in a fresh sandbox; the hashes of its outputs. `stated`: what the submitter says comes out.

    Public cases alone: where the model is quick they are handed over several at a time. Should one of such a handful
    fail, all are asked once more, one by one.
    """
    try:
        with tools.sandboxes.load(model) as running:
            try:
                found = _answered(running, cases, sheet, problem, alive)
            except SandboxError:
                found = None
            else:
                found = found or _one_by_one(running, cases, sheet, problem, alive)
        if found is None:
            with tools.sandboxes.load(model) as running:
                found = _one_by_one(running, cases, sheet, problem, alive)
    except SandboxError as failed:
        raise ended_by(failed, "model.onnx") from failed
    for case, outputs in zip(cases, found, strict=True):
        if sheet.model_output not in outputs:
            raise refused("sheet.model_output", sheet.model_output)
        if stated is not None:
            _compare(case, outputs, stated[case.case_id], sheet, problem)
    return [sha256_of(outputs[sheet.model_output]) for outputs in found]


def _answered(
    running: Running,
    cases: Sequence[CaseBytes],
    sheet: SubmissionSheet,
    problem: Problem,
    alive: Callable[[], None],
) -> list[Outputs] | None:
    """None where cases cannot be handed over together. Raises SandboxError."""
    if not isinstance(running, RunsSeveral) or len(cases) < 2:
        return None
    alive()
    first = _fed(cases[0], sheet, problem)
    started = time.perf_counter()
    found: list[Outputs] = [running.run(first)]
    if time.perf_counter() - started > QUICK_S:
        return None
    size, place = running.fit(first), 1
    while place < len(cases):
        alive()
        fed = [_fed(case, sheet, problem) for case in cases[place : place + size]]
        found += running.run_several(fed)
        place += len(fed)
    return found


def _one_by_one(
    running: Running,
    cases: Sequence[CaseBytes],
    sheet: SubmissionSheet,
    problem: Problem,
    alive: Callable[[], None],
) -> list[Outputs]:
    found = []
    for case in cases:
        alive()
        found.append(_outputs(running, case, sheet, problem))
    return found


def _fed(case: CaseBytes, sheet: SubmissionSheet, problem: Problem) -> Tensors:
    try:
        return tensors(case.data, sheet, problem)
    except FeedingRefused as error:
        raise refused(error.reason.value, case.case_id) from error


def _outputs(running: Running, case: CaseBytes, sheet: SubmissionSheet, problem: Problem) -> Outputs:
    fed = _fed(case, sheet, problem)
    try:
        return running.run(fed)
    except SandboxError as failed:
        raise ended_by(failed, case.case_id) from failed


def _compare(
    case: CaseBytes,
    outputs: Mapping[str, NDArray[np.generic]],
    stated: Sequence[float],
    sheet: SubmissionSheet,
    problem: Problem,
) -> None:
    try:
        values = answer(outputs, sheet, problem).values
    except FeedingRefused as error:
        raise refused(error.reason.value, case.case_id) from error
    for place, (ours, theirs) in enumerate(zip_longest(values, stated), start=1):
        if ours is None or theirs is None:
            raise refused("run.samples_differ", f"{case.case_id}: {len(values)} ≠ {len(stated)}")
        if abs(ours - theirs) > sheet.sample_tolerance:
            raise refused("run.samples_differ", f"{case.case_id}, {place}: {ours:.6g} ≠ {theirs:.6g}")
