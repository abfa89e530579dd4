"""Energy of lamps within a period: by lamp, by test bed, by night; what was burnt, what full nights would have taken,
and the hours that nobody knows."""

from __future__ import annotations

from collections import defaultdict
from collections.abc import Iterable, Iterator, Sequence
from dataclasses import dataclass
from datetime import date, datetime, time, timedelta

from pandok.core.terms.zone import OFFICE_ZONE
from pandok.fields.street.models import LampNight, Pole, TestBed
from pandok.fields.street.periods import Period
from pandok.readers.streetlights.lamp_energy import Dimming, night_between, scheduled_full_h


@dataclass
class Energy:
    """Of one lamp, or of several together. kWh that are computed from no reading are no part of it: `unknown_h` says
    how many hours of the night these are, `without_power` how many lamps have no full power that is known.

    `burnt_kwh`: measured, and estimated from what was told. `baseline_kwh`: full power over the hours that are known;
    `whole_kwh`: over all of the night. `day_kwh`: what was drawn by day, saved by nobody.
    """

    lamps: int = 0
    without_power: int = 0
    night_h: float = 0.0
    measured_h: float = 0.0
    told_h: float = 0.0
    measured_kwh: float = 0.0
    estimated_kwh: float = 0.0
    baseline_kwh: float = 0.0
    whole_kwh: float = 0.0
    day_kwh: float = 0.0

    @property
    def unknown_h(self) -> float:
        return max(0.0, self.night_h - self.measured_h - self.told_h)

    @property
    def burnt_kwh(self) -> float:
        return self.measured_kwh + self.estimated_kwh

    @property
    def saved_kwh(self) -> float | None:
        """None where nothing is known to be saved from."""
        return self.baseline_kwh - self.burnt_kwh if self.baseline_kwh else None

    @property
    def saved_share(self) -> float | None:
        saved = self.saved_kwh
        return None if saved is None else saved / self.baseline_kwh

    def add(self, night: Night, full_w: float | None) -> None:
        self.night_h += night.night_h
        self.day_kwh += night.day_kwh
        if full_w is None:
            return
        self.measured_h += night.measured_h
        self.told_h += night.told_h
        self.measured_kwh += night.measured_kwh
        self.estimated_kwh += full_w * night.told_full_h / 1000
        self.baseline_kwh += full_w * (night.measured_h + night.told_h) / 1000
        self.whole_kwh += full_w * night.night_h / 1000


@dataclass(frozen=True)
class Night:
    pole: str
    bed: str
    lamp: str
    night: date
    rated_w: float | None
    night_h: float
    measured_h: float
    measured_kwh: float
    told_h: float
    told_full_h: float
    day_kwh: float
    high_w: float | None


@dataclass
class LampEnergy:
    pole: str
    bed: str
    lamp: str
    full_w: float | None
    rated: bool
    energy: Energy


@dataclass(frozen=True)
class EnergyFound:
    whole: Energy
    beds: dict[str, Energy]
    nights: dict[date, Energy]
    lamps: list[LampEnergy]


def energy_of(period: Period, bed: TestBed | None = None) -> EnergyFound:
    """By the day on whose noon a night begins. A lamp that is not rated has the highest power that it drew within the
    period as its full one; where it was never measured either, its hours are unknown."""
    nights = list(_nights(period, bed))
    high: dict[tuple[str, str], float] = {}
    lamps_of: dict[str, set[str]] = defaultdict(set)
    for one in nights:
        lamps_of[one.pole].add(one.lamp)
        if one.high_w is not None:
            high[one.pole, one.lamp] = max(high.get((one.pole, one.lamp), 0.0), one.high_w)
    whole, beds, by_night = Energy(), defaultdict[str, Energy](Energy), defaultdict[date, Energy](Energy)
    lamps: dict[tuple[str, str], LampEnergy] = {}
    for one in nights:
        key = (one.pole, one.lamp)
        if key not in lamps:
            rated = one.rated_w if len(lamps_of[one.pole]) == 1 else None
            full = rated or high.get(key)
            lamps[key] = LampEnergy(one.pole, one.bed, one.lamp, full, rated is not None, Energy(lamps=1))
            for total in (whole, beds[one.bed], lamps[key].energy):
                total.lamps += total is not lamps[key].energy
                total.without_power += full is None
        for total in (whole, beds[one.bed], by_night[one.night], lamps[key].energy):
            total.add(one, lamps[key].full_w)
    return EnergyFound(whole, dict(sorted(beds.items())), dict(sorted(by_night.items())), list(lamps.values()))


def _nights(period: Period, bed: TestBed | None) -> Iterator[Night]:
    found = LampNight.objects.filter(night__gte=period.first, night__lte=period.last)
    if bed is not None:
        found = found.filter(pole__test_bed=bed)
    columns = (
        *("pole__key", "pole__test_bed__code", "lamp", "night", "pole__reader_settings", "night_h", "measured_h"),
        *("measured_kwh", "told_h", "told_full_h", "day_kwh", "high_w"),
    )
    for pole, of, lamp, night, chosen, *numbers in found.order_by("pole__key", "lamp", "night").values_list(*columns):
        yield Night(pole, of, lamp, night, chosen.get("lamp_rated_w"), *numbers)


def planned_kwh(found: EnergyFound, plan: Dimming) -> float | None:
    """What the lamps whose full power is known would take in these nights under a schedule, by the sun times of the
    middle of their test bed; None where no lamp has one."""
    middles = _middles()
    full_w: dict[str, float] = defaultdict(float)
    for one in found.lamps:
        if one.full_w is not None and one.bed in middles:
            full_w[one.bed] += one.full_w
    if not full_w:
        return None
    total = 0.0
    for night in found.nights:
        noon_ms = _ms(datetime.combine(night, time(12), OFFICE_ZONE))
        midnight_ms = _ms(datetime.combine(night + timedelta(days=1), time(), OFFICE_ZONE))
        for bed, watts in full_w.items():
            dark = night_between(noon_ms, *middles[bed])
            if dark is not None:
                total += watts * scheduled_full_h(plan, dark, midnight_ms) / 1000
    return total


def _middles() -> dict[str, tuple[float, float]]:
    places: dict[str, list[tuple[float, float]]] = defaultdict(list)
    rows = Pole.objects.filter(latitude__isnull=False, longitude__isnull=False)
    for bed, latitude, longitude in rows.values_list("test_bed__code", "latitude", "longitude"):
        if latitude is not None and longitude is not None:
            places[bed].append((latitude, longitude))
    return {bed: (sum(a for a, _ in of) / len(of), sum(b for _, b in of) / len(of)) for bed, of in places.items()}


def _ms(at: datetime) -> int:
    return round(at.timestamp() * 1000)


ENERGY_COLUMNS = (
    *("pole", "test_bed", "lamp", "full_power_w", "full_power_from", "night_h", "measured_h", "told_h", "unknown_h"),
    *("measured_kwh", "estimated_kwh", "baseline_kwh", "saved_kwh", "whole_nights_kwh", "day_kwh"),
)


def energy_rows(lamps: Iterable[LampEnergy]) -> Iterable[Sequence[str]]:
    """The rows of the table that leaves the house; what is not known is empty."""
    for one in lamps:
        of = one.energy
        source = "" if one.full_w is None else "rated" if one.rated else "seen"
        yield (
            one.pole, one.bed, one.lamp, _number(one.full_w), source, _number(of.night_h), _number(of.measured_h),
            _number(of.told_h), _number(of.unknown_h), _number(of.measured_kwh), _number(of.estimated_kwh),
            _number(of.baseline_kwh), _number(of.saved_kwh), _number(of.whole_kwh or None), _number(of.day_kwh),
        )  # fmt: skip


def _number(value: float | None) -> str:
    return "" if value is None else f"{value:.3f}"
