"""Reviews: a reviewer sees the own ones alone; the programme sees who reviews what, and totals when they show."""

from __future__ import annotations

from dataclasses import dataclass
from datetime import datetime
from uuid import UUID

from django.db.models import QuerySet

from pandok.common.models import Account
from pandok.core.terms.zone import OFFICE_ZONE
from pandok.core.text import Text
from pandok.fields.programme.acts.reviews.assigning import totals_of_call_show
from pandok.fields.programme.acts.reviews.conflicts_found import known_ties
from pandok.fields.programme.lists.applications import handed_in
from pandok.fields.programme.models import ApplicationReview, Call, CallApplication, ReviewerTie
from pandok.fields.programme.review_refusals import refusal
from pandok.fields.programme.review_states import ReviewState
from pandok.fields.programme.roles import Action, Role


@dataclass(frozen=True)
class Cell:
    """Of a reviewer and an application. `why`: what forbids it."""

    state: ReviewState | None
    why: Text | None
    review: ApplicationReview | None


def reviews_of(account: Account) -> QuerySet[ApplicationReview]:
    """The newest first."""
    found = ApplicationReview.objects.filter(reviewer=account).select_related("application__call")
    return found.order_by("-assigned_at", "-id")


def review_for(account: Account, review_id: UUID) -> ApplicationReview:
    """Raises RequestError: review.not_there, for what is another's and for what was voided before it was scored."""
    found = reviews_of(account).filter(pk=review_id).first()
    if found is None:
        raise refusal("not_there")
    return found


def matrix_of(call: Call, now: datetime) -> list[tuple[Account, list[Cell]]]:
    """Every advisor, and what they have to do with each application of the call, in the order of their numbers."""
    applications = list(handed_in(call).select_related("call", "party", "made_by", "submitted_by"))
    ties, today = known_ties(), now.astimezone(OFFICE_ZONE).date()
    reviews = {
        (one.reviewer_id, one.application_id): one
        for one in ApplicationReview.objects.filter(application__call=call).select_related("reviewer")
    }
    advisors = Account.objects.filter(groups__name=Role.ADVISOR.value, is_active=True)
    people = {one.pk: one for one in (*advisors, *(one.reviewer for one in reviews.values()))}
    return [
        (person, [_cell(reviews.get((person.pk, one.pk)), ties.words(person, one, on=today)) for one in applications])
        for person in sorted(people.values(), key=lambda one: one.get_username())
    ]


def _cell(review: ApplicationReview | None, why: Text | None) -> Cell:
    if review is None:
        return Cell(None, why, None)
    state = ReviewState(review.state)
    voided = Text(ko=review.why_void, en=review.why_void) if state is ReviewState.VOIDED else None
    return Cell(state, voided, review)


def voided_scores(call: Call) -> int:
    """Scores that were locked, and voided after that: told to everybody."""
    voided = ApplicationReview.objects.filter(application__call=call, state=ReviewState.VOIDED.value)
    return voided.exclude(locked_at=None).count()


def scores_of(application: CallApplication, now: datetime) -> list[ApplicationReview]:
    """Locked ones, in an order that tells nobody's name; empty while totals do not show."""
    if not totals_of_call_show(application.call, now):
        return []
    return list(application.reviews.filter(state=ReviewState.LOCKED.value).order_by("sha256"))


def ties_shown_to(account: Account) -> QuerySet[ReviewerTie]:
    """The own ones, or all for the office."""
    found = ReviewerTie.objects.select_related("person", "told_by")
    return found if account.may(Action.KEEP_TIES) else found.filter(person=account)
