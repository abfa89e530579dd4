"""The one way to change where a review stands."""

from __future__ import annotations

from uuid import UUID

from pandok.common.records.lifecycle import Lifecycle
from pandok.common.records.no_such_way import no_such_way
from pandok.core.audit import Detail
from pandok.fields.programme.models import ApplicationReview
from pandok.fields.programme.review_refusals import refusal
from pandok.fields.programme.review_states import REVIEWS, ReviewMover, ReviewState

_no_way = no_such_way(code="review.no_such_way")


def _facts(review: ApplicationReview, _row: object) -> dict[str, Detail]:
    return {"number": review.application.number, "reviewer": review.reviewer.get_username()}


CYCLE: Lifecycle[ApplicationReview, ReviewState, ReviewMover] = Lifecycle(
    model=ApplicationReview,
    table=REVIEWS,
    name="application-review",
    action="application-review",
    no_way=_no_way,
    facts=_facts,
)


def locked_review(review_id: UUID, *states: ReviewState) -> ApplicationReview:
    """Standing in one of `states`. Raises RequestError: review.not_there, review.no_such_way."""
    return CYCLE.locked_in(
        review_id, "application__call", "reviewer", states=states, missing=lambda: refusal("not_there")
    )
