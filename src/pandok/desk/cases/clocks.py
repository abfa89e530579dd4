"""Clocks of a case: started and stopped by its states, reminded of and expired by the worker."""

from __future__ import annotations

from collections.abc import Callable
from dataclasses import dataclass
from datetime import date, datetime, timedelta
from functools import partial

from django.db import transaction

from pandok.core.cases.business_days import business_days_left, due_at
from pandok.core.cases.states import State, Turn, allowed
from pandok.desk.cases.law import OFFICE_ZONE, is_holiday, law_version
from pandok.desk.models import Case, CaseClock, ClockReminder

MET, EXPIRED, WITHDRAWN = "met", "expired", "withdrawn"


def follow_state(case: Case, start: State, to: State, now: datetime) -> None:
    """Stop the clocks that do not run in the new state, and start those that begin with it."""
    law = law_version(case.law_version)
    running = {clock.rule: clock for clock in CaseClock.objects.filter(case=case, stopped_at=None)}
    for name, clock in running.items():
        if to not in law.clock(name).runs_in:
            clock.stopped_at = now
            clock.stopped_by = (
                EXPIRED if now >= clock.due_at else WITHDRAWN if to in (State.READ, State.WITHDRAWN) else MET
            )
            clock.save(update_fields=["stopped_at", "stopped_by"])
    for rule in law.starting_in(to):
        if rule.id in running and to in rule.runs_in and start in rule.runs_in:
            continue
        recorded = bool(case.design and case.design.recorded_with_customs)
        CaseClock.objects.create(
            case=case,
            rule=rule.id,
            started_at=now,
            due_at=due_at(
                now, rule.length_days(recorded=recorded), rule.kind, partial(is_holiday, law=law), OFFICE_ZONE
            ),
            owner=rule.owner.value,
        )


def next_due(case: Case) -> datetime | None:
    """When the next running clock of a case is over."""
    return (
        CaseClock.objects.filter(case=case, stopped_at=None).order_by("due_at").values_list("due_at", flat=True).first()
    )


@dataclass(frozen=True)
class TimeLeft:
    """What is left of a clock: `business_days` as officers count them; `over` once it has ended."""

    business_days: int
    over: bool


def time_left(clock: CaseClock, law_name: str, now: datetime) -> TimeLeft:
    law = law_version(law_name)
    days = business_days_left(now, clock.due_at, partial(is_holiday, law=law), OFFICE_ZONE)
    return TimeLeft(days, now >= clock.due_at)


def expire_due(now: datetime, limit: int = 200) -> int:
    """Lead cases on whose term is over, each in its own transaction; may run in several workers. Returns how many."""
    from pandok.desk.cases.moving import locked, move

    moved = 0
    due = CaseClock.objects.filter(stopped_at=None, due_at__lte=now).order_by("due_at")
    for case_id, clock_id in list(due.values_list("case_id", "id")[:limit]):
        with transaction.atomic():
            case = locked(case_id)
            clock = CaseClock.objects.get(id=clock_id)
            if clock.stopped_at is not None:
                continue
            rule = law_version(case.law_version).clock(clock.rule)
            if rule.at_expiry is None or not allowed(State(case.state), rule.at_expiry, Turn.SYSTEM):
                clock.stopped_at, clock.stopped_by = now, EXPIRED
                clock.save(update_fields=["stopped_at", "stopped_by"])
                case.due_at = next_due(case)
                case.save(update_fields=["due_at"])
                continue
            move(
                case,
                rule.at_expiry,
                by=Turn.SYSTEM,
                actor=None,
                reason=f"{rule.title.ko} 경과 · {rule.title.en} is over",
                now=now,
                kind="clock_expired",
                data={"rule": rule.id, "due_at": clock.due_at.isoformat(), "source": rule.source},
            )
            moved += 1
    return moved


@dataclass(frozen=True)
class Reminder:
    """A reminder that is due: for the owner of `clock`, `days_before` the end; negative: after it."""

    clock: CaseClock
    days_before: int


AFTER_REMINDER: list[Callable[[Reminder, datetime], None]] = []
"""Who is told of every reminder, in its transaction."""


def reminders_due(now: datetime, limit: int = 500) -> list[Reminder]:
    """Reminders to give now that were not given yet: of each clock only the nearest one."""
    found: list[Reminder] = []
    running = (
        CaseClock.objects.filter(stopped_at=None, due_at__gt=now).select_related("case").order_by("due_at")[:limit]
    )
    given = set(ClockReminder.objects.filter(clock__in=[one.id for one in running]).values_list("clock", "days_before"))
    for clock in running:
        rule = law_version(clock.case.law_version).clock(clock.rule)
        left = time_left(clock, clock.case.law_version, now).business_days
        reached = [days for days in rule.remind_days_before if left <= days]
        if reached and (clock.id, min(reached)) not in given:
            found.append(Reminder(clock, min(reached)))
    return found


def mark_reminded(reminder: Reminder, now: datetime) -> bool:
    """Note that a reminder was given; False where another worker was first."""
    with transaction.atomic():
        _, created = ClockReminder.objects.get_or_create(
            clock=reminder.clock, days_before=reminder.days_before, defaults={"at": now}
        )
        for listener in AFTER_REMINDER if created else ():
            listener(reminder, now)
    return created


def last_day_of(due: datetime) -> date:
    """The last day of a term that ends at midnight `due`, as it is said to people."""
    return (due.astimezone(OFFICE_ZONE) - timedelta(microseconds=1)).date()
