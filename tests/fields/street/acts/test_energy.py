"""From readings of poles to the energy of a month: computed night by night, with what is unknown said."""

from __future__ import annotations

from datetime import date, timedelta
from pathlib import Path

import pytest

from pandok.fields.street.acts.choosing_reader_settings import choose_reader_settings
from pandok.fields.street.acts.computing_energy import compute_night, due_nights, noon_of
from pandok.fields.street.acts.keeping_history import pack
from pandok.fields.street.acts.registering import PoleFacts, SensorFacts, open_test_bed, register_pole
from pandok.fields.street.acts.taking import take
from pandok.fields.street.hazards import none_yet
from pandok.fields.street.lists.energy import energy_of, energy_rows, planned_kwh
from pandok.fields.street.models import LampNight
from pandok.fields.street.periods import Period
from pandok.readers.streetlights.lamp_energy import Dimming
from tests.fields.street.bed import NOON, arrived, message, reading

pytestmark = pytest.mark.django_db
NIGHT = date(2026, 7, 1)
PERIOD = Period(NIGHT, NIGHT)
DAY = timedelta(days=1)
LAMP = (SensorFacts("lamp-1", "lamp_power_w"), SensorFacts("lamp-1", "dimming_percent"))


def lamp(key: str, sensors: tuple[SensorFacts, ...] = LAMP) -> None:
    bed = open_test_bed(code="buk", name_ko="북구", name_en="Buk-gu", question="", actor=None, now=NOON)
    facts = PoleFacts(key=key, sensors=sensors, latitude=35.17, longitude=126.9)
    register_pole(bed, facts, actor=None, now=NOON)


def burns(key: str, from_h: int, until_h: int, watts: float) -> None:
    """Every ten minutes; each hour is a message that comes as it is sent."""
    for sequence, hour in enumerate(range(from_h, until_h), 1):
        at = NOON + timedelta(hours=hour)
        sent = at + timedelta(hours=1)
        facts = {"sensor": "lamp-1", "property": "lamp_power_w", "unit": "W"}
        readings = [reading(watts, at + timedelta(minutes=10 * n), **facts) for n in range(6)]
        take([arrived(key, message(sequence, *readings, sent=sent), sent)], hazards=none_yet)


def test_a_night_from_files_and_what_still_waits_and_what_is_unknown(tmp_path: Path) -> None:
    lamp("buk-1")
    lamp("buk-2")
    burns("buk-1", 5, 18, 100.0)
    burns("buk-2", 5, 10, 60.0)
    pack(tmp_path, now=NOON + 0.6 * DAY)
    burns("buk-3", 0, 0, 0.0)
    assert compute_night(NIGHT, tmp_path, now=NOON + DAY) == 2
    found = energy_of(PERIOD)
    one, two = found.lamps
    assert one.energy.night_h == pytest.approx(9.6, abs=0.2)
    assert one.energy.measured_kwh == pytest.approx(0.1 * one.energy.night_h, rel=1e-6)
    assert (one.energy.unknown_h, one.full_w, one.rated) == (pytest.approx(0), 100, False)
    assert one.energy.saved_kwh == pytest.approx(0, abs=1e-9)
    assert two.energy.unknown_h > 6, "what was not heard is no saving"
    assert two.energy.saved_kwh == pytest.approx(0, abs=1e-9)
    assert found.whole.burnt_kwh == pytest.approx(one.energy.burnt_kwh + two.energy.burnt_kwh)
    assert found.beds["buk"].lamps == found.whole.lamps == 2


def test_a_rated_lamp_that_is_only_told_is_estimated_and_said_so(tmp_path: Path) -> None:
    lamp("buk-1")
    told = {"sensor": "lamp-1", "property": "dimming_percent", "unit": "%"}
    take([arrived("buk-1", message(1, reading(50.0, NOON, **told)))], hazards=none_yet)
    compute_night(NIGHT, tmp_path, now=NOON + DAY)
    unknown = energy_of(PERIOD)
    assert unknown.whole.without_power == 1
    assert (unknown.whole.saved_kwh, unknown.whole.unknown_h) == (None, unknown.whole.night_h)
    choose_reader_settings("buk-1", {"lamp_rated_w": 100}, actor=None, reason="정격 확인", now=NOON)
    (one,) = energy_of(PERIOD).lamps
    assert one.rated
    assert one.energy.estimated_kwh == pytest.approx(0.05 * one.energy.night_h)
    assert one.energy.saved_share == pytest.approx(0.5)
    assert one.energy.measured_kwh == 0
    ((_, _, _, watts, source, *_),) = energy_rows([one])
    assert (watts, source) == ("100.000", "rated")
    planned = planned_kwh(energy_of(PERIOD), Dimming(23 * 60, 5 * 60, 0.5))
    assert planned == pytest.approx(0.1 * one.energy.night_h - 0.3, rel=1e-3)


def test_what_comes_late_is_in_the_night_once_it_is_computed_again(tmp_path: Path) -> None:
    lamp("buk-1")
    compute_night(NIGHT, tmp_path, now=NOON + DAY)
    assert LampNight.objects.get().measured_h == 0
    burns("buk-1", 5, 18, 100.0)
    compute_night(NIGHT, tmp_path, now=NOON + 2 * DAY)
    assert LampNight.objects.get().measured_h == pytest.approx(LampNight.objects.get().night_h)


def test_nights_are_due_an_hour_after_their_noon_and_again_a_day_and_a_week_later(tmp_path: Path) -> None:
    lamp("buk-1")
    over = noon_of(NIGHT + DAY)
    minute = timedelta(minutes=1)
    for moment in (over + timedelta(hours=1), over + timedelta(hours=25), over + timedelta(days=7, hours=1)):
        assert NIGHT in due_nights(moment)
        compute_night(NIGHT, tmp_path, now=moment)
        assert NIGHT not in due_nights(moment + minute)
    assert NIGHT not in due_nights(over)
