"""Abnormal sound: a bang or a cry, told from levels of octave bands. No sound is kept, and none can be made of it.

Fixed cameras may not record sound (Personal Information Protection Act, art. 25(5)). The device sends one level a
second and band; speech cannot be rebuilt from eight numbers a second. Of those, this reader keeps a running mean and
deviation a band and the loudness of the last second, nothing else: what it tells is an event.
"""

from __future__ import annotations

from typing import Any

from pandok.core.text import Text
from pandok.readers.streetlights.alerts.detector import for_how_long
from pandok.readers.streetlights.alerts.levels import ATTENTION, WARNING, Level, Levels
from pandok.readers.streetlights.alerts.observation import Observation

BANDS_HZ = (63, 125, 250, 500, 1000, 2000, 4000, 8000)
CRY_HZ = (1000, 2000, 4000)
MEMORY = 300.0
WARM_UP = 30
LEAST_DEVIATION_DB = 3.0
LEVELS = Levels(
    (
        # 12 dB above twice the usual swing is what stands out on a street; a cry lasts, a bang does not.
        Level(ATTENTION, rises_at=6.0, falls_at=3.0, fall_hold_s=5),
        Level(WARNING, rises_at=6.0, falls_at=3.0, rise_hold_s=1.0, fall_hold_s=5),
    ),
    cool_down_s=60,
    longest_gap_s=10,
)


class SoundEvents:
    """Reads `band_63_db` … `band_8000_db`, one observation a second. The score: in usual deviations (3 dB at least),
    the larger of the mean over all bands (a bang) and of the bands of a cry against the rest."""

    name, version = "sound-events", "1"

    def __init__(self) -> None:
        self._mean = [0.0] * len(BANDS_HZ)
        self._deviation = [0.0] * len(BANDS_HZ)
        self._count = 0

    def score_one(self, observation: Observation) -> float | None:
        bands = self._bands(observation)
        if bands is None or self._count < WARM_UP:
            return None
        return max(self._bang(bands), self._cry(bands))

    def _bands(self, observation: Observation) -> list[float] | None:
        found = [observation.values.get(f"band_{hz}_db") for hz in BANDS_HZ]
        known = [value for value in found if value is not None]
        return known if len(known) == len(BANDS_HZ) else None

    def _risen(self, bands: list[float]) -> list[float]:
        return [
            (value - mean) / max(deviation, LEAST_DEVIATION_DB)
            for value, mean, deviation in zip(bands, self._mean, self._deviation, strict=True)
        ]

    def _bang(self, bands: list[float]) -> float:
        return sum(self._risen(bands)) / len(BANDS_HZ)

    def _cry(self, bands: list[float]) -> float:
        risen = dict(zip(BANDS_HZ, self._risen(bands), strict=True))
        rest = [risen[hz] for hz in BANDS_HZ if hz not in CRY_HZ]
        return sum(risen[hz] for hz in CRY_HZ) / len(CRY_HZ) - max(sum(rest) / len(rest), 0.0) / 2

    def learn_one(self, observation: Observation) -> None:
        bands = self._bands(observation)
        if bands is None:
            return
        self._count = min(self._count + 1, int(MEMORY))
        weight = 1 / self._count
        loud = self._count > WARM_UP and max(self._bang(bands), self._cry(bands)) >= 3
        weight = weight / 10 if loud else weight  # a cry must not become the street's usual noise
        for number, value in enumerate(bands):
            off = value - self._mean[number]
            self._deviation[number] += weight * (abs(off) - self._deviation[number]) if self._count > 1 else 0.0
            self._mean[number] += weight * off

    def reason(self, score: float, held_s: float) -> Text:
        held = for_how_long(held_s)
        return Text(
            ko=f"평소 소음보다 변동 폭의 {score:.1f}배 큰 소리{held.ko} (음성은 저장하지 않음)",
            en=f"A sound {score:.1f} usual deviations above the street's noise{held.en} (no audio is kept)",
        )

    def state(self) -> dict[str, Any]:
        return {"mean": self._mean, "deviation": self._deviation, "count": self._count}

    def restore(self, state: dict[str, Any]) -> None:
        mean, deviation = [float(one) for one in state["mean"]], [float(one) for one in state["deviation"]]
        if len(mean) != len(BANDS_HZ) or len(deviation) != len(BANDS_HZ):
            raise ValueError("other bands")
        self._mean, self._deviation, self._count = mean, deviation, int(state["count"])
