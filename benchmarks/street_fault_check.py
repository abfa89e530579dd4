"""What benchmarks/street_faults.py finds at the end: readings against what was measured, alerts against one run of the
readers over what was kept."""

from __future__ import annotations

from collections import Counter
from typing import Any

import polars as pl

from pandok.common.audit import writing as audit
from pandok.common.models import AuditEntry
from pandok.fields.street.acts.keeping_history import history_folder, packed, table_of, taken_rows
from pandok.fields.street.acts.reading import pole_to_read
from pandok.fields.street.hazards import Seen
from pandok.fields.street.hazards_of_site import hazards_of_site
from pandok.fields.street.models import Alert, HistoryFile, Pole, PoleState, TakenMessage
from pandok.settings import settings


def compared(measured: dict[str, list[float]]) -> dict[str, Any]:
    rows = _all_rows()
    lost = doubled = 0
    expected: set[str] = set()
    for key, values in measured.items():
        found = rows.filter(pl.col("pole") == key).sort("sequence")
        numbers = found["sequence"].to_list()
        counted = Counter(numbers)
        doubled += sum(count - 1 for count in counted.values())
        kept = dict(zip(numbers, found["value"].to_list(), strict=True))
        lost += sum(kept.get(number) != value for number, value in enumerate(values, 1))
        expected |= _alerts_of(key, found)
    there = set(Alert.objects.filter(pole__key__in=measured).values_list("pk", flat=True))
    told = Counter(AuditEntry.objects.filter(action="alert.raised").values_list("object", flat=True))
    raised = sum(count - 1 for count in told.values()) + sum(f"alert:{pk}" not in told for pk in there)
    states = PoleState.objects.filter(pole__key__in=measured)
    return {
        "messages_measured": sum(len(values) for values in measured.values()),
        "messages_that_came_again": sum(states.values_list("again", flat=True)),
        "files_of_history": HistoryFile.objects.count(),
        "readings_lost": lost,
        "readings_doubled": doubled,
        "readings_refused": sum(states.values_list("refused", flat=True)),
        "alerts": len(there),
        "alerts_missed": len(expected - there),
        "alerts_too_many": len(there - expected),
        "alerts_raised_twice": raised,
        "chain_broken_at": audit.verify(),
    }


def _all_rows() -> pl.DataFrame:
    names = list(HistoryFile.objects.values_list("name", flat=True))
    parts = [table_of(taken_rows(TakenMessage.objects.all()))]
    if names:
        parts.append(packed([history_folder(settings().home) / name for name in names]).collect())
    return pl.concat(parts)


def _alerts_of(key: str, rows: pl.DataFrame) -> set[str]:
    """Ids of the alerts that the pole's readers raise, given all of its readings in the order of their numbers."""
    pole = Pole.objects.get(key=key)
    readers = hazards_of_site(pole_to_read(pole, list(pole.sensors.all())))
    columns = ("sensor", "observed", "at_ms", "value")
    return {
        said.alert_id
        for row in rows.select(columns).iter_rows()
        for reader in readers
        for said in reader.take(Seen(*row))
        if said.level
    }
