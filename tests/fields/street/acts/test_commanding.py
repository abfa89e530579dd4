"""Orders to devices: two officers where it is dangerous, done once, never late, unknown where nobody knows."""

from __future__ import annotations

from datetime import datetime, timedelta
from pathlib import Path

import pytest

from pandok.common.models import Account, AuditEntry
from pandok.core.errors import RequestError
from pandok.fields.street.acts.carrying import GRACE, LEASE, carry_once
from pandok.fields.street.acts.commanding import (
    IN_TIME,
    ask_device,
    confirm_command,
    settle_command,
    withdraw_command,
)
from pandok.fields.street.command_states import CommandState
from pandok.fields.street.models import DeviceCommand, DeviceState
from pandok.fields.street.orders import BarrierOrder, DeviceKind, LampOrder, SignOrder, SirenOrder
from pandok.fields.street.pole_devices import LOST_S
from tests.fields.street.acts.test_deciding import person
from tests.fields.street.bed import NOON
from tests.fields.street.devices import AtPole, Wire, acting_pole
from tests.roles import Role

pytestmark = pytest.mark.django_db
RED = {"device": "lamp", "colour": "red", "dim_pct": 100}
WHY = "지하차도 침수로 통제"


def room(name: str = "") -> Account:
    account = Account.objects.filter(username=name or Role.CONTROL_ROOM.value).first()
    if account is None:
        account = person(Role.CONTROL_ROOM) if not name else Account.objects.create_user(name)
    return account


def ask(said: dict[str, object] = RED, now: datetime = NOON, hold_s: int = 600) -> DeviceCommand:
    return ask_device("buk-1", said, alert_id="", hold_s=hold_s, actor=room(), reason=WHY, now=now)


def turn(line: Wire, now: datetime) -> int:
    return carry_once(line, clock=lambda: now, wait_s=0)


def carried(room_end: Wire, pole: AtPole, now_s: float) -> None:
    """What each end sent arrives at the other."""
    for one in room_end.sent:
        pole.devices.ordered(one.payload, now_s)
    pole.devices.turn(now_s)
    room_end.waiting += pole.wire.sent
    room_end.sent.clear()
    pole.wire.sent.clear()


def state(command: DeviceCommand) -> CommandState:
    return CommandState(DeviceCommand.objects.values_list("state", flat=True).get(pk=command.pk))


def test_a_lamp_turns_red_and_the_device_says_so(tmp_path: Path) -> None:
    acting_pole()
    line, pole, command = Wire(), AtPole(tmp_path), ask()
    assert turn(line, NOON) == 1
    carried(line, pole, 1.0)
    turn(line, NOON)
    assert pole.now(DeviceKind.LAMP) == LampOrder(colour="red")
    assert state(command) is CommandState.DONE
    said = DeviceState.objects.get(device="lamp")
    assert (said.order["colour"], said.own_rule) == ("red", False)
    told = AuditEntry.objects.filter(object=f"command:{command.pk}").order_by("sequence")
    assert [one.action for one in told] == ["command.asked", "command.sending", "command.done"]
    # It stands for ten minutes; then the pole's own rule counts again.
    pole.devices.turn(1.0 + 601)
    assert pole.now(DeviceKind.LAMP) == LampOrder(colour="white")


@pytest.mark.parametrize(
    ("said", "waits"),
    [
        ({"device": "siren", "sounds": True}, True),
        ({"device": "siren", "sounds": False}, False),
        ({"device": "barrier", "closed": True}, True),
        ({"device": "barrier", "closed": False}, True),
        ({"device": "sign", "text": "우회"}, False),
        (RED, False),
    ],
)
def test_what_is_dangerous_waits_for_another_officer(said: dict[str, object], waits: bool) -> None:
    acting_pole()
    line, command = Wire(), ask(said)
    assert turn(line, NOON) == (0 if waits else 1)
    if not waits:
        return
    with pytest.raises(RequestError) as refused:
        confirm_command(command.pk, actor=room(), now=NOON)
    assert refused.value.error_code == "request.second_person"
    confirm_command(command.pk, actor=room("another"), now=NOON)
    assert turn(line, NOON) == 1


def test_killed_between_sending_and_answer_it_is_done_once(tmp_path: Path) -> None:
    acting_pole()
    first, pole, command = Wire(), AtPole(tmp_path), ask()
    turn(first, NOON)
    lost = list(first.sent)
    # Whoever sent it is gone with the answer; before its lease ends nobody else sends it, then somebody does.
    second = Wire()
    assert turn(second, NOON + LEASE / 2) == 0
    assert turn(second, NOON + LEASE) == 1
    for one in [*lost, *second.sent]:
        pole.devices.ordered(one.payload, 1.0)
        pole.start()
    pole.devices.turn(1.0)
    second.waiting += pole.wire.sent
    turn(second, NOON + LEASE)
    assert state(command) is CommandState.DONE
    answers = [one for one in pole.wire.sent if one.topic.endswith("/done")]
    assert len({one.payload for one in answers}) == 1


def test_not_sent_in_time_it_is_never_carried_out() -> None:
    acting_pole()
    line, command = Wire(takes=False), ask()
    turn(line, NOON)
    line.takes = True
    assert turn(line, NOON + IN_TIME) == 0
    assert state(command) is CommandState.EXPIRED


def test_a_broker_that_takes_nothing_leaves_it_waiting() -> None:
    acting_pole()
    command = ask()

    class Deaf(Wire):
        def publish(self, topic: str, payload: bytes, *, kept: bool = False) -> bool:  # noqa: ARG002
            return False

    turn(Deaf(), NOON)
    assert state(command) is CommandState.QUEUED
    assert turn(Wire(), NOON + timedelta(seconds=1)) == 1


def test_sent_and_not_answered_it_is_unknown_until_the_device_or_a_person_says(tmp_path: Path) -> None:
    acting_pole()
    line, pole, one, two = Wire(), AtPole(tmp_path), ask(), ask({"device": "sign", "text": "우회"})
    turn(line, NOON)
    copies = list(line.sent)
    late = NOON + IN_TIME + GRACE
    turn(Wire(), late)
    assert (state(one), state(two)) == (CommandState.UNKNOWN, CommandState.UNKNOWN)
    pole.devices.ordered(copies[0].payload, 1.0)
    line.waiting = list(pole.wire.sent)
    turn(line, late)
    assert state(one) is CommandState.DONE
    settle_command(two.pk, was_done=False, actor=room(), reason="현장조가 꺼진 것을 확인", now=late)
    assert state(two) is CommandState.EXPIRED
    with pytest.raises(RequestError):
        settle_command(two.pk, was_done=True, actor=room(), reason="다시 보니 켜져 있음", now=late)


def test_an_older_order_never_undoes_a_newer_one(tmp_path: Path) -> None:
    acting_pole()
    line, pole = Wire(), AtPole(tmp_path)
    old = ask()
    turn(line, NOON)
    late_copy = line.sent.pop()
    ask({"device": "lamp", "colour": "amber", "dim_pct": 50})
    turn(line, NOON)
    carried(line, pole, 1.0)
    pole.devices.ordered(late_copy.payload, 2.0)
    carried(line, pole, 2.0)
    turn(line, NOON)
    assert pole.now(DeviceKind.LAMP) == LampOrder(colour="amber", dim_pct=50)
    assert state(old) is CommandState.REFUSED


def test_one_pole_answers_for_no_other(tmp_path: Path) -> None:
    acting_pole()
    acting_pole("buk-2")
    line, pole, command = Wire(), AtPole(tmp_path), ask()
    turn(line, NOON)
    pole.devices.ordered(line.sent[0].payload, 1.0)
    forged = [type(one)(one.topic.replace("buk-1", "buk-2"), one.payload) for one in pole.wire.sent]
    junk = [type(one)(one.topic, b"\xff" * 9000) for one in pole.wire.sent]
    line.waiting = [*forged, *junk]
    turn(line, NOON)
    assert state(command) is CommandState.SENDING


def test_without_the_link_the_pole_goes_by_its_own_rule_and_nothing_moves_by_itself(tmp_path: Path) -> None:
    acting_pole()
    line, pole = Wire(), AtPole(tmp_path)
    for said in ({"device": "siren", "sounds": True}, {"device": "barrier", "closed": True}):
        command = ask(said)
        confirm_command(command.pk, actor=room("another"), now=NOON)
    ask({"device": "lamp", "colour": "off", "dim_pct": 0})
    turn(line, NOON)
    carried(line, pole, 1.0)
    assert pole.now(DeviceKind.SIREN) == SirenOrder(sounds=True)
    pole.wire.takes = False
    pole.devices.measured(16)
    pole.devices.turn(2.0)
    assert pole.now(DeviceKind.LAMP) == LampOrder(colour="off", dim_pct=0)
    pole.devices.turn(2.0 + LOST_S)
    assert pole.now(DeviceKind.LAMP) == LampOrder(colour="red")
    assert pole.now(DeviceKind.SIGN) == SignOrder(text="침수 진입금지")
    assert pole.now(DeviceKind.SIREN) == SirenOrder(sounds=False)
    assert pole.now(DeviceKind.BARRIER) == BarrierOrder(closed=True)
    # Power lost and back: the barrier is as it was left. Water at 12 cm is not yet gone.
    pole.start()
    pole.devices.turn(500.0)
    assert pole.now(DeviceKind.BARRIER) == BarrierOrder(closed=True)


def test_withdrawn_before_it_was_sent() -> None:
    acting_pole()
    command = ask({"device": "siren", "sounds": True})
    withdraw_command(command.pk, actor=room(), reason="오판으로 취소함", now=NOON)
    with pytest.raises(RequestError):
        confirm_command(command.pk, actor=room("another"), now=NOON)
    assert turn(Wire(), NOON) == 0


@pytest.mark.parametrize(
    ("said", "hold_s", "code"),
    [
        ({"device": "lamp", "colour": "green"}, 600, "bad_order"),
        ({"device": "lamp", "colour": "red", "dim_pct": 101}, 600, "bad_order"),
        ({"device": "sign", "text": "x" * 41}, 600, "bad_order"),
        ({"device": "sign", "text": "\x1b[0m"}, 600, "bad_order"),
        ({}, 600, "bad_order"),
        (RED, 0, "bad_hold"),
        ({"device": "siren", "sounds": True}, 601, "bad_hold"),
    ],
)
def test_what_is_no_order_is_refused(said: dict[str, object], hold_s: int, code: str) -> None:
    acting_pole()
    with pytest.raises(RequestError) as refused:
        ask(said, hold_s=hold_s)
    assert refused.value.error_code == f"street.{code}"


def test_a_pole_without_the_device_is_told_nothing() -> None:
    acting_pole().devices.filter(kind="lamp").delete()
    with pytest.raises(RequestError) as refused:
        ask()
    assert refused.value.error_code == "street.no_device"
