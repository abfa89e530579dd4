"""Terms of parties end by the clock or by the party's own word. Asked of every step of an officer."""

from __future__ import annotations

from collections.abc import Mapping
from datetime import datetime
from typing import Any

from pandok.core.dates import day_words
from pandok.core.errors import RequestError
from pandok.core.text import Text
from pandok.fields.counterfeit.acts.cases import clocks
from pandok.fields.counterfeit.law.law_versions import law_version
from pandok.fields.counterfeit.models import Case, CaseClock, CaseEvent, HolderAnswer
from pandok.fields.counterfeit.outcomes import Answer, Disposition, Finding
from pandok.fields.counterfeit.states import State, Turn

_FOR_THE_HOLDER = frozenset({Disposition.DESTROYED, Disposition.REFERRED})
_TAKEN_BACK = frozenset({State.READ, State.WITHDRAWN})
REQUESTED = State.SUSPENSION_REQUESTED.value
_ON_REQUESTS = (REQUESTED, State.SUSPENDED.value, "suspension_refused", "request_withdrawn")


def keep_terms(case: Case, to: State, now: datetime, changes: Mapping[str, Any]) -> None:
    """Raises RequestError where the officer's step would end a party's running term without that party's own word.

    A notice that is withdrawn (back to "read", or with the case) ends its term, and the party is told. Destroying goods
    or referring them to investigation does not take the term for a suit from the holder: the suspension has served it.
    Release ends that term only where the importer asked for it against security.
    """
    if to in _TAKEN_BACK or holders_own_word(case) is not None:
        return
    if not_begun(case, to):
        raise _not_served()
    ending = ending_terms(case, to, now)
    disposition = changes.get("disposition")
    if all(clock.rule == clocks.SUIT_CLOCK for clock in ending):
        if not ending and not suit_not_begun(case, to):
            return
        asked = bool(clocks.running(case, clocks.REVIEW_CLOCK))
        if disposition in _FOR_THE_HOLDER or (disposition == Disposition.RELEASED and asked):
            return
    raise still_running(case, ending[0]) if ending else _not_served()


def ending_terms(case: Case, to: State, now: datetime) -> list[CaseClock]:
    """The running clocks of parties that would end if the case came into `to`."""
    law = law_version(case.law_version)
    return [
        clock
        for clock in clocks.running(case)
        if clock.owner in clocks.PARTIES and clock.due_at > now and to not in law.clock(clock.rule).runs_in
    ]


def not_begun(case: Case, to: State) -> bool:
    """Whether the holder's first term has not begun, because the notice has reached nobody, and would never begin."""
    told_at = _told_at(case)
    if told_at is None or not _leaves(case, to, clocks.REQUEST_CLOCK):
        return False
    begun = CaseClock.objects.filter(case=case, rule=clocks.REQUEST_CLOCK, started_at__gte=told_at)
    requested = CaseEvent.objects.filter(case=case, kind=REQUESTED, at__gte=told_at)
    return not begun.exclude(stopped_by=clocks.UNSERVED).exists() and not requested.exists()


def suit_not_begun(case: Case, to: State) -> bool:
    """Whether the goods are suspended, but the holder has not been reached with it, so that its ten days do not run."""
    granted = _last_on_request(case)
    if granted is None or granted.kind != State.SUSPENDED.value:
        return False
    if not _leaves(case, to, clocks.SUIT_CLOCK):
        return False
    begun = CaseClock.objects.filter(case=case, rule=clocks.SUIT_CLOCK, started_at__gte=granted.at)
    return not begun.exclude(stopped_by=clocks.UNSERVED).exists()


def _leaves(case: Case, to: State, rule: str) -> bool:
    """Whether the case stands where this clock may run, and would no longer."""
    runs_in = law_version(case.law_version).clock(rule).runs_in
    return State(case.state) in runs_in and to not in runs_in


def holders_own_word(case: Case) -> str | None:
    """What the holder itself recorded since it was told that lets customs go on before the end of its term.

    "genuine": its last answer; "does_not_infringe": its own appraisal. None: it said nothing of the kind.
    """
    told_at = _told_at(case)
    if told_at is None or case.holder_id is None:
        return None
    answers = HolderAnswer.objects.filter(case=case, party_id=case.holder_id, at__gte=told_at)
    last = answers.order_by("-at", "-pk").values_list("answer", flat=True).first()
    if last == Answer.GENUINE.value:
        return str(last)
    appraised = CaseEvent.objects.filter(case=case, kind=State.APPRAISED.value, at__gte=told_at).order_by("-sequence")
    event = appraised.first()
    if event is not None and event.by == Turn.HOLDER.value:
        found = event.data.get("finding")
        return str(found) if found == Finding.DOES_NOT_INFRINGE.value else None
    return None


def _told_at(case: Case) -> datetime | None:
    """When the case last became "notified": earlier notices were withdrawn."""
    became = CaseEvent.objects.filter(case=case, to_state=State.NOTIFIED.value).exclude(
        from_state__in=[State.NOTIFIED.value, State.LAPSED.value]
    )
    return became.order_by("-sequence").values_list("at", flat=True).first()


def _not_served() -> RequestError:
    return RequestError(
        Text(
            ko="통지가 아직 권리자에게 송달되지 않아 기한이 시작되지 않았습니다.",
            en="The notice has not reached the holder, so its term has not begun.",
        ),
        Text(
            ko="권리자가 통지를 열람하거나, 다른 방법으로 송달하고 송달을 기록한 뒤 처리하십시오.",
            en="Wait until the holder opens it, or serve it another way and record that.",
        ),
        code="case.not_served",
    )


def pending_request(case: Case) -> CaseEvent | None:
    """The holder's request for suspension that customs has not decided yet."""
    last = _last_on_request(case)
    return last if last is not None and last.kind == REQUESTED else None


def request_stands(case: Case) -> bool:
    """Whether the holder has requested suspension, and neither took that back nor was refused."""
    last = _last_on_request(case)
    return last is not None and last.kind in (REQUESTED, State.SUSPENDED.value)


def _last_on_request(case: Case) -> CaseEvent | None:
    return CaseEvent.objects.filter(case=case, kind__in=_ON_REQUESTS).order_by("-sequence").first()


def turn_of(case: Case) -> Turn:
    """Whom a case waits for by its state, the last answer of its holder and an appraisal that was asked for."""
    asked = CaseEvent.objects.filter(case=case, kind__in=["appraisal_asked", State.APPRAISED.value])
    last = asked.order_by("-sequence").values_list("kind", flat=True).first()
    state = State(case.state)
    requested = state is State.SUSPENSION_REQUESTED  # the request is decided first
    if last == "appraisal_asked" and state.means.may_ask_appraisal and not requested:
        return Turn.APPRAISER
    if state is State.NOTIFIED:
        told = HolderAnswer.objects.filter(case=case)
        own = told.filter(party_id=case.holder_id) if case.holder_id is not None else told.none()
        answer = own.order_by("-at", "-pk").values_list("answer", flat=True).first()
        return Turn.OFFICER if answer in (Answer.GENUINE.value, Answer.NEED_THE_GOODS.value) else Turn.HOLDER
    return state.means.turn


def request_waits() -> RequestError:
    return RequestError(
        Text(ko="권리자의 통관보류 요청이 결정을 기다리고 있습니다.", en="The holder's request for suspension waits."),
        Text(ko="먼저 통관보류 여부를 결정하십시오.", en="Decide on the suspension first."),
        code="suspension.pending",
    )


def still_running(case: Case, clock: CaseClock) -> RequestError:
    title = law_version(case.law_version).clock(clock.rule).title
    day = day_words(clocks.last_day_of(clock.due_at))
    return RequestError(
        Text(
            ko=f"{title.ko}이 {day.ko}까지 진행 중이라 먼저 끝낼 수 없습니다.",
            en=f"A term runs until {day.en} and cannot be ended before: {title.en}.",
        ),
        Text(
            ko="기한이 지나거나, 당사자가 스스로 회신·철회한 뒤에 처리하십시오.",
            en="Wait for its end, or for the party's own answer or withdrawal.",
        ),
        code="case.term_runs",
        rule=clock.rule,
    )
