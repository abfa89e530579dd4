"""Between commands and the broker: taken under a lease that is committed first, sent, answered, or given up.

A crash between the commit and the sending, or before the answer, loses nothing and does nothing twice: after the lease
it is sent again, and the device knows a command by its id. What was sent and has no answer in time is unknown.
"""

from __future__ import annotations

from collections.abc import Callable, Sequence
from datetime import datetime, timedelta
from uuid import UUID

from django.db import transaction
from django.db.models import Q

from pandok.engines.broker.client import Delivered
from pandok.fields.street.acts.command_moves import COMMANDS
from pandok.fields.street.command_messages import (
    CommandAnswer,
    CommandSent,
    StatesSaid,
    pole_and_what,
    read_answer,
    read_states,
)
from pandok.fields.street.command_states import CommandMover, CommandState
from pandok.fields.street.messages import topic_of
from pandok.fields.street.models import DeviceCommand, DeviceState, Pole
from pandok.fields.street.orders import order_from
from pandok.fields.street.pole_end import Line

LEASE = timedelta(seconds=4)
GRACE = timedelta(seconds=10)
"""How long after its term an answer may still come before it counts as unknown."""
AT_ONCE = 100
_S, _M = CommandState, CommandMover


def carry_once(line: Line, *, clock: Callable[[], datetime], wait_s: float = 0.2) -> int:
    """One turn: answers in, what is over ended, what is due sent; gives how many were sent."""
    hear(line.arrived(AT_ONCE, wait_s), now=clock())
    end_overdue(now=clock())
    if not line.is_connected:
        return 0
    sent = 0
    for command in _leased(clock()):
        now = clock()
        message = _message(command, now)
        if message is None:
            continue
        if line.publish(topic_of(command.pole.key, "do"), message.model_dump_json().encode()):
            sent += 1
        elif command.attempts == 1:
            _took_nothing(command, now)
    return sent


def hear(delivered: Sequence[Delivered], *, now: datetime) -> None:
    """Answers and states of poles. Who said so is what the broker let through: the topic."""
    for one in delivered:
        named = pole_and_what(one.topic)
        if named is None:
            continue
        if named[1] == "done" and (answer := read_answer(one.payload)):
            _answered(named[0], answer, now)
        elif named[1] == "state" and (states := read_states(one.payload)):
            _state_said(named[0], states, now)


def end_overdue(*, now: datetime) -> None:
    """What never left has expired; what left and was not answered is unknown."""
    never = Q(state__in=[_S.ASKED.value, _S.QUEUED.value], expires_at__lte=now)
    left = Q(state=_S.SENDING.value, expires_at__lte=now - GRACE)
    if not DeviceCommand.objects.filter(never | left).exists():
        return
    with transaction.atomic():
        rows = DeviceCommand.objects.select_for_update(of=("self",), no_key=True).filter(never | left)
        for command in rows.select_related("pole").order_by("pk"):
            to = _S.UNKNOWN if command.stands is _S.SENDING else _S.EXPIRED
            COMMANDS.move(command, to, by=_M.CLOCK, actor=None, reason="기한 경과", now=now)


def _leased(now: datetime) -> list[DeviceCommand]:
    """What is due to be sent, under a lease that is committed when this returns."""
    new = Q(state=_S.QUEUED.value)
    again = Q(state=_S.SENDING.value, leased_until__lte=now)
    due = (new | again) & Q(expires_at__gt=now)
    if not DeviceCommand.objects.filter(due).exists():
        return []
    found = []
    with transaction.atomic():
        rows = DeviceCommand.objects.select_for_update(of=("self",), no_key=True).filter(due)
        for command in rows.select_related("pole").order_by("pole", "number")[:AT_ONCE]:
            command.leased_until, command.attempts = now + LEASE, command.attempts + 1
            if command.stands is _S.QUEUED:
                COMMANDS.move(command, _S.SENDING, by=_M.LINE, actor=None, reason="", now=now)
            else:
                command.save(update_fields=["leased_until", "attempts"])
            found.append(command)
    return found


def _message(command: DeviceCommand, now: datetime) -> CommandSent | None:
    order = order_from(command.order)
    if order is None or command.expires_at <= now:
        return None
    return CommandSent(command=command.pk.hex, number=command.number, order=order, hold_s=command.hold_s)


def _took_nothing(command: DeviceCommand, now: datetime) -> None:
    with transaction.atomic():
        command = COMMANDS.locked(command.pk, "pole")
        if command.stands is _S.SENDING:
            changes = {"attempts": 0, "leased_until": None}
            COMMANDS.move(command, _S.QUEUED, by=_M.LINE, actor=None, reason="", now=now, changes=changes)


def _answered(pole: str, answer: CommandAnswer, now: datetime) -> None:
    to = _S.DONE if answer.outcome == "done" else _S.REFUSED
    with transaction.atomic():
        # Of this pole alone: one pole answers for no other.
        found = DeviceCommand.objects.filter(pk=UUID(hex=answer.command), pole__key=pole).first()
        if found is None:
            return
        command = COMMANDS.locked(found.pk, "pole")
        if command.stands not in (_S.SENDING, _S.UNKNOWN):
            return
        changes = {"answer": answer.why, "leased_until": None}
        COMMANDS.move(command, to, by=_M.DEVICE, actor=None, reason=answer.why, now=now, changes=changes)


def _state_said(key: str, said: StatesSaid, now: datetime) -> None:
    pole = Pole.objects.filter(key=key).first()
    if pole is None:
        return
    kinds = set(pole.devices.values_list("kind", flat=True))
    for one in said.states:
        if one.order.device in kinds:
            DeviceState.objects.update_or_create(
                pole=pole,
                device=one.order.device,
                defaults={"order": one.order.model_dump(), "own_rule": one.own_rule, "said_at": now},
            )
