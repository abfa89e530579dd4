"""A reviewer keeps marks, and locks them once: with a reason for each, and after saying that no tie is left unsaid."""

from __future__ import annotations

from datetime import datetime
from uuid import UUID

from django.db import transaction

from pandok.common.models import Account
from pandok.core.canonical import digest
from pandok.core.errors import RequestError
from pandok.core.terms.zone import OFFICE_ZONE
from pandok.core.text import Text
from pandok.fields.programme.acts.calls.call_moves import locked_call
from pandok.fields.programme.acts.reviews.conflicts_found import known_ties
from pandok.fields.programme.acts.reviews.review_moves import CYCLE, locked_review
from pandok.fields.programme.call_states import CallState
from pandok.fields.programme.marks import Marks, kept_marks, must_be_whole, total_of
from pandok.fields.programme.models import ApplicationReview
from pandok.fields.programme.review_refusals import refusal
from pandok.fields.programme.review_states import ReviewMover, ReviewState


def save_marks(review_id: UUID, marks: Marks, *, actor: Account, now: datetime) -> ApplicationReview:
    """Whatever was written. Raises RequestError: review.marks, review.not_there, .over, .no_such_way."""
    with transaction.atomic():
        review = _own(review_id, actor, now, ReviewState.ASSIGNED)
        review.marks = kept_marks(review.application.call.criteria, marks)
        review.save(update_fields=["marks"])
    return review


def lock_marks(review_id: UUID, *, no_ties: bool, actor: Account, now: datetime) -> ApplicationReview:
    """From here on they are not changed. Raises RequestError: review.no_ties_said, review.conflict, and as
    `save_marks`."""
    with transaction.atomic():
        review = _own(review_id, actor, now)
        CYCLE.must_go(review, ReviewState.LOCKED, ReviewMover.REVIEWER)
        criteria = review.application.call.criteria
        must_be_whole(criteria, review.marks)
        if not no_ties:
            raise refusal("no_ties_said")
        why = known_ties(actor).words(actor, review.application, on=now.astimezone(OFFICE_ZONE).date())
        if why is not None:
            raise RequestError(
                Text(ko=f"평가할 수 없습니다: {why.ko}.", en=f"You may not score it: {why.en}."),
                Text(ko="사업단에 알리십시오.", en="Tell the programme office."),
                code="review.tied",
            )
        CYCLE.move(
            review, ReviewState.LOCKED, by=ReviewMover.REVIEWER, actor=actor, reason="", now=now,
            changes={
                "locked_at": now,
                "total": total_of(criteria, review.marks),
                "sha256": marks_sha256(review),
            },
            details={"sha256": marks_sha256(review)},
        )  # fmt: skip
    return review


def marks_sha256(review: ApplicationReview) -> str:
    return digest(
        {
            "application": review.application.number,
            "application_sha256": review.application.sha256,
            "reviewer": review.reviewer.get_username(),
            "marks": review.marks,
        }
    )


def _own(review_id: UUID, actor: Account, now: datetime, *states: ReviewState) -> ApplicationReview:
    found = ApplicationReview.objects.filter(pk=review_id, reviewer=actor).select_related("application").first()
    if found is None:
        raise refusal("not_there")
    call = locked_call(found.application.call_id, CallState.UNDER_REVIEW)  # scores and assignments take turns
    review = locked_review(review_id, *states)
    if call.scores_due_at is not None and now > call.scores_due_at:
        raise refusal("over")
    return review
