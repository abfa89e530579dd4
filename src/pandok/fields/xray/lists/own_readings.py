"""A reader's own readings of today: how many, how fast, and what became of what they stopped. Shown to nobody else."""

from __future__ import annotations

from dataclasses import dataclass
from datetime import datetime

from pandok.common.models import Account
from pandok.core.terms.office_days import day_begins
from pandok.core.terms.zone import OFFICE_ZONE
from pandok.fields.xray.decisions import Decision, Found
from pandok.fields.xray.models import ImageReading, Opening
from pandok.proof.shares import counted_quantile


@dataclass(frozen=True)
class OwnToday:
    """`opened`: what this person stopped, on any day, and was opened today; `hits` of them."""

    readings: int
    stopped: int
    seconds_median: float | None
    opened: int
    hits: int


def own_today(reader: Account, now: datetime) -> OwnToday:
    since = day_begins(now.astimezone(OFFICE_ZONE).date())
    rows = list(ImageReading.objects.filter(reader=reader, decided_at__gte=since))
    median = counted_quantile([(row.seconds, 1) for row in rows], 0.5)
    openings = Opening.objects.filter(
        opened_at__gte=since,
        inspection__readings__reader=reader,
        inspection__readings__decision=Decision.OPEN.value,
    ).distinct()
    return OwnToday(
        readings=len(rows),
        stopped=sum(row.decision == Decision.OPEN for row in rows),
        seconds_median=median.value if median else None,
        opened=openings.count(),
        hits=openings.exclude(found=Found.NOTHING.value).count(),
    )
