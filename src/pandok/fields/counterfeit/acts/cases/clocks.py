"""Clocks of a case: started by its states, its events and by service of a notice; ended by the clock or by being met.

Whoever stops a clock says how. `MET`: what the term is for was done in it. `GIVEN_UP`: its party said that it will not.
`OVERTAKEN`: the case went on without it. `WITHDRAWN`: the notice was. `UNSERVED`: it reached nobody. `EXPIRED`: by the
clock, which is always an event.
"""

from __future__ import annotations

from collections.abc import Callable, Mapping
from dataclasses import dataclass
from datetime import date, datetime, timedelta
from typing import TypedDict
from uuid import UUID

from django.db import transaction

from pandok.common.models import Account
from pandok.core.terms.business_days import IsHoliday, business_days_left, due_at
from pandok.core.terms.zone import OFFICE_ZONE
from pandok.fields.counterfeit.law.holidays import office_days
from pandok.fields.counterfeit.law.law_versions import law_version
from pandok.fields.counterfeit.law.values import ClockRule
from pandok.fields.counterfeit.lists.services import waits_for_its_mail
from pandok.fields.counterfeit.models import Case, CaseClock, ClockReminder, Notice
from pandok.fields.counterfeit.states import State, Turn, allowed
from pandok.fields.register.right_standing import is_recorded

MET, EXPIRED, WITHDRAWN, UNSERVED = "met", "expired", "withdrawn", "unserved"
GIVEN_UP, OVERTAKEN = "given_up", "overtaken"
CLOCK_EXPIRED = "clock_expired"
REQUEST_CLOCK, DECISION_CLOCK, SUIT_CLOCK = "holder_request", "suspension_decision", "suit"
REVIEW_CLOCK, LOOK_CLOCK = "release_review", "answer_review"
PARTIES = (Turn.HOLDER.value, Turn.IMPORTER.value)
_BACK = frozenset({State.READ, State.WITHDRAWN})
_MET_BY: dict[str, frozenset[tuple[State, Turn]]] = {
    REQUEST_CLOCK: frozenset({(State.SUSPENSION_REQUESTED, Turn.HOLDER)}),
    REVIEW_CLOCK: frozenset({(State.DECIDED, Turn.OFFICER)}),
    LOOK_CLOCK: frozenset({(State.DECIDED, Turn.OFFICER)}),
}
"""Which change of state is what a term is for. One that begins with a state is met by leading the case on from there,
the one for a suit by its proof alone (answering.suits)."""


def follow_state(case: Case, start: State, to: State, by: Turn, now: datetime) -> list[CaseClock]:
    """Stop the clocks that do not run in the new state, and start those that begin with it; returns the stopped."""
    law = law_version(case.law_version)
    stopped = [clock for clock in running(case) if to not in law.clock(clock.rule).runs_in]
    for clock in stopped:
        stop(clock, _how(clock, to, by, now), now)
    for rule in law.starting_in(to):
        if start is not to and not _runs(case, rule):
            begin_clock(case, rule, now)
    return stopped


def _how(clock: CaseClock, to: State, by: Turn, now: datetime) -> str:
    """How a clock ends with a change of state: never as met where nobody did what it is for."""
    from pandok.fields.counterfeit.acts.cases.terms import holders_own_word

    if now >= clock.due_at:
        return EXPIRED
    if (to, by) in _MET_BY.get(clock.rule, ()) or (_led_on(clock, by) and to not in _BACK):
        return MET
    if by.value in PARTIES or (clock.owner == Turn.HOLDER.value and holders_own_word(clock.case) is not None):
        return GIVEN_UP
    return WITHDRAWN if to in _BACK else OVERTAKEN


def _led_on(clock: CaseClock, by: Turn) -> bool:
    rule = law_version(clock.case.law_version).clock(clock.rule)
    return rule.starts_in is not None and by is rule.owner


def follow_event(case: Case, kind: str, now: datetime) -> None:
    """Start the clocks that begin with an event of this kind; one that runs already goes on."""
    for rule in law_version(case.law_version).starting_on(kind):
        if State(case.state) in rule.runs_in and not _runs(case, rule):
            begin_clock(case, rule, now)


def begin_clock(case: Case, rule: ClockRule, at: datetime) -> CaseClock:
    days = rule.length_days(recorded=_recorded_when_told(case, at))
    clock = CaseClock(case=case, rule=rule.id, started_at=at, days=days, owner=rule.owner.value)
    clock.due_at = end_of(clock, rule, office_days(law_version(case.law_version)))
    clock.save()
    return clock


def _recorded_when_told(case: Case, at: datetime) -> bool:
    """Whether the right's recordal stood when the newest notice was issued, which names the term; else at `at`."""
    told = (
        Notice.objects.filter(case=case, issued_at__lte=at).order_by("-issued_at").values_list("issued_at", flat=True)
    )
    return is_recorded(case.design, (told.first() or at).astimezone(OFFICE_ZONE).date())


def end_of(clock: CaseClock, rule: ClockRule, off: IsHoliday) -> datetime:
    """When this clock is over with these holidays: its days from its start, and the days that customs added."""
    days = clock.days if clock.days is not None else _days_of_old(clock, rule)
    end = due_at(clock.started_at, days, rule.kind, off, OFFICE_ZONE)
    if clock.extended_days:
        end = due_at(end - timedelta(microseconds=1), clock.extended_days, rule.kind, off, OFFICE_ZONE)
    return end


def stop(clock: CaseClock, how: str, now: datetime) -> None:
    clock.stopped_at, clock.stopped_by = now, how
    clock.save(update_fields=["stopped_at", "stopped_by"])


def running(case: Case, *rules: str) -> list[CaseClock]:
    """The clocks of a case that run, those of `rules` where any are named; the next end first."""
    found = CaseClock.objects.filter(case=case, stopped_at=None).order_by("due_at", "pk")
    return list(found.filter(rule__in=rules) if rules else found)


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
    days = business_days_left(now, clock.due_at, office_days(law_version(law_name)), OFFICE_ZONE)
    return TimeLeft(days, now >= clock.due_at)


def expire_due(now: datetime, limit: int = 200) -> int:
    """End every clock that is over, each case in its own transaction; may run in several workers.

    Returns how many cases were moved on.
    """
    from pandok.fields.counterfeit.acts.cases.case_moves import locked

    moved = 0
    due = CaseClock.objects.filter(stopped_at=None, due_at__lte=now).order_by("due_at")
    for case_id in list(dict.fromkeys(due.values_list("case_id", flat=True)[:limit])):
        with transaction.atomic():
            moved += expire_of(locked(case_id), now)
    return moved


class _Event(TypedDict):
    by: Turn
    actor: Account | None
    reason: str
    now: datetime
    data: Mapping[str, str]


def expire_of(case: Case, now: datetime) -> int:
    """End what is over in one locked case: each with an event, and the case moved on where the rule says so."""
    from pandok.fields.counterfeit.acts.cases.case_moves import move, note

    moved = 0
    while over := [clock for clock in running(case) if clock.due_at <= now and not waits_for_its_mail(clock)]:
        clock = over[0]
        rule = law_version(case.law_version).clock(clock.rule)
        said: _Event = {
            "by": Turn.SYSTEM,
            "actor": None,
            "reason": f"{rule.title.ko} 경과 · the term is over: {rule.title.en}",
            "now": now,
            "data": {
                "rule": rule.id,
                "due_at": clock.due_at.isoformat(),
                "source": rule.source.ko,
                "source_en": rule.source.en,
            },
        }
        stop(clock, EXPIRED, now)
        if rule.at_expiry is not None and allowed(State(case.state), rule.at_expiry, Turn.SYSTEM):
            move(case, rule.at_expiry, kind=CLOCK_EXPIRED, **said)
            moved += 1
        else:
            changes = {"turn": Turn.OFFICER.value, "due_at": next_due(case)}
            note(case, CLOCK_EXPIRED, changes=changes, **said)
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
    soon = CaseClock.objects.filter(stopped_at=None, due_at__gt=now).select_related("case").order_by("due_at")[:limit]
    given = set(ClockReminder.objects.filter(clock__in=[one.id for one in soon]).values_list("clock", "days_before"))
    for clock in soon:
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


def newest(case_id: UUID, rule: str) -> CaseClock | None:
    return CaseClock.objects.filter(case_id=case_id, rule=rule).order_by("-started_at", "-pk").first()


def _runs(case: Case, rule: ClockRule) -> bool:
    return CaseClock.objects.filter(case=case, rule=rule.id, stopped_at=None).exists()


def _days_of_old(clock: CaseClock, rule: ClockRule) -> int:
    """A clock from before lengths were kept: by the rule, as the right was recorded when it began."""
    return rule.length_days(recorded=_recorded_when_told(clock.case, clock.started_at))
