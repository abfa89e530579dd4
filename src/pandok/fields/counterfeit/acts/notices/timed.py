"""What the worker does by the clock: terms that are over move cases on, and their owners are reminded before."""

from __future__ import annotations

from datetime import datetime

from django.db import transaction

from pandok.common.jobs.registry import every
from pandok.common.jobs.work import Work
from pandok.common.models import Party
from pandok.fields.counterfeit.acts.cases.clocks import Reminder, expire_due, mark_reminded, reminders_due, time_left
from pandok.fields.counterfeit.acts.notices import notice_phrases as words
from pandok.fields.counterfeit.acts.notices.drafting import draft
from pandok.fields.counterfeit.acts.notices.notice_record import keep_notice, keep_pdf, numbered
from pandok.fields.counterfeit.acts.notices.office import Office, office_of
from pandok.fields.counterfeit.law.law_versions import law_version
from pandok.fields.counterfeit.models import Case
from pandok.fields.counterfeit.states import Turn
from pandok.settings import settings

EXPIRE_EVERY_S, REMIND_EVERY_S = 60, 300
_OWNERS = {Turn.HOLDER.value: "holder", Turn.IMPORTER.value: "importer"}


@every(EXPIRE_EVERY_S, by_clock=True)
def expire_tick(work: Work) -> None:
    expire(work.now)


@every(REMIND_EVERY_S, by_clock=True)
def remind_tick(work: Work) -> None:
    give_reminders(work.now, office_of(work, settings()))


def expire(now: datetime) -> int:
    """Move on the cases whose term is over; their notices follow (follow_up). Returns how many."""
    return expire_due(now)


def give_reminders(now: datetime, office: Office) -> int:
    """Remind the owners of running clocks, each once for each number of days. Returns how many notices went out.

    A clock of customs itself only marks the case on the work list.
    """
    return sum(_remind(reminder, now, office) for reminder in reminders_due(now))


def _remind(reminder: Reminder, now: datetime, office: Office) -> bool:
    clock = reminder.clock
    case = Case.objects.get(id=clock.case_id)
    party: Party | None = getattr(case, _OWNERS[clock.owner]) if clock.owner in _OWNERS else None
    if party is None or not party.active or not case.notices.filter(party=party).exists():
        mark_reminded(reminder, now)
        return False
    left = time_left(clock, case.law_version, now).business_days
    worded = draft(
        case=case,
        party=party,
        template="reminder",
        now=now,
        address=office.address,
        due=clock.due_at,
        extra={
            "clock": law_version(case.law_version).clock(clock.rule).title,
            "left": words.business_days_left(left),
        },
    )
    drafted = numbered(worded, case, now)
    pdf = keep_pdf(drafted.content, party.language, office.blobs)
    with transaction.atomic():
        if not mark_reminded(reminder, now):
            return False
        sequence = f"{clock.id}.{reminder.days_before}"
        keep_notice(drafted, case=case, sequence=sequence, pdf_sha256=pdf, actor=None, now=now, office=office)
    return True
