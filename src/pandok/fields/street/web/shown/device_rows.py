"""Devices of a pole and commands to them, in words."""

from __future__ import annotations

from collections.abc import Mapping
from dataclasses import dataclass
from datetime import datetime
from uuid import UUID

from django.forms import BaseForm

from pandok.common.models import Account
from pandok.core.text import Text
from pandok.fields.street.command_states import CommandState
from pandok.fields.street.lwm2m.attributes import attribute_at
from pandok.fields.street.models import DeviceCommand, DeviceState, Pole
from pandok.fields.street.orders import DeviceKind, order_from, order_words

MOST = 20
NOT_HEARD = Text(ko="아직 알려 온 상태 없음", en="Has not said what it is")
BADGES = {
    CommandState.DONE: "badge-good",
    CommandState.REFUSED: "badge-bad",
    CommandState.UNKNOWN: "badge-bad",
    CommandState.ASKED: "badge-unsure",
    CommandState.SENDING: "badge-unsure",
}


@dataclass(frozen=True)
class DeviceRow:
    kind: DeviceKind
    now: Text
    own_rule: bool
    said_at: datetime | None


@dataclass(frozen=True)
class CommandRow:
    command: DeviceCommand
    words: Text
    state: Text
    badge: str
    may_confirm: bool
    may_withdraw: bool
    may_settle: bool
    reason: str
    """What was entered beside a decision that was refused."""


def device_rows(pole: Pole) -> list[DeviceRow]:
    states = {one.device: one for one in DeviceState.objects.filter(pole=pole)}
    kinds = [DeviceKind(one) for one in pole.devices.values_list("kind", flat=True) if one in set(DeviceKind)]
    found = []
    for kind in sorted(kinds, key=list(DeviceKind).index):
        state = states.get(kind.value)
        words = words_of(state.order) if state else NOT_HEARD
        found.append(DeviceRow(kind, words, bool(state and state.own_rule), state.said_at if state else None))
    return found


@dataclass(frozen=True)
class SaidRow:
    words: Text
    value: str
    unit: str
    said_at: datetime


def said_rows(pole: Pole) -> list[SaidRow]:
    """What its devices said of themselves; of several of a kind, with their number."""
    found = []
    for one in sorted(pole.attributes.all(), key=lambda row: [int(part) for part in row.path[1:].split("/")]):
        known = attribute_at(one.path)
        if known is None:
            continue
        attribute, instance = known
        words = attribute.words
        if instance:
            words = Text(ko=f"{words.ko} ({instance})", en=f"{words.en} ({instance})")
        found.append(SaidRow(words, one.value, attribute.unit, one.said_at))
    return found


def words_of(said: Mapping[str, object]) -> Text:
    order = order_from(said)
    return order_words(order) if order else Text(ko="?", en="?")


def command_rows(pole: Pole, account: Account, deciding: tuple[UUID, BaseForm] | None) -> list[CommandRow]:
    """The newest first. Whoever asked for a command does not confirm it."""
    found = []
    for one in DeviceCommand.objects.filter(pole=pole).select_related("asked_by", "second")[:MOST]:
        stands = one.stands
        mine = deciding is not None and deciding[0] == one.pk
        found.append(
            CommandRow(
                one,
                words_of(one.order),
                stands.words,
                BADGES.get(stands, "badge-plain"),
                stands is CommandState.ASKED and one.asked_by_id != account.pk,
                stands in (CommandState.ASKED, CommandState.QUEUED),
                stands is CommandState.UNKNOWN,
                str(deciding[1].cleaned_data["reason"]) if deciding is not None and mine else "",
            )
        )
    return found
