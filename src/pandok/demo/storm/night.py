"""The storm from the first drop to the public page of its trials, after three quiet nights in which a lamp fails.

Water rises at one underpass, the pole warns and its lamp turns red, the room confirms in time, residents are told in an
exercise, the case is closed, a replay asks what another reader would have done, and the trials are concluded. It lies
in the evening before `now`, and its trials were registered days before: every use case is given the moment at which it
would have been done. Readings are computed, and every place says so in its name.
"""

from __future__ import annotations

from collections.abc import Callable
from datetime import datetime, time, timedelta
from pathlib import Path
from tempfile import TemporaryDirectory

from pandok.core.terms.zone import OFFICE_ZONE
from pandok.demo.storm.lamps import Lamps
from pandok.demo.storm.officers import Officers, account_of, second_officer
from pandok.demo.storm.poles import Measured, Poles
from pandok.demo.storm.repair import LampRepair, order_level_check
from pandok.demo.storm.street import ACTING, BED, book_street, lay_outlines, register_street
from pandok.demo.storm.trials import DAYS, conclude_trials, register_trials, replay_night
from pandok.demo.storm.weather import CLOSED_AT, KEYS, MINUTES, UNDERPASS, depth_cm, rain_mm_h
from pandok.demo.storm.wire import BothEnds, Wire
from pandok.engines.files.blobs import FolderBlobs
from pandok.fields.street.acts.computing_energy import compute_night, due_nights
from pandok.fields.street.acts.outside_records import RecordSaid, enter_record
from pandok.fields.street.hazards import Hazards
from pandok.fields.street.models import Alert, TestBed
from pandok.fields.street.orders import Order
from pandok.fields.street.pole_devices import OrderMemory, PoleDevices
from pandok.fields.street.roles import Role

EVENING = time(20, 30)


def ensure_demo_storm(
    *, now: datetime, blobs: FolderBlobs, hazards: Hazards, history: Path, clock: Callable[[], float]
) -> list[Alert]:
    """The alerts of the storm, which came in the evening before; led once, and found again afterwards. Needs the
    accounts of `ensure_demo_accounts`. `clock`: seconds, for the pace of the replay."""
    if TestBed.objects.filter(code=BED).exists():
        return _alerts()
    begins = evening_before(now)
    registered = begins - DAYS - timedelta(days=1, hours=6)
    operator, room = account_of(Role.STREET_OPERATOR), account_of(Role.CONTROL_ROOM)
    register_street(actor=operator, now=registered)
    lay_outlines(actor=operator, now=registered)
    book_street(
        first=begins - DAYS, last=begins + timedelta(hours=3), coming=begins + timedelta(days=4, hours=-7),
        actor=operator, registered=registered,
    )  # fmt: skip
    trials = register_trials(last=begins, actor=operator, now=registered)
    crew, lamps, poles = account_of(Role.CREW), Lamps(begins), Poles(hazards)
    _quiet_nights(begins, lamps, poles, LampRepair(room, crew))
    _lead(begins, lamps, poles, Officers(room, second_officer(now), crew, blobs))
    order_level_check(room=room, crew=crew, now=begins + timedelta(minutes=MINUTES + 5))
    _morning_after(begins, lamps, poles, now)
    for night in due_nights(now):
        compute_night(night, history, now=now)
    called = begins + timedelta(minutes=CLOSED_AT + 2)
    said = RecordSaid("", UNDERPASS, "flood", called.isoformat(), "", "모의 119 신고 기록", "demo-1")
    enter_record(said, actor=room, now=now)
    again = replay_night(last=begins, folder=history, actor=operator, now=now, clock=clock)
    conclude_trials(trials, again, actor=operator, now=now)
    return _alerts()


def evening_before(now: datetime) -> datetime:
    day = now.astimezone(OFFICE_ZONE).date() - timedelta(days=1)
    return datetime.combine(day, EVENING, OFFICE_ZONE)


def _quiet_nights(begins: datetime, lamps: Lamps, poles: Poles, repair: LampRepair) -> None:
    for at in lamps.hours(begins):
        poles.send(at, lamps.last_hour(at))
        repair.go_on(at)


def _morning_after(begins: datetime, lamps: Lamps, poles: Poles, now: datetime) -> None:
    """As far as it has come."""
    for at in lamps.hours(min(now, begins + timedelta(hours=14))):
        if at > begins + timedelta(minutes=MINUTES):
            poles.send(at, lamps.last_hour(at))


def _lead(begins: datetime, lamps: Lamps, poles: Poles, officers: Officers) -> None:
    with TemporaryDirectory(prefix="pandok-storm-") as folder:
        memory, line = OrderMemory(Path(folder) / "orders.db"), Wire()
        ends = BothEnds(PoleDevices(UNDERPASS, ACTING, memory, line, _unseen), line)
        for minute in range(MINUTES):
            at = begins + timedelta(minutes=minute)
            poles.send(at, {key: _storm(lamps, key, minute, at) for key in KEYS})
            ends.turn(depth_cm(UNDERPASS, minute), at, 60.0 * minute)
            officers.go_on(at)
            ends.turn(depth_cm(UNDERPASS, minute), at, 60.0 * minute)
        memory.close()


def _alerts() -> list[Alert]:
    return list(Alert.objects.filter(pole__test_bed__code=BED).order_by("onset_at"))


def _storm(lamps: Lamps, pole: str, minute: int, at: datetime) -> list[Measured]:
    water = [
        Measured("level-1", "depth_cm", at, depth_cm(pole, minute)),
        Measured("rain-1", "rain_mm_h", at, rain_mm_h(minute)),
    ]
    return water + (lamps.reading(pole, at) if minute % 20 == 0 else [])


def _unseen(_order: Order, _own_rule: bool) -> None:
    """Hardware would move here."""
