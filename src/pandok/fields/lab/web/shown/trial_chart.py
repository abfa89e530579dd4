"""The evidence of a trial over its cases, drawn on the server: two e-values, two boundaries, on a logarithmic scale."""

from __future__ import annotations

import math
from collections.abc import Sequence
from dataclasses import dataclass
from typing import Any

from pandok.core.text import Text, counted

WIDTH, NARROW, HEIGHT = 640, 340, 300
LEFT, RIGHT, TOP, BOTTOM = 56, 16, 20, 36
MOST_POINTS = 300
TABLE_ROWS = 12
LEAST, MOST = 1e-3, 1e6
NAMES = {
    "benefit": Text(ko="우수 증거(e값)", en="Evidence of benefit (e-value)"),
    "harm": Text(ko="열등 증거(e값)", en="Evidence of harm (e-value)"),
}


@dataclass(frozen=True)
class DrawnPath:
    key: str
    name: str
    points: str
    boundary: float
    """Height of the boundary in the drawing."""
    boundary_said: str


@dataclass(frozen=True)
class TrialChart:
    title: str
    description: str
    paths: list[DrawnPath]
    grid: list[tuple[float, str]]
    labels: list[tuple[float, str]]
    header: list[str]
    rows: list[tuple[int, list[str]]]
    empty: bool
    width: int
    narrow: TrialChart | None
    """The same for phones, so that its words keep their size."""
    height: int = HEIGHT
    left: int = LEFT

    @property
    def right(self) -> int:
        return self.width - RIGHT


def trial_chart(found: dict[str, Any], *, language: str, width: int = WIDTH) -> TrialChart:
    """`found`: paths `benefit` and `harm` with the values they must reach, one value for every `step` cases."""
    step, paths = int(found.get("step", 1)), {key: list(found[key]) for key in NAMES}
    needed = {key: float(found[f"{key}_needed"]) for key in NAMES}
    count = len(paths["benefit"])
    values = [_kept(one) for path in paths.values() for one in path] + list(needed.values()) + [1.0]
    low, high = math.floor(math.log10(min(values))), math.ceil(math.log10(max(values)) + 0.1)
    cases = count * step

    def y(value: float) -> float:
        share = (math.log10(_kept(value)) - low) / (high - low)
        return round(HEIGHT - BOTTOM - share * (HEIGHT - TOP - BOTTOM), 1)

    def x(case: float) -> float:
        return round(LEFT + (width - LEFT - RIGHT) * case / max(1, cases), 1)

    places = _thinned(count, MOST_POINTS)
    drawn = [
        DrawnPath(
            key,
            name.in_language(language),
            " ".join([f"{x(0)},{y(1.0)}", *(f"{x((place + 1) * step)},{y(paths[key][place])}" for place in places)]),
            y(needed[key]),
            f"{needed[key]:g}",
        )
        for key, name in NAMES.items()
    ]
    table = _thinned(count, TABLE_ROWS)
    return TrialChart(
        title=Text(ko="사건이 쌓일수록 증거가 어떻게 변하는가", en="The evidence as cases come in").in_language(
            language
        ),
        description=_description(found, cases, needed).in_language(language),
        paths=drawn,
        grid=[(y(10.0**power), f"{10.0**power:g}") for power in range(low, high + 1)],
        labels=[(x(case), str(case)) for case in _round_places(cases)],
        header=[name.in_language(language) for name in NAMES.values()],
        rows=[((place + 1) * step, [f"{paths[key][place]:.3g}" for key in NAMES]) for place in table],
        empty=count == 0,
        width=width,
        narrow=trial_chart(found, language=language, width=NARROW) if width > NARROW else None,
    )


def _description(found: dict[str, Any], cases: int, needed: dict[str, float]) -> Text:
    last = {key: (found[key][-1] if found[key] else 1.0) for key in NAMES}
    return Text(
        ko=f"{cases}건까지 우수 증거 {last['benefit']:.3g}(경계 {needed['benefit']:g}), "
        f"열등 증거 {last['harm']:.3g}(경계 {needed['harm']:g}).",
        en=f"After {counted(cases, 'case')}: benefit {last['benefit']:.3g} (boundary {needed['benefit']:g}), "
        f"harm {last['harm']:.3g} (boundary {needed['harm']:g}).",
    )


def _kept(value: float) -> float:
    return min(MOST, max(LEAST, value))


def _thinned(count: int, most: int) -> Sequence[int]:
    """At most `most` places of `count`, the last one among them."""
    if count <= most:
        return range(count)
    return sorted({round((count - 1) * place / (most - 1)) for place in range(most)})


def _round_places(cases: int) -> list[int]:
    if cases == 0:
        return [0]
    step = 10 ** max(0, int(math.log10(cases)))
    step = next(one for one in (step // 5 or 1, step // 2 or 1, step) if cases / one <= 6) if cases > 6 else 1
    return list(range(0, cases + 1, step))
