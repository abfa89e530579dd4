"""The office examines, the committee decides; problems that say the same become one; what was answered is closed."""

from __future__ import annotations

from datetime import datetime
from uuid import UUID

from django.db import transaction
from django.db.models import F

from pandok.common.models import Account
from pandok.common.people.two_persons import must_be_another
from pandok.common.people.votes import must_vote_freely
from pandok.common.reasons import checked_reason
from pandok.fields.programme.acts.problems.problem_moves import CYCLE, locked_problem
from pandok.fields.programme.models import FieldProblem, ProblemShare
from pandok.fields.programme.problem_text import lacking_for_acceptance, not_ready
from pandok.fields.programme.refusals import refusal
from pandok.fields.programme.roles import Action
from pandok.fields.programme.states import OPEN_TO_PUBLIC, ProblemMover, ProblemState

PUBLISHED, HIDDEN = "field-problem.published", "field-problem.hidden"


def examine_problem(problem_id: UUID, *, reason: str, actor: Account, now: datetime) -> FieldProblem:
    """Raises RequestError: request.reason, field_problem.not_there, field_problem.no_such_way."""
    return _moved(problem_id, ProblemState.UNDER_REVIEW, ProblemMover.OFFICE, reason, actor, now)


def return_problem(problem_id: UUID, *, reason: str, actor: Account, now: datetime) -> FieldProblem:
    """The proposer reads the reason, and may say it better. Raises as `examine_problem`."""
    by = ProblemMover.OFFICE if actor.may(Action.EXAMINE_PROBLEMS) else ProblemMover.COMMITTEE
    return _moved(problem_id, ProblemState.RETURNED, by, reason, actor, now)


def answer_problem(problem_id: UUID, *, reason: str, actor: Account, now: datetime) -> FieldProblem:
    """What the answer is stands in the reason. Raises as `examine_problem`."""
    return _moved(problem_id, ProblemState.ANSWERED, ProblemMover.OFFICE, reason, actor, now)


def accept_problem(problem_id: UUID, *, publish: bool, reason: str, actor: Account, now: datetime) -> FieldProblem:
    """Only with today's number, data and somebody who would run it, and by somebody who did not propose it. Raises
    RequestError: field_problem.not_ready, field_problem.own, request.votes_paused, and as `examine_problem`."""
    reason = checked_reason(reason)
    with transaction.atomic():
        problem = locked_problem(problem_id)
        must_be_another(actor, problem.proposed_by_id, refused=refusal("own"))
        must_vote_freely(actor, now)
        CYCLE.must_go(problem, ProblemState.ACCEPTED, ProblemMover.COMMITTEE)
        if lacking := lacking_for_acceptance(problem.said):
            raise not_ready(lacking)
        CYCLE.move(
            problem,
            ProblemState.ACCEPTED,
            by=ProblemMover.COMMITTEE,
            actor=actor,
            reason=reason,
            now=now,
            changes={"published": publish},
            details={"published": publish},
        )
    return problem


def publish_problem(problem_id: UUID, *, shown: bool, reason: str, actor: Account, now: datetime) -> FieldProblem:
    """Raises RequestError: request.reason, field_problem.not_there, field_problem.cannot_publish."""
    reason = checked_reason(reason)
    with transaction.atomic():
        problem = locked_problem(problem_id)
        if ProblemState(problem.state) not in OPEN_TO_PUBLIC:
            raise refusal("cannot_publish")
        problem.published = shown
        problem.save(update_fields=["published"])
        CYCLE.happened(problem, actor=actor, reason=reason, now=now, action=PUBLISHED if shown else HIDDEN)
    return problem


def merge_problem(problem_id: UUID, *, into: str, reason: str, actor: Account, now: datetime) -> FieldProblem:
    """`into`: the number of the problem that says the same. Who proposed or shared this one counts there as having it
    too. Raises RequestError: field_problem.no_target, and as `examine_problem`."""
    reason = checked_reason(reason)
    with transaction.atomic():
        key = FieldProblem.objects.filter(number=into.strip()).values_list("pk", flat=True).first()
        if key is None or key == problem_id or not FieldProblem.objects.filter(pk=problem_id).exists():
            raise refusal("no_target" if key is None or key == problem_id else "not_there")
        # Always in one order, so that two who merge each with the other wait for one another and do not lock.
        pair = {one: locked_problem(one) for one in sorted((key, problem_id))}
        problem, target = pair[problem_id], pair[key]
        if ProblemState(target.state) in (ProblemState.MERGED, ProblemState.WITHDRAWN):
            raise refusal("no_target")
        CYCLE.move(
            problem,
            ProblemState.MERGED,
            by=ProblemMover.OFFICE,
            actor=actor,
            reason=reason,
            now=now,
            changes={"merged_into": target, "published": False},
            details={"into": target.number},
        )
        _take_over(problem, target, now)
    return problem


def _take_over(problem: FieldProblem, target: FieldProblem, now: datetime) -> None:
    there = {target.body, *target.shares.filter(until=None).values_list("body", flat=True)}
    proposer = ProblemShare(
        body=problem.body, body_name=problem.body_name, region=problem.region, said_by_id=problem.proposed_by_id,
        note=problem.title,
    )  # fmt: skip
    added = 0
    for one in (proposer, *problem.shares.filter(until=None)):
        if one.body not in there:
            there.add(one.body)
            added += 1
            ProblemShare.objects.create(
                problem=target, body=one.body, body_name=one.body_name, region=one.region, note=one.note,
                said_by_id=one.said_by_id, said_at=now,
            )  # fmt: skip
    FieldProblem.objects.filter(pk=target.pk).update(shared_by=F("shared_by") + added)


def _moved(
    problem_id: UUID, to: ProblemState, by: ProblemMover, reason: str, actor: Account, now: datetime
) -> FieldProblem:
    reason = checked_reason(reason)
    with transaction.atomic():
        problem = locked_problem(problem_id)
        CYCLE.move(problem, to, by=by, actor=actor, reason=reason, now=now)
    return problem
