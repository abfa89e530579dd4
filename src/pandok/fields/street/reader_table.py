"""Which reader judges what: one row a reader, by the properties that the sensors of a pole observe.

A pole has a reader where it measures one of the row's `decides` (all of them where they belong `together`). `helps` are
taken in where they are there. Rain is that of the pole's own messages: its gauge, or the district's, passed on by its
gateway.
"""

from __future__ import annotations

from collections.abc import Callable
from dataclasses import dataclass

from pandok.engines.streetlights.flood_model import FloodModel
from pandok.fields.street.hazards import PoleToRead
from pandok.fields.street.reader_settings import ReaderSettings
from pandok.readers.streetlights import (
    air_quality,
    crowd_density,
    device_health,
    fire_smoke,
    flood_forecast,
    flood_level,
    lamp_faults,
    leakage,
    sound_events,
    tilt_subsidence,
)
from pandok.readers.streetlights.alerts.detector import Detector
from pandok.readers.streetlights.alerts.levels import Levels


@dataclass(frozen=True)
class Site:
    """What readers of a pole are made from."""

    pole: PoleToRead
    settings: ReaderSettings
    flood: FloodModel

    @property
    def place(self) -> lamp_faults.Place:
        assert self.pole.latitude is not None
        assert self.pole.longitude is not None
        return lamp_faults.Place(self.pole.latitude, self.pole.longitude)


@dataclass(frozen=True)
class Row:
    """`agreeing`: of several sensors, how many must say so; 0: the reader itself takes in sensors of any number.
    `fresh_s`: how long a sensor's word counts. `needs_place`: not without latitude and longitude."""

    reader: str
    decides: tuple[str, ...]
    make: Callable[[Site], Detector]
    levels: Callable[[Site], Levels]
    helps: tuple[str, ...] = ()
    agreeing: int = 0
    fresh_s: float = 180.0
    together: bool = False
    needs_place: bool = False

    def is_for(self, pole: PoleToRead) -> bool:
        if self.needs_place and (pole.latitude is None or pole.longitude is None):
            return False
        measured = [pole.count(of) > 0 for of in self.decides]
        return all(measured) if self.together else any(measured)

    @property
    def reads(self) -> frozenset[str]:
        return frozenset(self.decides + self.helps)


def _lamp(fault: lamp_faults.Fault) -> Row:
    return Row(
        f"lamp-{fault}",
        ("lamp_power_w",),
        lambda site: lamp_faults.LampFault(fault, site.place, site.settings.lamp_rated_w),
        lambda _: lamp_faults.levels_of(fault),
        helps=("dimming_percent",),
        agreeing=1,
        fresh_s=4000,
        needs_place=True,
    )


TABLE: tuple[Row, ...] = (
    Row(
        "flood-level",
        ("depth_cm",),
        lambda _: flood_level.flood_level(),
        lambda _: flood_level.LEVELS,
        agreeing=2,
    ),
    Row(
        "flood-forecast",
        ("depth_cm",),
        lambda site: site.flood.reader(site.settings.tidal),
        lambda site: flood_forecast.levels(site.flood.alarm_at),
        agreeing=2,
    ),
    Row(
        "fire-smoke",
        ("temperature_c", "optical_density_per_m"),
        lambda _: fire_smoke.FireSmoke(),
        lambda _: fire_smoke.LEVELS,
        helps=("co_ppm", "co2_ppm"),
    ),
    Row(
        "tilt-subsidence",
        ("tilt_deg", "settlement_mm"),
        lambda site: tilt_subsidence.TiltSubsidence(
            tilt_subsidence.Limits(site.settings.tilt_limit_deg, site.settings.settlement_limit_mm)
        ),
        lambda _: tilt_subsidence.LEVELS,
    ),
    Row(
        "crowd-density",
        ("persons_per_m2",),
        lambda _: crowd_density.crowd_density(),
        lambda site: crowd_density.levels_of_place(site.settings.crowd_per_m2),
        agreeing=1,
        fresh_s=60,
    ),
    Row(
        "sound-events",
        tuple(f"band_{hz}_db" for hz in sound_events.BANDS_HZ),
        lambda _: sound_events.SoundEvents(),
        lambda _: sound_events.LEVELS,
        agreeing=1,
        fresh_s=2,
        together=True,
    ),
    Row(
        "air-quality",
        ("pm2_5_ug_m3", "pm10_ug_m3"),
        lambda _: air_quality.AirQuality(),
        lambda _: air_quality.LEVELS,
    ),
    _lamp("outage"),
    _lamp("day-burner"),
    _lamp("flicker"),
    Row(
        "leakage",
        ("leakage_ma",),
        lambda _: leakage.Leakage(),
        lambda _: leakage.LEVELS,
        helps=("rain_mm_h",),
        agreeing=1,
        fresh_s=4000,
    ),
    Row(
        "device-health",
        ("battery_v", *device_health.WATCHED),
        lambda _: device_health.DeviceHealth(),
        lambda _: device_health.LEVELS,
    ),
)
