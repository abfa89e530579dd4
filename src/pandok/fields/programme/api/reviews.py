"""Reviews of applications, for programs of those who score, and the selection that the committee votes on."""

from __future__ import annotations

from datetime import datetime
from typing import Annotated
from uuid import UUID

from django.http import HttpRequest
from django.utils import timezone
from ninja import Router
from pydantic import BaseModel, Field

from pandok.common.reasons import MOST_REASON
from pandok.core.errors import RequestError
from pandok.fields.programme.acts.reviews.scoring import lock_marks, save_marks
from pandok.fields.programme.acts.selections.selecting import vote_on_selection
from pandok.fields.programme.lists.calls import call_for
from pandok.fields.programme.lists.reviews import review_for, reviews_of
from pandok.fields.programme.models import ApplicationReview, Call, Selection
from pandok.fields.programme.review_states import ReviewState, SelectionState
from pandok.fields.programme.roles import Action
from pandok.web.api.callers import actor_of, may
from pandok.web.api.idempotency_key import once
from pandok.web.api.paging import page_by_time
from pandok.web.api.refusals import answers, not_found
from pandok.web.api.request_values import Asked, Cursor, FullReason, Limit, Page, one_of

router = Router(tags=["Calls for applications"])
_REVIEWS, _SEES, _VOTES = (
    may(Action.REVIEW_APPLICATIONS),
    may(Action.SEE_REVIEWS),
    may(Action.DECIDE_SELECTION),
)


class CallMarkIn(Asked):
    points: int | None = Field(None, ge=0, le=100, description="Whole points from 0 to 100")
    reason: str = Field("", max_length=MOST_REASON)

    def as_written(self) -> dict[str, str]:
        return {"points": "" if self.points is None else str(self.points), "reason": self.reason}


class CallMarksIn(Asked):
    """What is left out is emptied."""

    marks: dict[str, CallMarkIn] = Field(max_length=50, description="By the key of each criterion of the call")


class LockMarksIn(Asked):
    no_ties: bool = Field(description="You are bound to none of these firms, nor were you lately")


class CallMarkOut(BaseModel):
    """As they were written."""

    points: str
    reason: str


class CallReviewOut(BaseModel):
    """One of your own. `total`: from the lock on. `due_at`: until when marks are taken."""

    id: UUID
    application: UUID
    application_number: str
    call: UUID
    state: Annotated[str, one_of(*ReviewState)]
    marks: dict[str, CallMarkOut]
    total: float | None
    sha256: str
    assigned_at: datetime
    locked_at: datetime | None
    due_at: datetime | None


class SelectionRowOut(BaseModel):
    number: str
    selected: bool
    reason: str


class CallSelectionOut(BaseModel):
    """`votes_for`, `votes_against`: of two that are needed. `own_vote`: yours, null before you voted."""

    call: UUID
    state: Annotated[str, one_of(*SelectionState)]
    rows: list[SelectionRowOut]
    reason: str
    sha256: str
    offered_at: datetime
    votes_for: int
    votes_against: int
    own_vote: bool | None


class SelectionVoteIn(Asked):
    agrees: bool
    reason: FullReason


@router.get("/reviews", auth=_REVIEWS, response=answers(Page[CallReviewOut]), summary="Your reviews")
def list_own_reviews(request: HttpRequest, cursor: Cursor = "", limit: Limit = 50) -> Page[CallReviewOut]:
    """The newest first."""
    found = reviews_of(actor_of(request))
    return page_by_time(found, field="assigned_at", cursor=cursor, limit=limit, shape=_review)


@router.get("/reviews/{uuid:review_id}", auth=_REVIEWS, response=answers(CallReviewOut), summary="One of your reviews")
def get_own_review(request: HttpRequest, review_id: UUID) -> CallReviewOut:
    return _review(_own(request, review_id))


@router.post(
    "/reviews/{uuid:review_id}/marks", auth=_REVIEWS, response=answers(CallReviewOut), summary="Keep marks of a review"
)
@once
def save_marks_of_review(request: HttpRequest, review_id: UUID, asked: CallMarksIn) -> CallReviewOut:
    """They count only once they are locked."""
    _own(request, review_id)
    marks = {key: one.as_written() for key, one in asked.marks.items()}
    save_marks(review_id, marks, actor=actor_of(request), now=timezone.now())
    return _review(_own(request, review_id))


@router.post(
    "/reviews/{uuid:review_id}/lock", auth=_REVIEWS, response=answers(CallReviewOut), summary="Lock marks of a review"
)
@once
def lock_marks_of_review(request: HttpRequest, review_id: UUID, asked: LockMarksIn) -> CallReviewOut:
    """Points and a reason for each criterion; nothing is changed after that."""
    _own(request, review_id)
    lock_marks(review_id, no_ties=asked.no_ties, actor=actor_of(request), now=timezone.now())
    return _review(_own(request, review_id))


@router.get(
    "/calls/{uuid:call_id}/selection",
    auth=_SEES,
    response=answers(CallSelectionOut),
    summary="What was offered as selection of a call",
)
def get_selection_of_call(request: HttpRequest, call_id: UUID) -> CallSelectionOut:
    """The one offered last, decided or not; 404 before anything was offered."""
    found = _call(request, call_id).selections.order_by("-offered_at", "-pk").first()
    if found is None:
        raise not_found()
    return _selection(found, actor_of(request).pk)


@router.post(
    "/calls/{uuid:call_id}/selection/votes",
    auth=_VOTES,
    response=answers(CallSelectionOut),
    summary="Vote on the selection of a call",
)
@once(repeatable=True)  # each votes once; drafts of agreements follow in transactions of their own
def vote_on_selection_of_call(request: HttpRequest, call_id: UUID, asked: SelectionVoteIn) -> CallSelectionOut:
    """Two members decide, neither of them who offered it or is bound to a firm that applied."""
    call, actor = _call(request, call_id), actor_of(request)
    made = vote_on_selection(call.pk, agrees=asked.agrees, reason=asked.reason, actor=actor, now=timezone.now())
    made.selection.refresh_from_db()
    return _selection(made.selection, actor.pk)


def _own(request: HttpRequest, review_id: UUID) -> ApplicationReview:
    try:
        return review_for(actor_of(request), review_id)
    except RequestError as error:
        raise not_found() from error


def _call(request: HttpRequest, call_id: UUID) -> Call:
    try:
        return call_for(actor_of(request), call_id)
    except RequestError as error:
        raise not_found() from error


def _review(one: ApplicationReview) -> CallReviewOut:
    call = one.application.call
    return CallReviewOut(
        id=one.pk,
        application=one.application_id,
        application_number=one.application.number,
        call=call.pk,
        state=one.state,
        marks={key: CallMarkOut(**mark) for key, mark in one.marks.items()},
        total=one.total,
        sha256=one.sha256,
        assigned_at=one.assigned_at,
        locked_at=one.locked_at,
        due_at=call.scores_due_at,
    )


def _selection(one: Selection, asker: int) -> CallSelectionOut:
    votes = list(one.votes.all())
    return CallSelectionOut(
        call=one.call_id,
        state=one.state,
        rows=[SelectionRowOut(**row) for row in one.rows],
        reason=one.reason,
        sha256=one.sha256,
        offered_at=one.offered_at,
        votes_for=sum(vote.agrees for vote in votes),
        votes_against=sum(not vote.agrees for vote in votes),
        own_vote=next((vote.agrees for vote in votes if vote.person_id == asker), None),
    )
