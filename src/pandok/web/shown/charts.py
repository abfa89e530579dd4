"""Line charts as SVG values: drawn on the server, readable without colour, with a table of the same numbers.

Each series has a shape of its own; a whisker is the 95 % interval; a hollow grey point stands for too few cases.
"""

from __future__ import annotations

import math
from collections.abc import Callable, Sequence
from dataclasses import dataclass

WIDTH, HEIGHT = 360, 230
LEFT, RIGHT, TOP, BOTTOM = 46, 12, 14, 30
LINES = 4
MOST_LABELS = 6
LETTER, GAP = 6.5, 12
"""Width of a letter under the axis, and the least between two words there."""
_SHIFT = 4.0


@dataclass(frozen=True)
class Point:
    """One value with its interval; `said` is how the table says it; `few`: hardly any cases stand behind it."""

    value: float
    low: float | None
    high: float | None
    few: bool
    said: str


@dataclass(frozen=True)
class Series:
    name: str
    points: Sequence[Point | None]


@dataclass(frozen=True)
class Dot:
    x: float
    y: float
    few: bool
    low_y: float
    high_y: float
    path: str


@dataclass(frozen=True)
class DrawnSeries:
    number: int
    name: str
    lines: list[str]
    dots: list[Dot]
    key_path: str


@dataclass(frozen=True)
class Chart:
    key: str
    title: str
    description: str
    grid: list[tuple[float, str]]
    labels: list[tuple[float, str]]
    series: list[DrawnSeries]
    marks: list[tuple[float, str]]
    header: list[str]
    rows: list[tuple[str, list[str]]]
    width: int = WIDTH
    height: int = HEIGHT
    left: int = LEFT
    right: int = WIDTH - RIGHT
    top: int = TOP
    bottom: int = HEIGHT - BOTTOM

    @property
    def empty(self) -> bool:
        return not any(one.dots for one in self.series)


def line_chart(
    *,
    key: str,
    title: str,
    description: str,
    labels: Sequence[str],
    series: Sequence[Series],
    say: Callable[[float], str],
    steps: Sequence[float],
    marks: Sequence[tuple[int, str]] = (),
) -> Chart:
    """`steps` are the heights that the axis may end at, rising; `say` puts a value in words; `marks` name places."""
    values = [point for one in series for point in one.points if point is not None]
    highest = max((max(point.value, point.high or 0.0) for point in values), default=steps[0])
    end = next((step for step in steps if step >= highest), highest)
    places = _places(len(labels))
    every = max(1, math.ceil(len(labels) / _most_labels(labels)))
    return Chart(
        key=key,
        title=title,
        description=description,
        grid=[(_y(end * line / LINES, end), say(end * line / LINES)) for line in range(LINES + 1)],
        labels=[(x, text) for place, (x, text) in enumerate(zip(places, labels, strict=True)) if place % every == 0],
        series=[_drawn(number, one, places, end, len(series)) for number, one in enumerate(series, start=1)],
        marks=[(places[place], text) for place, text in marks],
        header=[one.name for one in series],
        rows=[
            (label, [point.said if (point := one.points[place]) else "–" for one in series])
            for place, label in enumerate(labels)
        ],
    )


def _most_labels(labels: Sequence[str]) -> int:
    """As many as stand side by side without touching."""
    widest = max(map(len, labels), default=0) * LETTER + GAP
    return max(1, min(MOST_LABELS, int((WIDTH - LEFT - RIGHT) // widest)))


def _places(count: int) -> list[float]:
    room = WIDTH - LEFT - RIGHT
    return [round(LEFT + room * (place + 0.5) / count, 1) for place in range(count)]


def _y(value: float, end: float) -> float:
    return round(HEIGHT - BOTTOM - (HEIGHT - TOP - BOTTOM) * min(value / end, 1.0), 1) if end else HEIGHT - BOTTOM


def _drawn(number: int, one: Series, places: Sequence[float], end: float, count: int) -> DrawnSeries:
    shift = (number - (count + 1) / 2) * _SHIFT
    dots: list[Dot] = []
    lines: list[str] = []
    run: list[str] = []
    for x, point in zip(places, one.points, strict=True):
        if point is None:
            _end_run(lines, run)
            continue
        at, y = round(x + shift, 1), _y(point.value, end)
        low = _y(point.low, end) if point.low is not None else y
        high = _y(point.high, end) if point.high is not None else (_y(end, end) if point.low is not None else y)
        dots.append(Dot(at, y, point.few, low, high, _shape(number, at, y)))
        run.append(f"{at},{y}")
    _end_run(lines, run)
    return DrawnSeries(number, one.name, lines, dots, _shape(number, 8, 8))


def _end_run(lines: list[str], run: list[str]) -> None:
    if len(run) > 1:
        lines.append(" ".join(run))
    run.clear()


def _shape(number: int, x: float, y: float) -> str:
    """Circle, square, triangle: told apart without colour."""
    if number % 3 == 1:
        return f"M{x - 4} {y}a4 4 0 1 0 8 0a4 4 0 1 0 -8 0z"
    if number % 3 == 2:
        return f"M{x - 3.6} {y - 3.6}h7.2v7.2h-7.2z"
    return f"M{x} {round(y - 4.6, 1)}l4.4 8h-8.8z"
