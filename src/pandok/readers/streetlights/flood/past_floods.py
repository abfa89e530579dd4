"""The floods that one place has had: a place that fills once fills again."""

from __future__ import annotations

from dataclasses import dataclass, field
from statistics import mean, median
from typing import Any

KEPT = 300
UNKNOWN = -1.0


@dataclass(frozen=True, slots=True)
class PastFlood:
    """`peak_cm`; `onset_min` from begin to peak; `steepest_cm`: the largest rise over ten minutes."""

    peak_cm: float
    onset_min: float
    steepest_cm: float


@dataclass
class PastFloods:
    """The last 300 floods of a place, oldest first."""

    floods: list[PastFlood] = field(default_factory=list)

    def add(self, flood: PastFlood) -> None:
        self.floods = [*self.floods, flood][-KEPT:]

    def towards(self, line_cm: float, highest_cm: float) -> list[float]:
        """Of the floods that came as high as this one did so far, the share that reached `line_cm` (a third of a flood
        added); how many reached it; their share of all."""
        reached = sum(one.peak_cm >= line_cm for one in self.floods)
        as_high = sum(one.peak_cm >= highest_cm for one in self.floods)
        return [(reached + 0.35) / (as_high + 1.0), float(reached), reached / max(len(self.floods), 1)]

    def summary(self) -> list[float]:
        """Count, mean and highest and last peak, usual time to the peak, steepest and usual steepest rise; −1
        unknown."""
        if not self.floods:
            return [0.0, *[UNKNOWN] * 6]
        peaks = [one.peak_cm for one in self.floods]
        rises = [one.steepest_cm for one in self.floods]
        onset = median(one.onset_min for one in self.floods)
        return [float(len(peaks)), mean(peaks), max(peaks), peaks[-1], onset, max(rises), median(rises)]

    def state(self) -> list[list[float]]:
        return [[one.peak_cm, one.onset_min, one.steepest_cm] for one in self.floods]

    @classmethod
    def of_state(cls, saved: list[list[Any]]) -> PastFloods:
        return cls([PastFlood(float(one[0]), float(one[1]), float(one[2])) for one in saved])
