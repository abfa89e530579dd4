"""How good alerts are, within a period: minutes to a confirmed alarm, false alarms a device-day, missed events.

What counts is written beside each figure, so that two sites count alike. Duplicates (merged) and tests are left out;
what is not decided yet is counted as waiting, and is neither right nor false.
"""

from __future__ import annotations

import statistics
from collections.abc import Iterable, Sequence
from dataclasses import dataclass, field
from datetime import UTC, datetime, timedelta

from django.db.models import Min, Q

from pandok.fields.street.hazard_kinds import HazardKind, kind_of
from pandok.fields.street.models import Alert, OutsideRecord, Pole, Sensor, TestBed
from pandok.fields.street.states import AlertState, Cause

AROUND = timedelta(minutes=30)
"""An alert tells of an outside event where it stood at some moment from this much before it to this much after it."""
FALSE = frozenset({Cause.DEVICE_FAULT.value, Cause.WORKS.value, Cause.PASSING.value})
_DAY_S = 86_400.0


@dataclass
class Figures:
    """Of one kind of hazard, or of all (`kind` None)."""

    kind: HazardKind | None
    alerts: int = 0
    real: int = 0
    false: int = 0
    unknown: int = 0
    waiting: int = 0
    merged: int = 0
    tests: int = 0
    minutes: list[float] = field(default_factory=list)
    """From onset to the officer's word, of what was confirmed."""
    device_days: float = 0.0
    outside: int = 0
    missed: int = 0
    leads_min: list[float] = field(default_factory=list)
    """From onset of the alert to the beginning on record, of what was not missed; negative: later."""

    @property
    def median_min(self) -> float | None:
        return statistics.median(self.minutes) if self.minutes else None

    @property
    def ninth_min(self) -> float | None:
        """Nine of ten are confirmed within it (nearest rank)."""
        ordered = sorted(self.minutes)
        return ordered[-(-9 * len(ordered) // 10) - 1] if ordered else None

    @property
    def false_a_device_day(self) -> float | None:
        return self.false / self.device_days if self.device_days else None

    @property
    def median_lead_min(self) -> float | None:
        return statistics.median(self.leads_min) if self.leads_min else None


def alerts_between(first: datetime, end: datetime, bed: TestBed | None = None) -> list[Alert]:
    """Of hazards, of one test bed or of all, by their onset in [first, end), with `confirmed_at` of the first word that
    it is so."""
    readers = [reader for kind in HazardKind for reader in kind.readers]
    confirmed = Min("events__at", filter=Q(events__to_state=AlertState.CONFIRMED.value))
    found = Alert.objects.filter(reader__in=readers, onset_at__gte=first, onset_at__lt=end)
    if bed is not None:
        found = found.filter(pole__test_bed=bed)
    return list(found.annotate(confirmed_at=confirmed).select_related("pole__test_bed").order_by("onset_at", "pk"))


def figures_between(first: datetime, end: datetime, *, now: datetime, bed: TestBed | None = None) -> list[Figures]:
    """One for all kinds together, then one for each kind that has poles, alerts or records."""
    by_kind = {kind: Figures(kind) for kind in HazardKind}
    whole = Figures(None)
    alerts = alerts_between(first, end, bed)
    for alert in alerts:
        kind = kind_of(alert.reader)
        assert kind is not None
        for one in (whole, by_kind[kind]):
            _count(one, alert)
    _count_devices(whole, by_kind, first, min(end, now), bed)
    records = OutsideRecord.objects.filter(began_at__gte=first, began_at__lt=end, withdrawn_at=None)
    if bed is not None:
        records = records.filter(test_bed=bed)
    for record in records.select_related("pole"):
        lead = lead_of(record)
        for one in (whole, by_kind[HazardKind(record.hazard)]):
            one.outside += 1
            one.missed += lead is None
            if lead is not None:
                one.leads_min.append(lead)
    return [whole, *(one for one in by_kind.values() if one.alerts or one.outside or one.device_days or one.merged)]


def _count(one: Figures, alert: Alert) -> None:
    if alert.stands is AlertState.MERGED:
        one.merged += 1
        return
    if alert.cause == Cause.TEST.value:
        one.tests += 1
        return
    one.alerts += 1
    confirmed_at: datetime | None = alert.confirmed_at  # type: ignore[attr-defined]  # annotated in alerts_between
    if alert.stands is AlertState.REJECTED or alert.cause in FALSE:
        one.false += 1
    elif alert.cause == Cause.HAZARD.value:
        one.real += 1
    elif alert.cause == Cause.UNKNOWN.value:
        one.unknown += 1
    else:
        one.waiting += 1
    if confirmed_at is not None and alert.stands is not AlertState.REJECTED:
        one.minutes.append((confirmed_at - alert.onset_at).total_seconds() / 60)


def _count_devices(
    whole: Figures, by_kind: dict[HazardKind, Figures], first: datetime, end: datetime, bed: TestBed | None
) -> None:
    """A pole counts from the day on which it was added, for each kind that it has a sensor for."""
    poles = Pole.objects.all() if bed is None else Pole.objects.filter(test_bed=bed)
    days = {
        pk: max(0.0, (end - max(first, added)).total_seconds()) / _DAY_S
        for pk, added in poles.values_list("pk", "added_at")
    }
    pairs = {one for one in Sensor.objects.values_list("pole_id", "observed") if one[0] in days}
    watching: set[int] = set()
    for kind, one in by_kind.items():
        measuring = {pole for pole, observed in pairs if observed in kind.observed}
        one.device_days = sum(days[pole] for pole in measuring)
        watching |= measuring
    whole.device_days = sum(days[pole] for pole in watching)


def lead_of(record: OutsideRecord) -> float | None:
    """Minutes by which the earliest alert of its kind was there before the event on record; None: missed. A rejected
    alert is none: the room said that there was nothing."""
    kind = HazardKind(record.hazard)
    near = Alert.objects.filter(reader__in=kind.readers, onset_at__lte=record.ended_at + AROUND).exclude(
        state=AlertState.REJECTED.value
    )
    place = Q(pole=record.pole) if record.pole_id else Q(pole__test_bed=record.test_bed_id)
    stood = Q(cleared_at__isnull=True) | Q(cleared_at__gte=record.began_at - AROUND)
    earliest = near.filter(place & stood, onset_at__gte=record.began_at - timedelta(days=1)).aggregate(
        at=Min("onset_at")
    )["at"]
    return (record.began_at - earliest).total_seconds() / 60 if earliest else None


ALERT_COLUMNS = (
    *("id", "pole", "test_bed", "hazard", "reader", "version", "onset_at", "raised_at", "confirmed_at"),
    *("minutes_to_confirmed", "state", "cause", "highest_level", "cleared_at", "merged_into"),
)


def alert_rows(alerts: Iterable[Alert]) -> Iterable[Sequence[str]]:
    """The rows of the table that leaves the house, times in UTC."""
    for one in alerts:
        confirmed: datetime | None = one.confirmed_at  # type: ignore[attr-defined]  # annotated in alerts_between
        kind = kind_of(one.reader)
        yield (
            one.pk,
            one.pole.key if one.pole else "",
            one.pole.test_bed.code if one.pole else "",
            kind.value if kind else "",
            one.reader,
            one.version,
            _iso(one.onset_at),
            _iso(one.raised_at),
            _iso(confirmed),
            f"{(confirmed - one.onset_at).total_seconds() / 60:.2f}" if confirmed else "",
            one.state,
            one.cause,
            str(one.highest_level),
            _iso(one.cleared_at),
            one.merged_into_id or "",
        )


def _iso(at: datetime | None) -> str:
    return at.astimezone(UTC).isoformat(timespec="seconds") if at else ""
