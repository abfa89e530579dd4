"""Warnings to residents for programs."""

from __future__ import annotations

from datetime import datetime
from typing import Annotated, Literal
from uuid import UUID

from django.http import HttpRequest
from django.utils import timezone
from ninja import Router
from pydantic import BaseModel, Field

from pandok.common.house import blobs
from pandok.core.errors import RequestError
from pandok.fields.street.acts import warning as acts
from pandok.fields.street.lists.now import alert_of
from pandok.fields.street.models import ResidentWarning
from pandok.fields.street.resident_text import ResidentClass
from pandok.fields.street.roles import Action
from pandok.fields.street.warning_states import WarningState
from pandok.web.api.callers import actor_of, may
from pandok.web.api.idempotency_key import once
from pandok.web.api.refusals import answers, not_found
from pandok.web.api.request_values import Asked, one_of

router = Router(tags=["Streetlight warnings"])


class ResidentWarningIn(Asked):
    kind: ResidentClass
    form: Literal[90, 157] = Field(default=90, description="Most characters of the text message")
    text_ko: str = Field(max_length=400)
    text_en: str = Field(default="", max_length=1000, description="In CAP alone, not in the text message")
    area: str = Field(max_length=200)
    radius_km: float = Field(default=1, gt=0, le=100)
    hours: float = Field(default=3, gt=0, le=24, description="How long it holds")
    simulated: bool = Field(default=False, description="Sent as an exercise")


class WarningDecisionIn(Asked):
    what: Literal["issue", "cancel", "withdraw"]
    reason: str = Field(default="", max_length=2000)


class ResidentWarningOut(BaseModel):
    """`cap12`, `cap11`: the documents as they were sent; "" before."""

    id: UUID
    alert: str
    kind: Annotated[str, one_of(*ResidentClass)]
    form: int
    text_ko: str
    text_en: str
    area: str
    simulated: bool
    state: Annotated[str, one_of(*WarningState)]
    written_by: str | None
    issued_by: str | None
    issued_at: datetime | None
    expires_at: datetime
    cap12: str
    cap11: str


@router.get(
    "/warnings/{warning_id}",
    auth=may(Action.SEE_STREET),
    response=answers(ResidentWarningOut),
    summary="One warning to residents",
)
def get_resident_warning(request: HttpRequest, warning_id: UUID) -> ResidentWarningOut:  # noqa: ARG001
    return _out(_found(warning_id))


@router.post(
    "/alerts/{alert_id}/warnings",
    auth=may(Action.WARN_RESIDENTS),
    response=answers(ResidentWarningOut),
    summary="Write a warning to residents",
)
@once
def write_resident_warning(request: HttpRequest, alert_id: str, asked: ResidentWarningIn) -> ResidentWarningOut:
    """Nothing is sent yet: an officer issues it, for critical and emergency texts another one."""
    actor = actor_of(request)
    try:
        alert = alert_of(actor, alert_id)
    except RequestError as error:
        raise not_found() from error
    said = acts.WarningSaid(
        kind=asked.kind.value,
        form=asked.form,
        text_ko=asked.text_ko,
        text_en=asked.text_en,
        area=asked.area,
        radius_km=asked.radius_km,
        hours=asked.hours,
        simulated=asked.simulated,
    )
    return _out(acts.write_warning(alert.pk, said, actor=actor, now=timezone.now()))


@router.post(
    "/warnings/{warning_id}/decision",
    auth=may(Action.WARN_RESIDENTS),
    response=answers(ResidentWarningOut),
    summary="Issue, cancel or withdraw a warning",
)
@once
def decide_on_a_resident_warning(
    request: HttpRequest, warning_id: UUID, asked: WarningDecisionIn
) -> ResidentWarningOut:
    """To cancel and to withdraw need a reason."""
    warning, actor, now = _found(warning_id), actor_of(request), timezone.now()
    match asked.what:
        case "issue":
            acts.issue_warning(warning.pk, actor=actor, blobs=blobs(), now=now)
        case "cancel":
            acts.cancel_warning(warning.pk, actor=actor, reason=asked.reason, blobs=blobs(), now=now)
        case "withdraw":
            acts.withdraw_warning(warning.pk, actor=actor, reason=asked.reason, now=now)
    return _out(_found(warning_id))


def _found(warning_id: UUID) -> ResidentWarning:
    found = ResidentWarning.objects.filter(pk=warning_id).select_related("written_by", "issued_by").first()
    if found is None:
        raise not_found()
    return found


def _out(one: ResidentWarning) -> ResidentWarningOut:
    return ResidentWarningOut(
        id=one.pk,
        alert=one.alert_id,
        kind=one.kind,
        form=one.form,
        text_ko=one.text_ko,
        text_en=one.text_en,
        area=one.area,
        simulated=one.simulated,
        state=one.state,
        written_by=one.written_by.get_username() if one.written_by else None,
        issued_by=one.issued_by.get_username() if one.issued_by else None,
        issued_at=one.issued_at,
        expires_at=one.expires_at,
        cap12=one.cap12,
        cap11=one.cap11,
    )
