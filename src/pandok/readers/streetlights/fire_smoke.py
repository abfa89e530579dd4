"""Fire and smoke: warmth, smoke and gas that rise together, each against its own quiet level.

For each channel (a property of a sensor) a quiet level and its usual deviation are learned while nothing is suspected.
How far a channel stands above them, in steps of what its property rises by early in a fire, is its evidence; of each
property the two highest channels count (one alone where there is one), and properties add up. Gas alone never alarms: a
kitchen or a passing bus raises it as well. The score is 1 at the alarm.

Steps and hold were chosen on five house fires indoors and ordinary air (docs/algorithms/streetlights.md). Nothing here
says how smoke reaches a pole in open air. A person confirms before anybody is called out.
"""

from __future__ import annotations

from dataclasses import dataclass
from typing import Any

from pandok.core.text import Text
from pandok.readers.streetlights.alerts.detector import for_how_long
from pandok.readers.streetlights.alerts.levels import SERIOUS, WARNING, Level, Levels
from pandok.readers.streetlights.alerts.observation import Observation


@dataclass(frozen=True, slots=True)
class Kind:
    """`step`: what the property rises by early in a fire; `most`: the most that it may bring to the score."""

    words: Text
    unit: str
    step: float
    most: float


KINDS = {
    "temperature_c": Kind(Text(ko="온도", en="temperature"), "°C", 1.5, 3.0),
    "optical_density_per_m": Kind(Text(ko="연기 농도", en="smoke"), "1/m", 0.03, 3.0),
    "co_ppm": Kind(Text(ko="일산화탄소", en="CO"), "ppm", 60.0, 0.6),
    "co2_ppm": Kind(Text(ko="이산화탄소", en="CO2"), "ppm", 600.0, 0.3),
}
WARM_UP = 3
MEMORY_S = 180.0
FRESH_MS = 60_000
DEVIATIONS = 4.0
SUSPECTED = 0.5
"""From this score on the quiet level stands still: a slow fire must not become the new ordinary air."""
STANDS_STILL_S = 900.0
"""… but for so long at most: after a quarter of an hour a higher level is the day's."""
LEVELS = Levels(
    (
        Level(WARNING, rises_at=1.0, falls_at=0.4, rise_hold_s=4, fall_hold_s=120),
        Level(SERIOUS, rises_at=3.0, falls_at=1.0, rise_hold_s=10, fall_hold_s=120),
    ),
    cool_down_s=900,
    longest_gap_s=60,
)


@dataclass
class Channel:
    quiet: float = 0.0
    deviation: float = 0.0
    count: int = 0
    at_ms: int = 0
    value: float = 0.0
    suspected_ms: int = 0

    def evidence(self, kind: Kind, value: float) -> float:
        """Steps above quiet; 0 while the channel is warming up."""
        step = max(kind.step, DEVIATIONS * self.deviation)
        return max(value - self.quiet, 0.0) / step if self.count >= WARM_UP else 0.0

    def take(self, at_ms: int, value: float, suspected: bool) -> None:
        self.suspected_ms = (self.suspected_ms or at_ms) if suspected else 0
        still = suspected and at_ms - self.suspected_ms < STANDS_STILL_S * 1000 and self.count >= WARM_UP
        if not still:
            passed_s = (at_ms - self.at_ms) / 1000 if self.count else 0.0
            weight = max(1 / (self.count + 1), min(passed_s / MEMORY_S, 0.3))
            self.deviation += weight * (abs(value - self.quiet) - self.deviation) if self.count else 0.0
            self.quiet += weight * (value - self.quiet)
            self.count += 1
        self.at_ms, self.value = at_ms, value


class FireSmoke:
    """Reads any of `KINDS`, of any number of sensors (heights); what is not there counts nothing."""

    name, version = "fire-smoke", "1"

    def __init__(self) -> None:
        self.channels: dict[str, Channel] = {}

    def score_one(self, observation: Observation) -> float | None:
        evidence = self._evidence(observation)
        return None if not evidence else sum(evidence.values())

    def _evidence(self, observation: Observation) -> dict[str, float]:
        """What each property brings; empty before any channel has warmed up."""
        by_kind: dict[str, list[float]] = {}
        now = {f"{of}@{observation.sensor}": value for of, value in observation.values.items() if of in KINDS}
        # In a set order: a sum of numbers depends on it, and a restart must not change a score.
        for name in sorted({**self.channels, **now}):
            channel, of = self.channels.get(name), name.split("@")[0]
            if channel is None or channel.count < WARM_UP:
                continue
            if name in now:
                by_kind.setdefault(of, []).append(channel.evidence(KINDS[of], now[name]))
            elif observation.at_ms - channel.at_ms <= FRESH_MS:
                by_kind.setdefault(of, []).append(channel.evidence(KINDS[of], channel.value))
        found = {}
        for of, each in by_kind.items():
            highest = sorted(each, reverse=True)[:2]
            found[of] = min(sum(highest) / len(highest), KINDS[of].most)
        return found

    def learn_one(self, observation: Observation) -> None:
        suspected = (self.score_one(observation) or 0.0) >= SUSPECTED
        for of, value in observation.values.items():
            if of in KINDS:
                self.channels.setdefault(f"{of}@{observation.sensor}", Channel()).take(
                    observation.at_ms, value, suspected
                )

    def reason(self, score: float, held_s: float) -> Text:
        risen: dict[str, float] = {}
        for name, channel in sorted(self.channels.items()):
            of = name.split("@")[0]
            if channel.evidence(KINDS[of], channel.value) >= 0.2:
                risen[of] = max(risen.get(of, 0.0), channel.value - channel.quiet)
        held = for_how_long(held_s)
        said = [(KINDS[of], f"+{rise:.3g} {KINDS[of].unit}") for of, rise in risen.items()]
        ko = ", ".join(f"{kind.words.ko} {rise}" for kind, rise in said) or "평소 수준"
        en = ", ".join(f"{kind.words.en} {rise}" for kind, rise in said) or "usual levels"
        return Text(
            ko=f"평소 대비 {ko}{held.ko} (경보 기준의 {score:.1f}배)",
            en=f"Against the usual level {en}{held.en} ({score:.1f} times the alarm threshold)",
        )

    def state(self) -> dict[str, Any]:
        return {"channels": {name: dict(vars(channel)) for name, channel in sorted(self.channels.items())}}

    def restore(self, state: dict[str, Any]) -> None:
        fields = set(vars(Channel()))
        saved_channels = state["channels"]
        if any(set(saved) != fields for saved in saved_channels.values()):
            raise ValueError("channels have other fields")
        self.channels = {name: Channel(**saved) for name, saved in saved_channels.items()}
