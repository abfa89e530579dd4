"""Applications: an applicant sees those of the own firm; the programme sees what was handed in, after the deadline; a
reviewer what was assigned."""

from __future__ import annotations

from datetime import datetime
from uuid import UUID

from django.db.models import Q, QuerySet

from pandok.common.models import Account, Party
from pandok.common.parties.belonging import parties_of
from pandok.core.text import Text
from pandok.fields.programme.acts.applications.application_moves import receipt_sha256
from pandok.fields.programme.application_refusals import refusal
from pandok.fields.programme.application_states import HANDED_IN, ApplicationState
from pandok.fields.programme.models import ApplicationReview, Call, CallApplication
from pandok.fields.programme.review_states import ReviewState
from pandok.fields.programme.roles import Action

MOST_WORDS = 5
_HANDED_IN = tuple(one.value for one in HANDED_IN)


def handed_in(call: Call) -> QuerySet[CallApplication]:
    return CallApplication.objects.filter(call=call, state__in=_HANDED_IN).order_by("number")


def applications_visible_to(account: Account, now: datetime) -> QuerySet[CallApplication]:
    """Nobody of the programme opens one before the deadline."""
    seen = Q(pk__in=[])
    if account.may(Action.APPLY):
        seen |= Q(party__in=parties_of(account))
    if account.may(Action.READ_APPLICATIONS):
        seen |= Q(state__in=_HANDED_IN, call__closes_at__lt=now)
    if account.may(Action.REVIEW_APPLICATIONS):
        mine = ApplicationReview.objects.filter(reviewer=account).exclude(state=ReviewState.VOIDED.value)
        seen |= Q(pk__in=mine.values("application"))
    return CallApplication.objects.filter(seen)


def application_for(account: Account, application_id: UUID, now: datetime) -> CallApplication:
    """Raises RequestError: application.not_there."""
    shown = applications_visible_to(account, now).select_related("call", "party", "submitted_by")
    found: CallApplication | None = shown.filter(pk=application_id).first()
    if found is None:
        raise refusal("not_there")
    return found


def is_own(account: Account, application: CallApplication) -> bool:
    return account.may(Action.APPLY) and parties_of(account).filter(pk=application.party_id).exists()


def applications_among(
    shown: QuerySet[CallApplication], *, words: str = "", state: str = ""
) -> QuerySet[CallApplication]:
    """The newest first."""
    if state in set(ApplicationState):
        shown = shown.filter(state=state)
    for word in words.split()[:MOST_WORDS]:
        shown = shown.filter(
            Q(number=word) | Q(call__number=word) | Q(title__icontains=word) | Q(party_name__icontains=word)
        )
    return shown.select_related("call").order_by("-made_at", "-id")


def as_submitted(application: CallApplication) -> bool:
    """Whether what stands here is still what the receipt was given for."""
    return bool(application.sha256) and receipt_sha256(application) == application.sha256


def applications_of(party: Party) -> list[Text]:
    """What of a firm waits for a decision."""
    waiting = CallApplication.objects.filter(party=party, state=ApplicationState.SUBMITTED.value)
    return [
        Text(ko=f"공모 신청 {number}", en=f"application {number} to a call")
        for number in waiting.order_by("number").values_list("number", flat=True)
    ]
