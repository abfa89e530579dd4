"""Several sensors on one pole: how many must agree before people are woken.

Each sensor has a detector of its own; the pole's score is the `agreeing`-th highest of the sensors heard from within
`fresh_s`. Where fewer than that are heard from, those decide, but for the pole's first `fresh_s`, in which the others
may still speak up: a dead sensor must not silence the pole. A sensor that appears joins with its first score. What
belongs to the whole pole (`shared`: rain beside leakage) every sensor learns from.
"""

from __future__ import annotations

from collections.abc import Callable
from typing import Any

from pandok.core.text import Text, counted
from pandok.readers.streetlights.alerts.detector import Detector
from pandok.readers.streetlights.alerts.observation import Observation


class SeveralSensors:
    def __init__(
        self,
        make: Callable[[], Detector],
        agreeing: int = 2,
        fresh_s: float = 180.0,
        shared: frozenset[str] = frozenset(),
    ):
        if agreeing < 1:
            raise ValueError("at least one sensor decides")
        self._make, self.agreeing, self.fresh_s, self._shared = make, agreeing, fresh_s, shared
        first = make()
        self.name, self.version = first.name, first.version
        self._of: dict[str, Detector] = {}
        self._scores: dict[str, tuple[int, float]] = {}
        self._begun_ms: int | None = None

    def score_one(self, observation: Observation) -> float | None:
        if self._is_shared(observation):
            return None
        own = self._detector(observation.sensor).score_one(observation)
        fresh = {
            sensor: score
            for sensor, (at_ms, score) in self._scores.items()
            if observation.at_ms - at_ms <= self.fresh_s * 1000 and sensor != observation.sensor
        }
        if own is not None:
            fresh[observation.sensor] = own
        ranked = sorted(fresh.values(), reverse=True)
        begun_ms = observation.at_ms if self._begun_ms is None else self._begun_ms
        if len(ranked) < self.agreeing and observation.at_ms - begun_ms <= self.fresh_s * 1000:
            return None
        return ranked[min(self.agreeing, len(ranked)) - 1] if ranked else None

    def _is_shared(self, observation: Observation) -> bool:
        """Of the pole alone. A sensor that measures both keeps it to itself and to its own."""
        return bool(observation.values) and set(observation.values) <= self._shared

    def learn_one(self, observation: Observation) -> None:
        if self._is_shared(observation):
            for each in self._of.values():
                each.learn_one(observation)
            return
        self._begun_ms = observation.at_ms if self._begun_ms is None else self._begun_ms
        detector = self._detector(observation.sensor)
        self._of.setdefault(observation.sensor, detector)
        own = detector.score_one(observation)
        if own is None:
            self._scores.pop(observation.sensor, None)
        else:
            self._scores[observation.sensor] = (observation.at_ms, own)
        detector.learn_one(observation)

    def reason(self, score: float, held_s: float) -> Text:
        over = {sensor: own for sensor, (_, own) in sorted(self._scores.items()) if own >= score}
        # The words of the sensor that decided: of those that agree, the one that says least.
        decided = min(over, key=lambda sensor: over[sensor], default=next(iter(self._of), ""))
        said = self._detector(decided).reason(score, held_s)
        agree = sorted(sensor or "1" for sensor in over)
        names = ", ".join(agree)
        if len(agree) < 2:
            return said
        count = counted(len(agree), "sensor agrees", "sensors agree")
        return Text(
            ko=f"{said.ko} (감지기 {len(agree)}개 일치: {names})",
            en=f"{said.en} ({count}: {names})",
        )

    def _detector(self, sensor: str) -> Detector:
        return self._of.get(sensor) or self._make()

    def state(self) -> dict[str, Any]:
        return {
            "of": {sensor: one.state() for sensor, one in sorted(self._of.items())},
            "scores": {sensor: list(one) for sensor, one in sorted(self._scores.items())},
            "begun_ms": self._begun_ms,
        }

    def restore(self, state: dict[str, Any]) -> None:
        self._of = {}
        for sensor, saved in state["of"].items():
            self._of[sensor] = self._make()
            self._of[sensor].restore(saved)
        self._begun_ms = state["begun_ms"]
        self._scores = {sensor: (int(one[0]), float(one[1])) for sensor, one in state["scores"].items()}
