"""Newest readings as a line, with the same numbers as a table."""

from __future__ import annotations

from collections.abc import Sequence
from dataclasses import dataclass
from datetime import datetime

from pandok.core.text import Text
from pandok.fields.street.hazard_kinds import kind_of
from pandok.fields.street.lists.traces import trace_of
from pandok.fields.street.models import Alert
from pandok.fields.street.observed import OBSERVED
from pandok.readers.streetlights.flood_level import CLOSURE_CM

WIDTH, HEIGHT, EDGE = 600.0, 120.0, 4.0
IN_TABLE = 12


@dataclass(frozen=True)
class Trace:
    words: Text
    sensor: str
    unit: str
    line: str
    lowest: float
    highest: float
    first_at: datetime
    last_at: datetime
    newest: Sequence[tuple[datetime, float]]
    """The last few, newest first."""
    width: float = WIDTH
    height: float = HEIGHT
    limit_y: float | None = None
    """Where the road is closed, if the line comes near it."""
    limit: float = CLOSURE_CM


def traces_of(alert: Alert) -> list[Trace]:
    """Of the sensors that the alert's kind of hazard is read from; none where its pole said nothing lately."""
    kind = kind_of(alert.reader)
    if alert.pole is None or kind is None:
        return []
    found = trace_of(alert.pole, kind.observed)
    return [_drawn(sensor, observed, values) for (sensor, observed), values in found.items() if len(values) > 1]


def _drawn(sensor: str, observed: str, values: Sequence[tuple[datetime, float]]) -> Trace:
    first, last = values[0][0], values[-1][0]
    lowest, highest = min(value for _, value in values), max(value for _, value in values)
    water = observed == "depth_cm"
    bottom, top = (min(lowest, 0.0), max(highest, CLOSURE_CM * 1.1)) if water else (lowest, highest)
    span_s, range_ = max((last - first).total_seconds(), 1.0), max(top - bottom, 1e-9)

    def height(value: float) -> float:
        return HEIGHT - EDGE - (HEIGHT - 2 * EDGE) * (value - bottom) / range_

    points = " ".join(
        f"{EDGE + (WIDTH - 2 * EDGE) * (at - first).total_seconds() / span_s:.1f},{height(value):.1f}"
        for at, value in values
    )
    known = OBSERVED[observed]
    newest = list(reversed(values[-IN_TABLE:]))
    limit_y = round(height(CLOSURE_CM), 1) if water else None
    return Trace(known.words, sensor, known.unit, points, lowest, highest, first, last, newest, limit_y=limit_y)
