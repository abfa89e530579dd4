"""Levels with hysteresis: when a score becomes an alert, and when the alert goes away.

A level begins when the score has stood at or above `rises_at` for `rise_hold_s`, and ends when it has stood below
`falls_at` for `fall_hold_s`. A condition that is true from the first observation begins like any other. Within
`cool_down_s` after its end the same alert is raised again under its old id, so that a score that swings wakes people
once. A gap longer than `longest_gap_s` between two scores breaks a hold, and never clears an alert.
"""

from __future__ import annotations

from dataclasses import dataclass
from typing import Any

from pandok.core.text import Text
from pandok.readers.streetlights.alerts.alert import Change

ATTENTION = Text(ko="관심", en="attention")
CAUTION = Text(ko="주의", en="caution")
WARNING = Text(ko="경계", en="warning")
SERIOUS = Text(ko="심각", en="serious")
CLEAR = Text(ko="해제", en="clear")


@dataclass(frozen=True, slots=True)
class Level:
    words: Text
    rises_at: float
    falls_at: float
    rise_hold_s: float = 0.0
    fall_hold_s: float = 0.0


@dataclass(frozen=True, slots=True)
class Levels:
    """Levels from low to high. Raises ValueError where they are not in order or would swing."""

    steps: tuple[Level, ...]
    cool_down_s: float = 0.0
    longest_gap_s: float = 900.0

    def __post_init__(self) -> None:
        rises = [one.rises_at for one in self.steps]
        if not rises or rises != sorted(rises):
            raise ValueError("levels rise from low to high")
        if any(one.falls_at > one.rises_at for one in self.steps):
            raise ValueError("a level ends at or below where it begins")


@dataclass(frozen=True, slots=True)
class Step:
    """What one score changed."""

    change: Change
    level: int
    onset_ms: int


class LevelState:
    """Where one reader of one pole stands. `level` 0 is clear."""

    def __init__(self, levels: Levels):
        self.levels = levels
        self.level = 0
        self.onset_ms = 0
        self._cleared_ms: int | None = None
        self._last_ms: int | None = None
        self._above_since: list[int | None] = [None] * len(levels.steps)
        self._below_since: list[int | None] = [None] * len(levels.steps)

    def take(self, at_ms: int, score: float) -> Step | None:
        """What the score at `at_ms` changes, None where nothing."""
        if self._last_ms is not None and at_ms - self._last_ms > self.levels.longest_gap_s * 1000:
            self._above_since = [None] * len(self._above_since)
            self._below_since = [None] * len(self._below_since)
        self._last_ms = at_ms
        for number, step in enumerate(self.levels.steps):
            above, below = self._above_since[number], self._below_since[number]
            self._above_since[number] = (at_ms if above is None else above) if score >= step.rises_at else None
            self._below_since[number] = (at_ms if below is None else below) if score < step.falls_at else None
        risen = self._highest_held(at_ms)
        if risen > self.level:
            return self._rise(at_ms, risen)
        return self._fall(at_ms)

    def _highest_held(self, at_ms: int) -> int:
        for number in range(len(self.levels.steps), 0, -1):
            since = self._above_since[number - 1]
            if since is not None and at_ms - since >= self.levels.steps[number - 1].rise_hold_s * 1000:
                return number
        return 0

    def _rise(self, at_ms: int, risen: int) -> Step:
        change: Change = "higher"
        if self.level == 0:
            cool = self.levels.cool_down_s * 1000
            if self._cleared_ms is not None and at_ms - self._cleared_ms <= cool:
                change = "again"
            else:
                change = "raised"
                # The lowest level has stood at least as long as any above it.
                self.onset_ms = min(since for since in self._above_since[:risen] if since is not None)
        self.level = risen
        return Step(change, risen, self.onset_ms)

    def _fall(self, at_ms: int) -> Step | None:
        level = self.level
        while level:
            since = self._below_since[level - 1]
            if since is None or at_ms - since < self.levels.steps[level - 1].fall_hold_s * 1000:
                break
            level -= 1
        if level == self.level:
            return None
        self.level = level
        if level == 0:
            self._cleared_ms = at_ms
        return Step("lower" if level else "cleared", level, self.onset_ms)

    def held_s(self, at_ms: int) -> float:
        """For how long the score has stood at or above the present level; 0 where it does not."""
        since = self._above_since[self.level - 1] if self.level else None
        return 0.0 if since is None else (at_ms - since) / 1000

    def state(self) -> dict[str, Any]:
        return {
            "level": self.level,
            "onset_ms": self.onset_ms,
            "cleared_ms": self._cleared_ms,
            "last_ms": self._last_ms,
            "above": list(self._above_since),
            "below": list(self._below_since),
        }

    def restore(self, state: dict[str, Any]) -> None:
        self.level, self.onset_ms = state["level"], state["onset_ms"]
        self._cleared_ms, self._last_ms = state["cleared_ms"], state["last_ms"]
        self._above_since, self._below_since = list(state["above"]), list(state["below"])
