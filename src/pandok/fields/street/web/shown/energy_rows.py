"""Energy in words and as a drawing: what is not known is a dash, never a zero."""

from __future__ import annotations

from collections.abc import Mapping
from dataclasses import dataclass
from datetime import date

from pandok.core.text import Text
from pandok.fields.street.lists.energy import Energy, LampEnergy
from pandok.fields.street.models import TestBed
from pandok.fields.street.web.shown.figure_rows import ALL, NONE

WIDTH, HEIGHT, EDGE, BELOW = 600.0, 160.0, 4.0, 18.0
MOST_LAMPS = 100


@dataclass(frozen=True)
class EnergyRow:
    name: Text
    energy: Energy
    burnt: str
    estimated: str
    baseline: str
    saved: str
    share: str
    unknown: str
    burnt_in_light: str
    full_w: str = ""
    rated: bool = False


@dataclass(frozen=True)
class Bar:
    night: date
    x: float
    width: float
    burnt_y: float
    burnt_height: float
    baseline_y: float
    energy: Energy

    @property
    def end(self) -> float:
        return self.x + self.width


@dataclass(frozen=True)
class EnergyChart:
    """`top_kwh`: at the upper edge. A night of which nothing is known has no bar."""

    bars: list[Bar]
    top_kwh: float
    width: float = WIDTH
    height: float = HEIGHT
    floor: float = HEIGHT - BELOW

    @property
    def last(self) -> Bar:
        return self.bars[-1]


def bed_rows(whole: Energy, beds: Mapping[str, Energy]) -> list[EnergyRow]:
    names = {one.code: Text(ko=one.name_ko, en=one.name_en) for one in TestBed.objects.filter(code__in=beds)}
    rows = [energy_row(names[code], energy) for code, energy in beds.items()]
    return [energy_row(ALL, whole), *rows] if len(rows) > 1 else rows


def lamp_rows(lamps: list[LampEnergy]) -> list[EnergyRow]:
    """The lamps that took the most first."""
    worst = sorted(lamps, key=lambda one: (-one.energy.burnt_kwh, one.pole, one.lamp))[:MOST_LAMPS]
    return [
        energy_row(
            Text(ko=f"{one.pole} · {one.lamp}", en=f"{one.pole} · {one.lamp}"),
            one.energy,
            full_w=_number(one.full_w, 0),
            rated=one.rated,
        )
        for one in worst
    ]


def energy_row(name: Text, of: Energy, *, full_w: str = "", rated: bool = False) -> EnergyRow:
    known = of.measured_h + of.told_h > 0
    share = of.saved_share
    return EnergyRow(
        name,
        of,
        _number(of.burnt_kwh if known else None, 1),
        _number(of.estimated_kwh if known else None, 1),
        _number(of.baseline_kwh if known else None, 1),
        _number(of.saved_kwh, 1),
        NONE if share is None else f"{100 * share:.0f}%",
        f"{of.unknown_h:,.1f} / {of.night_h:,.1f}",
        _number(of.day_kwh, 1),
        full_w,
        rated,
    )


def chart_of(nights: Mapping[date, Energy]) -> EnergyChart | None:
    """None where nothing is known of any night."""
    top = max((max(one.baseline_kwh, one.burnt_kwh) for one in nights.values()), default=0.0)
    if not top:
        return None
    step = (WIDTH - 2 * EDGE) / len(nights)
    floor = HEIGHT - BELOW

    def y(kwh: float) -> float:
        return floor - (floor - EDGE) * kwh / top

    bars = [
        Bar(
            night,
            EDGE + place * step + 0.1 * step,
            0.8 * step,
            y(one.burnt_kwh),
            floor - y(one.burnt_kwh),
            y(one.baseline_kwh),
            one,
        )
        for place, (night, one) in enumerate(nights.items())
    ]
    return EnergyChart(bars, top)


def _number(value: float | None, places: int) -> str:
    return NONE if value is None else f"{value:,.{places}f}"
