"""A stored period is read again by candidates; what comes of it is kept with the question, and can be carried on."""

from __future__ import annotations

from collections.abc import Callable, Sequence
from dataclasses import dataclass, field
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
from pandok.fields.street.models import HistoryFile, OutsideRecord, Pole, RegisteredReplay, Replay
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
    found = chosen_poles(poles)
    again = read_again(
        candidates, found, folder=folder, flood=flood, lateness_s=lateness_s, with_files=with_files, clock=clock
    )
    with transaction.atomic():
        return keep_replay(result_of(again, candidates, period, with_files=with_files), actor=actor, now=now)


@dataclass
class ReadAgain:
    """`told` and `spent_s`: one for each candidate. `live`: of their readers, as it was kept when it happened."""

    poles: list[Pole]
    told: list[list[Told]]
    spent_s: list[float]
    live: list[Told] = field(default_factory=list)
    readings: int = 0
    stored_s: float = 0.0


def chosen_poles(keys: Sequence[str]) -> list[Pole]:
    """All where none is named. Raises RequestError where there is none."""
    chosen = Pole.objects.filter(key__in=keys) if keys else Pole.objects.all()
    found = list(chosen.prefetch_related("sensors").order_by("key"))
    if not found:
        raise refusal("no_pole")
    return found


def read_again(
    candidates: Sequence[Candidate],
    poles: list[Pole],
    *,
    folder: Path,
    flood: FloodModel,
    lateness_s: float,
    with_files: bool,
    clock: Callable[[], float],
) -> ReadAgain:
    """Raises RequestError for candidates that cannot be, and where nothing is stored."""
    if not candidates:
        raise refusal("no_pole")
    for one in candidates:
        checked(one)
    again = ReadAgain(poles, [[] for _ in candidates], [0.0 for _ in candidates])
    least_ms, most_ms = 2**62, 0
    for pole in poles:
        seen = stored_readings(folder, pole, with_files=with_files)
        if not seen:
            continue
        again.readings += len(seen)
        least_ms, most_ms = min(least_ms, seen[0].at_ms), max(most_ms, seen[-1].at_ms)
        again.live += told_live(pole.key, {one.reader for one in candidates})
        for number, one in enumerate(candidates):
            begun = clock()
            hazards = hazards_of(one, pole_to_read(pole, pole.sensors.all()), flood, lateness_s)
            again.told[number] += told_by(hazards, pole.key, seen)
            again.spent_s[number] += clock() - begun
    if not again.readings:
        raise refusal("nothing_stored")
    again.stored_s = (most_ms - least_ms) / 1000
    return again


def result_of(again: ReadAgain, candidates: Sequence[Candidate], period: Period, *, with_files: bool) -> dict[str, Any]:
    rows = [
        _row(one, again.told[number], again.live, again.poles, period, again.stored_s, again.spent_s[number])
        for number, one in enumerate(candidates)
    ]
    return {
        "form": FORM,
        "period": {"first": period.first.isoformat(), "last": period.last.isoformat()},
        "poles": len(again.poles),
        "readings": again.readings,
        "history": {"files": list(HistoryFile.objects.order_by("last_id").values_list("sha256", flat=True))},
        "with_files": with_files,
        "candidates": rows,
    }


def keep_replay(
    result: dict[str, Any], *, actor: Account | None, now: datetime, registered: RegisteredReplay | None = None
) -> Replay:
    kept = Replay.objects.create(
        asked_at=now, asked_by=actor, result=result, sha256=digest(result), registered=registered
    )
    told = {"sha256": kept.sha256, "readings": result["readings"]}
    audit.tell(actor, "replay.kept", f"replay:{kept.pk}", "", now, told)
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
