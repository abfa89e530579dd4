"""The sealed part: one case a call, outputs kept in batches, taken up again where a worker stopped."""

from __future__ import annotations

import time
from collections.abc import Callable, Iterator
from dataclasses import dataclass, field
from datetime import datetime

from django.db.models import Sum

from pandok.core.lab.problem import Problem
from pandok.core.lab.refusals import SubmissionRefusal
from pandok.core.lab.submission import SubmissionSheet
from pandok.engines.bulk.values import CaseInput, CaseResult, sha256_of
from pandok.engines.feeding.codes import FeedingRefused
from pandok.engines.feeding.feeding import answer, tensors
from pandok.engines.sandbox.codes import SandboxCode
from pandok.fields.lab.acts.runs.holding import Held
from pandok.fields.lab.acts.runs.run_ends import RunEnds
from pandok.fields.lab.acts.runs.run_tools import RunTools
from pandok.fields.lab.models import CaseOutput
from pandok.fields.lab.states.run_states import RunState

BATCH_CASES = 200
BATCH_SECONDS = 5.0
MOST_FATAL = 20
"""So many cases may bring the sandbox down; each costs a start and up to the time limit."""
_FATAL = frozenset(code.value for code in SandboxCode)


def run_cases(
    *,
    held: Held,
    problem: Problem,
    model: bytes,
    tools: RunTools,
    alive: Callable[[], None],
    clock: Callable[[], datetime],
) -> None:
    """Every case that has no output yet. Raises RunEnds, and Overtaken where the run was lost."""
    stored = CaseOutput.objects.filter(run=held.run)
    fatal = stored.filter(missing__in=_FATAL).count()
    spent_ms = stored.aggregate(ms=Sum("ms"))["ms"] or 0.0
    feeder = _Feeder(held, problem, held.run.submission.sheet, tools, set(stored.values_list("case_id", flat=True)))
    batch: list[CaseOutput] = []
    since = time.monotonic()
    for result in feeder.results(model, problem.least_sandbox_level):
        alive()
        batch.append(feeder.output(result))
        spent_ms += result.ms
        fatal += result.code in _FATAL
        over = _over(result, fatal, spent_ms, tools)
        if over or len(batch) >= BATCH_CASES or time.monotonic() - since > BATCH_SECONDS:
            held.store(batch, now=clock())
            batch, since = [], time.monotonic()
        if over:
            raise over
    if batch:
        held.store(batch, now=clock())


def _over(result: CaseResult, fatal: int, spent_ms: float, tools: RunTools) -> RunEnds | None:
    """Whether the run ends here, for the model's fault."""
    if spent_ms > 1000 * tools.run_seconds:
        return RunEnds(RunState.TIMED_OUT, [SubmissionRefusal("run.total_time")], case_number=result.number)
    if fatal > MOST_FATAL:
        state = RunState.TIMED_OUT if result.code == SandboxCode.TIME_LIMIT else RunState.REFUSED
        return RunEnds(state, [SubmissionRefusal(result.code)], case_number=result.number)
    return None


@dataclass
class _Feeder:
    """Cases in, rows out. A case that cannot be fed never reaches the model, and is missing by its code."""

    held: Held
    problem: Problem
    sheet: SubmissionSheet
    tools: RunTools
    known: set[str]
    _ids: dict[int, str] = field(default_factory=dict)
    _unfed: list[CaseResult] = field(default_factory=list)

    def results(self, model: bytes, least_level: int) -> Iterator[CaseResult]:
        """One for each case, in any order."""
        opener = self.tools.sandboxes.opener(model, least_level)
        for result in self.tools.bulk.run(opener, self._inputs()):
            yield result
            yield from self._taken_unfed()
        yield from self._taken_unfed()

    def output(self, result: CaseResult) -> CaseOutput:
        """The row of a result; its input is forgotten."""
        row = CaseOutput(
            run=self.held.run,
            number=result.number,
            case_id=self._ids.pop(result.number),
            ms=result.ms,
            missing=result.code,
            fencing=self.held.fencing,
        )
        if result.outputs is None:
            return row
        try:
            row.value = list(answer(result.outputs, self.sheet, self.problem).values)
            row.output_sha256 = sha256_of(result.outputs[self.sheet.model_output])
        except FeedingRefused as error:
            row.missing = error.reason.value
        return row

    def _inputs(self) -> Iterator[CaseInput]:
        for case in self.tools.inputs.sealed(self.held.run, self.known):
            self._ids[case.number] = case.case_id
            try:
                fed = tensors(case.data, self.sheet, self.problem)
            except FeedingRefused as error:
                self._unfed.append(CaseResult(case.number, None, 0.0, error.reason.value))
                continue
            yield CaseInput(case.number, fed)

    def _taken_unfed(self) -> list[CaseResult]:
        taken, self._unfed = self._unfed, []
        return taken
