"""What was told against what others recorded: how long before, what was missed, what nobody else saw."""

from __future__ import annotations

import statistics
from collections.abc import Sequence
from dataclasses import dataclass, field
from datetime import UTC, datetime, timedelta
from typing import Any

from pandok.fields.street.lists.figures import AROUND
from pandok.fields.street.models import OutsideRecord, Pole
from pandok.fields.street.replay.told import Told

EARLIEST = timedelta(days=1)


@dataclass
class Verdict:
    """`leads_min`: from the observation that raised it to the beginning on record; negative: later. `false`: alerts
    that no record explains, None where nothing is on record."""

    alerts: int = 0
    events: int = 0
    missed: int = 0
    false: int | None = None
    leads_min: list[float] = field(default_factory=list)
    device_days: float = 0.0

    def as_json(self) -> dict[str, Any]:
        by_day = self.false / self.device_days if self.false is not None and self.device_days else None
        return {
            "alerts": self.alerts,
            "events_on_record": self.events,
            "missed": self.missed,
            "median_minutes_ahead": statistics.median(self.leads_min) if self.leads_min else None,
            "false": self.false,
            "false_a_device_day": by_day,
            "device_days": self.device_days,
        }


def judged(
    told: Sequence[Told], records: Sequence[OutsideRecord], poles: Sequence[Pole], *, first: datetime, end: datetime
) -> Verdict:
    """Alerts whose onset, and records whose beginning, lies in [first, end)."""
    bed = {pole.key: pole.test_bed_id for pole in poles}
    inside = [one for one in told if first <= _moment(one.onset_ms) < end]
    verdict = Verdict(len(inside), len(records), device_days=len(poles) * (end - first).total_seconds() / 86_400)
    explained: set[str] = set()
    for record in records:
        near = [one for one in told if told_of(record, one, bed)]
        explained |= {one.alert_id for one in near}
        if near:
            raised = min(_moment(one.raised_ms) for one in near)
            verdict.leads_min.append((record.began_at - raised).total_seconds() / 60)
        else:
            verdict.missed += 1
    if records:
        verdict.false = sum(one.alert_id not in explained for one in inside)
    return verdict


def told_of(record: OutsideRecord, one: Told, bed: dict[str, int]) -> bool:
    """Whether the alert is of this event: of its place, and standing at some moment near it. `bed`: of each pole."""
    return _is_of(record, one, bed) and _stood(record, one)


def _is_of(record: OutsideRecord, one: Told, bed: dict[str, int]) -> bool:
    if record.pole is not None:
        return record.pole.key == one.pole
    return bed.get(one.pole) == record.test_bed_id


def _stood(record: OutsideRecord, one: Told) -> bool:
    onset = _moment(one.onset_ms)
    if not record.began_at - EARLIEST <= onset <= record.ended_at + AROUND:
        return False
    return one.cleared_ms is None or _moment(one.cleared_ms) >= record.began_at - AROUND


def _moment(ms: int) -> datetime:
    return datetime.fromtimestamp(ms / 1000, UTC)
