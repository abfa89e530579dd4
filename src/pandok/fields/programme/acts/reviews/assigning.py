"""The review of a call begins after its deadline; advisors are assigned where no tie forbids it."""

from __future__ import annotations

from dataclasses import dataclass, field
from datetime import datetime
from uuid import UUID

from django.db import transaction

from pandok.common.models import Account
from pandok.common.reasons import checked_reason
from pandok.core.errors import RequestError
from pandok.core.terms.zone import OFFICE_ZONE
from pandok.core.text import Text
from pandok.fields.programme.acts.calls.call_moves import CYCLE as CALL_CYCLE
from pandok.fields.programme.acts.calls.call_moves import locked_call
from pandok.fields.programme.acts.reviews.conflicts_found import known_ties
from pandok.fields.programme.acts.reviews.review_moves import CYCLE, locked_review
from pandok.fields.programme.application_states import ApplicationState
from pandok.fields.programme.call_refusals import refusal as call_refusal
from pandok.fields.programme.call_states import CallMover, CallState
from pandok.fields.programme.call_text import moment_of
from pandok.fields.programme.models import ApplicationReview, Call, CallApplication
from pandok.fields.programme.review_refusals import refusal
from pandok.fields.programme.review_states import ReviewMover, ReviewState, totals_show
from pandok.fields.programme.roles import Action

TIME_SET = "programme-call.scores_due"


@dataclass
class Assigned:
    """`refused`: the number of the application, and why."""

    made: list[ApplicationReview] = field(default_factory=list)
    refused: list[tuple[str, Text]] = field(default_factory=list)


def begin_review(call_id: UUID, *, due_at: str, reason: str, actor: Account, now: datetime) -> Call:
    """`due_at`: until when scores are taken. Raises RequestError: call.still_open, review.due, call.moment,
    request.reason, call.not_there, call.no_such_way."""
    reason, due = checked_reason(reason), moment_of("closes_at", due_at)
    if due <= now:
        raise refusal("due")
    with transaction.atomic():
        call = locked_call(call_id)
        CALL_CYCLE.must_go(call, CallState.UNDER_REVIEW, CallMover.OFFICE)
        if now <= call.closes_at:
            raise call_refusal("still_open")
        CALL_CYCLE.move(
            call, CallState.UNDER_REVIEW, by=CallMover.OFFICE, actor=actor, reason=reason, now=now,
            changes={"scores_due_at": due},
        )  # fmt: skip
    return call


def give_more_time(call_id: UUID, *, due_at: str, reason: str, actor: Account, now: datetime) -> Call:
    """Scores are taken until later, in view of everybody who reads the call's history. Raises as `begin_review`."""
    reason, due = checked_reason(reason), moment_of("closes_at", due_at)
    with transaction.atomic():
        call = locked_call(call_id, CallState.UNDER_REVIEW)
        if due <= max(now, call.scores_due_at or now):
            raise refusal("due")
        call.scores_due_at = due
        call.save(update_fields=["scores_due_at"])
        CALL_CYCLE.happened(
            call, actor=actor, reason=reason, now=now, action=TIME_SET, columns={"what": "scores_due"},
            details={"due_at": due.isoformat()},
        )  # fmt: skip
    return call


def assign_reviewer(call_id: UUID, *, reviewer: str, number: str, actor: Account, now: datetime) -> Assigned:
    """To one application by its number, or with "" to every one where nothing forbids it. Raises RequestError:
    review.conflict where a tie forbids the one that was named, review.no_reviewer, .assigned_already, .totals_shown,
    application.not_there, call.not_there, call.no_such_way."""
    found = Account.objects.filter(username=reviewer.strip(), is_active=True).first()
    if found is None or not found.may(Action.REVIEW_APPLICATIONS):
        raise refusal("no_reviewer")
    with transaction.atomic():
        call = locked_call(call_id, CallState.UNDER_REVIEW)
        if totals_of_call_show(call, now):
            raise refusal("totals_shown")
        handed_in = CallApplication.objects.filter(call=call, state=ApplicationState.SUBMITTED.value)
        if number.strip():
            handed_in = handed_in.filter(number=number.strip())
        told, ties, today = Assigned(), known_ties(found), now.astimezone(OFFICE_ZONE).date()
        for one in handed_in.select_related("call", "party", "made_by", "submitted_by").order_by("number"):
            why = ties.words(found, one, on=today)
            if why is not None:
                told.refused.append((one.number, why))
            elif one.reviews.filter(reviewer=found).exists():
                told.refused.append((one.number, refusal("assigned_already").what))
            else:
                told.made.append(_assign(one, found, actor, now))
        if not told.made:
            raise _nothing(told)
    return told


def release_reviewer(review_id: UUID, *, reason: str, actor: Account, now: datetime) -> ApplicationReview:
    """Who has not scored yet, and will not. Raises RequestError: request.reason, review.not_there, .no_such_way."""
    reason = checked_reason(reason)
    with transaction.atomic():
        review = locked_review(review_id)
        CYCLE.move(
            review, ReviewState.VOIDED, by=ReviewMover.OFFICE, actor=actor, reason=reason, now=now,
            changes={"why_void": reason},
        )  # fmt: skip
    return review


def totals_of_call_show(call: Call, now: datetime) -> bool:
    """See `totals_show`."""
    states: dict[UUID, list[str]] = {
        key: []
        for key in CallApplication.objects.filter(call=call)
        .exclude(state__in=(ApplicationState.DRAFT.value, ApplicationState.WITHDRAWN.value))
        .values_list("pk", flat=True)
    }
    for key, state in ApplicationReview.objects.filter(application__in=states).values_list("application", "state"):
        states[key].append(state)
    return totals_show(
        locked_of_each=[one.count(ReviewState.LOCKED.value) for one in states.values()],
        waiting=sum(one.count(ReviewState.ASSIGNED.value) for one in states.values()),
        least=call.least_reviewers,
        due_at=call.scores_due_at,
        now=now,
    )


def _assign(application: CallApplication, reviewer: Account, actor: Account, now: datetime) -> ApplicationReview:
    made: ApplicationReview = ApplicationReview.objects.create(
        application=application,
        reviewer=reviewer,
        state=ReviewState.ASSIGNED.value,
        state_since=now,
        assigned_by=actor,
        assigned_at=now,
    )
    CYCLE.begin(made, actor=actor, reason="", now=now)
    return made


def _nothing(told: Assigned) -> RequestError:
    ko = "; ".join(f"{number} {why.ko}" for number, why in told.refused[:10]) or "맡길 신청이 없습니다"
    en = "; ".join(f"{number} {why.en}" for number, why in told.refused[:10]) or "there is no application to assign"
    return RequestError(
        Text(ko=f"맡길 수 없습니다: {ko}.", en=f"It cannot be assigned: {en}."),
        Text(ko="다른 자문위원을 고르십시오.", en="Choose another advisor."),
        code="review.conflict",
        count=len(told.refused),
    )
