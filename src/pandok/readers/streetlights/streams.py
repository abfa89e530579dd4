"""Any stream of numbers, among them the lamp's electrical ones: what departs from the stream's own day and past.

Seven signals, each in the stream's own deviations: the value against its hour of the day; running means over 6, 24 and
72 points against their own past; the same means of what the hour of the day leaves. The score is the sum of log(1 + z):
many small departures together count as much as one large one, and no unit matters; of the sum a
running mean over three points. All is incremental, 93 numbers a
stream; `StreamBank` reads many streams in one call.

When it fails: an anomaly that lies in the order of values alone (a missing beat), a stream whose day is no day, the
first day. Recipe chosen while looking at NAB's corpus: see docs/algorithms/streetlights.md.
"""

from __future__ import annotations

import math
from typing import Any

import numpy as np
from numpy.typing import NDArray

from pandok.core.text import Text
from pandok.readers.streetlights.alerts.detector import for_how_long
from pandok.readers.streetlights.alerts.levels import ATTENTION, CAUTION, Level, Levels
from pandok.readers.streetlights.alerts.observation import Observation
from pandok.readers.xray.physics.compiled import compiled

BINS = 24
SPANS = (6.0, 24.0, 72.0)
MEMORY = 2000.0
SHARE = 0.2
"""Of the stream's whole variance, added to that of an hour: few readings know an hour badly."""
WARM_UP = 300
COLUMNS = 3 * BINS + 6 * len(SPANS) + 3
_SPANS = np.array(SPANS)


@compiled
def _read(
    state: NDArray[np.float64],
    count: NDArray[np.int64],
    stream: NDArray[np.int64],
    second_of_day: NDArray[np.float64],
    value: NDArray[np.float64],
    spans: NDArray[np.float64],
    learn: bool,
    scores: NDArray[np.float64],
) -> None:
    """One point after another; `state` (streams, COLUMNS): of each hour mean, variance and count; of each span the mean
    of values, of residuals, and of both mean and variance of their past; mean and variance of the stream; the score."""
    bins, wide = 24, len(spans)
    means = 3 * bins
    past = means + 2 * wide
    whole = past + 4 * wide
    for number in range(len(stream)):
        row = state[stream[number]]
        seen = count[stream[number]]
        x = value[number]
        steps = seen + 1.0
        hour = int(second_of_day[number] / 86400.0 * bins)
        mean, variance, known = row[hour], row[bins + hour], row[2 * bins + hour]
        level, spread = row[whole], row[whole + 1]
        least = 1e-12 + 1e-8 * level * level
        residual, total = 0.0, 0.0
        if known >= 1:
            residual = x - mean
            trust = min(known / 5.0, 1.0)
            total += math.log1p(min(abs(residual) / math.sqrt(variance + 0.2 * spread + least) * trust, 1e6))
        for span in range(wide):
            weight = max(1.0 / spans[span], 1.0 / steps)
            slow = max(1.0 / 2000.0, 1.0 / steps)
            for kind in range(2):
                now = x if kind == 0 else residual
                at, of = means + kind * wide + span, past + 2 * (kind * wide + span)
                short = row[at] + weight * (now - row[at])
                off = short - row[of]
                if seen > spans[span]:
                    total += math.log1p(min(abs(off) / math.sqrt(row[of + 1] + 1e-4 * spread + least), 1e6))
                if learn:
                    row[at] = short
                    row[of] += slow * off
                    row[of + 1] = (1 - slow) * (row[of + 1] + slow * off * off)
        total = row[whole + 2] + (total - row[whole + 2]) / 3.0
        scores[number] = total
        if learn:
            row[whole + 2] = total
            slow = max(1.0 / 2000.0, 1.0 / steps)
            off = x - level
            row[whole] = level + slow * off
            row[whole + 1] = (1 - slow) * (spread + slow * off * off)
            weight = max(0.02, 1.0 / (known + 1))
            off = x - mean
            row[hour] = mean + weight * off
            row[bins + hour] = (1 - weight) * (variance + weight * off * off)
            row[2 * bins + hour] = known + 1
            count[stream[number]] = seen + 1


class StreamBank:
    """Many streams at once, 800 bytes each."""

    def __init__(self, streams: int):
        self.memory = np.zeros((streams, COLUMNS))
        self.count = np.zeros(streams, np.int64)

    def read(
        self, stream: NDArray[np.int64], at_s: NDArray[np.float64], value: NDArray[np.float64], learn: bool = True
    ) -> NDArray[np.float64]:
        """Scores (N,) of N finite points in order of time, `stream` (N,) their streams; learned one after another.
        Raises IndexError where a stream is not of this bank."""
        if len(stream) and not 0 <= int(stream.min()) <= int(stream.max()) < len(self.memory):
            raise IndexError("a stream that is not of this bank")
        scores = np.empty(len(stream))
        _read(self.memory, self.count, stream, np.mod(at_s, 86400.0), value, _SPANS, learn, scores)
        return scores


LEVELS = Levels(
    (
        Level(ATTENTION, rises_at=11.5, falls_at=7.0, fall_hold_s=3600),
        Level(CAUTION, rises_at=12.8, falls_at=8.0, fall_hold_s=3600),
    ),
    cool_down_s=43_200,
    longest_gap_s=7200,
)
"""The thresholds at which NAB's corpus had .01 and .003 false episodes a stream-day."""


class StreamAnomaly:
    """One property of a pole as a stream; abstains for its first 300 points."""

    version = "1"

    def __init__(self, of: str):
        self.name, self._of = f"stream-{of.replace('_', '-')}", of
        self._bank = StreamBank(1)
        self._value: float | None = None

    def score_one(self, observation: Observation) -> float | None:
        if self._of not in observation.values or int(self._bank.count[0]) < WARM_UP:
            return None
        return self._read(observation, learn=False)

    def learn_one(self, observation: Observation) -> None:
        if self._of in observation.values:
            self._read(observation, learn=True)
            self._value = observation.values[self._of]

    def _read(self, observation: Observation, learn: bool) -> float:
        at_s, value = np.array([observation.at_ms / 1000]), np.array([observation.values[self._of]])
        return float(self._bank.read(np.zeros(1, np.int64), at_s, value, learn)[0])

    def reason(self, score: float, held_s: float) -> Text:
        usual, held = float(self._bank.memory[0, -3]), for_how_long(held_s)
        now = usual if self._value is None else self._value
        values = f"{self._of} {now:.3g} ({usual:.3g})"
        return Text(
            ko=f"{values}: 평소 흐름에서 벗어남, 점수 {score:.1f}{held.ko}",
            en=f"{values}: departs from its usual course, score {score:.1f}{held.en}",
        )

    def state(self) -> dict[str, Any]:
        return {"row": self._bank.memory[0].tolist(), "count": int(self._bank.count[0]), "value": self._value}

    def restore(self, state: dict[str, Any]) -> None:
        row = np.array(state["row"], dtype=np.float64)
        if row.shape != (COLUMNS,):
            raise ValueError("another number of columns")
        self._bank.memory[0], self._bank.count[0], self._value = row, int(state["count"]), state["value"]
