"""A stored period is read again by candidates; what comes of it is kept with the question, and can be carried on."""

from __future__ import annotations

from collections.abc import Callable, Sequence
from datetime import datetime
from pathlib import Path
from typing import Any

from django.db import transaction

from pandok.common.audit import writing as audit
from pandok.common.models import Account
from pandok.core.canonical import digest
from pandok.engines.streetlights.flood_model import FloodModel
from pandok.fields.street.acts.reading import pole_to_read
from pandok.fields.street.hazard_kinds import kind_of
from pandok.fields.street.models import HistoryFile, OutsideRecord, Pole, Replay
from pandok.fields.street.periods import Period
from pandok.fields.street.refusals import refusal
from pandok.fields.street.replay.candidate import Candidate, checked, hazards_of
from pandok.fields.street.replay.stored import stored_readings
from pandok.fields.street.replay.told import Told, fingerprint, told_by, told_live
from pandok.fields.street.replay.verdict import judged

FORM = 1


def replay(
    candidates: Sequence[Candidate],
    period: Period,
    *,
    folder: Path,
    flood: FloodModel,
    lateness_s: float,
    with_files: bool,
    actor: Account | None,
    now: datetime,
    clock: Callable[[], float],
    poles: Sequence[str] = (),
) -> Replay:
    """Everything stored is read from the beginning, as the readers of the street learnt it; alerts and records within
    the period count. `clock`: seconds, for the pace. Raises RequestError where nothing is stored or asked."""
    for one in candidates:
        checked(one)
    chosen = Pole.objects.filter(key__in=poles) if poles else Pole.objects.all()
    found = list(chosen.prefetch_related("sensors").order_by("key"))
    if not found or not candidates:
        raise refusal("no_pole")
    told: list[list[Told]] = [[] for _ in candidates]
    spent = [0.0 for _ in candidates]
    live: list[Told] = []
    readings, least_ms, most_ms = 0, 2**62, 0
    for pole in found:
        seen = stored_readings(folder, pole, with_files=with_files)
        if not seen:
            continue
        readings += len(seen)
        least_ms, most_ms = min(least_ms, seen[0].at_ms), max(most_ms, seen[-1].at_ms)
        live += told_live(pole.key, {one.reader for one in candidates})
        for number, one in enumerate(candidates):
            begun = clock()
            hazards = hazards_of(one, pole_to_read(pole, pole.sensors.all()), flood, lateness_s)
            told[number] += told_by(hazards, pole.key, seen)
            spent[number] += clock() - begun
    if not readings:
        raise refusal("nothing_stored")
    rows = [
        _row(one, told[number], live, found, period, (most_ms - least_ms) / 1000, spent[number])
        for number, one in enumerate(candidates)
    ]
    result: dict[str, Any] = {
        "form": FORM,
        "period": {"first": period.first.isoformat(), "last": period.last.isoformat()},
        "poles": len(found),
        "readings": readings,
        "history": {"files": list(HistoryFile.objects.order_by("last_id").values_list("sha256", flat=True))},
        "with_files": with_files,
        "candidates": rows,
    }
    with transaction.atomic():
        kept = Replay.objects.create(asked_at=now, asked_by=actor, result=result, sha256=digest(result))
        audit.tell(actor, "replay.kept", f"replay:{kept.pk}", "", now, {"sha256": kept.sha256, "readings": readings})
    return kept


def _row(
    one: Candidate,
    told: list[Told],
    live: list[Told],
    poles: list[Pole],
    period: Period,
    stored_s: float,
    spent_s: float,
) -> dict[str, Any]:
    first, end = period.begins, period.ends
    kind = kind_of(one.reader)
    records = OutsideRecord.objects.filter(
        hazard=kind.value if kind else "", began_at__gte=first, began_at__lt=end, withdrawn_at=None
    )
    verdict = judged(told, list(records.select_related("pole")), poles, first=first, end=end)
    within = [each for each in told if first.timestamp() * 1000 <= each.onset_ms < end.timestamp() * 1000]
    lived = [
        each
        for each in live
        if each.reader == one.reader and first.timestamp() * 1000 <= each.onset_ms < end.timestamp() * 1000
    ]
    return {
        **one.as_json(),
        **verdict.as_json(),
        "sha256": fingerprint(within),
        "live_sha256": fingerprint(lived),
        "equal_to_live": fingerprint(within) == fingerprint(lived),
        "times_real_time": round(stored_s / spent_s) if spent_s else None,
    }
