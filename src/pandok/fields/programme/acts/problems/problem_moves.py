"""The one way to change a problem of the field."""

from __future__ import annotations

from uuid import UUID

from pandok.common.models import Account
from pandok.common.records.lifecycle import History, Lifecycle
from pandok.common.records.no_such_way import no_such_way
from pandok.core.audit import Detail
from pandok.fields.programme.models import FieldProblem, ProblemEvent
from pandok.fields.programme.refusals import refusal
from pandok.fields.programme.roles import Action
from pandok.fields.programme.states import PROBLEMS, ProblemMover, ProblemState

_no_way = no_such_way(code="field_problem.no_such_way")


def _facts(problem: FieldProblem, _row: ProblemEvent | None) -> dict[str, Detail]:
    return {"number": problem.number, "problem_topic": problem.topic}


CYCLE: Lifecycle[FieldProblem, ProblemState, ProblemMover] = Lifecycle(
    model=FieldProblem,
    table=PROBLEMS,
    name="field-problem",
    action="field-problem",
    no_way=_no_way,
    facts=_facts,
    history=History(ProblemEvent, "problem"),
)


def locked_problem(problem_id: UUID) -> FieldProblem:
    """Raises RequestError: field_problem.not_there."""
    return CYCLE.locked_in(problem_id, missing=lambda: refusal("not_there"))


def movers_of(account: Account, problem: FieldProblem) -> frozenset[ProblemMover]:
    """As whom somebody may lead this problem on."""
    found = set()
    if problem.proposed_by_id == account.pk:
        found.add(ProblemMover.PROPOSER)
    if account.may(Action.EXAMINE_PROBLEMS):
        found.add(ProblemMover.OFFICE)
    if account.may(Action.DECIDE_PROBLEMS):
        found.add(ProblemMover.COMMITTEE)
    return frozenset(found)
