"""The simplest detector: one property is the score, a lone odd reading is not.

The score is the middle of the last `median_of` readings: an ultrasonic sensor sees a passing car once, water stays.
With fewer readings, the lowest of them: the first one alone already counts.
"""

from __future__ import annotations

from dataclasses import dataclass, field
from typing import Any

from pandok.core.text import Text
from pandok.readers.streetlights.alerts.detector import for_how_long
from pandok.readers.streetlights.alerts.observation import Observation


@dataclass
class OneValue:
    """`possible`: the range that the sensor can measure; outside it a value is not a measurement and is left out."""

    name: str
    version: str
    of: str
    words: Text
    unit: Text
    median_of: int = 1
    possible: tuple[float, float] = (float("-inf"), float("inf"))
    _last: list[float] = field(default_factory=list)

    def score_one(self, observation: Observation) -> float | None:
        value = self._measured(observation)
        return None if value is None else self._middle([*self._last, value][-self.median_of :])

    def learn_one(self, observation: Observation) -> None:
        value = self._measured(observation)
        if value is not None:
            self._last = [*self._last, value][-self.median_of :]

    def _measured(self, observation: Observation) -> float | None:
        value = observation.values.get(self.of)
        return value if value is not None and self.possible[0] <= value <= self.possible[1] else None

    def _middle(self, values: list[float]) -> float:
        ranked = sorted(values)
        return ranked[len(ranked) // 2] if len(ranked) == self.median_of else ranked[0]

    def reason(self, score: float, held_s: float) -> Text:
        held = for_how_long(held_s)
        return Text(
            ko=f"{self.words.ko} {score:.3g} {self.unit.ko}{held.ko}",
            en=f"{self.words.en} {score:.3g} {self.unit.en}{held.en}",
        )

    def state(self) -> dict[str, Any]:
        return {"last": self._last}

    def restore(self, state: dict[str, Any]) -> None:
        self._last = [float(value) for value in state["last"]]
