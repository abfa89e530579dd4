"""A pole with devices at the end of a line that a test holds in its hand."""

from __future__ import annotations

from dataclasses import dataclass, field
from datetime import timedelta
from pathlib import Path
from uuid import UUID

from django.utils import timezone

from pandok.common.models import Account
from pandok.engines.broker.client import Delivered
from pandok.fields.street.acts.bookings import BookingSaid, book
from pandok.fields.street.acts.commanding import ask_device
from pandok.fields.street.acts.deciding import confirm
from pandok.fields.street.acts.ordering_works import WorkSaid, order_work
from pandok.fields.street.acts.registering import PoleFacts, open_test_bed, register_pole
from pandok.fields.street.acts.silencing import silence
from pandok.fields.street.acts.warning import WarningSaid, write_warning
from pandok.fields.street.models import Pole
from pandok.fields.street.orders import DeviceKind, Order
from pandok.fields.street.pole_devices import OrderMemory, PoleDevices
from tests.fields.street.bed import NOON, WATER, later, pole, raised


@dataclass
class Wire:
    """One end of a line: what was sent stays here until the test carries it. `takes`: whether a broker is there."""

    takes: bool = True
    sent: list[Delivered] = field(default_factory=list)
    waiting: list[Delivered] = field(default_factory=list)

    @property
    def is_connected(self) -> bool:
        return self.takes

    def publish(self, topic: str, payload: bytes, *, kept: bool = False) -> bool:  # noqa: ARG002
        if self.takes:
            self.sent.append(Delivered(topic, payload))
        return self.takes

    def arrived(self, most: int, wait_s: float) -> list[Delivered]:  # noqa: ARG002
        found, self.waiting = self.waiting[:most], self.waiting[most:]
        return found


def acting_pole(key: str = "buk-1") -> Pole:
    bed = open_test_bed(code="buk", name_ko="북구", name_en="Buk-gu", question="", actor=None, now=NOON)
    facts = PoleFacts(key=key, sensors=WATER, acting=tuple(DeviceKind))
    return register_pole(bed, facts, actor=None, now=NOON)


@dataclass
class AtPole:
    """The pole's side, with what its devices showed."""

    folder: Path
    wire: Wire = field(default_factory=Wire)
    shown: list[tuple[Order, bool]] = field(default_factory=list)

    def __post_init__(self) -> None:
        self.start()

    def start(self) -> None:
        """Begun, or begun again after a loss of power: the disk stays."""
        memory = OrderMemory(self.folder / "orders.db")
        self.devices = PoleDevices("buk-1", list(DeviceKind), memory, self.wire, lambda *one: self.shown.append(one))

    def now(self, kind: DeviceKind) -> Order:
        return next(order for order, _ in reversed(self.shown) if order.device == kind.value)


def waiting_command(asked_by: Account) -> UUID:
    """One that waits for a second officer, at a pole of its own."""
    order, key = {"device": "siren", "sounds": True}, acting_pole("buk-acts").key
    now = timezone.now()
    return ask_device(key, order, alert_id="", hold_s=60, actor=asked_by, reason="지하차도 침수", now=now).pk


def written_warning(officer: Account) -> UUID:
    """Of an alert that was confirmed; guidance, so that its author may send it too."""
    alert, now = raised(later(1)), timezone.now()
    confirm(alert.pk, actor=officer, reason="", now=now)
    said = WarningSaid("safety", 90, "지하차도 침수. 우회하십시오.", "", "지하차도", 1, 3, True)
    return write_warning(alert.pk, said, actor=officer, now=now).pk


def kept_booking() -> int:
    """A booking of a pole that is still to come: its number."""
    key, now = (Pole.objects.first() or pole()).key, timezone.now()
    begins, ends = (now + timedelta(hours=hours) for hours in (1, 2))
    said = BookingSaid("", key, begins.isoformat(), ends.isoformat(), "광산업진흥회", "수위계 비교")
    return book(said, actor=None, now=now).pk


def ordered_work() -> str:
    """A work that no crew has: its number."""
    key = (Pole.objects.first() or pole()).key
    return order_work(WorkSaid("lamp", "꺼진 등 교체", pole=key), actor=None, now=timezone.now()).number


def begun_silence() -> int:
    """One that stands: its number."""
    key, now = (Pole.objects.first() or pole()).key, timezone.now()
    until = now + timedelta(hours=1)
    return silence(pole=key, feeder="", reader="not-heard", until=until, actor=None, reason="통신 공사", now=now).pk
