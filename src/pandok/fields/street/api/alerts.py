"""Alerts of streetlights for programs: what is open, one of them whole, and what is decided on it."""

from __future__ import annotations

from datetime import datetime
from typing import Annotated, Literal

from django.http import HttpRequest
from django.utils import timezone
from ninja import Router
from pydantic import BaseModel, Field

from pandok.common.models import Account
from pandok.core.errors import RequestError
from pandok.fields.street.acts import deciding
from pandok.fields.street.lists.now import alert_of, open_alerts
from pandok.fields.street.models import Alert
from pandok.fields.street.roles import Action
from pandok.fields.street.states import AlertState, Cause
from pandok.web.api.callers import actor_of, may
from pandok.web.api.idempotency_key import once
from pandok.web.api.refusals import answers, not_found
from pandok.web.api.request_values import Asked, one_of

router = Router(tags=["Streetlight alerts"])
MOST = 200


class StreetAlertOut(BaseModel):
    """`level` 1 attention to 4 serious, 0 cleared; `case_level`: the highest of it and of what was merged into it;
    `quiet`: under a silence or in maintenance."""

    id: str
    pole: str | None
    feeder: str
    reader: str
    version: str
    onset_at: datetime
    raised_at: datetime
    state: Annotated[str, one_of(*AlertState)]
    level: int
    case_level: int
    highest_level: int
    score: float
    reason_ko: str
    reason_en: str
    cleared_at: datetime | None
    poles: int
    quiet: bool
    merged_into: str | None
    cause: str


class StreetAlertEventOut(BaseModel):
    at: datetime
    actor: str | None
    change: str
    from_state: str
    to_state: str
    level: int
    reason: str


class StreetAlertWhole(StreetAlertOut):
    events: list[StreetAlertEventOut]


class StreetDecisionIn(Asked):
    what: Literal["confirm", "reject", "merge", "respond", "close", "step"]
    reason: str = Field(default="", max_length=2000)
    cause: Cause | None = None
    into: str = Field(default="", max_length=32, description="Alert to merge into")
    step: str = Field(default="", max_length=40, description="Key of the step that is done")


@router.get("", auth=may(Action.SEE_STREET), response=answers(list[StreetAlertOut]), summary="Open alerts, worst first")
def list_street_alerts(request: HttpRequest) -> list[StreetAlertOut]:  # noqa: ARG001
    return [StreetAlertOut.model_validate(_facts(one)) for one in open_alerts()[:MOST]]


@router.get("/{alert_id}", auth=may(Action.SEE_STREET), response=answers(StreetAlertWhole), summary="One alert")
def get_street_alert(request: HttpRequest, alert_id: str) -> StreetAlertWhole:
    return _whole(_visible(actor_of(request), alert_id))


@router.post(
    "/{alert_id}/decision",
    auth=may(Action.RESPOND_TO_ALERTS),
    response=answers(StreetAlertWhole),
    summary="Decide on an alert",
)
@once
def decide_on_a_street_alert(request: HttpRequest, alert_id: str, asked: StreetDecisionIn) -> StreetAlertWhole:
    """Confirm, reject, merge, respond, close, or tick a step. To reject and to close need cause and reason."""
    actor, now = actor_of(request), timezone.now()
    alert = _visible(actor, alert_id)
    cause = asked.cause.value if asked.cause else ""
    match asked.what:
        case "confirm":
            deciding.confirm(alert.pk, actor=actor, reason=asked.reason, now=now)
        case "reject":
            deciding.reject(alert.pk, actor=actor, reason=asked.reason, cause=cause, now=now)
        case "merge":
            deciding.merge(alert.pk, asked.into, actor=actor, reason=asked.reason, now=now)
        case "respond":
            deciding.respond(alert.pk, actor=actor, reason=asked.reason, now=now)
        case "close":
            deciding.close(alert.pk, actor=actor, reason=asked.reason, cause=cause, now=now)
        case "step":
            deciding.tick_step(alert.pk, asked.step, actor=actor, now=now)
    return _whole(_visible(actor, alert_id))


def _visible(actor: Account, alert_id: str) -> Alert:
    try:
        return alert_of(actor, alert_id)
    except RequestError as error:
        raise not_found() from error


def _facts(one: Alert) -> dict[str, object]:
    named = ("feeder", "reader", "version", "onset_at", "raised_at", "state", "level", "case_level", "highest_level")
    rest = ("score", "reason_ko", "reason_en", "cleared_at", "poles", "quiet", "cause")
    return {name: getattr(one, name) for name in (*named, *rest)} | {
        "id": one.pk,
        "pole": one.pole.key if one.pole else None,
        "merged_into": one.merged_into_id,
    }


def _whole(one: Alert) -> StreetAlertWhole:
    events = [
        StreetAlertEventOut(
            at=each.at,
            actor=each.actor.get_username() if each.actor else None,
            change=each.change,
            from_state=each.from_state,
            to_state=each.to_state,
            level=each.level,
            reason=each.reason,
        )
        for each in one.events.select_related("actor")
    ]
    return StreetAlertWhole.model_validate(_facts(one) | {"events": events})
