"""Fine dust by the hour: running means judged by Korea's alert rules (PM2.5 and PM10, 주의보 and 경보).

Rule (Clean Air Conservation Act, enforcement rule, table 7): PM2.5 ≥ 75 µg/m³ over two hours caution, ≥ 150 warning,
lifted below 35 and 75; PM10 ≥ 150 and ≥ 300, lifted below 100 and 150. The figures are from memory of that table: the
operator checks them before they go to residents. The score is the worse of both, in units of its caution threshold.
"""

from __future__ import annotations

from collections import deque
from typing import Any

from pandok.core.text import Text
from pandok.readers.streetlights.alerts.detector import for_how_long
from pandok.readers.streetlights.alerts.levels import CAUTION, WARNING, Level, Levels
from pandok.readers.streetlights.alerts.observation import Observation

CAUTION_AT_UG_M3 = {"pm2_5_ug_m3": 75.0, "pm10_ug_m3": 150.0}
MEAN_OVER_S = 3600
LEVELS = Levels(
    (
        Level(CAUTION, rises_at=1.0, falls_at=35 / 75, rise_hold_s=7200),
        Level(WARNING, rises_at=2.0, falls_at=1.0, rise_hold_s=7200),
    ),
    longest_gap_s=3600,
)


class AirQuality:
    """Hourly mean of each kind of dust as far as it was measured; abstains before a quarter of an hour is there."""

    name, version = "air-quality", "1"
    LEAST_S = 900

    def __init__(self) -> None:
        self._seen: dict[str, deque[tuple[int, float]]] = {kind: deque() for kind in CAUTION_AT_UG_M3}

    def score_one(self, observation: Observation) -> float | None:
        shares = [share for kind in CAUTION_AT_UG_M3 if (share := self._share(kind, observation)) is not None]
        return max(shares, default=None)

    def _share(self, kind: str, observation: Observation) -> float | None:
        since = observation.at_ms - MEAN_OVER_S * 1000
        seen = [one for one in self._seen[kind] if one[0] > since]
        value = observation.values.get(kind)
        if value is not None and value >= 0:
            seen.append((observation.at_ms, value))
        if not seen or observation.at_ms - seen[0][0] < self.LEAST_S * 1000:
            return None
        return sum(value for _, value in seen) / len(seen) / CAUTION_AT_UG_M3[kind]

    def learn_one(self, observation: Observation) -> None:
        for kind, seen in self._seen.items():
            value = observation.values.get(kind)
            if value is not None and value >= 0:
                seen.append((observation.at_ms, value))
            while seen and seen[0][0] <= observation.at_ms - MEAN_OVER_S * 1000:
                seen.popleft()

    def reason(self, score: float, held_s: float) -> Text:
        held = for_how_long(held_s)
        return Text(
            ko=f"미세먼지 시간 평균이 주의보 기준의 {score:.1f}배{held.ko}",
            en=f"Hourly mean of fine dust {score:.1f} times the caution threshold{held.en}",
        )

    def state(self) -> dict[str, Any]:
        return {kind: [list(one) for one in seen] for kind, seen in self._seen.items()}

    def restore(self, state: dict[str, Any]) -> None:
        self._seen = {kind: deque((int(at), float(value)) for at, value in state[kind]) for kind in CAUTION_AT_UG_M3}
