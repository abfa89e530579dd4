"""Officers tell devices what to do: one asks, another confirms what is dangerous, and settles what nobody knows."""

from __future__ import annotations

from collections.abc import Mapping
from datetime import datetime, timedelta
from uuid import UUID

from django.db import transaction
from django.db.models import Max

from pandok.common.models import Account
from pandok.common.models.locking import locked
from pandok.common.people.two_persons import another_person_must, must_be_another
from pandok.common.people.votes import must_vote_freely
from pandok.common.reasons import checked_reason
from pandok.core.errors import RequestError
from pandok.core.text import Text
from pandok.fields.street.acts.command_moves import COMMANDS, locked_command
from pandok.fields.street.acts.registering import pole_named
from pandok.fields.street.command_states import CommandMover, CommandState
from pandok.fields.street.models import Alert, DeviceCommand, PoleState
from pandok.fields.street.orders import DeviceKind, is_dangerous, order_from
from pandok.fields.street.refusals import refusal

IN_TIME = timedelta(minutes=2)
"""A command that the device did not get within this is not carried out later: the street is another by then."""
FOR_SECOND = timedelta(minutes=10)
"""How long a dangerous one waits for the second officer."""
LONGEST_HOLD_S = {DeviceKind.SIREN: 600}
USUAL_HOLD_S, MOST_HOLD_S = 3600, 86_400


def ask_device(
    pole_key: str, said: Mapping[str, object], *, alert_id: str, hold_s: int, actor: Account, reason: str, now: datetime
) -> DeviceCommand:
    """One order to one device of a pole. What is dangerous waits for another officer; all else is sent at once.

    Raises RequestError for no such pole, alert or device, what is no order, and without a reason."""
    reason = checked_reason(reason)
    order = order_from(said)
    if order is None:
        raise refusal("bad_order")
    kind = DeviceKind(order.device)
    if not 1 <= hold_s <= LONGEST_HOLD_S.get(kind, MOST_HOLD_S):
        raise refusal("bad_hold")
    with transaction.atomic():
        pole = pole_named(pole_key)
        # The state of the pole is the lock under which its numbers are given.
        locked(PoleState, pole.pk)
        if not pole.devices.filter(kind=kind.value).exists():
            raise refusal("no_device")
        alert = Alert.objects.filter(pk=alert_id).first() if alert_id else None
        if alert_id and alert is None:
            raise refusal("no_alert")
        dangerous = is_dangerous(order)
        last = DeviceCommand.objects.filter(pole=pole).aggregate(last=Max("number"))["last"] or 0
        command = DeviceCommand.objects.create(
            pole=pole,
            number=last + 1,
            device=kind.value,
            order=order.model_dump(),
            hold_s=hold_s,
            alert=alert,
            asked_by=actor,
            asked_at=now,
            reason=reason,
            expires_at=now + (FOR_SECOND if dangerous else IN_TIME),
            state=(CommandState.ASKED if dangerous else CommandState.QUEUED).value,
            state_since=now,
        )
        COMMANDS.begin(command, actor=actor, reason=reason, now=now, action="command.asked")
    return command


def confirm_command(command_id: UUID, *, actor: Account, now: datetime) -> DeviceCommand:
    """The second officer. Raises RequestError for the one who asked."""
    must_vote_freely(actor, now)
    with transaction.atomic():
        command = locked_command(command_id)
        must_be_another(actor, command.asked_by_id, refused=_second())
        changes = {"second": actor, "expires_at": now + IN_TIME}
        COMMANDS.move(
            command,
            CommandState.QUEUED,
            by=CommandMover.SECOND,
            actor=actor,
            reason=command.reason,
            now=now,
            changes=changes,
        )
    return command


def withdraw_command(command_id: UUID, *, actor: Account, reason: str, now: datetime) -> DeviceCommand:
    """Before it was sent; afterwards another command is needed."""
    reason = checked_reason(reason)
    with transaction.atomic():
        command = locked_command(command_id)
        COMMANDS.move(command, CommandState.WITHDRAWN, by=_mover(command, actor), actor=actor, reason=reason, now=now)
    return command


def settle_command(command_id: UUID, *, was_done: bool, actor: Account, reason: str, now: datetime) -> DeviceCommand:
    """Somebody looked at the device whose answer never came."""
    reason = checked_reason(reason)
    to = CommandState.DONE if was_done else CommandState.EXPIRED
    with transaction.atomic():
        command = locked_command(command_id)
        if command.stands is not CommandState.UNKNOWN:
            raise refusal("state")
        COMMANDS.move(command, to, by=_mover(command, actor), actor=actor, reason=reason, now=now)
    return command


def _mover(command: DeviceCommand, actor: Account) -> CommandMover:
    return CommandMover.ASKER if command.asked_by_id == actor.pk else CommandMover.SECOND


def _second() -> RequestError:
    return another_person_must(
        Text(ko="명령한 사람은 확인할 수 없습니다.", en="Whoever asked for it cannot confirm it."),
        Text(ko="다른 관제실 근무자가 확인해야 합니다.", en="Another control-room officer confirms it."),
    )
