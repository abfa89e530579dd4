"""What each hazard reader tells, on small scenes made by hand."""

from __future__ import annotations

import json
from datetime import UTC, datetime

import numpy as np
import pytest

from pandok.readers.streetlights.alerts.alert import Alert
from pandok.readers.streetlights.alerts.detector import Detector
from pandok.readers.streetlights.alerts.levels import Levels
from pandok.readers.streetlights.alerts.observation import Observation
from pandok.readers.streetlights.alerts.pole_reader import PoleReader
from pandok.readers.streetlights.alerts.several_sensors import SeveralSensors
from pandok.readers.streetlights.crowd_density import crowd_density, levels_of_place
from pandok.readers.streetlights.device_health import LEVELS as HEALTH
from pandok.readers.streetlights.device_health import DeviceHealth, Watch
from pandok.readers.streetlights.fire_smoke import LEVELS as FIRE
from pandok.readers.streetlights.fire_smoke import FireSmoke
from pandok.readers.streetlights.flood_level import LEVELS as FLOOD
from pandok.readers.streetlights.flood_level import flood_level
from pandok.readers.streetlights.lamp_faults import LampFault, Place, levels_of
from pandok.readers.streetlights.leakage import LEVELS as LEAK
from pandok.readers.streetlights.leakage import Leakage
from pandok.readers.streetlights.sound_events import BANDS_HZ, SoundEvents
from pandok.readers.streetlights.sound_events import LEVELS as SOUND
from pandok.readers.streetlights.sun import sunrise_and_sunset_ms
from pandok.readers.streetlights.tilt_subsidence import LEVELS as TILT
from pandok.readers.streetlights.tilt_subsidence import TiltSubsidence

GWANGJU = Place(35.16, 126.85)
NOON_MS = round(datetime(2026, 12, 22, 3, 30, tzinfo=UTC).timestamp() * 1000)
HOUR_MS, MINUTE_MS = 3_600_000, 60_000


def told(detector: Detector, levels: Levels, observations: list[Observation]) -> list[Alert]:
    return PoleReader("p1", detector, levels).observe_many(observations)


def test_a_car_over_the_sensor_is_no_flood_and_water_is() -> None:
    car = [Observation(at * 60_000, {"depth_cm": 90.0 if at == 5 else 0.0}) for at in range(20)]
    assert told(flood_level(), FLOOD, car) == []
    water = [Observation(at * 60_000, {"depth_cm": at * 2.0}) for at in range(20)]
    assert [one.level for one in told(flood_level(), FLOOD, water)] == [1, 2, 3, 4]


def test_two_of_three_sensors_must_agree_and_a_dead_one_does_not_silence() -> None:
    def wet(sensors: str) -> list[Alert]:
        pole = SeveralSensors(flood_level, agreeing=2)
        seen = [
            Observation(minute * 60_000 + number, {"depth_cm": 20.0 if name in sensors else 0.0}, name)
            for minute in range(10)
            for number, name in enumerate("abc")
        ]
        return told(pole, FLOOD, seen)

    assert wet("a") == []
    assert wet("ab")[0].level
    assert "2 sensors agree: a, b" in wet("ab")[-1].reason.en
    alone = [Observation(minute * 60_000, {"depth_cm": 20.0}, "a") for minute in range(10)]
    assert told(SeveralSensors(flood_level, agreeing=2), FLOOD, alone)


def test_crowd_levels_belong_to_a_place() -> None:
    seen = [Observation(at * 10_000, {"persons_per_m2": 4.5}) for at in range(30)]
    assert [one.level for one in told(crowd_density(), levels_of_place(), seen)][-1] == 3
    assert [one.level for one in told(crowd_density(), levels_of_place((3, 4, 5, 7)), seen)][-1] == 2


def test_warmth_and_smoke_together_are_fire_and_gas_alone_is_not() -> None:
    def scene(warm: float, smoke: float, co2: float) -> list[Alert]:
        rising = [max(at - 60, 0) / 10 for at in range(120)]
        values = [
            {"temperature_c": 20 + warm * by, "optical_density_per_m": smoke * by, "co2_ppm": 400 + co2 * by}
            for by in rising
        ]
        return told(FireSmoke(), FIRE, [Observation(at * 2000, one) for at, one in enumerate(values)])

    assert scene(0, 0, 500) == []
    assert scene(0.5, 0.01, 0)
    assert "temperature +" in scene(0.5, 0.01, 0)[0].reason.en


def test_sunset_and_sunrise_of_gwangju_as_the_almanac_says_them() -> None:
    found = sunrise_and_sunset_ms(NOON_MS, GWANGJU.latitude_deg, GWANGJU.longitude_deg)
    assert found is not None
    rise, down = (datetime.fromtimestamp(one / 1000 + 9 * 3600, UTC).strftime("%H:%M") for one in found)
    assert (rise, down) == ("07:37", "17:24")
    assert sunrise_and_sunset_ms(NOON_MS, 80.0, 20.0) is None


@pytest.mark.parametrize(
    ("fault", "begins_ms", "power_w"),
    [("outage", NOON_MS + 8 * HOUR_MS, 0.0), ("day-burner", NOON_MS - HOUR_MS, 100.0)],
)
def test_dark_at_night_and_burning_by_day_are_told_and_a_healthy_lamp_is_not(
    fault: str, begins_ms: int, power_w: float
) -> None:
    faulty = [Observation(begins_ms + at * 10 * MINUTE_MS, {"lamp_power_w": power_w}) for at in range(12)]
    (alert,) = told(LampFault(fault, GWANGJU, 100.0), levels_of(fault), faulty)  # type: ignore[arg-type]
    assert alert.onset_ms == begins_ms
    healthy = [Observation(one.at_ms, {"lamp_power_w": 100.0 - power_w}) for one in faulty]
    assert told(LampFault(fault, GWANGJU, 100.0), levels_of(fault), healthy) == []  # type: ignore[arg-type]


def test_a_lamp_that_was_told_to_be_off_is_no_outage() -> None:
    night = NOON_MS + 8 * HOUR_MS
    seen = [Observation(night + at * 10 * MINUTE_MS, {"lamp_power_w": 0.0, "dimming_percent": 0.0}) for at in range(12)]
    assert told(LampFault("outage", GWANGJU, 100.0), levels_of("outage"), seen) == []


def test_a_flickering_lamp_is_told() -> None:
    seen = [Observation(NOON_MS + at * MINUTE_MS, {"lamp_power_w": 100.0 * (at % 2)}) for at in range(20)]
    assert len(told(LampFault("flicker", GWANGJU), levels_of("flicker"), seen)) == 1


def leak(at_wet_ma: float, spikes: bool = False) -> list[Observation]:
    """Two days each half hour; it rains from hour 30 to 34."""
    random = np.random.default_rng(4)
    found = []
    for number in range(96):
        rain = 5.0 if 60 <= number < 68 else 0.0
        wet = at_wet_ma if 60 <= number < 74 else 0.0
        value = 2 + abs(random.normal(0, 0.3)) + wet + (40.0 if spikes and number % 20 == 19 else 0.0)
        found.append(Observation(number * 30 * MINUTE_MS, {"leakage_ma": value, "rain_mm_h": rain}))
    return found


def test_leakage_that_comes_with_rain_is_told_with_its_reason() -> None:
    alerts = told(Leakage(), LEAK, leak(22))
    assert alerts[0].change == "raised"
    assert "since it rained" in alerts[0].reason.en
    assert "비가 온 뒤" in alerts[0].reason.ko


def test_wet_joints_and_switching_spikes_are_no_leakage() -> None:
    assert told(Leakage(), LEAK, leak(4, spikes=True)) == []


def test_the_sun_bends_a_pole_and_a_lean_stays() -> None:
    def days(lean_deg: float) -> list[Observation]:
        return [
            Observation(
                at * 10 * MINUTE_MS, {"tilt_deg": 0.4 * np.sin(at / 144 * 2 * np.pi) + (lean_deg if at > 600 else 0)}
            )
            for at in range(144 * 9)
        ]

    assert told(TiltSubsidence(), TILT, days(0.0)) == []
    assert [one.level for one in told(TiltSubsidence(), TILT, days(3.0))] == [1, 2]


def test_a_cry_is_told_and_louder_traffic_is_not() -> None:
    random = np.random.default_rng(7)

    def street(begins: int, by_db: dict[int, float]) -> list[Observation]:
        return [
            Observation(
                at * 1000,
                {
                    f"band_{hz}_db": 55
                    + float(random.normal(0, 2))
                    + (by_db.get(hz, 0.0) if begins <= at < begins + 4 else 0)
                    for hz in BANDS_HZ
                },
            )
            for at in range(120)
        ]

    assert told(SoundEvents(), SOUND, street(90, {1000: 30, 2000: 30, 4000: 30}))
    assert told(SoundEvents(), SOUND, street(90, {63: 12, 125: 12, 250: 12, 500: 8})) == []


def test_the_sound_reader_keeps_two_numbers_a_band_and_no_course_of_time() -> None:
    reader = PoleReader("p1", SoundEvents(), SOUND)
    sizes = set()
    for at in range(400):
        reader.observe(Observation(at * 1000, {f"band_{hz}_db": 50.0 + at % 7 for hz in BANDS_HZ}))
        detector = json.loads(reader.saved())["detector"]
        sizes.add((len(detector["mean"]), len(detector["deviation"]), len(detector)))
    assert sizes == {(8, 8, 3)}


def health(*values: dict[str, float], every_s: int = 60) -> list[str]:
    watched = {"depth_cm": Watch(stuck_s=600, rests_at=0.0, drift_most=2.0)}
    seen = [Observation(number * every_s * 1000, one, "level-1") for number, one in enumerate(values)]
    return [one.reason.en for one in told(DeviceHealth(watched), HEALTH, seen) if one.level]


def test_a_low_battery_and_a_stuck_value_are_told_with_their_sensor() -> None:
    assert health({"battery_v": 3.6}, {"battery_v": 3.1}) == ["Battery low: level-1"]
    assert health(*[{"depth_cm": 7.0}] * 11) == ["The reading is stuck: level-1"]
    assert health(*[{"depth_cm": 7.0}] * 10) == []


def test_a_dry_sensor_may_stand_still() -> None:
    assert health(*[{"depth_cm": 0.0}] * 200) == []


def test_drift_is_told_against_the_first_readings_and_a_flood_is_none() -> None:
    first = [{"depth_cm": 1.0 + (number % 2) / 10} for number in range(200)]
    drifted = [{"depth_cm": 6.0 + (number % 2) / 10} for number in range(1500)]
    assert health(*first, *drifted) == ["Readings have drifted from where they stood at first: level-1"]
    flood = [{"depth_cm": 30.0 + number % 7} for number in range(240)]
    assert health(*first, *flood, *first) == []


def test_the_words_are_those_of_the_sensor_that_decided() -> None:
    pole = SeveralSensors(Leakage, agreeing=1, fresh_s=4000, shared=frozenset({"rain_mm_h"}))
    seen = []
    for number in range(40):
        for sensor in ("a", "b"):
            faulty = 25.0 if sensor == "b" and number >= 20 else 2.0
            seen.append(Observation(number * 30 * MINUTE_MS, {"leakage_ma": faulty}, sensor))
        if number == 19:
            seen.append(Observation(number * 30 * MINUTE_MS + 1, {"rain_mm_h": 5.0}, "rain-1"))
    (alert, *_) = told(pole, LEAK, seen)
    assert "23.0 mA above the usual 2.0 mA, since it rained" in alert.reason.en
