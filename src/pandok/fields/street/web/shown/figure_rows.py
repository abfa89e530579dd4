"""Figures of alerts in words: what is not known is a dash, never a zero."""

from __future__ import annotations

from collections.abc import Sequence
from dataclasses import dataclass

from pandok.core.text import Text
from pandok.fields.street.lists.figures import Figures

ALL = Text(ko="전체", en="All")
NONE = "–"


@dataclass(frozen=True)
class FigureRow:
    words: Text
    figures: Figures
    median: str
    ninth: str
    false_daily: str
    device_days: str
    lead: str


def figure_rows(found: Sequence[Figures]) -> list[FigureRow]:
    return [
        FigureRow(
            one.kind.words if one.kind else ALL,
            one,
            _number(one.median_min, 1),
            _number(one.ninth_min, 1),
            _number(one.false_a_device_day, 4),
            _number(one.device_days, 1),
            _number(one.median_lead_min, 1),
        )
        for one in found
    ]


def _number(value: float | None, places: int) -> str:
    return NONE if value is None else f"{value:,.{places}f}"
