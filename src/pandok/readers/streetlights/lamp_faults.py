"""Lamp faults from the lamp's power: dark at night, burning by day, flickering. Day and night come from the sun here.

Three detectors, so that each fault has an alert of its own. The usual burning power is learned at night while the lamp
burns. A lamp that is told to be off or dim (`dimming_percent`, 0 off, 100 full) is judged by what it was told.
"""

from __future__ import annotations

from collections import deque
from dataclasses import dataclass
from typing import Any, Literal

from pandok.core.text import Text
from pandok.readers.streetlights.alerts.detector import for_how_long
from pandok.readers.streetlights.alerts.levels import ATTENTION, CAUTION, Level, Levels
from pandok.readers.streetlights.alerts.observation import Observation
from pandok.readers.streetlights.sun import zenith_deg

Fault = Literal["outage", "day-burner", "flicker"]
NIGHT_DEG, DAY_DEG = 96.0, 86.0
"""Surely night from the end of civil twilight, surely day 4° above the horizon; between them a lamp may do either."""
LEAST_BURNING_W = 5.0
MEMORY = 200
SWITCHES_OVER_MS = 1_800_000
_STEPS: dict[Fault, Levels] = {
    # A score is the share of the usual power that is missing, or burns by day; of flicker, switches in half an hour.
    "outage": Levels((Level(CAUTION, 0.8, 0.5, rise_hold_s=1800, fall_hold_s=600),), 43_200, 3_700),
    "day-burner": Levels((Level(ATTENTION, 0.5, 0.2, rise_hold_s=3600, fall_hold_s=600),), 43_200, 3_700),
    "flicker": Levels((Level(ATTENTION, 6.0, 2.0, fall_hold_s=3600),), 43_200, 3_700),
}
_WORDS: dict[Fault, Text] = {
    "outage": Text(ko="밤인데 꺼져 있음", en="Dark at night"),
    "day-burner": Text(ko="낮인데 켜져 있음", en="Burning by day"),
    "flicker": Text(ko="깜박임", en="Flickering"),
}


def levels_of(fault: Fault) -> Levels:
    return _STEPS[fault]


@dataclass(frozen=True, slots=True)
class Place:
    latitude_deg: float
    longitude_deg: float


class LampFault:
    """Reads `lamp_power_w` and `dimming_percent`; abstains in twilight and, for an outage, before it knows the lamp."""

    version = "1"

    def __init__(self, fault: Fault, place: Place, rated_w: float | None = None):
        self.fault, self.name, self._place = fault, f"lamp-{fault}", place
        self.usual_w = rated_w or 0.0
        self._told = 100.0
        self._burning: bool | None = None
        self._switched: deque[int] = deque()

    def score_one(self, observation: Observation) -> float | None:
        power_w = observation.values.get("lamp_power_w")
        if power_w is None or power_w < 0:
            return None
        if self.fault == "flicker":
            return float(len(self._switches(observation.at_ms, power_w)))
        told = observation.values.get("dimming_percent", self._told)
        zenith = zenith_deg(observation.at_ms, self._place.latitude_deg, self._place.longitude_deg)
        usual = max(self.usual_w, LEAST_BURNING_W)
        if self.fault == "day-burner":
            return None if zenith > DAY_DEG else min(power_w / usual, 1.0)
        if zenith < NIGHT_DEG or self.usual_w == 0:
            return None
        return 0.0 if told < 5 else max(1 - power_w / (usual * told / 100), 0.0)

    def _switches(self, at_ms: int, power_w: float) -> list[int]:
        """Times within the last half hour at which the lamp went on or off, each told as it was."""
        times = [one for one in self._switched if one > at_ms - SWITCHES_OVER_MS]
        burns = power_w > max(self.usual_w, LEAST_BURNING_W) / 2
        if self._burning is not None and burns != self._burning:
            times.append(at_ms)
        return times

    def learn_one(self, observation: Observation) -> None:
        self._told = observation.values.get("dimming_percent", self._told)
        power_w = observation.values.get("lamp_power_w")
        if power_w is None or power_w < 0:
            return
        self._switched = deque(self._switches(observation.at_ms, power_w))
        self._burning = power_w > max(self.usual_w, LEAST_BURNING_W) / 2
        if self._burning and self._told >= 99:
            if self.usual_w == 0:
                self.usual_w = power_w
            self.usual_w += (power_w - self.usual_w) / MEMORY

    def reason(self, score: float, held_s: float) -> Text:
        words, held = _WORDS[self.fault], for_how_long(held_s)
        if self.fault == "flicker":
            return Text(ko=f"{words.ko}: 30분에 {score:.0f}회", en=f"{words.en}: {score:.0f} switches in 30 min")
        share = 1 - score if self.fault == "outage" else score
        return Text(
            ko=f"{words.ko}: 평소 소비전력({self.usual_w:.0f} W)의 {share:.0%}{held.ko}",
            en=f"{words.en}: {share:.0%} of the usual {self.usual_w:.0f} W{held.en}",
        )

    def state(self) -> dict[str, Any]:
        return {
            "usual_w": self.usual_w, "told": self._told, "burning": self._burning, "switched": list(self._switched),
        }  # fmt: skip

    def restore(self, state: dict[str, Any]) -> None:
        self.usual_w, self._told, self._burning = float(state["usual_w"]), float(state["told"]), state["burning"]
        self._switched = deque(int(one) for one in state["switched"])
