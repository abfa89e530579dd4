"""Is a sensor itself in order? Flat battery, stuck value, drift, told from what it sends.

That nothing is sent any more cannot be told from observations: whoever knows the time asks that of all poles at once.
Times, not counts, so that it does not matter how often a sensor is read.
"""

from __future__ import annotations

from collections.abc import Mapping
from dataclasses import dataclass
from typing import Any

from pandok.core.text import Text
from pandok.readers.streetlights.alerts.levels import ATTENTION, Level, Levels
from pandok.readers.streetlights.alerts.observation import Observation

LEVELS = Levels((Level(ATTENTION, 1.0, 0.5),), cool_down_s=3600, longest_gap_s=10 * 86_400)
NOTHING, DRIFT, STUCK, BATTERY = 0.0, 1.0, 1.1, 1.2
_WORDS = {
    DRIFT: Text(ko="측정값이 설치 때의 기준에서 벗어남", en="Readings have drifted from where they stood at first"),
    STUCK: Text(ko="측정값이 변하지 않음", en="The reading is stuck"),
    BATTERY: Text(ko="배터리 전압 낮음", en="Battery low"),
}


@dataclass(frozen=True, slots=True)
class Watch:
    """What a healthy sensor of a property does. `stuck_s`: so long exactly the same value is suspicious, 0 where it may
    stand still; at `rests_at` it always may (a dry level sensor). `drift_most`: how far its quiet level may move from
    the first readings, in its unit; 0 where nothing is known."""

    stuck_s: float = 0.0
    rests_at: float | None = None
    drift_most: float = 0.0


WATCHED: dict[str, Watch] = {
    "depth_cm": Watch(stuck_s=21_600, rests_at=0.0, drift_most=5.0),
    "temperature_c": Watch(stuck_s=86_400),
    "co2_ppm": Watch(stuck_s=86_400),
    "pm2_5_ug_m3": Watch(stuck_s=21_600, rests_at=0.0),
    "pm10_ug_m3": Watch(stuck_s=21_600, rests_at=0.0),
}
"""Rules of the house; a site may bring its own."""
BATTERY_LEAST_V = 3.3


@dataclass
class Channel:
    value: float = 0.0
    since_ms: int = 0
    count: int = 0
    reference: float = 0.0
    quiet: float = 0.0

    FIRST = 100
    """Readings whose mean is the reference."""

    def after(self, at_ms: int, value: float, watch: Watch) -> Channel:
        count = self.count + 1
        since = self.since_ms if self.count and value == self.value else at_ms
        if count <= self.FIRST:
            reference = self.reference + (value - self.reference) / count
            return Channel(value, since, count, reference, reference)
        # A thousandth of what is allowed at most: a flood of an evening must not become the quiet level.
        most = watch.drift_most / 1000
        quiet = self.quiet + max(min(value - self.quiet, most), -most)
        return Channel(value, since, count, self.reference, quiet)

    def finding(self, at_ms: int, watch: Watch) -> float:
        still = watch.stuck_s and self.value != watch.rests_at
        if still and at_ms - self.since_ms >= watch.stuck_s * 1000:
            return STUCK
        moved = abs(self.quiet - self.reference)
        return DRIFT if watch.drift_most and moved > watch.drift_most else NOTHING


class DeviceHealth:
    """Reads `battery_v` and the properties of `watched`, of any number of sensors; the score is the worst finding."""

    name, version = "device-health", "2"

    def __init__(self, watched: Mapping[str, Watch] = WATCHED, battery_least_v: float = BATTERY_LEAST_V):
        self._watched, self._battery_least_v = watched, battery_least_v
        self._channels: dict[str, Channel] = {}
        self._battery: dict[str, float] = {}
        self._said: list[tuple[float, str]] = []

    def score_one(self, observation: Observation) -> float | None:
        return max((score for score, _ in self._findings(observation)), default=NOTHING)

    def _findings(self, observation: Observation) -> list[tuple[float, str]]:
        channels, battery = self._after(observation)
        found = [(BATTERY, sensor) for sensor, volts in battery.items() if volts < self._battery_least_v]
        for key, channel in channels.items():
            of, _, sensor = key.partition("@")
            if score := channel.finding(observation.at_ms, self._watched[of]):
                found.append((score, sensor))
        return found

    def _after(self, observation: Observation) -> tuple[dict[str, Channel], dict[str, float]]:
        at_ms, sensor = observation.at_ms, observation.sensor
        battery = dict(self._battery)
        if "battery_v" in observation.values:
            battery[sensor] = observation.values["battery_v"]
        channels = dict(self._channels)
        for of, value in observation.values.items():
            if of in self._watched:
                key = f"{of}@{sensor}"
                channels[key] = channels.get(key, Channel()).after(at_ms, value, self._watched[of])
        return channels, battery

    def learn_one(self, observation: Observation) -> None:
        self._channels, self._battery = self._after(observation)
        self._said = sorted(self._findings(observation))

    def reason(self, score: float, held_s: float) -> Text:  # noqa: ARG002 a finding has no duration of its own
        words = _WORDS.get(score, Text(ko="이상 없음", en="Nothing wrong"))
        sensors = ", ".join(sensor for found, sensor in self._said if found == score and sensor)
        return Text(ko=f"{words.ko}: {sensors}", en=f"{words.en}: {sensors}") if sensors else words

    def state(self) -> dict[str, Any]:
        return {
            "channels": {key: dict(vars(one)) for key, one in sorted(self._channels.items())},
            "battery": dict(sorted(self._battery.items())),
        }

    def restore(self, state: dict[str, Any]) -> None:
        fields = set(vars(Channel()))
        if any(set(saved) != fields for saved in state["channels"].values()):
            raise ValueError("channels have other fields")
        self._channels = {key: Channel(**saved) for key, saved in state["channels"].items()}
        self._battery = {sensor: float(volts) for sensor, volts in state["battery"].items()}
