"""Every reader of the table is connected to what poles send: split, shuffled within the lateness and stopped at any
message, the same alerts with the same ids, through the ingest of the field itself."""

from __future__ import annotations

import json
import random
from collections.abc import Sequence
from dataclasses import replace
from functools import cache

import numpy as np
import pytest
from django.db import transaction
from hypothesis import given, settings
from hypothesis import strategies as st

from pandok.common.models import AuditEntry
from pandok.core.errors import RequestError
from pandok.fields.street.acts.choosing_reader_settings import choose_reader_settings
from pandok.fields.street.acts.registering import PoleFacts, SensorFacts, open_test_bed, register_pole
from pandok.fields.street.acts.taking import take
from pandok.fields.street.hazards import PoleToRead, Seen
from pandok.fields.street.hazards_of_site import hazards_of_site, hazards_with, shipped_flood_model
from pandok.fields.street.messages import MOST_READINGS
from pandok.fields.street.models import Alert, CurrentValue, PoleState, ReaderState, TakenMessage
from pandok.fields.street.observed import FORGOTTEN, OBSERVED
from pandok.fields.street.reader_table import TABLE, Row
from tests.fields.street.bed import NOON, SPOOL, arrived, later, message, ms
from tests.readers.streetlights.every_reader import READERS, Reader
from tests.readers.streetlights.test_every_reader import observations

pytestmark = pytest.mark.django_db
rows = pytest.mark.parametrize("row", TABLE, ids=lambda row: row.reader)
BAND = "band_1000_db"


class Undone(Exception):
    """What one example wrote is taken back."""


def scene(row: Row) -> Reader:
    """Observations that mean something to this reader; what they hold beyond it, it does not read."""
    found = READERS[row.reader]
    ranges = {of: ends for of, ends in found.ranges.items() if of in row.reads}
    limits = {
        of: (max(low, OBSERVED[of].lowest), min(high, OBSERVED[of].highest)) for of, (low, high) in ranges.items()
    }
    sensors = ("s-1", "s-2") if len(found.sensors) > 1 else ("s-1",)
    if row.reader == "device-health":
        # As watched on a street: a value that stands still for hours.
        return replace(found, ranges={"battery_v": (3.0, 4.0), "depth_cm": (0, 400)}, every_s=1800, sensors=sensors)
    quiet = 45 if row.together else found.quiet
    return replace(found, ranges=limits, sensors=sensors, quiet=quiet)


def readings(row: Row, seed: int) -> list[Seen]:
    """In order of time, each property of a sensor once at a time, as a pole measures it."""
    begin = ms(NOON) - 1_700_000_000_000
    found: dict[tuple[int, str, str], Seen] = {}
    for one in observations(scene(row), seed):
        for of, value in sorted(one.values.items()):
            at_ms = one.at_ms + begin
            value = float(np.clip(value, OBSERVED[of].lowest, OBSERVED[of].highest))
            found.setdefault((at_ms, one.sensor, of), Seen(one.sensor, of, at_ms, value))
    return sorted(found.values(), key=lambda seen: (seen.at_ms, seen.sensor, seen.observed))


@cache
def telling_seeds(row: Row) -> list[int]:
    """Seeds of which the reader alone says something."""
    found = []
    for seed in range(200):
        seen = readings(row, seed)
        measured = tuple(sorted({(one.sensor, one.observed) for one in seen}))
        hazards = hazards_of_site(PoleToRead("buk-1", measured, 35.16, 126.85))
        own = next(one for one in hazards if one.name == row.reader)
        if any(own.take(one) for one in seen):
            found.append(seed)
        if len(found) == 5:
            break
    return found


def registered(row: Row, seen: Sequence[Seen]) -> None:
    bed = open_test_bed(code="buk", name_ko="북구", name_en="Buk-gu", question="", actor=None, now=NOON)
    sensors = tuple(SensorFacts(*one) for one in sorted({(one.sensor, one.observed) for one in seen}))
    facts = PoleFacts("buk-1", sensors=sensors, latitude=35.16, longitude=126.85)
    register_pole(bed, facts, actor=None, now=NOON)
    assert row.is_for(PoleToRead("buk-1", tuple((one.key, one.observed) for one in sensors), 35.16, 126.85))


def through_ingest(
    row: Row, sent: Sequence[Seen], *, most: int, at_once: int, lateness_s: float, chance: random.Random
) -> list[tuple[object, ...]]:
    """Numbered by the pole in the order given, delivered in any order and twice, every batch a process of its own."""
    site = hazards_with(shipped_flood_model(), lateness_s=lateness_s)
    received = later(86_400 * 60)
    parts = [sent[start : start + most] for start in range(0, len(sent), most)]
    messages = [
        arrived("buk-1", message(number + 1, *[_said(one) for one in part], sent=received), received)
        for number, part in enumerate(parts)
    ]
    delivered = messages + chance.sample(messages, len(messages) // 4)
    chance.shuffle(delivered)
    for start in range(0, len(delivered), at_once):
        take(delivered[start : start + at_once], hazards=site)
    assert TakenMessage.objects.count() == len(messages)
    columns = ("id", "reader", "onset_at", "highest_level", "cleared_at")
    return list(Alert.objects.filter(reader=row.reader).order_by("id").values_list(*columns))


def _said(one: Seen) -> dict[str, object]:
    unit = OBSERVED[one.observed].unit
    return {"sensor": one.sensor, "property": one.observed, "unit": unit, "at_ms": one.at_ms, "value": one.value}


def _shuffled(seen: Sequence[Seen], lateness_s: float, seed: int) -> list[Seen]:
    chance = np.random.default_rng(seed)
    arrival = [one.at_ms + chance.uniform(0, lateness_s * 1000) for one in seen]
    return [seen[number] for number in np.argsort(arrival, kind="stable")]


@rows
@settings(max_examples=2)
@given(which=st.integers(0, 4), most=st.integers(8, 40), at_once=st.integers(4, 60))
def test_split_shuffled_and_stopped_the_same_alerts_come_of_every_reader(
    row: Row, which: int, most: int, at_once: int
) -> None:
    seed, lateness_s = telling_seeds(row)[which], 3.5 * scene(row).every_s
    seen = readings(row, seed)
    # Time goes on, so that what was held is read.
    end = [replace_time(one, seen[-1].at_ms + 86_400_000 * day) for day in (5, 10) for one in last_of_each(seen)]
    found = []
    for order, size, batch, late in (
        (seen + end, MOST_READINGS, 500, 0.0),
        (_shuffled(seen, lateness_s, seed) + end, most, at_once, lateness_s),
    ):
        try:
            with transaction.atomic():
                registered(row, seen)
                chance = random.Random(seed)
                found.append(through_ingest(row, order, most=size, at_once=batch, lateness_s=late, chance=chance))
                assert not ReaderState.objects.filter(left_out__gt=0).exists()
                raise Undone
        except Undone:
            pass
    assert found[0]
    assert found[0] == found[1]


def replace_time(one: Seen, at_ms: int) -> Seen:
    return Seen(one.sensor, one.observed, at_ms, one.value)


def last_of_each(seen: Sequence[Seen]) -> list[Seen]:
    return sorted(
        {(one.sensor, one.observed): one for one in seen}.values(), key=lambda one: (one.sensor, one.observed)
    )


def test_a_reader_of_another_version_begins_anew_and_what_stood_is_cleared() -> None:
    seen = [Seen("s-1", "depth_cm", ms(later(60 * at)), 20.0) for at in range(8)]
    row = TABLE[0]
    registered(row, seen)
    sent = [
        arrived("buk-1", message(at + 1, _said(one), sent=later(60 * at)), later(60 * at))
        for at, one in enumerate(seen)
    ]
    take(sent[:4], hazards=hazards_of_site)
    first = Alert.objects.get(reader="flood-level")
    state = ReaderState.objects.get(reader="flood-level")
    state.saved = json.dumps({**json.loads(state.saved), "version": "0"})
    state.save()
    take(sent[4:], hazards=hazards_of_site)
    first.refresh_from_db()
    assert first.cleared_at is not None
    assert "새로 시작" in first.events.last().reason  # type: ignore[union-attr]
    assert Alert.objects.get(reader="flood-level", cleared_at=None).onset_at == later(240)
    assert AuditEntry.objects.filter(action="reader.anew", object="pole:buk-1").count() == 1


def bands(at_ms: int, level_db: float) -> list[dict[str, object]]:
    return [_said(Seen("mic-1", of, at_ms, level_db)) for of in sorted(FORGOTTEN)]


def test_of_sound_an_event_is_kept_and_nothing_else() -> None:
    seen = [Seen("mic-1", of, ms(NOON), 0.0) for of in sorted(FORGOTTEN)]
    registered(next(row for row in TABLE if row.reader == "sound-events"), seen)
    quiet = [bands(ms(later(at)), 50.5) for at in range(60)]
    loud = [bands(ms(later(60 + at)), 91.25) for at in range(5)]
    sent = [
        arrived("buk-1", message(number + 1, *part, sent=later(number)), later(number))
        for number, part in enumerate(quiet + loud)
    ]
    # The second message comes last: what lies behind the gap waits in the table, and is forgotten once it was read.
    take([sent[0], *sent[2:]], hazards=hazards_of_site)
    take(sent[1:2], hazards=hazards_of_site)
    assert Alert.objects.get().reader == "sound-events"
    assert TakenMessage.objects.count() == 65
    assert {json.dumps(one.readings) for one in TakenMessage.objects.all()} == {"[]"}
    assert not CurrentValue.objects.exists()
    assert not any("91.25" in one.saved for one in ReaderState.objects.all())


def test_levels_of_sound_that_come_as_fast_as_speech_are_refused() -> None:
    registered(TABLE[0], [Seen("mic-1", BAND, ms(NOON), 0.0), Seen("s-1", "depth_cm", ms(NOON), 0.0)])
    fast = [_said(Seen("mic-1", BAND, ms(NOON) + 20 * number, 60.0)) for number in range(100)]
    take([arrived("buk-1", message(1, *fast, sent=NOON))], hazards=hazards_of_site)
    assert PoleState.objects.get().refused == 100 - 3
    assert PoleState.objects.get().last_refusal == "too often: mic-1"
    assert TakenMessage.objects.filter(spool__key=SPOOL).get().readings == []


@pytest.mark.parametrize(
    "wrong", [{"crowd_per_m2": [4, 3, 2, 1]}, {"crowd_per_m2": [1]}, {"tilt_limit_deg": 0}, {"volume": 1}]
)
def test_settings_that_no_reader_has_are_refused_and_those_of_a_place_move_its_levels(wrong: dict[str, object]) -> None:
    registered(TABLE[4], [Seen("cam-1", "persons_per_m2", 0, 0.0)])
    with pytest.raises(RequestError) as refused:
        choose_reader_settings("buk-1", wrong, actor=None, reason="행사장 기준", now=NOON)
    assert refused.value.error_code == "street.bad_settings"
    choose_reader_settings("buk-1", {"crowd_per_m2": [3, 4, 5, 7]}, actor=None, reason="행사장 기준", now=NOON)
    crowd = [
        arrived(
            "buk-1", message(at + 1, _said(Seen("cam-1", "persons_per_m2", ms(later(10 * at)), 4.5))), later(10 * at)
        )
        for at in range(12)
    ]
    take(crowd, hazards=hazards_of_site)
    assert Alert.objects.get().highest_level == 2
