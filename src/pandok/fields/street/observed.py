"""What poles observe: each property with its unit and what can be at all on a street.

The unit stands in the name. A pole says the unit too, and a message in another one is refused, never converted: a level
sensor that was set up in millimetres would else be taken for a flood of ten metres, or for none.
"""

from __future__ import annotations

import math
from dataclasses import dataclass

from pandok.core.text import Text
from pandok.readers.streetlights.sound_events import BANDS_HZ


@dataclass(frozen=True)
class Observed:
    """`is_kept` False: read and forgotten. Of sound only events stay (Personal Information Protection Act, art. 25(5)):
    its levels are in no table, no file and no newest value. `least_ms`: readings closer to each other are refused."""

    unit: str
    lowest: float
    highest: float
    words: Text
    is_kept: bool = True
    least_ms: int = 0


SOUND_LEAST_MS = 900
"""One level a second and band. Eight levels at fifty a second would be speech that can be understood."""


def _band(hz: int) -> Observed:
    words = Text(ko=f"소음 크기 {hz}Hz 대역", en=f"Sound level at {hz} Hz")
    return Observed("dB", 0, 160, words, is_kept=False, least_ms=SOUND_LEAST_MS)


OBSERVED: dict[str, Observed] = {
    "depth_cm": Observed("cm", -5, 500, Text(ko="침수 깊이", en="Water depth")),
    "rain_mm_h": Observed("mm/h", 0, 500, Text(ko="강우 강도", en="Rain")),
    "temperature_c": Observed("°C", -50, 400, Text(ko="온도", en="Temperature")),
    "optical_density_per_m": Observed("1/m", 0, 50, Text(ko="연기 농도", en="Smoke (optical density)")),
    "co_ppm": Observed("ppm", 0, 20_000, Text(ko="일산화탄소", en="Carbon monoxide")),
    "co2_ppm": Observed("ppm", 0, 200_000, Text(ko="이산화탄소", en="Carbon dioxide")),
    "tilt_deg": Observed("°", -90, 90, Text(ko="기울기", en="Tilt")),
    "settlement_mm": Observed("mm", -2000, 2000, Text(ko="지반 침하", en="Settlement")),
    "pm2_5_ug_m3": Observed("µg/m³", 0, 5000, Text(ko="초미세먼지", en="PM2.5")),
    "pm10_ug_m3": Observed("µg/m³", 0, 5000, Text(ko="미세먼지", en="PM10")),
    "persons_per_m2": Observed("1/m²", 0, 20, Text(ko="밀집도", en="Crowd density")),
    "leakage_ma": Observed("mA", 0, 1000, Text(ko="누설 전류", en="Leakage current")),
    "lamp_power_w": Observed("W", 0, 2000, Text(ko="등 소비 전력", en="Lamp power")),
    "dimming_percent": Observed("%", 0, 100, Text(ko="조광 지시", en="Dimming that was told")),
    "supply_v": Observed("V", 0, 500, Text(ko="공급 전압", en="Supply voltage")),
    "battery_v": Observed("V", 0, 60, Text(ko="배터리 전압", en="Battery")),
    **{f"band_{hz}_db": _band(hz) for hz in BANDS_HZ},
}
FORGOTTEN = frozenset(name for name, one in OBSERVED.items() if not one.is_kept)
OWN = "own-"
"""How the key of a property begins that SensorThings named: in any unit, of any value, read by no reader."""
ANY = Observed("", -math.inf, math.inf, Text(ko="SensorThings 항목", en="A property that SensorThings named"))
