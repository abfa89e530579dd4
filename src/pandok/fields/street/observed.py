"""What poles observe: each property with its unit and what can be at all on a street.

The unit stands in the name. A pole says the unit too, and a message in another one is refused, never converted: a level
sensor that was set up in millimetres would else be taken for a flood of ten metres, or for none.
"""

from __future__ import annotations

from dataclasses import dataclass

from pandok.core.text import Text


@dataclass(frozen=True)
class Observed:
    unit: str
    lowest: float
    highest: float
    words: Text


OBSERVED: dict[str, Observed] = {
    "depth_cm": Observed("cm", -5, 500, Text(ko="침수 깊이", en="Water depth")),
    "rain_mm_h": Observed("mm/h", 0, 500, Text(ko="강우 강도", en="Rain")),
    "smoke_obscuration_pct_ft": Observed("%/ft", 0, 100, Text(ko="연기 농도", en="Smoke obscuration")),
    "temperature_c": Observed("°C", -50, 400, Text(ko="온도", en="Temperature")),
    "tilt_deg": Observed("°", -90, 90, Text(ko="기울기", en="Tilt")),
    "pm2_5_ug_m3": Observed("µg/m³", 0, 5000, Text(ko="초미세먼지", en="PM2.5")),
    "people_m2": Observed("1/m²", 0, 20, Text(ko="밀집도", en="Crowd density")),
    "leakage_ma": Observed("mA", 0, 1000, Text(ko="누설 전류", en="Leakage current")),
    "lamp_power_w": Observed("W", 0, 2000, Text(ko="등 소비 전력", en="Lamp power")),
    "supply_v": Observed("V", 0, 500, Text(ko="공급 전압", en="Supply voltage")),
    "battery_v": Observed("V", 0, 60, Text(ko="배터리 전압", en="Battery")),
}
