"""Holidays of one date, told to the site by its administrator: added and withdrawn with a reason; running terms are
counted again (Civil Act of Korea, article 161; Customs Act, article 8(3))."""

from __future__ import annotations

from collections.abc import Sequence
from datetime import date, datetime

from django.db import transaction
from pydantic import BaseModel

from pandok.common.audit import writing as audit
from pandok.common.jobs.queue import enqueue
from pandok.common.jobs.registry import handles
from pandok.common.jobs.work import Work
from pandok.common.models import Account
from pandok.common.reasons import checked_reason
from pandok.core.dates import day_words
from pandok.core.days import day_from
from pandok.core.errors import RequestError
from pandok.core.text import Text
from pandok.fields.counterfeit.acts.cases.recounting import recount
from pandok.fields.counterfeit.models import DatedHoliday

KIND = "holidays.recount"
AT_ONCE = 200
"""Cases whose terms are counted again before the administrator's page answers; a worker does the others."""
LONGEST_NAME = 100
_FACTS = "holiday.facts"
KINDS: dict[str, Text] = {
    DatedHoliday.OFF: Text(ko="휴일(임시공휴일·대체공휴일·선거일)", en="Holiday (temporary, substitute, election)"),
    DatedHoliday.WORKING: Text(ko="휴일이 아닌 날", en="No holiday after all"),
}


class ChangeOf(BaseModel):
    holiday: int


def add_holiday(*, day: date, kind: str, name: str, actor: Account | None, reason: str, now: datetime) -> DatedHoliday:
    """Say that `day` is a holiday, or is none although the calendar calls it one. Actor None: the command line.

    Raises RequestError for a day that was said already, an unknown kind, no name or no reason.
    """
    reason, name = checked_reason(reason), " ".join(name.split())
    if kind not in KINDS or not 0 < len(name) <= LONGEST_NAME or not date(2020, 1, 1) <= day <= date(2100, 1, 1):
        raise RequestError(
            Text(ko="날짜, 종류 또는 이름이 올바르지 않습니다.", en="Day, kind or name is not right."),
            Text(
                ko=f"2020년부터의 날짜와 종류를 고르고 이름을 {LONGEST_NAME}자 이하로 적으십시오.",
                en=f"Choose a day from 2020 on and a kind, and give a name of at most {LONGEST_NAME} characters.",
            ),
            code=_FACTS,
        )
    with transaction.atomic():
        if DatedHoliday.objects.filter(day=day, withdrawn_at=None).exists():
            raise RequestError(
                Text(ko=f"이미 등록된 날짜입니다: {day_words(day).ko}.", en=f"{day_words(day).en} is entered already."),
                Text(ko="바꾸려면 먼저 그 날짜를 철회하십시오.", en="Withdraw that day first to change it."),
                code="holiday.exists",
            )
        holiday = DatedHoliday.objects.create(
            day=day, kind=kind, name=name, reason=reason, added_by=actor, added_at=now
        )
        _record("holiday.added", holiday, actor, reason, now)
        _ask(holiday, now, "added")
    recount(holiday=holiday, actor=actor, now=now, limit=AT_ONCE)
    return holiday


def withdraw_holiday(*, holiday: DatedHoliday, actor: Account | None, reason: str, now: datetime) -> DatedHoliday:
    """Take a day back. It stays in the list as withdrawn. Raises RequestError where it is withdrawn already."""
    reason = checked_reason(reason)
    with transaction.atomic():
        taken = DatedHoliday.objects.filter(pk=holiday.pk, withdrawn_at=None).update(
            withdrawn_at=now, withdrawn_by=actor, withdrawal_reason=reason
        )
        if not taken:
            raise RequestError(
                Text(ko="이미 철회된 날짜입니다.", en="This day is withdrawn already."),
                Text(ko="목록을 새로 여십시오.", en="Load the list again."),
                code="holiday.withdrawn",
            )
        holiday.refresh_from_db()
        _record("holiday.withdrawn", holiday, actor, reason, now)
        _ask(holiday, now, "withdrawn")
    recount(holiday=holiday, actor=actor, now=now, limit=AT_ONCE)
    return holiday


def dated_holidays() -> Sequence[DatedHoliday]:
    """All that were entered, the latest day first, the withdrawn ones among them."""
    return list(DatedHoliday.objects.select_related("added_by", "withdrawn_by")[:1000])


@handles(KIND, ChangeOf, in_transaction=False)
def _recount_the_others(payload: ChangeOf, work: Work) -> None:
    holiday = DatedHoliday.objects.get(pk=payload.holiday)
    actor = holiday.withdrawn_by if holiday.withdrawn_at else holiday.added_by
    while recount(holiday=holiday, actor=actor, now=work.now, limit=AT_ONCE) == AT_ONCE:
        pass


def _ask(holiday: DatedHoliday, now: datetime, what: str) -> None:
    enqueue(KIND, {"holiday": holiday.pk}, key=f"holiday:{holiday.pk}:{what}", now=now)


def _record(action: str, holiday: DatedHoliday, actor: Account | None, reason: str, now: datetime) -> None:
    details = {"day": holiday.day.isoformat(), "kind": holiday.kind, "name": holiday.name}
    audit.tell(actor, action, f"holiday:{holiday.pk}", reason, now, details)


def day_of_holiday(text: str) -> date:
    """As somebody wrote it. Raises RequestError."""
    return day_from(text, code=_FACTS)
