"""One hazard of one pole, from observations to alerts: order → score → levels → alert, and learn.

Split, shuffled within the lateness or restarted at any message, the same observations give the same alerts.
"""

from __future__ import annotations

import json
from collections.abc import Iterable
from typing import Any

from pandok.core.canonical import canonical
from pandok.readers.streetlights.alerts import refusals
from pandok.readers.streetlights.alerts.alert import Alert, alert_id
from pandok.readers.streetlights.alerts.detector import Detector
from pandok.readers.streetlights.alerts.in_order import InOrder
from pandok.readers.streetlights.alerts.levels import CLEAR, Levels, LevelState
from pandok.readers.streetlights.alerts.observation import Observation

FORMAT = 1


class PoleReader:
    """`lateness_s`: by how much an observation may come after a younger one; alerts wait as long, so a pole that
    decides on the spot takes 0."""

    def __init__(self, pole: str, detector: Detector, levels: Levels, lateness_s: float = 0.0):
        self.pole = pole
        self.detector = detector
        self.order = InOrder(round(lateness_s * 1000))
        self.levels = LevelState(levels)

    def observe(self, observation: Observation) -> list[Alert]:
        return self._read(self.order.take(observation))

    def observe_many(self, observations: Iterable[Observation]) -> list[Alert]:
        return [alert for one in observations for alert in self.observe(one)]

    def advance(self, at_ms: int) -> list[Alert]:
        """Time went on to `at_ms`; nothing older than the lateness comes any more."""
        return self._read(self.order.advance(at_ms))

    def _read(self, observations: list[Observation]) -> list[Alert]:
        found = []
        for one in observations:
            score = self.detector.score_one(one)
            self.detector.learn_one(one)
            if score is not None and (alert := self._judge(one.at_ms, score)):
                found.append(alert)
        return found

    def _judge(self, at_ms: int, score: float) -> Alert | None:
        step = self.levels.take(at_ms, score)
        if step is None:
            return None
        name, version = self.detector.name, self.detector.version
        return Alert(
            alert_id=alert_id(self.pole, name, version, step.onset_ms),
            pole=self.pole,
            reader=name,
            version=version,
            onset_ms=step.onset_ms,
            at_ms=at_ms,
            change=step.change,
            level=step.level,
            level_words=self.levels.levels.steps[step.level - 1].words if step.level else CLEAR,
            score=score,
            reason=self.detector.reason(score, self.levels.held_s(at_ms)),
        )

    def saved(self) -> bytes:
        """All that is needed to go on, as canonical JSON."""
        return canonical(
            {
                **self._identity(),
                "order": self.order.state(),
                "levels": self.levels.state(),
                "detector": self.detector.state(),
            }
        )

    def restore(self, saved: bytes) -> None:
        """Go on from `saved`. Raises StoreError where it is damaged or of another format, reader, version, pole or
        number of levels; then nothing is changed. Thresholds may differ: an alert that stands goes on under the new
        ones."""
        try:
            state: dict[str, Any] = json.loads(saved)
        except ValueError as wrong:
            raise refusals.damaged(str(wrong)) from wrong
        if not isinstance(state, dict):
            raise refusals.damaged("not an object")
        for part, here in self._identity().items():
            if state.get(part) != here:
                raise refusals.of_another(part, str(state.get(part)), str(here))
        before = (self.order.state(), self.levels.state(), self.detector.state())
        try:
            self._take(state["order"], state["levels"], state["detector"])
        except (KeyError, TypeError, ValueError, IndexError, AttributeError) as wrong:
            self._take(*before)
            raise refusals.damaged(f"{type(wrong).__name__}: {wrong}") from wrong

    def _take(self, order: dict[str, Any], levels: dict[str, Any], detector: dict[str, Any]) -> None:
        self.order.restore(order)
        self.levels.restore(levels)
        self.detector.restore(detector)

    def _identity(self) -> dict[str, Any]:
        return {
            "format": FORMAT,
            "reader": self.detector.name,
            "version": self.detector.version,
            "pole": self.pole,
            "level_count": len(self.levels.levels.steps),
        }
