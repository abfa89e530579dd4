"""Notices that follow from what happened in a case, as a table of events; asked for with the event, sent by a worker.

Whoever leads a case on need not think of them. One event gives each party one notice, however often it is worked on.
"""

from __future__ import annotations

from collections.abc import Iterator
from dataclasses import dataclass, field
from datetime import datetime

from pydantic import BaseModel

from pandok.core.cases.outcomes import Answer
from pandok.core.cases.states import State, Turn
from pandok.core.text import Text
from pandok.desk.cases.law import law_version
from pandok.desk.cases.withdrawing import WITHDRAWN
from pandok.desk.jobs.queue import enqueue
from pandok.desk.jobs.registry import handles
from pandok.desk.jobs.work import Work
from pandok.desk.models import Case, CaseClock, CaseEvent, Notice, Party
from pandok.desk.notices.drafting import REQUEST_CLOCK, draft
from pandok.desk.notices.issuing import HOLDER_NOTICE, IMPORTER_NOTICE
from pandok.desk.notices.keeping import delivery_key, keep_notice, keep_pdf
from pandok.desk.notices.office import Office, office_of
from pandok.settings import settings

KIND = "notice.follow_up"
ANSWERED, REOPENED, EXPIRED, DECIDED = "holder_answered", "choice_reopened", "clock_expired", "decided"
SUSPENDED = State.SUSPENSION_REQUESTED.value


class EventOf(BaseModel):
    case: str
    sequence: int


@dataclass(frozen=True)
class Due:
    """One notice that an event asks for."""

    party: Party
    template: str
    due_at: datetime | None = None
    extra: dict[str, Text] = field(default_factory=dict)


def ask_for_notices(case: Case, event: CaseEvent) -> None:
    """Called with every new event of a case, in its transaction (pandok.desk.cases.moving.AFTER_EVENT)."""
    if _asks(event):
        payload = {"case": str(case.id), "sequence": event.sequence}
        enqueue(KIND, payload, key=f"notices:{case.id}:{event.sequence}", now=event.at)


@handles(KIND, EventOf, in_transaction=False)
def _follow_up(payload: EventOf, work: Work) -> None:
    event = CaseEvent.objects.get(case_id=payload.case, sequence=payload.sequence)
    follow_up(event=event, now=work.now, office=office_of(work, settings()))


def follow_up(*, event: CaseEvent, now: datetime, office: Office) -> list[Notice]:
    """Issue what an event asks for; returns the new notices. May be called again."""
    case = Case.objects.get(id=event.case_id)
    issued = []
    for one in _notices_of(case, event):
        key = delivery_key(case, one.template, one.party, event.sequence)
        if not one.party.active or Notice.objects.filter(delivery_key=key).exists():
            continue
        drafted = draft(
            case=case,
            party=one.party,
            template=one.template,
            now=now,
            address=office.address,
            due=one.due_at,
            extra=one.extra,
        )
        notice, new = keep_notice(
            drafted,
            case=case,
            sequence=event.sequence,
            pdf_sha256=keep_pdf(drafted.content, one.party.language, office.blobs),
            actor=None,
            now=now,
            office=office,
        )
        issued += [notice] if new else []
    return issued


def _asks(event: CaseEvent) -> bool:
    if event.kind == ANSWERED:
        return event.data.get("answer") in (Answer.NOT_MY_RIGHT.value, Answer.NEED_THE_GOODS.value)
    if event.kind == REOPENED:
        return bool(event.from_state == State.NOTIFIED.value)
    return event.kind in (EXPIRED, DECIDED, SUSPENDED, WITHDRAWN)


def _notices_of(case: Case, event: CaseEvent) -> Iterator[Due]:
    told = _told_before(case, event)
    if event.kind == EXPIRED:
        clock = CaseClock.objects.filter(case=case, rule=event.data["rule"]).order_by("-started_at").first()
        rule = law_version(case.law_version).clock(event.data["rule"])
        if rule.owner is Turn.HOLDER and clock is not None:
            for party in _of_kind(told, Party.HOLDER):
                yield Due(party, "clock_expired", clock.due_at, {"clock": rule.title})
    elif event.kind == SUSPENDED:
        for party in _of_kind(told, Party.IMPORTER):
            yield Due(party, "suspension")
    elif event.kind == DECIDED:
        for party in _of_kind(told, Party.HOLDER):
            yield Due(party, "outcome_holder")
        for party in _of_kind(told, Party.IMPORTER):
            yield Due(party, "outcome_importer")
    elif event.data.get("answer") == Answer.NEED_THE_GOODS.value:
        clock = CaseClock.objects.filter(case=case, rule=REQUEST_CLOCK).order_by("-started_at").first()
        for party in _of_kind(told, Party.HOLDER):
            yield Due(party, "goods_request", clock.due_at if clock else None)
    elif event.kind == WITHDRAWN:
        for party in (*told, *_asked_to_appraise(case, event)):
            yield Due(party, "choice_withdrawn")
    else:
        for party in told:
            if not (event.by == Turn.HOLDER.value and party.kind == Party.HOLDER):
                yield Due(party, "choice_withdrawn")


def _told_before(case: Case, event: CaseEvent) -> list[Party]:
    """Who was told when the case last became "notified" before this event: not those of a choice withdrawn earlier."""
    became = CaseEvent.objects.filter(case=case, to_state=State.NOTIFIED.value, sequence__lt=event.sequence)
    sequence = became.exclude(from_state=State.NOTIFIED.value).values_list("sequence", flat=True).last()
    first = Notice.objects.filter(case=case, template__in=[HOLDER_NOTICE, IMPORTER_NOTICE]).select_related("party")
    return [one.party for one in first.order_by("issued_at", "id") if one.delivery_key.endswith(f":{sequence}")]


def _asked_to_appraise(case: Case, event: CaseEvent) -> list[Party]:
    """The association that still looks at the goods."""
    asked = Notice.objects.filter(
        case=case, template="appraisal_request", party=case.appraiser, issued_at__lte=event.at
    )
    return [case.appraiser] if case.appraiser is not None and asked.exists() else []


def _of_kind(parties: list[Party], kind: str) -> list[Party]:
    return [party for party in parties if party.kind == kind]
