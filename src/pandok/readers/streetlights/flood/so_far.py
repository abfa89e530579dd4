"""The flood that is going on: what its first minutes say of the next fifteen.

Everything is known at the moment that is asked about: depths between two readings are interpolated, and never beyond
the last one. Readings older than 46 minutes are summed up and forgotten, so that the state stays small.
"""

from __future__ import annotations

from bisect import bisect_right
from typing import Any

import numpy as np

from pandok.readers.streetlights.flood.past_floods import PastFlood, PastFloods

LAGS_MIN = (1, 2, 3, 5, 7, 10, 15, 20, 30, 45)
PACES_MIN = (1, 3, 5, 10, 15)
LONGEST_MIN = 500.0
KEPT_MS = 46 * 60_000
TEN_MINUTES_MS = 600_000
NAMES = (
    "depth_cm", "age_s", "highest_cm", "below_highest_cm", "minutes",
    *(f"rise_{lag}_min_cm" for lag in LAGS_MIN),
    "bend_3_min_cm", "bend_5_min_cm", "largest_step_cm", "smallest_step_cm", "deviation_10_min_cm", "readings_10_min",
    "minutes_since_highest", "mean_pace_cm_min", "lowest_10_min_cm", "tidal",
    "line_cm", "gap_cm", *(f"minutes_to_line_at_{pace}_min" for pace in PACES_MIN),
    "past_share_towards_line", "past_reached", "past_share_reached",
    "past_count", "past_mean_peak_cm", "past_highest_cm", "past_last_peak_cm", "past_onset_min", "past_steepest_cm",
    "past_usual_steepest_cm",
)  # fmt: skip
"""The columns of `features`, in order."""


class FloodSoFar:
    """Begins with the last dry reading before the water, at `begin_ms`."""

    def __init__(self, begin_ms: int):
        self.begin_ms = begin_ms
        self.at_ms: list[int] = []
        self.depth_cm: list[float] = []
        self.highest_cm = 0.0
        self.highest_ms = begin_ms
        self.steepest_cm = 0.0
        self.wet_ms = begin_ms

    def add(self, at_ms: int, depth_cm: float) -> None:
        self.at_ms.append(at_ms)
        self.depth_cm.append(depth_cm)
        if depth_cm > self.highest_cm:
            self.highest_cm, self.highest_ms = depth_cm, at_ms
        if depth_cm > 0:
            self.wet_ms = at_ms
        before = bisect_right(self.at_ms, at_ms - TEN_MINUTES_MS) - 1
        if before >= 0:
            self.steepest_cm = max(self.steepest_cm, depth_cm - self.depth_cm[before])
        # One reading older than the longest lag stays, to interpolate from.
        old = bisect_right(self.at_ms, at_ms - KEPT_MS) - 1
        if old > 0:
            del self.at_ms[:old], self.depth_cm[:old]

    def past(self) -> PastFlood:
        return PastFlood(self.highest_cm, (self.highest_ms - self.begin_ms) / 60_000, self.steepest_cm)

    def features(self, at_ms: int, line_cm: float, tidal: bool, places: PastFloods) -> list[float]:
        """What is known at `at_ms`, one number for each of `NAMES`."""
        at, depth = np.array(self.at_ms, dtype=np.float64), np.array(self.depth_cm)
        now = self.depth_cm[-1]
        asked = at_ms - 60_000.0 * np.array(LAGS_MIN)
        lagged = np.where(asked >= self.at_ms[0], np.interp(asked, at, depth), 0.0)
        of = dict(zip(LAGS_MIN, lagged.tolist(), strict=True))
        steps = np.diff(depth[-7:])
        recent = depth[at >= at_ms - TEN_MINUTES_MS]
        minutes = (at_ms - self.begin_ms) / 60_000
        gap = line_cm - now
        paces = [(now - of[pace]) / pace for pace in PACES_MIN]
        return [
            now,
            (at_ms - self.at_ms[-1]) / 1000,
            self.highest_cm,
            self.highest_cm - now,
            minutes,
            *(now - lagged).tolist(),
            (now - of[3]) - (of[3] - of[7]),
            (now - of[5]) - (of[5] - of[10]),
            max(steps.tolist(), default=0.0),
            min(steps.tolist(), default=0.0),
            float(recent.std()) if len(recent) > 1 else 0.0,
            float(len(recent)),
            (at_ms - self.highest_ms) / 60_000,
            now / (minutes + 1),
            min(recent.tolist(), default=99.0),
            float(tidal),
            line_cm,
            gap,
            *(min(gap / pace, LONGEST_MIN) if pace > 1e-3 else LONGEST_MIN for pace in paces),
            *places.towards(line_cm, self.highest_cm),
            *places.summary(),
        ]

    def state(self) -> dict[str, Any]:
        return dict(vars(self))

    @classmethod
    def of_state(cls, saved: dict[str, Any]) -> FloodSoFar:
        flood = cls(int(saved["begin_ms"]))
        flood.at_ms, flood.depth_cm = [int(one) for one in saved["at_ms"]], [float(one) for one in saved["depth_cm"]]
        flood.highest_cm, flood.highest_ms = float(saved["highest_cm"]), int(saved["highest_ms"])
        flood.steepest_cm, flood.wet_ms = float(saved["steepest_cm"]), int(saved["wet_ms"])
        return flood
