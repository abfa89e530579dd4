"""Will the water reach 15 cm within 15 minutes? Judged from the flood so far and the floods of the same place before.

A flood begins with the last dry reading before the water (at most 20 minutes back) and ends after 30 dry minutes or an
hour without a reading. What it was then joins the history of the place. Nothing of other poles is needed, so a pole
judges by itself, without the network. Fitted on street floods of one city (see the model's card): a forecast for
another place is a claim to be measured there.
"""

from __future__ import annotations

import math
from bisect import bisect_right
from typing import Any

from pandok.core.text import Text
from pandok.readers.streetlights.alerts.detector import for_how_long
from pandok.readers.streetlights.alerts.levels import WARNING, Level, Levels
from pandok.readers.streetlights.alerts.observation import Observation
from pandok.readers.streetlights.flood.boosted_trees import BoostedTrees
from pandok.readers.streetlights.flood.past_floods import PastFloods
from pandok.readers.streetlights.flood.so_far import FloodSoFar

LINE_CM = 15.0
AHEAD_MIN = 15
DRY_ENDS_MS = 30 * 60_000
SILENCE_ENDS_MS = 60 * 60_000
BEGINS_BACK_MS = 20 * 60_000
LEAST_PEAK_CM = 1.0
"""Floods lower than this are dew, litter or noise and tell nothing of a place."""


def levels(alarm_at: float) -> Levels:
    """`alarm_at`: the probability at which 5 % of the floods that stay below the line alarm (in the model's file)."""
    return Levels(
        (Level(WARNING, rises_at=alarm_at, falls_at=alarm_at / 3, fall_hold_s=300),),
        cool_down_s=1800,
        longest_gap_s=1200,
    )


class FloodForecast:
    """Reads `depth_cm`; the score is the probability of reaching `line_cm` within 15 minutes, 1 at or above it, 0 where
    it is dry. An observation without a depth asks again with what is known: its age is a feature."""

    name = "flood-forecast"

    def __init__(self, trees: BoostedTrees, version: str, tidal: bool = False, line_cm: float = LINE_CM):
        self._trees, self.version = trees, version
        self._tidal, self._line_cm = tidal, line_cm
        self.places = PastFloods()
        self.flood: FloodSoFar | None = None
        self._dry_ms: int | None = None
        self._last_ms: int | None = None

    def score_one(self, observation: Observation) -> float | None:
        known = self.known(observation)
        if known is None:
            return None if self._last_ms is None and "depth_cm" not in observation.values else 0.0
        flood, places = known
        if flood.depth_cm[-1] >= self._line_cm:
            return 1.0
        return self._trees.probability(flood.features(observation.at_ms, self._line_cm, self._tidal, places))

    def known(self, observation: Observation) -> tuple[FloodSoFar, PastFloods] | None:
        """The flood as it stands with `observation`, and what the place had before; None where it is dry."""
        flood, places = self._after(observation)
        return None if flood is None else (flood, places)

    def _after(self, observation: Observation) -> tuple[FloodSoFar | None, PastFloods]:
        at_ms, depth = observation.at_ms, observation.values.get("depth_cm")
        flood, places = self.flood, self.places
        if flood is not None and self._is_over(flood, at_ms):
            if flood.highest_cm >= LEAST_PEAK_CM:
                places = PastFloods(places.floods)
                places.add(flood.past())
            flood = None
        if depth is None:
            return flood, places
        if flood is not None:
            flood = FloodSoFar.of_state({**flood.state(), "at_ms": flood.at_ms, "depth_cm": flood.depth_cm})
            flood.add(at_ms, max(depth, 0.0))
        elif depth > 0:
            dry = self._dry_ms
            flood = FloodSoFar(dry if dry is not None and at_ms - dry <= BEGINS_BACK_MS else at_ms)
            if flood.begin_ms < at_ms:
                flood.add(flood.begin_ms, 0.0)
            flood.add(at_ms, depth)
        return flood, places

    def _is_over(self, flood: FloodSoFar, at_ms: int) -> bool:
        last_ms = flood.at_ms[-1]
        dry = flood.depth_cm[-1] <= 0 and at_ms - flood.wet_ms >= DRY_ENDS_MS
        return dry or at_ms - last_ms >= SILENCE_ENDS_MS

    def learn_one(self, observation: Observation) -> None:
        self.flood, self.places = self._after(observation)
        depth = observation.values.get("depth_cm")
        if depth is not None:
            self._last_ms = observation.at_ms
            if depth <= 0:
                self._dry_ms = observation.at_ms

    def reason(self, score: float, held_s: float) -> Text:
        flood = self.flood
        now = flood.depth_cm[-1] if flood else 0.0
        rise = now - _ten_minutes_before(flood) if flood else 0.0
        line, held, percent = f"{self._line_cm:g}", for_how_long(held_s), math.floor(score * 100)
        likely_ko = f"{AHEAD_MIN}분 안에 {line} cm에 이를 가능성 {percent}%"
        likely_en = f"{percent}% chance of {line} cm within {AHEAD_MIN} min"
        return Text(
            ko=f"현재 {now:.1f} cm, 최근 10분 {rise:+.1f} cm: {likely_ko}{held.ko}",
            en=f"Now {now:.1f} cm, {rise:+.1f} cm in 10 min: {likely_en}{held.en}",
        )

    def state(self) -> dict[str, Any]:
        return {
            "places": self.places.state(),
            "flood": None if self.flood is None else self.flood.state(),
            "dry_ms": self._dry_ms,
            "last_ms": self._last_ms,
        }

    def restore(self, state: dict[str, Any]) -> None:
        self.places = PastFloods.of_state(state["places"])
        self.flood = None if state["flood"] is None else FloodSoFar.of_state(state["flood"])
        self._dry_ms, self._last_ms = state["dry_ms"], state["last_ms"]


def _ten_minutes_before(flood: FloodSoFar) -> float:
    before = bisect_right(flood.at_ms, flood.at_ms[-1] - 600_000) - 1
    return flood.depth_cm[before] if before >= 0 else 0.0
