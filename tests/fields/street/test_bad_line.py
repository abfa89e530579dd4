"""A day of a pole over a bad line, by a clock that is made up: cut for five minutes, an hour ahead, an hour behind, a
full disk, an ingest that dies before it answers. Nothing is lost or kept twice, and alerts are those of a good day.

What real processes do that are killed: test_faults.py, benchmarks/street_faults.py.
"""

from __future__ import annotations

import random
from dataclasses import dataclass, field
from datetime import UTC, datetime
from pathlib import Path

import pytest
from django.db import DatabaseError

from pandok.common.models import AuditEntry
from pandok.engines.broker.client import Delivered
from pandok.fields.street.acts import serving_poles, taking
from pandok.fields.street.acts.reading import pole_to_read
from pandok.fields.street.acts.serving_poles import Counts, serve_once
from pandok.fields.street.hazards import Seen
from pandok.fields.street.hazards_of_site import hazards_of_site
from pandok.fields.street.models import Alert, Pole, PoleState, TakenMessage
from pandok.fields.street.pole_end import PoleEnd
from pandok.fields.street.spool import PoleSpool
from tests.fields.street.bed import NOON, ms, pole

pytestmark = pytest.mark.django_db
HOUR_S, STEP_S, HOURS = 3600, 20, 14
CUT = (2 * HOUR_S + 600, 2 * HOUR_S + 900)
AHEAD, BEHIND = range(4 * HOUR_S, 7 * HOUR_S), range(7 * HOUR_S, 10 * HOUR_S)
FULL = range(11 * HOUR_S + 600, 11 * HOUR_S + 1200)


def depth_cm(at_s: int) -> float:
    """A flood in each hour: 1.6 cm more a minute up to 24 cm, for a while."""
    minute = at_s // 60 % 60
    return 0.2 * (minute % 4) if not 10 <= minute < 40 else round(min(24.0, 1.6 * (minute - 9)), 1)


@dataclass
class Ends:
    """What one end sends, the other end is given: some of it, some twice, in any order."""

    chance: random.Random
    is_connected: bool = True
    waiting: list[Delivered] = field(default_factory=list)
    other: Ends | None = None

    def publish(self, topic: str, payload: bytes, *, kept: bool = False) -> bool:  # noqa: ARG002
        if not self.is_connected or self.other is None:
            return False
        copies = self.chance.choices((0, 1, 2), (2, 7, 1))[0]
        for _ in range(copies):
            self.other.waiting.insert(self.chance.randint(0, len(self.other.waiting)), Delivered(topic, payload))
        return True

    def arrived(self, most: int, wait_s: float) -> list[Delivered]:  # noqa: ARG002
        found, self.waiting = self.waiting[:most], self.waiting[most:]
        return found


def test_a_day_over_a_bad_line_is_a_day(tmp_path: Path, monkeypatch: pytest.MonkeyPatch) -> None:
    pole()
    chance = random.Random(20261130)
    at_pole, at_room = Ends(chance), Ends(chance)
    at_pole.other, at_room.other = at_room, at_pole
    end = PoleEnd("buk-1", PoleSpool(tmp_path / "spool.db"), at_pole, resend_s=30)
    now_s, counts, refused_while_full = 0, Counts(), []
    read_all = taking.read_all

    def reading_all(*told: object, **more: object) -> object:
        # The messages of the batch are written by now: all of it must go.
        if now_s in FULL:
            refused_while_full.append(now_s)
            raise DatabaseError("database or disk is full")
        return read_all(*told, **more)  # type: ignore[arg-type]

    monkeypatch.setattr(taking, "read_all", reading_all)
    monkeypatch.setattr(serving_poles, "close_old_connections", lambda: None)
    measured, kept_when_full = [], []
    for now_s in range(0, HOURS * HOUR_S, STEP_S):
        ahead_ms = 1000 * (HOUR_S if now_s in AHEAD else -HOUR_S if now_s in BEHIND else 0)
        at_pole.is_connected = at_room.is_connected = not CUT[0] <= now_s < CUT[1]
        clock = datetime.fromtimestamp(NOON.timestamp() + now_s, UTC)
        is_quiet = now_s % (HOUR_S // 2) >= HOUR_S // 2 - 300  # nothing waits when a clock is set
        if now_s % 60 == 0 and not is_quiet:
            measured.append((ms(clock), depth_cm(now_s)))
            end.measured("level-1", "depth_cm", "cm", depth_cm(now_s), ms(clock) + ahead_ms)
        end.turn(now_s, ms(clock) + ahead_ms, wait_s=0)
        serve_once(at_room, hazards=hazards_of_site, clock=lambda at=clock: at, counts=counts, wait_s=0)  # type: ignore[misc]
        if now_s in FULL:
            kept_when_full.append(TakenMessage.objects.count())
        # What the pole forgot is kept, at every moment.
        assert TakenMessage.objects.count() >= end.spool.last - len(end.spool.waiting(1000))
    assert refused_while_full
    assert len(set(kept_when_full)) == 1
    assert counts.failed == len(refused_while_full)
    assert not end.spool.waiting()
    _everything_is_kept_once(measured)
    _alerts_are_those_of_a_good_day()


def _everything_is_kept_once(measured: list[tuple[int, float]]) -> None:
    rows = list(TakenMessage.objects.order_by("sequence").values_list("sequence", "readings", "offset_ms"))
    assert [number for number, *_ in rows] == list(range(1, len(measured) + 1))
    found = [(readings[0][2] + offset, readings[0][3]) for _, readings, offset in rows]
    assert [value for _, value in found] == [value for _, value in measured]
    # A clock that is an hour off is seen from when a message came: as exact as the line is quick.
    assert max(abs(one - at) for (one, _), (at, _) in zip(found, measured, strict=True)) <= 60_000
    state = PoleState.objects.get()
    assert state.refused == 0
    assert state.again > 0


def _alerts_are_those_of_a_good_day() -> None:
    one = Pole.objects.get()
    readers = hazards_of_site(pole_to_read(one, list(one.sensors.all())))
    expected = {
        said.alert_id
        for readings, offset in TakenMessage.objects.order_by("sequence").values_list("readings", "offset_ms")
        for sensor, observed, at_ms, value in readings
        for reader in readers
        for said in reader.take(Seen(sensor, observed, at_ms + offset, value))
        if said.level
    }
    there = set(Alert.objects.values_list("pk", flat=True))
    assert there == expected
    assert Alert.objects.filter(reader="flood-level").count() == HOURS, "one flood an hour"
    told = list(AuditEntry.objects.filter(action="alert.raised").order_by("sequence").values_list("object", flat=True))
    assert sorted(told) == sorted(f"alert:{pk}" for pk in there)
