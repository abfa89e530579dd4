"""Commands to devices on poles for programs."""

from __future__ import annotations

from datetime import datetime
from typing import Annotated, Any, Literal
from uuid import UUID

from django.http import HttpRequest
from django.utils import timezone
from ninja import Router
from pydantic import BaseModel, Field

from pandok.fields.street.acts import commanding
from pandok.fields.street.command_states import CommandState
from pandok.fields.street.models import DeviceCommand, Pole
from pandok.fields.street.roles import Action
from pandok.web.api.callers import actor_of, may
from pandok.web.api.idempotency_key import once
from pandok.web.api.refusals import answers, not_found
from pandok.web.api.request_values import Asked, one_of

router = Router(tags=["Streetlight commands"])


class DeviceOrderIn(Asked):
    device: Literal["lamp", "sign", "siren", "barrier"]
    colour: Literal["white", "amber", "red", "blue", "off"] | None = Field(default=None, description="Of a lamp")
    dim_pct: int | None = Field(default=None, ge=0, le=100, description="Brightness of a lamp in per cent")
    text: str | None = Field(default=None, max_length=40, description="On a sign")
    sounds: bool | None = Field(default=None, description="Of a siren")
    closed: bool | None = Field(default=None, description="Of a barrier")
    hold_s: int = Field(default=600, ge=1, le=86_400, description="How long it stands, in seconds")
    alert: str = Field(default="", max_length=32, description="Alert that it answers")
    reason: str = Field(max_length=2000)


class CommandDecisionIn(Asked):
    what: Literal["confirm", "withdraw", "was-done", "not-done"]
    reason: str = Field(default="", max_length=2000)


class DeviceCommandOut(BaseModel):
    """`state` unknown: sent, and the device never said whether it was done."""

    id: UUID
    pole: str
    number: int
    order: dict[str, Any]
    hold_s: int
    state: Annotated[str, one_of(*CommandState)]
    asked_by: str | None
    second: str | None
    asked_at: datetime
    expires_at: datetime
    attempts: int
    answer: str


@router.get(
    "/commands/{command_id}",
    auth=may(Action.SEE_STREET),
    response=answers(DeviceCommandOut),
    summary="One command to a device",
)
def get_device_command(request: HttpRequest, command_id: UUID) -> DeviceCommandOut:  # noqa: ARG001
    return _out(_found(command_id))


@router.post(
    "/poles/{key}/commands",
    auth=may(Action.COMMAND_DEVICES),
    response=answers(DeviceCommandOut),
    summary="Command a device",
)
@once
def command_a_device(request: HttpRequest, key: str, asked: DeviceOrderIn) -> DeviceCommandOut:
    """A siren that sounds and a barrier wait for a second officer; all else is sent at once."""
    if not Pole.objects.filter(key=key).exists():
        raise not_found()
    said = asked.model_dump(exclude={"hold_s", "alert", "reason"}, exclude_none=True)
    command = commanding.ask_device(
        key,
        said,
        alert_id=asked.alert,
        hold_s=asked.hold_s,
        actor=actor_of(request),
        reason=asked.reason,
        now=timezone.now(),
    )
    return _out(command)


@router.post(
    "/commands/{command_id}/decision",
    auth=may(Action.COMMAND_DEVICES),
    response=answers(DeviceCommandOut),
    summary="Decide on a command to a device",
)
@once
def decide_on_a_device_command(request: HttpRequest, command_id: UUID, asked: CommandDecisionIn) -> DeviceCommandOut:
    """Confirm as second officer, withdraw before it is sent, or say what was seen where the device never answered."""
    command, actor, now = _found(command_id), actor_of(request), timezone.now()
    match asked.what:
        case "confirm":
            commanding.confirm_command(command.pk, actor=actor, now=now)
        case "withdraw":
            commanding.withdraw_command(command.pk, actor=actor, reason=asked.reason, now=now)
        case "was-done" | "not-done":
            done = asked.what == "was-done"
            commanding.settle_command(command.pk, was_done=done, actor=actor, reason=asked.reason, now=now)
    return _out(_found(command_id))


def _found(command_id: UUID) -> DeviceCommand:
    found = DeviceCommand.objects.filter(pk=command_id).select_related("pole", "asked_by", "second").first()
    if found is None:
        raise not_found()
    return found


def _out(one: DeviceCommand) -> DeviceCommandOut:
    return DeviceCommandOut(
        id=one.pk,
        pole=one.pole.key,
        number=one.number,
        order=one.order,
        hold_s=one.hold_s,
        state=one.state,
        asked_by=one.asked_by.get_username() if one.asked_by else None,
        second=one.second.get_username() if one.second else None,
        asked_at=one.asked_at,
        expires_at=one.expires_at,
        attempts=one.attempts,
        answer=one.answer,
    )
