"""Leakage current of a lamp, with rain as input: an insulation fault shows when it is wet.

A quiet level is learned in dry hours. The score is how far the middle of the last three readings stands above it, in
mA; so that a switching spike is left out and water stays. With rain, half as much again counts: a rise that comes with
water is a fault, a rise in dry air more often a sensor. A panel trips between 20 and 30 mA, with up to ten lamps behind
it, so a single lamp must be told before that.
"""

from __future__ import annotations

from typing import Any

from pandok.core.text import Text
from pandok.readers.streetlights.alerts.detector import for_how_long
from pandok.readers.streetlights.alerts.levels import CAUTION, WARNING, Level, Levels
from pandok.readers.streetlights.alerts.observation import Observation

WET_AFTER_S = 3 * 3600.0
"""How long after rain a joint counts as wet."""
WET_COUNTS = 1.5
MEMORY_READINGS = 300
WARM_UP = 6
LEVELS = Levels(
    (
        Level(CAUTION, rises_at=15.0, falls_at=6.0, rise_hold_s=1800, fall_hold_s=3600),
        Level(WARNING, rises_at=30.0, falls_at=15.0, rise_hold_s=1800, fall_hold_s=3600),
    ),
    cool_down_s=7 * 86_400,
    longest_gap_s=4000,
)


class Leakage:
    """Reads `leakage_ma` and `rain_mm_h`, in one observation or in two."""

    name, version = "leakage", "1"

    def __init__(self) -> None:
        self.quiet_ma = 0.0
        self._count = 0
        self._last: list[float] = []
        self._rained_ms: int | None = None

    def score_one(self, observation: Observation) -> float | None:
        value = observation.values.get("leakage_ma")
        if value is None or value < 0 or self._count < WARM_UP:
            return None
        over = sorted([*self._last, value][-3:])[1] - self.quiet_ma
        return max(over, 0.0) * (WET_COUNTS if self._is_wet(observation) else 1.0)

    def _is_wet(self, observation: Observation) -> bool:
        if observation.values.get("rain_mm_h", 0.0) > 0:
            return True
        return self._rained_ms is not None and observation.at_ms - self._rained_ms <= WET_AFTER_S * 1000

    def learn_one(self, observation: Observation) -> None:
        wet = self._is_wet(observation)
        if observation.values.get("rain_mm_h", 0.0) > 0:
            self._rained_ms = observation.at_ms
        value = observation.values.get("leakage_ma")
        if value is None or value < 0:
            return
        self._last = [*self._last, value][-3:]
        if not wet or self._count < WARM_UP:
            self._count += 1
            # At most .01 mA a reading: a fault that begins in dry air must not become the quiet level at once.
            weight = max(1 / self._count, 1 / MEMORY_READINGS)
            step = weight * (value - self.quiet_ma)
            self.quiet_ma += step if self._count <= WARM_UP else max(min(step, 0.01), -0.01)

    def reason(self, score: float, held_s: float) -> Text:
        over = (sorted(self._last)[len(self._last) // 2] if self._last else 0.0) - self.quiet_ma
        wet = score > over * 1.25
        held = for_how_long(held_s)
        rain = Text(ko=", 비가 온 뒤", en=", since it rained") if wet else Text(ko="", en="")
        usual = f"{self.quiet_ma:.1f} mA"
        return Text(
            ko=f"누설전류가 평소({usual})보다 {over:.1f} mA 높음{rain.ko}{held.ko}",
            en=f"Leakage {over:.1f} mA above the usual {usual}{rain.en}{held.en}",
        )

    def state(self) -> dict[str, Any]:
        return {"quiet_ma": self.quiet_ma, "count": self._count, "last": self._last, "rained_ms": self._rained_ms}

    def restore(self, state: dict[str, Any]) -> None:
        self.quiet_ma, self._count = float(state["quiet_ma"]), int(state["count"])
        self._last, self._rained_ms = [float(one) for one in state["last"]], state["rained_ms"]
