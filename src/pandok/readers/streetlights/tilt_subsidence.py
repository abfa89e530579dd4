"""A pole that leans, ground that sinks: how far each sensor moved from where it stood when it was set up.

The reference is the middle of a sensor's first day. Sun and wind bend a pole by tenths of a degree each day, so the
mean of the last day is judged against the limit, and a single reading only against five times as much (a collision).
The limits are rules of the house; no standard for lamp poles was found. The score is in units of the limit.
"""

from __future__ import annotations

from dataclasses import dataclass, field
from typing import Any

from pandok.core.text import Text
from pandok.readers.streetlights.alerts.detector import for_how_long
from pandok.readers.streetlights.alerts.levels import ATTENTION, SERIOUS, WARNING, Level, Levels
from pandok.readers.streetlights.alerts.observation import Observation

DAY_S = 86_400.0
SUDDEN = 5.0
LEVELS = Levels(
    (
        Level(ATTENTION, rises_at=1.0, falls_at=0.7, rise_hold_s=1200, fall_hold_s=3600),
        Level(WARNING, rises_at=2.0, falls_at=1.5, rise_hold_s=1200, fall_hold_s=3600),
        Level(SERIOUS, rises_at=4.0, falls_at=3.0, rise_hold_s=1200, fall_hold_s=3600),
    ),
    cool_down_s=DAY_S,
    longest_gap_s=3600,
)
"""Read every ten minutes: a level is held for three readings."""


@dataclass(frozen=True, slots=True)
class Limits:
    tilt_deg: float = 1.0
    settlement_mm: float = 10.0


@dataclass
class Moved:
    """`first`: the readings of the first day, until `reference` is their middle; `mean`: over about a day."""

    since_ms: int
    at_ms: int
    first: list[float] = field(default_factory=list)
    reference: float | None = None
    mean: float = 0.0

    def after(self, at_ms: int, value: float) -> Moved:
        if self.reference is None:
            first = [*self.first, value]
            if at_ms - self.since_ms < DAY_S * 1000:
                return Moved(self.since_ms, at_ms, first)
            middle = sorted(first)[len(first) // 2]
            return Moved(self.since_ms, at_ms, [], middle, middle)
        weight = min((at_ms - self.at_ms) / 1000 / DAY_S, 1.0)
        return Moved(self.since_ms, at_ms, [], self.reference, self.mean + weight * (value - self.mean))


class TiltSubsidence:
    """Reads `tilt_deg` (from upright, or one axis of it) and `settlement_mm`, of any number of sensors."""

    name, version = "tilt-subsidence", "1"

    def __init__(self, limits: Limits | None = None):
        chosen = limits or Limits()
        self._limits = {"tilt_deg": chosen.tilt_deg, "settlement_mm": chosen.settlement_mm}
        self._moved: dict[str, Moved] = {}

    def score_one(self, observation: Observation) -> float | None:
        scores = []
        for key, of, value in self._of(observation):
            moved = self._after(key, observation.at_ms, value)
            if moved.reference is not None:
                slow = abs(moved.mean - moved.reference)
                sudden = abs(value - moved.reference) / SUDDEN
                scores.append(max(slow, sudden) / self._limits[of])
        return max(scores, default=None)

    def _of(self, observation: Observation) -> list[tuple[str, str, float]]:
        read = sorted((of, value) for of, value in observation.values.items() if of in self._limits)
        return [(f"{of}@{observation.sensor}", of, value) for of, value in read]

    def _after(self, key: str, at_ms: int, value: float) -> Moved:
        return self._moved.get(key, Moved(at_ms, at_ms)).after(at_ms, value)

    def learn_one(self, observation: Observation) -> None:
        for key, _, value in self._of(observation):
            self._moved[key] = self._after(key, observation.at_ms, value)

    def reason(self, score: float, held_s: float) -> Text:
        held = for_how_long(held_s)
        tilt, sunk = (f"{self._farthest(of):.2g}" for of in self._limits)
        return Text(
            ko=f"하루 평균이 기울기 {tilt}°, 침하 {sunk} mm 변함, 기준의 {score:.1f}배{held.ko}",
            en=f"The daily mean moved by {tilt}° and {sunk} mm, {score:.1f} times the limit{held.en}",
        )

    def _farthest(self, of: str) -> float:
        moved = [one for key, one in self._moved.items() if key.startswith(of) and one.reference is not None]
        return max((abs(one.mean - (one.reference or 0.0)) for one in moved), default=0.0)

    def state(self) -> dict[str, Any]:
        return {"moved": {key: dict(vars(one)) for key, one in sorted(self._moved.items())}}

    def restore(self, state: dict[str, Any]) -> None:
        self._moved = {key: Moved(**saved) for key, saved in state["moved"].items()}
