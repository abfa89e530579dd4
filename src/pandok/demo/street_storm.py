"""A night in a storm on a street of twelve poles, simulated: water rises at one underpass, the pole warns and its lamp
turns red, the room confirms, residents are told in an exercise, and the case is closed.

Everything goes through the use cases: messages as poles number them, the hazard readers of a site, officers' decisions,
orders over a line, warnings. The readings are computed and say so in the name of every place.
"""

from __future__ import annotations

import json
from collections.abc import Sequence
from dataclasses import dataclass, field
from datetime import datetime, timedelta
from pathlib import Path
from tempfile import TemporaryDirectory

from django.contrib.auth.models import Group

from pandok.common.models import Account
from pandok.common.people.accounts import DEMO_PREFIX
from pandok.engines.broker.client import Delivered
from pandok.engines.files.blobs import FolderBlobs
from pandok.fields.street.acts import deciding
from pandok.fields.street.acts.carrying import carry_once
from pandok.fields.street.acts.commanding import ask_device
from pandok.fields.street.acts.outside_records import RecordSaid, enter_record
from pandok.fields.street.acts.registering import PoleFacts, SensorFacts, open_test_bed, register_pole
from pandok.fields.street.acts.taking import Arrived, take
from pandok.fields.street.acts.warning import WarningSaid, cancel_warning, issue_warning, write_warning
from pandok.fields.street.hazards import Hazards
from pandok.fields.street.messages import PoleMessage
from pandok.fields.street.models import Alert, ResidentWarning, TestBed
from pandok.fields.street.orders import DeviceKind, Order
from pandok.fields.street.pole_devices import OrderMemory, PoleDevices
from pandok.fields.street.resident_text import SHORT, suggested
from pandok.fields.street.roles import Role
from pandok.fields.street.states import AlertState

BED, UNDERPASS, POLES, MINUTES = "demo-storm", "storm-07", 12, 100
RISES, FALLS = 40, 70
"""Minutes after the beginning at which water begins to rise in the underpass, and to run off."""
NEVER_EXPECTED_S = 10 * 365 * 86_400
"""After the storm these poles send nothing: that is no fault."""
_SPOOL = "d" * 32
_QUESTION = "지하차도 침수를 통제 기준(15cm) 전에 알리는가? (모의 측정값)"
ACTING = tuple(DeviceKind)


@dataclass
class _Wire:
    """A line without a broker: what one end sends, the other end is given."""

    sent: list[Delivered] = field(default_factory=list)
    waiting: list[Delivered] = field(default_factory=list)
    is_connected: bool = True

    def publish(self, topic: str, payload: bytes, *, kept: bool = False) -> bool:  # noqa: ARG002
        self.sent.append(Delivered(topic, payload))
        return True

    def arrived(self, most: int, wait_s: float) -> list[Delivered]:  # noqa: ARG002
        found, self.waiting = self.waiting[:most], self.waiting[most:]
        return found


@dataclass
class _Street:
    """The underpass's pole with its devices, and the room's end of its line."""

    devices: PoleDevices
    at_pole: _Wire
    at_room: _Wire = field(default_factory=_Wire)

    def turn(self, depth_cm: float, now: datetime, at_s: float) -> None:
        self.devices.measured(depth_cm)
        for _ in range(2):
            carry_once(self.at_room, clock=lambda: now, wait_s=0)
            for one in self.at_room.sent:
                self.devices.ordered(one.payload, at_s)
            self.at_room.sent.clear()
            self.devices.turn(at_s)
            self.at_room.waiting += self.at_pole.sent
            self.at_pole.sent.clear()
        carry_once(self.at_room, clock=lambda: now, wait_s=0)


def depth_cm(pole: int, minute: int) -> float:
    """Water at a pole: a film everywhere, and deep in the underpass."""
    if f"storm-{pole:02d}" != UNDERPASS or minute < RISES:
        return round(0.2 * (minute % 4), 1)
    rising = 0.9 * (min(minute, FALLS) - RISES)
    return round(max(0.4, rising - 1.6 * max(0, minute - FALLS)), 1)


def rain_mm_h(minute: int) -> float:
    return round(min(62.0, 2.0 * minute) if minute < FALLS else max(0.0, 62.0 - 4.0 * (minute - FALLS)), 1)


def ensure_demo_storm(*, now: datetime, blobs: FolderBlobs, hazards: Hazards) -> list[Alert]:
    """The alerts of the storm, which ended a moment ago; led once, and found again afterwards. Needs the accounts of
    `ensure_demo_accounts`."""
    if TestBed.objects.filter(code=BED).exists():
        return list(Alert.objects.filter(pole__test_bed__code=BED).order_by("onset_at"))
    begins = now - timedelta(minutes=MINUTES + 5)
    _register(begins)
    room, second, crew = _account(Role.CONTROL_ROOM), _second(now), _account(Role.CREW)
    story = _Story(room, second, crew, blobs)
    with TemporaryDirectory(prefix="pandok-storm-") as folder:
        memory, line = OrderMemory(Path(folder) / "orders.db"), _Wire()
        street = _Street(PoleDevices(UNDERPASS, ACTING, memory, line, _unseen), line)
        for minute in range(MINUTES):
            at = begins + timedelta(minutes=minute)
            take([_arrived(pole, minute, at) for pole in range(1, POLES + 1)], hazards=hazards)
            street.turn(depth_cm(int(UNDERPASS[-2:]), minute), at, 60.0 * minute)
            story.goes_on(at)
            street.turn(depth_cm(int(UNDERPASS[-2:]), minute), at, 60.0 * minute)
        memory.close()
    began = begins + timedelta(minutes=RISES + 20)
    said = RecordSaid("", UNDERPASS, "flood", began.isoformat(), "", "모의 119 신고 기록", "demo-1")
    enter_record(said, actor=room, now=now)
    return list(Alert.objects.filter(pole__test_bed__code=BED).order_by("onset_at"))


@dataclass
class _Story:
    """What officers do, minute by minute, as the alert of the underpass asks for it."""

    room: Account
    second: Account
    crew: Account
    blobs: FolderBlobs
    confirmed_at: datetime | None = None

    def goes_on(self, now: datetime) -> None:
        alert = Alert.objects.filter(pole__key=UNDERPASS, reader="flood-level").order_by("onset_at").first()
        if alert is None:
            return
        alert = alert.merged_into or alert
        if alert.stands is AlertState.RAISED and alert.case_level >= 3:
            self._confirm(alert, now)
        elif alert.stands is AlertState.CONFIRMED and self.confirmed_at and now - self.confirmed_at >= _MIN * 6:
            deciding.respond(alert.pk, actor=self.crew, reason="현장조 도착, 통행 차단", now=now)
        elif alert.stands is AlertState.RESPONDING and not alert.case_level:
            self._close(alert, now)

    def _confirm(self, alert: Alert, now: datetime) -> None:
        self.confirmed_at = now
        deciding.tick_step(alert.pk, "look", actor=self.room, now=now)
        deciding.confirm(alert.pk, actor=self.room, reason="CCTV로 침수 확인 (모의)", now=now)
        for other in Alert.objects.filter(pole__key=UNDERPASS, state=AlertState.RAISED.value).exclude(pk=alert.pk):
            deciding.merge(other.pk, alert.pk, actor=self.room, reason="같은 침수", now=now)
        said = {"device": "sign", "text": "침수 우회하십시오"}
        why = "지하차도 침수로 통제"
        ask_device(UNDERPASS, said, alert_id=alert.pk, hold_s=3600, actor=self.room, reason=why, now=now)
        for step in ("close-road", "tell-119"):
            deciding.tick_step(alert.pk, step, actor=self.room, now=now)
        place = alert.pole.place_ko if alert.pole else BED
        text = suggested("시연", place, "flood", now, SHORT)
        exercise = WarningSaid("emergency", SHORT, text, "Exercise: underpass flooded.", place, 1, 3, True)
        warning = write_warning(alert.pk, exercise, actor=self.room, now=now)
        issue_warning(warning.pk, actor=self.second, blobs=self.blobs, now=now)

    def _close(self, alert: Alert, now: datetime) -> None:
        for one in ResidentWarning.objects.filter(alert=alert, state="issued"):
            cancel_warning(one.pk, actor=self.room, reason="배수 완료, 통행 재개", blobs=self.blobs, now=now)
        deciding.tick_step(alert.pk, "crew", actor=self.crew, now=now)
        deciding.close(alert.pk, actor=self.room, reason="배수 완료, 통행 재개 (모의)", cause="hazard", now=now)


_MIN = timedelta(minutes=1)


def _register(now: datetime) -> None:
    bed = open_test_bed(
        code=BED, name_ko="시연: 폭풍 (모의)", name_en="Demonstration: a storm (simulated)", question=_QUESTION,
        actor=None, now=now,
    )  # fmt: skip
    for number in range(1, POLES + 1):
        key = f"storm-{number:02d}"
        under = key == UNDERPASS
        facts = PoleFacts(
            key=key,
            feeder="demo-feeder",
            place_ko="북문 지하차도 (모의)" if under else f"북문로 {number}번 등 (모의)",
            place_en="Underpass north (simulated)" if under else f"North street, lamp {number} (simulated)",
            latitude=35.1740 + 0.0006 * number,
            longitude=126.9120 + 0.0004 * (number % 3),
            expected_every_s=NEVER_EXPECTED_S,
            sensors=_SENSORS,
            acting=ACTING if under else (DeviceKind.LAMP,),
        )
        register_pole(bed, facts, actor=None, now=now)


_SENSORS = (SensorFacts("level-1", "depth_cm"), SensorFacts("rain-1", "rain_mm_h"))


def _arrived(pole: int, minute: int, at: datetime) -> Arrived:
    at_ms = round(at.timestamp() * 1000)
    values: Sequence[tuple[str, str, str, float]] = (
        ("level-1", "depth_cm", "cm", depth_cm(pole, minute)),
        ("rain-1", "rain_mm_h", "mm/h", rain_mm_h(minute)),
    )
    readings = [
        {"sensor": sensor, "property": observed, "unit": unit, "at_ms": at_ms, "value": value}
        for sensor, observed, unit, value in values
    ]
    body = {"spool": _SPOOL, "sequence": minute + 1, "sent_ms": at_ms, "readings": readings}
    return Arrived(f"storm-{pole:02d}", PoleMessage.model_validate_json(json.dumps(body)), at)


def _unseen(_order: Order, _own_rule: bool) -> None:
    """Hardware would move here."""


def _account(role: Role) -> Account:
    return Account.objects.get(username=DEMO_PREFIX + role.value)


def _second(now: datetime) -> Account:
    """Another officer of the room, who reads what the first one wrote; nobody signs in as this account."""
    name = DEMO_PREFIX + Role.CONTROL_ROOM.value + "-2"
    account, created = Account.objects.get_or_create(username=name, defaults={"date_joined": now})
    if created:
        account.display_name = Role.CONTROL_ROOM.title.ko + " 2 (시연)"
        account.set_unusable_password()
        account.save(update_fields=["display_name", "password"])
    account.groups.set(Group.objects.filter(name=Role.CONTROL_ROOM.value))
    return account
