"""Figures of streetlight alerts for programs, and what others recorded."""

from __future__ import annotations

from datetime import date, datetime

from django.http import HttpRequest
from django.utils import timezone
from ninja import Query, Router
from pydantic import BaseModel, Field

from pandok.fields.street.acts.outside_records import RecordSaid, enter_record
from pandok.fields.street.hazard_kinds import HazardKind
from pandok.fields.street.lists.figures import figures_between
from pandok.fields.street.models import OutsideRecord
from pandok.fields.street.periods import period_of
from pandok.fields.street.roles import Action
from pandok.web.api.callers import actor_of, may
from pandok.web.api.idempotency_key import once
from pandok.web.api.refusals import answers
from pandok.web.api.request_values import Asked

router = Router(tags=["Streetlight figures"])


class StreetFiguresOut(BaseModel):
    """`hazard` null: all kinds together. What cannot be said is null, never 0."""

    hazard: HazardKind | None
    alerts: int
    real: int
    false: int
    unknown: int
    waiting: int
    merged: int
    tests: int
    median_minutes_to_confirmed: float | None
    nine_of_ten_minutes_to_confirmed: float | None
    device_days: float
    false_a_device_day: float | None
    outside: int
    missed: int
    median_minutes_ahead: float | None


class StreetPeriodOut(BaseModel):
    first: date
    last: date
    figures: list[StreetFiguresOut]


class PeriodQuery(BaseModel):
    first: str = Field(default="", max_length=10, description="First day; 30 days back where nothing is said")
    last: str = Field(default="", max_length=10, description="Last day; today where nothing is said")


class OutsideRecordIn(Asked):
    hazard: HazardKind
    test_bed: str = Field(default="", max_length=20, description="Where no pole is named")
    pole: str = Field(default="", max_length=40)
    began_at: str = Field(max_length=40, description="A moment in ISO 8601; at the office where no zone is said")
    ended_at: str = Field(default="", max_length=40, description="When it began, where nothing is said")
    source: str = Field(max_length=200)
    source_key: str = Field(default="", max_length=100, description="Its number at the source")


class OutsideRecordOut(BaseModel):
    id: int
    hazard: HazardKind
    test_bed: str
    pole: str | None
    began_at: datetime
    ended_at: datetime
    source: str
    source_key: str


@router.get(
    "/figures",
    auth=may(Action.SEE_STREET),
    response=answers(StreetPeriodOut),
    summary="Figures of alerts within a period",
)
def get_street_figures(request: HttpRequest, asked: Query[PeriodQuery]) -> StreetPeriodOut:  # noqa: ARG001
    now = timezone.now()
    period = period_of(asked.first, asked.last, now=now)
    found = [
        StreetFiguresOut(
            hazard=one.kind,
            alerts=one.alerts,
            real=one.real,
            false=one.false,
            unknown=one.unknown,
            waiting=one.waiting,
            merged=one.merged,
            tests=one.tests,
            median_minutes_to_confirmed=one.median_min,
            nine_of_ten_minutes_to_confirmed=one.ninth_min,
            device_days=one.device_days,
            false_a_device_day=one.false_a_device_day,
            outside=one.outside,
            missed=one.missed,
            median_minutes_ahead=one.median_lead_min,
        )
        for one in figures_between(period.begins, period.ends, now=now)
    ]
    return StreetPeriodOut(first=period.first, last=period.last, figures=found)


@router.post(
    "/records",
    auth=may(Action.ENTER_OUTSIDE_RECORDS),
    response=answers(OutsideRecordOut),
    summary="Enter what others recorded",
)
@once
def enter_an_outside_record(request: HttpRequest, asked: OutsideRecordIn) -> OutsideRecordOut:
    """One event that 119, the road office or a resident told of: alerts are held against it. The same record sent twice
    is one."""
    said = RecordSaid(**asked.model_dump(mode="json"))
    return _out(enter_record(said, actor=actor_of(request), now=timezone.now()))


def _out(one: OutsideRecord) -> OutsideRecordOut:
    return OutsideRecordOut(
        id=one.pk,
        hazard=HazardKind(one.hazard),
        test_bed=one.test_bed.code,
        pole=one.pole.key if one.pole else None,
        began_at=one.began_at,
        ended_at=one.ended_at,
        source=one.source,
        source_key=one.source_key,
    )
