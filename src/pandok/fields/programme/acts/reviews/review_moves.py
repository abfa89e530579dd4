"""The one way to change where a review stands."""

from __future__ import annotations

from uuid import UUID

from pandok.common.records.lifecycle import Lifecycle
from pandok.core.audit import Detail
from pandok.core.errors import RequestError
from pandok.core.text import Text
from pandok.fields.programme.models import ApplicationReview
from pandok.fields.programme.review_refusals import refusal
from pandok.fields.programme.review_states import REVIEWS, ReviewMover, ReviewState


def _no_way(_record: ApplicationReview, start: ReviewState, to: ReviewState) -> RequestError:
    return RequestError(
        Text(
            ko=f"지금 '{start.words.ko}' 상태라 '{to.words.ko}'(으)로 바꿀 수 없습니다.",
            en=f"It is '{start.words.en}' now, and cannot become '{to.words.en}'.",
        ),
        Text(ko="화면을 새로 고쳐 지금 상태를 확인하십시오.", en="Reload the page to see where it stands."),
        code="review.no_such_way",
    )


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
    if not ApplicationReview.objects.filter(pk=review_id).exists():
        raise refusal("not_there")
    review = CYCLE.locked(review_id, "application__call", "reviewer")
    stands = ReviewState(review.state)
    if states and stands not in states:
        raise _no_way(review, stands, states[0])
    return review
