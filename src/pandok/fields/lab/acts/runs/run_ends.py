"""How a run stops before its score, and what that means for the submitter's budget."""

from __future__ import annotations

from collections.abc import Sequence

from pandok.core.lab.refusals import SubmissionRefusal
from pandok.fields.lab.states.run_states import RunState


class RunEnds(Exception):
    """The run ends here, in `state`, for `refusals`. `case_number`: for the operator, of a sealed case."""

    def __init__(self, state: RunState, refusals: Sequence[SubmissionRefusal], *, case_number: int | None = None):
        super().__init__(refusals[0].code)
        self.state = state
        self.refusals = list(refusals)
        self.case_number = case_number


def refused(code: str, where: str = "") -> RunEnds:
    return RunEnds(RunState.REFUSED, [SubmissionRefusal(code, where)])


def lab_failed(code: str) -> RunEnds:
    return RunEnds(RunState.FAILED_LAB, [SubmissionRefusal(code)])


def charged_after(state: RunState, *, reached_sealed: bool) -> bool:
    """Whether a run that ended so counts against the budget: only where sealed data were touched, and never where a
    person of the lab cancelled it. Of one that the lab failed: pandok.fields.lab.acts.budget.lab_failures."""
    return reached_sealed and state not in (RunState.FAILED_LAB, RunState.CANCELLED)
