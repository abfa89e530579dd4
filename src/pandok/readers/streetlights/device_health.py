"""Is the sensor itself alive? Not heard from, silent in the rain, flat battery, stuck value, drift.

Silence is no zero: a level sensor that stops when it rains is an alarm of its own. Time goes on with any observation,
also one without values; rain comes as `rain_mm_h` of the pole's or the district's gauge.
"""

from __future__ import annotations

from dataclasses import dataclass
from typing import Any

from pandok.core.text import Text
from pandok.readers.streetlights.alerts.levels import ATTENTION, CAUTION, WARNING, Level, Levels
from pandok.readers.streetlights.alerts.observation import Observation

LEVELS = Levels(
    (Level(ATTENTION, 1.0, 0.5), Level(CAUTION, 2.0, 1.5), Level(WARNING, 3.0, 2.5)),
    cool_down_s=3600,
    longest_gap_s=10 * 86_400,
)
"""1: battery, stuck or drift; 2: not heard from; 3: silent in the rain."""
NOTHING, DRIFT, STUCK, BATTERY, SILENT, SILENT_IN_RAIN = 0.0, 1.0, 1.1, 1.2, 2.0, 3.0
_WORDS = {
    DRIFT: Text(ko="측정값이 설치 때의 기준에서 벗어남", en="Readings have drifted from where they stood at first"),
    STUCK: Text(ko="측정값이 변하지 않음", en="The reading is stuck"),
    BATTERY: Text(ko="배터리 전압 낮음", en="Battery low"),
    SILENT: Text(ko="소식 없음", en="Not heard from"),
    SILENT_IN_RAIN: Text(ko="비가 오는데 소식 없음", en="Silent in the rain"),
}


@dataclass(frozen=True, slots=True)
class Device:
    """What a healthy device does. `reads`: its property; `drift_most`: how far the quiet level may move (its unit);
    `stuck_count`: so many equal readings are suspicious, 0 where it may stand still (a dry level sensor may)."""

    reads: str
    every_s: float
    battery_least_v: float = 3.3
    drift_most: float = 0.0
    stuck_count: int = 0
    silent_after: float = 5.0
    silent_in_rain_after: float = 2.5
    """In usual intervals."""


class DeviceHealth:
    """The score is the worst finding of now."""

    name, version = "device-health", "1"
    RAIN_LASTS_MS = 1_800_000
    MEMORY = 500
    REFERENCE_COUNT = 100

    def __init__(self, device: Device):
        self._device = device
        self._heard_ms: int | None = None
        self._begun_ms: int | None = None
        self._rained_ms: int | None = None
        self._battery_v: float | None = None
        self._value: float | None = None
        self._equal = 0
        self._count = 0
        self._reference = 0.0
        self._quiet = 0.0

    def score_one(self, observation: Observation) -> float | None:
        heard = self._device.reads in observation.values
        if not heard:
            return max(self._silence(observation), self._of_itself(observation))
        return self._of_itself(observation)

    def _silence(self, observation: Observation) -> float:
        since = self._heard_ms if self._heard_ms is not None else self._begun_ms
        if since is None:
            return NOTHING
        intervals = (observation.at_ms - since) / 1000 / self._device.every_s
        rained = observation.at_ms if observation.values.get("rain_mm_h", 0.0) > 0 else self._rained_ms
        # Rain counts where it fell after the device was last heard, and not long ago.
        raining = rained is not None and rained >= since and observation.at_ms - rained <= self.RAIN_LASTS_MS
        if raining and intervals >= self._device.silent_in_rain_after:
            return SILENT_IN_RAIN
        return SILENT if intervals >= self._device.silent_after else NOTHING

    def _of_itself(self, observation: Observation) -> float:
        battery = observation.values.get("battery_v", self._battery_v)
        if battery is not None and battery < self._device.battery_least_v:
            return BATTERY
        value = observation.values.get(self._device.reads)
        equal = self._equal + (value == self._value) if value is not None else self._equal
        if value is not None and value != self._value:
            equal = 0
        if self._device.stuck_count and equal >= self._device.stuck_count - 1:
            return STUCK
        moved = abs(self._quiet - self._reference)
        known = self._count >= 2 * self.REFERENCE_COUNT
        return DRIFT if self._device.drift_most and known and moved > self._device.drift_most else NOTHING

    def learn_one(self, observation: Observation) -> None:
        if self._begun_ms is None:
            self._begun_ms = observation.at_ms
        if observation.values.get("rain_mm_h", 0.0) > 0:
            self._rained_ms = observation.at_ms
        self._battery_v = observation.values.get("battery_v", self._battery_v)
        value = observation.values.get(self._device.reads)
        if value is None:
            return
        self._heard_ms = observation.at_ms
        self._equal = self._equal + 1 if value == self._value else 0
        self._value = value
        self._count += 1
        if self._count <= self.REFERENCE_COUNT:
            self._reference += (value - self._reference) / self._count
            self._quiet = self._reference
        elif self._rained_ms is None or observation.at_ms - self._rained_ms > self.RAIN_LASTS_MS:
            self._quiet += (value - self._quiet) / self.MEMORY

    def reason(self, score: float, held_s: float) -> Text:  # noqa: ARG002 a finding has no duration of its own
        return _WORDS.get(score, Text(ko="이상 없음", en="Nothing wrong"))

    def state(self) -> dict[str, Any]:
        return {name.removeprefix("_"): value for name, value in vars(self).items() if name != "_device"}

    def restore(self, state: dict[str, Any]) -> None:
        if set(state) != set(self.state()):
            raise ValueError("other fields")
        for name, value in state.items():
            setattr(self, f"_{name}", value)
