"""Energy of a night: what is measured, told, unknown; and that no reading counts twice."""

from __future__ import annotations

import math

import pytest
from hypothesis import given
from hypothesis import strategies as st

from pandok.readers.streetlights.lamp_energy import (
    MS_PER_HOUR,
    Dimming,
    night_between,
    night_energy,
    readings_of,
    scheduled_full_h,
)
from pandok.readers.streetlights.sun import MS_PER_DAY

NOON = 1_782_874_800_000
"""2026-07-01 12:00 in Korea."""
NIGHT = (NOON + 8 * MS_PER_HOUR, NOON + 17 * MS_PER_HOUR)
NOTHING = readings_of([])


def each_minute(first_h: float, last_h: float, value: float) -> list[tuple[int, float]]:
    return [(NOON + round(first_h * 60 + n) * 60_000, value) for n in range(round((last_h - first_h) * 60))]


def test_a_night_at_full_power_is_the_baseline() -> None:
    found = night_energy(readings_of(each_minute(0, 24, 100.0)), NOTHING, NOON, NIGHT)
    assert found.night_h == found.measured_h == pytest.approx(9)
    assert found.measured_kwh == pytest.approx(0.9)
    assert (found.told_h, found.high_w) == (0, 100)
    assert (found.day_h, found.day_kwh) == (pytest.approx(15), pytest.approx(1.5))


def test_what_is_not_measured_is_unknown_after_half_an_hour_and_told_where_it_was_told() -> None:
    power = readings_of(each_minute(8, 10, 100.0))
    alone = night_energy(power, NOTHING, NOON, NIGHT)
    assert alone.measured_h == pytest.approx(2 + 29 / 60)
    assert alone.told_h == 0
    told = readings_of([(NOON - 5 * MS_PER_HOUR, 100.0), (NOON + 12 * MS_PER_HOUR, 40.0)])
    both = night_energy(power, told, NOON, NIGHT)
    assert both.measured_kwh == alone.measured_kwh
    assert both.told_h == pytest.approx(9 - alone.measured_h)
    assert both.told_full_h == pytest.approx((12 - 10 - 29 / 60) + 5 * 0.4)


def test_a_lamp_that_stands_dark_saves_nothing_unless_it_was_told_to_be_off() -> None:
    power = readings_of(each_minute(0, 12, 100.0) + each_minute(12, 24, 0.4))
    failed = night_energy(power, readings_of([(NOON, 100.0)]), NOON, NIGHT)
    assert (failed.measured_h, failed.told_h) == (pytest.approx(4), 0)
    assert failed.measured_kwh == pytest.approx(0.4)
    assert night_energy(power, NOTHING, NOON, NIGHT).measured_h == pytest.approx(4)
    told_off = night_energy(power, readings_of([(NOON, 100.0), (NOON + 12 * MS_PER_HOUR, 0.0)]), NOON, NIGHT)
    assert told_off.measured_h == pytest.approx(9)


def test_nothing_known_is_no_saving() -> None:
    found = night_energy(NOTHING, NOTHING, NOON, NIGHT)
    assert (found.measured_h, found.told_h, found.measured_kwh, found.high_w) == (0, 0, 0, None)


def test_a_schedule_by_clock_within_the_night() -> None:
    midnight = NOON + 12 * MS_PER_HOUR
    assert scheduled_full_h(Dimming(23 * 60, 5 * 60, 0.5), NIGHT, midnight) == pytest.approx(9 - 3)
    assert scheduled_full_h(Dimming(19 * 60, 20 * 60 + 30, 0.0), NIGHT, midnight) == pytest.approx(8.5)
    assert scheduled_full_h(Dimming(6 * 60, 7 * 60, 0.0), NIGHT, midnight) == pytest.approx(9)


def test_nights_of_gwangju_are_long_in_winter_and_none_where_the_sun_does_not_set() -> None:
    summer, winter = (night_between(NOON + days * MS_PER_DAY, 35.17, 126.9) for days in (0, 174))
    assert summer is not None
    assert winter is not None
    assert (summer[1] - summer[0]) / MS_PER_HOUR == pytest.approx(9.6, abs=0.2)
    assert (winter[1] - winter[0]) / MS_PER_HOUR == pytest.approx(14.2, abs=0.2)
    assert night_between(NOON, 80.0, 126.9) is None


READINGS = st.lists(st.tuples(st.integers(NOON - MS_PER_DAY, NOON + 2 * MS_PER_DAY), st.floats(0, 2000)), max_size=60)
LEVELS = st.lists(st.tuples(st.integers(NOON - MS_PER_DAY, NOON + MS_PER_DAY), st.floats(0, 100)), max_size=20)


@given(READINGS, LEVELS, st.randoms())
def test_hours_never_exceed_the_night_and_the_order_of_readings_changes_nothing(
    power: list[tuple[int, float]], told: list[tuple[int, float]], chance: object
) -> None:
    power, told = list(dict(power).items()), list(dict(told).items())
    found = night_energy(readings_of(power), readings_of(told), NOON, NIGHT)
    assert found.measured_h + found.told_h <= found.night_h + 1e-9
    assert found.day_h <= 24 - found.night_h + 1e-9
    assert found.told_full_h <= found.told_h + 1e-9
    most = max((watts for _, watts in power), default=0.0)
    assert found.measured_kwh <= most * found.measured_h / 1000 + 1e-9
    chance.shuffle(power)  # type: ignore[attr-defined]
    again = night_energy(readings_of(power), readings_of(told), NOON, NIGHT)
    assert math.isclose(again.measured_kwh, found.measured_kwh, abs_tol=1e-12)
