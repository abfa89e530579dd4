"""The versions of the law: which clocks run how long. A case keeps the version under which it was opened."""

from __future__ import annotations

from datetime import date, datetime
from typing import Literal

from django.http import HttpRequest
from django.utils import timezone
from ninja import Router
from pydantic import BaseModel, Field

from pandok.core.terms.zone import OFFICE_ZONE
from pandok.fields.counterfeit.acts.cases import dated_holidays as use
from pandok.fields.counterfeit.law.law_versions import current_law, law_versions
from pandok.fields.counterfeit.law.values import LawVersion
from pandok.fields.counterfeit.models import DatedHoliday
from pandok.fields.counterfeit.roles import Action
from pandok.web.api.callers import actor_of, may
from pandok.web.api.idempotency_key import once
from pandok.web.api.refusals import answers, not_found
from pandok.web.api.request_values import Asked, Day, FullReason, Key

router = Router(tags=["law"])


class HolidayOut(BaseModel):
    """`kind` off: terms neither count it nor end on it; working: no holiday, whatever the calendar says."""

    id: int
    day: date
    kind: Literal["off", "working"]
    name: str
    reason: str
    added_at: datetime
    withdrawn_at: datetime | None


class HolidayIn(Asked):
    day: Day
    kind: Literal["off", "working"] = "off"
    name: str = Field(min_length=1, max_length=100)
    reason: FullReason


class WhyIn(Asked):
    reason: FullReason


class Law(BaseModel):
    """`current` is the version of cases that are opened today."""

    current: str
    versions: list[LawVersion]


@router.get("", auth=may(Action.SEE_CASES), response=answers(Law), summary="Versions of the law")
def get_law(request: HttpRequest) -> Law:  # noqa: ARG001
    today = timezone.now().astimezone(OFFICE_ZONE).date()
    return Law(current=current_law(today).version, versions=list(law_versions()))


@router.get(
    "/holidays", auth=may(Action.SEE_CASES), response=answers(list[HolidayOut]), summary="Holidays declared later"
)
def list_holidays(request: HttpRequest) -> list[HolidayOut]:  # noqa: ARG001
    """What was entered beside the shipped calendar, withdrawn days too."""
    return [_out(one) for one in use.dated_holidays()]


@router.post("/holidays", auth=may(Action.KEEP_HOLIDAYS), response=answers(HolidayOut, 201), summary="Enter a holiday")
@once(status=201)
def enter_holiday(request: HttpRequest, asked: HolidayIn) -> HolidayOut:
    """Running terms are recounted, with an event in each history; the parties are told."""
    return _out(
        use.add_holiday(
            day=asked.day,
            kind=asked.kind,
            name=asked.name,
            actor=actor_of(request),
            reason=asked.reason,
            now=timezone.now(),
        )
    )


@router.post(
    "/holidays/{holiday_id}/withdraw",
    auth=may(Action.KEEP_HOLIDAYS),
    response=answers(HolidayOut),
    summary="Withdraw a holiday",
)
@once
def take_holiday_back(request: HttpRequest, holiday_id: Key, asked: WhyIn) -> HolidayOut:
    holiday = DatedHoliday.objects.filter(pk=holiday_id).first()
    if holiday is None:
        raise not_found()
    return _out(use.withdraw_holiday(holiday=holiday, actor=actor_of(request), reason=asked.reason, now=timezone.now()))


def _out(holiday: DatedHoliday) -> HolidayOut:
    return HolidayOut.model_validate(holiday, from_attributes=True)
