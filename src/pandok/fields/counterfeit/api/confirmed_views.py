"""Confirmed photographs of a case: what later readings are compared with, beside the registered views."""

from __future__ import annotations

from datetime import datetime
from uuid import UUID

from django.http import HttpRequest
from django.utils import timezone
from ninja import Router
from pydantic import BaseModel, Field

from pandok.common import house
from pandok.fields.counterfeit.acts.learning.confirming import Wish, confirm, take_back
from pandok.fields.counterfeit.api.cases import customs_case
from pandok.fields.counterfeit.api.in_turn import case_in_turn, nonce_of
from pandok.fields.counterfeit.models import ConfirmedView
from pandok.fields.counterfeit.roles import Action
from pandok.fields.counterfeit.states import Turn
from pandok.web.api.callers import actor_of, may
from pandok.web.api.idempotency_key import once
from pandok.web.api.refusals import answers, not_found, refusal
from pandok.web.api.request_values import Asked, DesignId, FullReason

router = Router(tags=["confirmed photographs"])
_WORKS = may(Action.WORK_CASES)


class ConfirmedIn(Asked):
    """`design_id`: what the case is known to show; another one is refused."""

    photograph: int = Field(ge=1, le=100, description="Its place in the case, the first is 1")
    design_id: DesignId
    reason: FullReason


class WithdrawnIn(Asked):
    reason: FullReason


class ConfirmedOut(BaseModel):
    """`picture_sha256` names the goods as they were cut from the photograph: for customs only."""

    id: UUID
    photograph: int
    photograph_sha256: str
    picture_sha256: str
    design_id: str
    confirmed_by: str
    confirmed_at: datetime
    reason: str
    withdrawn_by: str | None
    withdrawn_at: datetime | None
    withdraw_reason: str


@router.get(
    "/{uuid:case_id}/confirmed-photographs",
    auth=may(Action.SEE_CASES),
    response=answers(list[ConfirmedOut]),
    summary="Confirmed photographs of a case",
)
def list_confirmed(request: HttpRequest, case_id: UUID) -> list[ConfirmedOut]:
    """Those that were taken back too."""
    case = customs_case(actor_of(request), case_id)
    shown = ("photograph", "view__design", "confirmed_by", "withdrawn_by")
    return [_out(one) for one in case.confirmed_views.select_related(*shown)]


@router.post(
    "/{uuid:case_id}/confirmed-photographs",
    auth=_WORKS,
    response=answers(ConfirmedOut, 201),
    summary="Let later readings be compared with a photograph",
)
@once(status=201, repeatable=True)
def confirm_a_photograph(request: HttpRequest, case_id: UUID, asked: ConfirmedIn) -> ConfirmedOut:
    """Of a closed case that is known to show this design. It can be taken back at any time."""
    actor, case = case_in_turn(request, case_id, Turn.OFFICER)
    photograph = case.signal.photographs.filter(position=asked.photograph - 1).first()
    if photograph is None:
        raise refusal(422, errors=[{"place": ["body", "photograph"], "why": "the case has no such photograph"}])
    wish = Wish(case, photograph, asked.design_id, actor, asked.reason)
    form = UUID(nonce_of(request)[:32])
    return _out(confirm(wish, now=timezone.now(), blobs=house.blobs(), form=form))


@router.post(
    "/{uuid:case_id}/confirmed-photographs/{uuid:confirmed_id}/withdraw",
    auth=_WORKS,
    response=answers(ConfirmedOut),
    summary="Take a confirmed photograph back",
)
@once
def withdraw_confirmed(request: HttpRequest, case_id: UUID, confirmed_id: UUID, asked: WithdrawnIn) -> ConfirmedOut:
    actor, case = case_in_turn(request, case_id, Turn.OFFICER)
    confirmed = case.confirmed_views.select_related("case").filter(id=confirmed_id).first()
    if confirmed is None:
        raise not_found()
    return _out(take_back(confirmed=confirmed, actor=actor, reason=asked.reason, now=timezone.now()))


def _out(one: ConfirmedView) -> ConfirmedOut:
    return ConfirmedOut(
        id=one.id,
        photograph=one.photograph.position + 1,
        photograph_sha256=one.photograph.sha256,
        picture_sha256=one.view.sha256,
        design_id=one.view.design.design_id,
        confirmed_by=one.confirmed_by.get_username(),
        confirmed_at=one.confirmed_at,
        reason=one.reason,
        withdrawn_by=one.withdrawn_by.get_username() if one.withdrawn_by else None,
        withdrawn_at=one.withdrawn_at,
        withdraw_reason=one.withdraw_reason,
    )
