"""Outcomes of agreements, for programs: listed, entered with the file that shows them, checked by another."""

from __future__ import annotations

from datetime import date, datetime
from typing import Annotated
from uuid import UUID

from django.http import HttpRequest
from django.utils import timezone
from ninja import File, Form, Router, UploadedFile
from pydantic import BaseModel, Field

from pandok.common import house
from pandok.core.errors import RequestError
from pandok.fields.programme.acts.outcomes.entering import check_outcome, enter_outcome
from pandok.fields.programme.lists.agreements import agreement_for
from pandok.fields.programme.lists.outcomes import outcome_for, outcomes_visible_to
from pandok.fields.programme.models import Outcome
from pandok.fields.programme.outcome_kinds import OutcomeKind
from pandok.fields.programme.outcome_text import MOST_REGISTRATION, ROOM
from pandok.fields.programme.roles import Action
from pandok.web.api.callers import actor_of, may
from pandok.web.api.idempotency_key import once
from pandok.web.api.paging import page_by_time
from pandok.web.api.refusals import answers, not_found
from pandok.web.api.request_values import Asked, Cursor, Day, FullReason, Limit, Page, one_of
from pandok.web.api.uploads import uploaded

router = Router(tags=["Outcomes of trials"])
_SEES, _KEEPS, _CHECKS = may(Action.SEE_OUTCOMES), may(Action.KEEP_OUTCOMES), may(Action.CHECK_OUTCOMES)


class OutcomeIn(Asked):
    """`figure`: of money in KRW, of people in persons; none for what is counted in pieces."""

    kind: OutcomeKind
    title: str = Field(max_length=ROOM["title"])
    registration: str = Field(
        "", max_length=MOST_REGISTRATION, description="Number of application or registration, DOI"
    )
    happened_on: Day
    figure: float | None = Field(None, gt=0, allow_inf_nan=False)
    share_percent: float = Field(gt=0, le=100, allow_inf_nan=False, description="Share owed to this agreement")
    source: str = Field(max_length=ROOM["source"], description="Where it can be looked up")
    owner: str = Field(max_length=ROOM["owner"])
    maker: str = Field(max_length=ROOM["maker"])
    licence: str = Field("", max_length=ROOM["licence"])
    state_right: str = Field("", max_length=ROOM["state_right"], description="What the state may do with it")
    territory: str = Field("", max_length=ROOM["territory"])
    expires_on: Day | None = None

    def written(self) -> dict[str, str]:
        sent = self.model_dump(mode="json")
        return {name: "" if value is None else str(value) for name, value in sent.items()}


class OutcomeCheckIn(Asked):
    holds: bool
    reason: FullReason


class OutcomeOut(BaseModel):
    """`holds` null: nobody has checked it yet, and it counts nowhere; false: it does not count. `sha256`: of the file
    that shows it."""

    id: UUID
    number: str
    agreement: UUID
    kind: Annotated[str, one_of(*OutcomeKind)]
    title: str
    registration: str
    happened_on: date
    figure: float | None
    share_percent: float
    source: str
    owner: str
    maker: str
    licence: str
    state_right: str
    territory: str
    expires_on: date | None
    filename: str
    sha256: str
    entered_at: datetime
    holds: bool | None
    checked_at: datetime | None
    check_reason: str


@router.get("/outcomes", auth=_SEES, response=answers(Page[OutcomeOut]), summary="Outcomes of trials")
def list_outcomes(request: HttpRequest, cursor: Cursor = "", limit: Limit = 50) -> Page[OutcomeOut]:
    """The newest first, of the agreements that you may see; those too that do not count."""
    found = outcomes_visible_to(actor_of(request))
    return page_by_time(found, field="entered_at", cursor=cursor, limit=limit, shape=_out)


@router.get("/outcomes/{uuid:outcome_id}", auth=_SEES, response=answers(OutcomeOut), summary="One outcome")
def get_outcome(request: HttpRequest, outcome_id: UUID) -> OutcomeOut:
    return _out(_found(request, outcome_id))


@router.post(
    "/agreements/{uuid:agreement_id}/outcomes", auth=_KEEPS, response=answers(OutcomeOut), summary="Enter an outcome"
)
@once
def enter_outcome_of_agreement(
    request: HttpRequest, agreement_id: UUID, asked: Form[OutcomeIn], file: File[UploadedFile]
) -> OutcomeOut:
    """With the file that shows it. It counts once another person has checked it."""
    actor = actor_of(request)
    try:
        agreement_for(actor, agreement_id)
    except RequestError as error:
        raise not_found() from error
    data, name = uploaded(file)
    made = enter_outcome(
        agreement_id, asked.written(), data=data, filename=name, blobs=house.blobs(), actor=actor, now=timezone.now()
    )
    return _out(made)


@router.post(
    "/outcomes/{uuid:outcome_id}/check", auth=_CHECKS, response=answers(OutcomeOut), summary="Check an outcome"
)
@once
def check_entered_outcome(request: HttpRequest, outcome_id: UUID, asked: OutcomeCheckIn) -> OutcomeOut:
    """Once, by another person than who entered it."""
    found = _found(request, outcome_id)
    check_outcome(found.pk, holds=asked.holds, reason=asked.reason, actor=actor_of(request), now=timezone.now())
    return _out(_found(request, outcome_id))


def _found(request: HttpRequest, outcome_id: UUID) -> Outcome:
    try:
        return outcome_for(actor_of(request), outcome_id)
    except RequestError as error:
        raise not_found() from error


def _out(one: Outcome) -> OutcomeOut:
    check = getattr(one, "check_made", None)
    plain = set(OutcomeOut.model_fields) - {"id", "agreement", "holds", "checked_at", "check_reason"}
    return OutcomeOut(
        id=one.pk,
        agreement=one.agreement_id,
        holds=check.holds if check else None,
        checked_at=check.checked_at if check else None,
        check_reason=check.reason if check else "",
        **{name: getattr(one, name) for name in plain},
    )
