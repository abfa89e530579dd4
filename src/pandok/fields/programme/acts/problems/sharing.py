"""We have this too: another body says so of a problem, once, and may take it back."""

from __future__ import annotations

from datetime import datetime
from uuid import UUID

from django.db import transaction

from pandok.common.models import Account
from pandok.common.reasons import checked_reason, given_words
from pandok.fields.programme.acts.problems.problem_moves import CYCLE, locked_problem
from pandok.fields.programme.bodies import body_of
from pandok.fields.programme.lists.problems import problem_for
from pandok.fields.programme.models import FieldProblem, ProblemShare
from pandok.fields.programme.refusals import refusal
from pandok.fields.programme.states import CAN_BE_SHARED, ProblemState
from pandok.fields.programme.topics import KoreanRegion

SHARED, TAKEN_BACK = "field-problem.shared", "field-problem.share_ended"


def share_problem(problem_id: UUID, *, region: str, note: str, actor: Account, now: datetime) -> ProblemShare:
    """Raises RequestError: field_problem.not_there, .over, .own_share, .shared_already, .no_region, case.no_reason."""
    note, body = given_words(note), body_of(actor)
    if region not in set(KoreanRegion):
        raise refusal("no_region")
    with transaction.atomic():
        problem_for(actor, problem_id)
        problem = locked_problem(problem_id)
        if ProblemState(problem.state) not in CAN_BE_SHARED:
            raise refusal("over")
        if problem.body == body.key:
            raise refusal("own_share")
        if problem.shares.filter(body=body.key, until=None).exists():
            raise refusal("shared_already")
        share: ProblemShare = ProblemShare.objects.create(
            problem=problem, body=body.key, body_name=body.name, region=region, note=note, said_by=actor, said_at=now
        )
        _counted(problem, actor, note, now, SHARED, region)
    return share


def end_share(problem_id: UUID, *, reason: str, actor: Account, now: datetime) -> ProblemShare:
    """Of the actor's own body. Raises RequestError: request.reason, field_problem.not_there, .not_shared."""
    reason, body = checked_reason(reason), body_of(actor)
    with transaction.atomic():
        problem_for(actor, problem_id)
        problem = locked_problem(problem_id)
        share: ProblemShare | None = problem.shares.filter(body=body.key, until=None).first()
        if share is None:
            raise refusal("not_shared")
        share.until = now
        share.save(update_fields=["until"])
        _counted(problem, actor, reason, now, TAKEN_BACK, share.region)
    return share


def _counted(problem: FieldProblem, actor: Account, reason: str, now: datetime, action: str, region: str) -> None:
    problem.shared_by = problem.shares.filter(until=None).count()
    problem.save(update_fields=["shared_by"])
    CYCLE.happened(problem, actor=actor, reason=reason, now=now, action=action, details={"region": region})
