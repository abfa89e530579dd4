"""Notices that follow from what happened in a case, as a table of events; asked for with the event, sent by a worker.

Code that moves a case need not think of them. One event gives each party one notice, however often it is worked on.
"""

from __future__ import annotations

from collections.abc import Iterator
from dataclasses import dataclass, field
from datetime import datetime

from pydantic import BaseModel

from pandok.common.jobs.queue import enqueue
from pandok.common.jobs.registry import handles
from pandok.common.jobs.work import Work
from pandok.common.models import Party
from pandok.core.dates import day_words
from pandok.core.terms.zone import OFFICE_ZONE
from pandok.core.text import Text
from pandok.fields.counterfeit.acts.cases.clocks import CLOCK_EXPIRED, LOOK_CLOCK, REQUEST_CLOCK, SUIT_CLOCK, newest
from pandok.fields.counterfeit.acts.cases.suspending import (
    ON_HOLDERS_WORD,
    RELEASE_REFUSED,
    SUSPENSION_REFUSED,
    TERM_EXTENDED,
)
from pandok.fields.counterfeit.acts.cases.withdrawing import WITHDRAWN
from pandok.fields.counterfeit.acts.notices import notice_phrases as words
from pandok.fields.counterfeit.acts.notices.drafting import draft
from pandok.fields.counterfeit.acts.notices.issuing import HOLDER_NOTICE, IMPORTER_NOTICE
from pandok.fields.counterfeit.acts.notices.notice_record import delivery_key, keep_notice, keep_pdf, numbered
from pandok.fields.counterfeit.acts.notices.office import Office, office_of
from pandok.fields.counterfeit.acts.notices.serving import LEFT_LATER, SERVED, WAYS
from pandok.fields.counterfeit.law.law_versions import law_version
from pandok.fields.counterfeit.models import Case, CaseEvent, Notice
from pandok.fields.counterfeit.outcomes import Answer
from pandok.fields.counterfeit.states import State, Turn
from pandok.settings import settings

KIND = "notice.follow_up"
ANSWERED, REOPENED, DECIDED = "holder_answered", "choice_reopened", "decided"
RELEASE_ASKED, CONFIRMED = "release_asked", "suit_confirmed"
REQUESTED, GRANTED = State.SUSPENSION_REQUESTED.value, State.SUSPENDED.value
DECLINED, TAKEN_BACK = "suspension_declined", "request_withdrawn"
REOPENED_TERM, RECOUNTED = "term_reopened", "term_recounted"
_BOTH = {
    DECLINED: "no_request",
    TAKEN_BACK: "request_withdrawn",
    ON_HOLDERS_WORD: "went_on",
    SUSPENSION_REFUSED: "suspension_refused",
    RELEASE_REFUSED: "release_refused",
    CONFIRMED: "suit_confirmed",
    TERM_EXTENDED: "term_moved",
    RECOUNTED: "term_moved",
    LEFT_LATER: "term_moved",
    REOPENED_TERM: "term_moved",
}
"""Events of which every party that was told of the case is told, with the template."""
_OF_A_TERM = frozenset({TERM_EXTENDED, RECOUNTED, REOPENED_TERM, LEFT_LATER, CLOCK_EXPIRED})
_SAYS_WHY = frozenset(
    {SUSPENSION_REFUSED, RELEASE_REFUSED, DECIDED, GRANTED, TERM_EXTENDED, RECOUNTED, REOPENED_TERM, LEFT_LATER}
)
"""Decisions of customs: their reason is told. What parties wrote is not told to the other side."""
_OFFICES_OWN = frozenset({LOOK_CLOCK})
"""Clocks that no party waits for: only customs is told of their end."""


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
    """Called with every new event of a case, in its transaction
    (pandok.fields.counterfeit.acts.cases.case_moves.AFTER_EVENT)."""
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
        worded = draft(
            case=case,
            party=one.party,
            template=one.template,
            now=now,
            address=office.address,
            due=one.due_at,
            extra=one.extra,
        )
        drafted = numbered(worded, case, now)
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
    if event.kind == CLOCK_EXPIRED:
        return event.data["rule"] not in _OFFICES_OWN
    if event.kind == SERVED:
        return event.by == Turn.OFFICER.value and "due_at" in event.data
    return event.kind in (DECIDED, REQUESTED, GRANTED, RELEASE_ASKED, WITHDRAWN, *_BOTH)


def _notices_of(case: Case, event: CaseEvent) -> Iterator[Due]:
    told = _told_before(case, event)
    holders, importers = _of_kind(told, Party.HOLDER), _of_kind(told, Party.IMPORTER)
    due, extra = _due(event), _extra(case, event)
    if event.kind == CLOCK_EXPIRED:
        template = "clock_expired" if event.from_state != event.to_state else "clock_over"
        if template == "clock_expired" and event.data["rule"] == SUIT_CLOCK:
            template = "suspension_over"
        yield from (Due(party, template, due, extra) for party in holders + importers)
    elif event.kind == REQUESTED:
        yield from (Due(party, "suspension") for party in importers)
    elif event.kind == GRANTED:
        yield from (Due(party, "suspension_holder", extra=extra) for party in holders)
        yield from (Due(party, "suspension_importer", extra=extra) for party in importers)
    elif event.kind == RELEASE_ASKED:
        yield from (Due(party, "release_asked", extra=extra) for party in holders)
    elif event.kind == DECIDED:
        yield from (Due(party, "outcome_holder", extra=extra) for party in holders)
        yield from (Due(party, "outcome_importer", extra=extra) for party in importers)
    elif event.kind == SERVED:
        yield from (Due(one, "term_started", due, extra) for one in told if one.name == event.data.get("party"))
    elif event.kind in _BOTH:
        yield from (Due(party, _BOTH[event.kind], due, extra) for party in holders + importers)
    elif event.data.get("answer") == Answer.NEED_THE_GOODS.value:
        clock = newest(case.id, REQUEST_CLOCK)
        for party in holders:
            yield Due(party, "goods_request", clock.due_at if clock else None)
    elif event.kind == WITHDRAWN:
        for party in (*told, *_asked_to_appraise(case, event)):
            yield Due(party, "choice_withdrawn")
    else:
        why = event.reason if event.by == Turn.OFFICER.value else ""
        for party in told:
            if not (event.by == Turn.HOLDER.value and party.kind == Party.HOLDER):
                yield Due(party, "choice_withdrawn", extra={"reason": words.given(why)})


def _due(event: CaseEvent) -> datetime | None:
    at = event.data.get("due_at") if event.kind in _OF_A_TERM | {SERVED} else None
    return datetime.fromisoformat(at) if at else None


def _extra(case: Case, event: CaseEvent) -> dict[str, Text]:
    extra = {}
    if "rule" in event.data:
        extra["clock"] = law_version(case.law_version).clock(event.data["rule"]).title
    if event.kind in _SAYS_WHY:
        extra["reason"] = words.reason(event.reason, by_system=event.by == Turn.SYSTEM.value)
    if event.kind == SERVED:
        extra["served"] = day_words(datetime.fromisoformat(event.data["served_at"]).astimezone(OFFICE_ZONE).date())
        extra["way"] = WAYS[event.data["way"]]
    if "due_before" in event.data and event.kind in _OF_A_TERM:
        extra["was"] = words.last_day(datetime.fromisoformat(event.data["due_before"]))
    return extra


def _told_before(case: Case, event: CaseEvent) -> list[Party]:
    """Who was told since the case last became "notified" before this event: not those of a choice withdrawn earlier."""
    became = CaseEvent.objects.filter(case=case, to_state=State.NOTIFIED.value, sequence__lt=event.sequence)
    from_afresh = became.exclude(from_state__in=[State.NOTIFIED.value, State.LAPSED.value])
    since = from_afresh.values_list("sequence", flat=True).last()
    first = Notice.objects.filter(case=case, template__in=[HOLDER_NOTICE, IMPORTER_NOTICE]).select_related("party")
    told = [
        one.party for one in first.order_by("issued_at", "id") if since and since <= _sequence(one) < event.sequence
    ]
    return list(dict.fromkeys(told))


def _sequence(notice: Notice) -> int:
    """The number of the event that a first notice was issued with."""
    return int(notice.delivery_key.rsplit(":", 1)[-1])


def _asked_to_appraise(case: Case, event: CaseEvent) -> list[Party]:
    """The association that still looks at the goods."""
    asked = Notice.objects.filter(
        case=case, template="appraisal_request", party=case.appraiser, issued_at__lte=event.at
    )
    return [case.appraiser] if case.appraiser is not None and asked.exists() else []


def _of_kind(parties: list[Party], kind: str) -> list[Party]:
    return [party for party in parties if party.kind == kind]
