"""Every hazard reader with its levels and observations that mean something to it: what the shared checks go through."""

from __future__ import annotations

from collections.abc import Callable
from dataclasses import dataclass

from pandok.engines.encoders.model_store import SHIPPED, load_card
from pandok.engines.streetlights.flood_model import open_flood_model
from pandok.readers.streetlights.air_quality import LEVELS as AIR
from pandok.readers.streetlights.air_quality import AirQuality
from pandok.readers.streetlights.alerts.detector import Detector
from pandok.readers.streetlights.alerts.levels import Levels
from pandok.readers.streetlights.alerts.several_sensors import SeveralSensors
from pandok.readers.streetlights.crowd_density import crowd_density, levels_of_place
from pandok.readers.streetlights.device_health import LEVELS as HEALTH
from pandok.readers.streetlights.device_health import DeviceHealth, Watch
from pandok.readers.streetlights.fire_smoke import LEVELS as FIRE
from pandok.readers.streetlights.fire_smoke import FireSmoke
from pandok.readers.streetlights.flood_forecast import levels as forecast_levels
from pandok.readers.streetlights.flood_level import LEVELS as FLOOD
from pandok.readers.streetlights.flood_level import flood_level
from pandok.readers.streetlights.lamp_faults import LampFault, Place, levels_of
from pandok.readers.streetlights.leakage import LEVELS as LEAK
from pandok.readers.streetlights.leakage import Leakage
from pandok.readers.streetlights.sound_events import BANDS_HZ, SoundEvents
from pandok.readers.streetlights.sound_events import LEVELS as SOUND
from pandok.readers.streetlights.streams import LEVELS as STREAM
from pandok.readers.streetlights.streams import StreamAnomaly
from pandok.readers.streetlights.tilt_subsidence import LEVELS as TILT
from pandok.readers.streetlights.tilt_subsidence import TiltSubsidence

MODEL = open_flood_model(load_card(SHIPPED / "pandok-flood" / "card.json"))


@dataclass(frozen=True)
class Reader:
    """`ranges`: for each property the values that observations of a check take; `every_s`: their usual distance.
    `quiet`: so many come first without a stretch of higher values, for readers that learn what is usual."""

    make: Callable[[], Detector]
    levels: Levels
    ranges: dict[str, tuple[float, float]]
    every_s: int = 60
    sensors: tuple[str, ...] = ("",)
    count: int = 120
    quiet: int = 0


GWANGJU = Place(35.16, 126.85)
LAMP = {"lamp_power_w": (0.0, 110.0)}

READERS: dict[str, Reader] = {
    "flood-level": Reader(flood_level, FLOOD, {"depth_cm": (-1, 40)}),
    "flood-level-of-two": Reader(
        lambda: SeveralSensors(flood_level, agreeing=2), FLOOD, {"depth_cm": (-1, 40)}, sensors=("a", "b", "c")
    ),
    "flood-forecast": Reader(MODEL.reader, forecast_levels(MODEL.alarm_at), {"depth_cm": (-1, 25)}),
    "crowd-density": Reader(crowd_density, levels_of_place(), {"persons_per_m2": (0, 8)}, every_s=10),
    "air-quality": Reader(AirQuality, AIR, {"pm2_5_ug_m3": (0, 400), "pm10_ug_m3": (0, 600)}, every_s=300),
    "fire-smoke": Reader(
        FireSmoke,
        FIRE,
        {"temperature_c": (15, 60), "optical_density_per_m": (0, 1), "co_ppm": (0, 300), "co2_ppm": (400, 3000)},
        every_s=5,
        sensors=("1", "4"),
    ),
    "lamp-outage": Reader(lambda: LampFault("outage", GWANGJU, 100.0), levels_of("outage"), LAMP, every_s=900),
    "lamp-day-burner": Reader(lambda: LampFault("day-burner", GWANGJU), levels_of("day-burner"), LAMP, every_s=900),
    "lamp-flicker": Reader(lambda: LampFault("flicker", GWANGJU), levels_of("flicker"), LAMP, every_s=60),
    "leakage": Reader(Leakage, LEAK, {"leakage_ma": (0, 60), "rain_mm_h": (-5, 10)}, every_s=1200),
    "tilt-subsidence": Reader(
        TiltSubsidence, TILT, {"tilt_deg": (0, 40), "settlement_mm": (0, 300)}, every_s=1800, sensors=("a", "b")
    ),
    "sound-events": Reader(SoundEvents, SOUND, {f"band_{hz}_db": (40, 110) for hz in BANDS_HZ}, every_s=1),
    "device-health": Reader(
        lambda: DeviceHealth({"depth_cm": Watch(stuck_s=240, drift_most=0.5)}),
        HEALTH,
        {"depth_cm": (0, 3), "battery_v": (3.0, 4.0)},
        every_s=120,
    ),
    "stream": Reader(
        lambda: StreamAnomaly("lamp_current_ma"),
        STREAM,
        {"lamp_current_ma": (0.0, 500.0)},
        every_s=600,
        count=700,
        quiet=550,
    ),
}
