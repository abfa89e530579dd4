"""The cases of a stored period: events on record, and days of poles on which nothing is on record."""

from __future__ import annotations

from collections.abc import Iterable, Sequence
from dataclasses import dataclass
from datetime import UTC, date, datetime, timedelta
from pathlib import Path

from pandok.core.canonical import digest
from pandok.core.lab.comparison import ScoredRow
from pandok.core.terms.zone import OFFICE_ZONE
from pandok.fields.street.lists.figures import AROUND
from pandok.fields.street.models import OutsideRecord, Pole
from pandok.fields.street.periods import Period
from pandok.fields.street.replay.comparison_plan import NO, YES, ComparisonPlan
from pandok.fields.street.replay.stored import stored_readings
from pandok.fields.street.replay.told import Told
from pandok.fields.street.replay.verdict import told_of


@dataclass(frozen=True)
class Case:
    """An event (`record`), or a quiet day of the pole that is the cluster. `began_on`: its day at the office."""

    case_id: str
    cluster: str
    began_on: date
    record: OutsideRecord | None = None

    @property
    def truth(self) -> str:
        return YES if self.record else NO


def cases_of(plan: ComparisonPlan, poles: Sequence[Pole], folder: Path) -> list[Case]:
    """By their ids, which name nothing that leaves the house."""
    period = Period(plan.first, plan.last)
    records = records_of(plan, poles)
    found = [
        Case(
            f"event-{one.pk}",
            one.pole.key if one.pole else f"bed:{one.test_bed_id}",
            one.began_at.astimezone(OFFICE_ZONE).date(),
            one,
        )
        for one in records
    ]
    for pole in poles:
        loud = _loud_days(pole, records)
        days = _days(one.at_ms for one in stored_readings(folder, pole, with_files=plan.with_files))
        found += [
            Case(f"day-{pole.key}-{day.isoformat()}", pole.key, day)
            for day in days - loud
            if period.first <= day <= period.last
        ]
    return sorted(found, key=lambda one: one.case_id)


def records_of(plan: ComparisonPlan, poles: Sequence[Pole]) -> list[OutsideRecord]:
    """Of these poles, or of their test beds where no pole is named."""
    period = Period(plan.first, plan.last)
    keys, beds = {one.pk for one in poles}, {one.test_bed_id for one in poles}
    found = OutsideRecord.objects.filter(
        hazard=plan.hazard.value, began_at__gte=period.begins, began_at__lt=period.ends, withdrawn_at=None
    )
    return [
        one
        for one in found.select_related("pole").order_by("pk")
        if (one.pole_id in keys if one.pole_id else one.test_bed_id in beds)
    ]


def root_of(cases: Sequence[Case]) -> str:
    """Of which cases there are and what is true of each: a record that is added or withdrawn changes it."""
    return digest([[one.case_id, one.cluster, one.truth, _span(one.record)] for one in cases])


def rows_of(
    cases: Sequence[Case], told: tuple[Sequence[Told], Sequence[Told]], poles: Sequence[Pole], ahead_min: float
) -> list[ScoredRow]:
    """`told`: by the new reader and by the one it is compared with."""
    new, old = told
    beds = {pole.key: pole.test_bed_id for pole in poles}
    return [
        ScoredRow(
            case_id=one.case_id,
            cluster=one.cluster,
            truth=(one.truth,),
            model=_said(one, new, beds, ahead_min),
            practice=_said(one, old, beds, ahead_min),
        )
        for one in cases
    ]


def leads_min(cases: Iterable[Case], told: Sequence[Told], poles: Sequence[Pole]) -> list[float]:
    """Minutes ahead of the record, of the events that were told of at all."""
    beds = {pole.key: pole.test_bed_id for pole in poles}
    leads = (_lead(one.record, told, beds) for one in cases if one.record)
    return [one for one in leads if one is not None]


def _said(case: Case, told: Sequence[Told], beds: dict[str, int], ahead_min: float) -> float:
    if case.record is not None:
        lead = _lead(case.record, told, beds)
        return float(lead is not None and lead >= ahead_min)
    return float(any(one.pole == case.cluster and _day(one.onset_ms) == case.began_on for one in told))


def _lead(record: OutsideRecord, told: Sequence[Told], beds: dict[str, int]) -> float | None:
    near = [one.raised_ms for one in told if told_of(record, one, beds)]
    return (record.began_at.timestamp() * 1000 - min(near)) / 60_000 if near else None


def _loud_days(pole: Pole, records: Sequence[OutsideRecord]) -> set[date]:
    """Days that an event of this place touches; what is told then is no false alarm."""
    found: set[date] = set()
    for one in records:
        if one.pole_id == pole.pk or (one.pole_id is None and one.test_bed_id == pole.test_bed_id):
            day = (one.began_at - AROUND).astimezone(OFFICE_ZONE).date()
            last = (one.ended_at + AROUND).astimezone(OFFICE_ZONE).date()
            while day <= last:
                found.add(day)
                day += timedelta(days=1)
    return found


def _days(moments_ms: Iterable[int]) -> set[date]:
    hours = {at // 3_600_000 for at in moments_ms}
    return {_day(hour * 3_600_000) for hour in hours}


def _day(at_ms: int) -> date:
    return datetime.fromtimestamp(at_ms / 1000, UTC).astimezone(OFFICE_ZONE).date()


def _span(record: OutsideRecord | None) -> list[str]:
    return [record.began_at.isoformat(), record.ended_at.isoformat()] if record else []
