"""A problem is proposed, said better, proposed again, taken back."""

from __future__ import annotations

from datetime import datetime
from uuid import UUID

from django.db import transaction

from pandok.common.models import Account
from pandok.common.reasons import checked_reason
from pandok.common.records.numbering import next_of_year
from pandok.core.terms.zone import OFFICE_ZONE
from pandok.fields.programme.acts.problems.problem_moves import CYCLE, locked_problem
from pandok.fields.programme.bodies import body_of
from pandok.fields.programme.models import FieldProblem
from pandok.fields.programme.problem_text import ProblemSaid, checked_problem
from pandok.fields.programme.refusals import refusal
from pandok.fields.programme.roles import Action
from pandok.fields.programme.states import ProblemMover, ProblemState

CHANGED = "field-problem.reworded"


def propose_problem(said: ProblemSaid, *, actor: Account, now: datetime) -> FieldProblem:
    """Raises RequestError where it lacks something (`checked_problem`)."""
    said, body = checked_problem(said, today=now.astimezone(OFFICE_ZONE).date()), body_of(actor)
    with transaction.atomic():
        made: FieldProblem = FieldProblem.objects.create(
            number=next_of_year("FP", width=6, given=FieldProblem.objects.all(), now=now),
            state=ProblemState.PROPOSED.value,
            state_since=now,
            body=body.key,
            body_name=body.name,
            proposed_by=actor,
            proposed_at=now,
            **said.as_columns(),
        )
        CYCLE.begin(made, actor=actor, reason="", now=now)
    return made


def reword_problem(problem_id: UUID, said: ProblemSaid, *, reason: str, actor: Account, now: datetime) -> FieldProblem:
    """By its proposer before it is under review and when it was returned; by the office while it is under review, as
    what was counted. What it said before is kept. Raises RequestError: request.reason, field_problem.not_there,
    field_problem.not_yours, field_problem.no_such_way, and as `checked_problem`."""
    said, reason = checked_problem(said, today=now.astimezone(OFFICE_ZONE).date()), checked_reason(reason)
    with transaction.atomic():
        problem = locked_problem(problem_id)
        if not may_reword(actor, problem):
            raise refusal("not_yours")
        before = problem.said
        for name, value in said.as_columns().items():
            setattr(problem, name, value)
        problem.save()
        CYCLE.happened(
            problem,
            actor=actor,
            reason=reason,
            now=now,
            action=CHANGED,
            columns={"wording": before.as_json()},
        )
    return problem


def may_reword(actor: Account, problem: FieldProblem) -> bool:
    state = ProblemState(problem.state)
    if problem.proposed_by_id == actor.pk and state in (ProblemState.PROPOSED, ProblemState.RETURNED):
        return True
    return state is ProblemState.UNDER_REVIEW and actor.may(Action.EXAMINE_PROBLEMS)


def propose_again(problem_id: UUID, *, reason: str, actor: Account, now: datetime) -> FieldProblem:
    """After it was returned. Raises RequestError: request.reason, field_problem.not_there, .not_yours, .no_such_way."""
    return _by_proposer(problem_id, ProblemState.PROPOSED, reason, actor, now)


def withdraw_problem(problem_id: UUID, *, reason: str, actor: Account, now: datetime) -> FieldProblem:
    """Raises RequestError: request.reason, field_problem.not_there, .not_yours, .no_such_way."""
    return _by_proposer(problem_id, ProblemState.WITHDRAWN, reason, actor, now)


def _by_proposer(problem_id: UUID, to: ProblemState, reason: str, actor: Account, now: datetime) -> FieldProblem:
    reason = checked_reason(reason)
    with transaction.atomic():
        problem = locked_problem(problem_id)
        if problem.proposed_by_id != actor.pk:
            raise refusal("not_yours")
        CYCLE.move(problem, to, by=ProblemMover.PROPOSER, actor=actor, reason=reason, now=now)
    return problem
