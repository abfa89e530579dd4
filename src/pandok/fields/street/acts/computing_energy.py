"""The energy of each lamp, night by night, from what poles sent. A night is computed an hour after its noon, and again
a day and a week later: what a pole had to spool may come until then. Older ones by `pandok street energy`."""

from __future__ import annotations

from collections import defaultdict
from collections.abc import Iterator
from datetime import date, datetime, time, timedelta
from pathlib import Path
from typing import Any

import polars as pl
from django.db import transaction
from django.db.models import Min, Q

from pandok.common.jobs.registry import every
from pandok.common.jobs.work import Work
from pandok.core.terms.zone import OFFICE_ZONE
from pandok.fields.street.acts.keeping_history import history_folder, packed, table_of, taken_rows
from pandok.fields.street.acts.plain_rows import put_rows
from pandok.fields.street.models import HistoryFile, LampNight, Sensor, TakenMessage
from pandok.readers.streetlights.lamp_energy import TOLD_MS, Readings, night_between, night_energy, readings_of
from pandok.readers.streetlights.sun import MS_PER_DAY
from pandok.settings import settings

AGAIN = (timedelta(hours=1), timedelta(hours=25), timedelta(days=7, hours=1))
POWER, TOLD = "lamp_power_w", "dimming_percent"
COLUMNS = ("night_h", "measured_h", "measured_kwh", "told_h", "told_full_h", "day_h", "day_kwh", "high_w")
AT_ONCE = 500
"""Lamps in one transaction: a night of a city must not keep everybody else from writing."""
NOTHING = readings_of([])


def noon_of(night: date) -> datetime:
    return datetime.combine(night, time(12), OFFICE_ZONE)


def due_nights(now: datetime) -> list[date]:
    """Nights that are over and were not computed since the last moment at which they should be."""
    today = now.astimezone(OFFICE_ZONE).date()
    nights = [today - timedelta(days=back) for back in range(10, 0, -1)]
    computed = dict(
        LampNight.objects.filter(night__in=nights)
        .order_by("night")
        .values_list("night")
        .annotate(at=Min("computed_at"))
    )
    found = []
    for night in nights:
        over = noon_of(night + timedelta(days=1))
        due = [over + after for after in AGAIN if over + after <= now]
        if due and (night not in computed or computed[night] < due[-1]):
            found.append(night)
    return found


def compute_night(night: date, folder: Path, *, now: datetime) -> int:
    """Gives how many lamps it was. `folder`: of the history. A lamp without a place on earth has no night."""
    noon = noon_of(night)
    noon_ms = round(noon.timestamp() * 1000)
    lamps = list(_lamps(noon + timedelta(days=1)))
    if not lamps:
        return 0
    power, told = _values(folder, noon_ms)
    rows = []
    for pole, key, lamp, place in lamps:
        dark = night_between(noon_ms, *place)
        if dark is None:
            continue
        energy = night_energy(power.get((key, lamp), NOTHING), told.get(key, NOTHING), noon_ms, dark)
        rows.append((pole, lamp, night, *(getattr(energy, name) for name in COLUMNS), now))
    for start in range(0, len(rows), AT_ONCE):
        with transaction.atomic():
            put_rows(LampNight, ["pole", "lamp", "night"], [*COLUMNS, "computed_at"], rows[start : start + AT_ONCE])
    return len(rows)


def _lamps(until: datetime) -> Iterator[tuple[int, str, str, tuple[float, float]]]:
    """Pole, its key, the lamp, latitude and longitude. Where no power is measured, the lamp that is told a level."""
    standing = Q(gone_at=None) | Q(gone_at__gt=until)
    sensors = Sensor.objects.filter(
        standing, observed__in=(POWER, TOLD), pole__added_at__lt=until, pole__latitude__isnull=False,
        pole__longitude__isnull=False, pole__gone_at=None,
    )  # fmt: skip
    columns = ("pole", "pole__key", "key", "observed", "pole__latitude", "pole__longitude")
    by_pole: dict[int, list[tuple[str, str, str, tuple[float, float]]]] = defaultdict(list)
    for pole, key, lamp, observed, latitude, longitude in sensors.order_by("pole__key", "key").values_list(*columns):
        by_pole[pole].append((key, lamp, observed, (latitude, longitude)))
    for pole, found in by_pole.items():
        measured = [one for one in found if one[2] == POWER] or found[:1]
        for key, lamp, _, place in measured:
            yield pole, key, lamp, place


def _values(folder: Path, noon_ms: int) -> tuple[dict[tuple[str, str], Readings], dict[str, Readings]]:
    """Power by pole and lamp, told levels by pole, with what may still hold at noon."""
    first, end = noon_ms - TOLD_MS, noon_ms + MS_PER_DAY
    received = datetime.fromtimestamp(first / 1000, OFFICE_ZONE)
    parts = [table_of(taken_rows(TakenMessage.objects.filter(received_at__gte=received)))]
    names = HistoryFile.objects.filter(packed_at__gte=received).order_by("last_id").values_list("name", flat=True)
    wanted = pl.col("observed").is_in([POWER, TOLD]) & pl.col("at_ms").is_between(first, end, closed="left")
    if names:
        parts.append(packed([folder / name for name in names]).filter(wanted).collect())
    rows = pl.concat(parts).filter(wanted)
    power = _grouped(rows.filter(pl.col("observed") == POWER), ["pole", "sensor"])
    told = _grouped(rows.filter(pl.col("observed") == TOLD), ["pole"])
    return (
        {(pole, sensor): (at.to_numpy(), value.to_numpy()) for pole, sensor, at, value in power},
        {pole: (at.to_numpy(), value.to_numpy()) for pole, at, value in told},
    )


def _grouped(rows: pl.DataFrame, by: list[str]) -> Iterator[tuple[Any, ...]]:
    once = rows.unique([*by, "at_ms"], keep="last", maintain_order=True).sort("at_ms")
    found = once.group_by(by).agg("at_ms", "value")
    return zip(*(found[name] for name in (*by, "at_ms", "value")), strict=True)


@every(3600)
def compute_energy(work: Work) -> None:
    for night in due_nights(work.now):
        compute_night(night, history_folder(settings().home), now=work.now)
