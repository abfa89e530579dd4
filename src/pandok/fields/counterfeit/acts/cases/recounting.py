"""Terms counted again after a holiday was added or withdrawn: the new end with an event, and everybody concerned told.

A term that a late holiday would have kept open is opened again where the case has not moved on. A term that gets
shorter never ends before the next business day is over: whoever relied on the day that was told is not surprised.
"""

from __future__ import annotations

from datetime import datetime, timedelta
from uuid import UUID

from django.db import transaction

from pandok.common.models import Account
from pandok.core.dates import day_short
from pandok.core.terms.business_days import due_at
from pandok.core.terms.zone import OFFICE_ZONE
from pandok.fields.counterfeit.acts.cases import clocks
from pandok.fields.counterfeit.acts.cases.case_moves import locked, move, note
from pandok.fields.counterfeit.law.holidays import office_days
from pandok.fields.counterfeit.law.law_versions import law_version
from pandok.fields.counterfeit.models import Case, CaseClock, CaseEvent, DatedHoliday
from pandok.fields.counterfeit.states import State, Turn, allowed

RECOUNTED, REOPENED = "term_recounted", "term_reopened"
LOOK_BACK = timedelta(days=60)
"""How late a holiday may be told and still open a term again that ended by the clock."""


def recount(*, holiday: DatedHoliday, actor: Account | None, now: datetime, limit: int) -> int:
    """Recount the terms of at most `limit` cases that this day changes; returns of how many. May be called again."""
    changed = 0
    for case_id in _concerned(holiday, now):
        with transaction.atomic():
            case = locked(case_id)
            moved = [_count(case, clock, holiday, actor, now) for clock in clocks.running(case)]
            moved.append(_open_again(case, holiday, actor, now))
        changed += any(moved)
        if changed >= limit:
            break
    return changed


def _concerned(holiday: DatedHoliday, now: datetime) -> list[UUID]:
    """Cases with a clock that ran over this day, or to it."""
    day_begins = datetime.combine(holiday.day, datetime.min.time(), OFFICE_ZONE)
    after_it = day_begins + timedelta(days=1)
    running = CaseClock.objects.filter(stopped_at=None, started_at__lt=after_it)
    ended = CaseClock.objects.filter(
        stopped_by=clocks.EXPIRED,
        stopped_at__gte=now - LOOK_BACK,
        started_at__lt=after_it,
        due_at__gte=day_begins,
        case__state=State.LAPSED.value,
    )
    ids = [*running.values_list("case_id", flat=True), *ended.values_list("case_id", flat=True)]
    return list(dict.fromkeys(ids))


def _count(case: Case, clock: CaseClock, holiday: DatedHoliday, actor: Account | None, now: datetime) -> bool:
    law = law_version(case.law_version)
    off = office_days(law)
    before, end = clock.due_at, clocks.end_of(clock, law.clock(clock.rule), off)
    if end < before:
        end = min(before, max(end, due_at(now, 1, "business", off, OFFICE_ZONE)))
    if end == before:
        return False
    clock.due_at = end
    clock.save(update_fields=["due_at"])
    note(
        case,
        RECOUNTED,
        by=Turn.SYSTEM,
        actor=actor,
        reason=_why(holiday),
        now=now,
        data=_data(clock, before, holiday),
        changes={"due_at": clocks.next_due(case)},
    )
    return True


def _open_again(case: Case, holiday: DatedHoliday, actor: Account | None, now: datetime) -> bool:
    """A lapse that happened on a day that turns out to be a holiday did not happen."""
    if State(case.state) is not State.LAPSED:
        return False
    lapse = CaseEvent.objects.filter(case=case, to_state=State.LAPSED.value).order_by("-sequence").first()
    if lapse is None or lapse.kind != clocks.CLOCK_EXPIRED:
        return False
    clock = clocks.newest(case.id, lapse.data["rule"])
    if clock is None or clock.stopped_by != clocks.EXPIRED:
        return False
    law = law_version(case.law_version)
    before, end = clock.due_at, clocks.end_of(clock, law.clock(clock.rule), office_days(law))
    back = State(lapse.from_state)
    if end <= max(now, before) or not allowed(State.LAPSED, back, Turn.SYSTEM):
        return False
    clock.due_at, clock.stopped_at, clock.stopped_by = end, None, ""
    clock.save(update_fields=["due_at", "stopped_at", "stopped_by"])
    move(
        case,
        back,
        by=Turn.SYSTEM,
        actor=actor,
        reason=_why(holiday),
        now=now,
        kind=REOPENED,
        data=_data(clock, before, holiday),
    )
    return True


def _data(clock: CaseClock, before: datetime, holiday: DatedHoliday) -> dict[str, str]:
    return {
        "rule": clock.rule,
        "due_before": before.isoformat(),
        "due_at": clock.due_at.isoformat(),
        "holiday": holiday.day.isoformat(),
    }


def _why(holiday: DatedHoliday) -> str:
    day, name = day_short(holiday.day), holiday.name.replace(" · ", "·")
    ko, en = f"{day.ko} {name}", f"{day.en} {name}"
    if holiday.withdrawn_at is not None:
        return f"휴일 지정 철회: {ko} · holiday withdrawn: {en}"
    if holiday.kind == DatedHoliday.OFF:
        return f"휴일 지정: {ko} · declared a holiday: {en}"
    return f"휴일이 아닌 날로 지정: {ko} · declared no holiday: {en}"
