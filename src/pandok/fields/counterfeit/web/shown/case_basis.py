"""What a decision rests on, as it stands beside the form, and what was decided, as it stands at the top."""

from __future__ import annotations

from dataclasses import dataclass
from datetime import datetime

from pandok.common.models import Account
from pandok.core.declaration import shown_count, shown_hs_code
from pandok.core.text import Text, counted
from pandok.fields.counterfeit.acts.answering.holder import DECLINED
from pandok.fields.counterfeit.models import Case, CaseDocument, CaseEvent
from pandok.fields.counterfeit.outcomes import Answer, Disposition, Finding
from pandok.fields.counterfeit.states import STAGES, TAKEN_IN, State, Turn

APPRAISAL_KIND = "appraisal"


@dataclass(frozen=True)
class Said:
    """One thing on the record: its name, what was said, by whom and when, with its papers. Without `what`: missing."""

    title: str
    what: str
    words: str = ""
    who: str = ""
    at: datetime | None = None
    papers: tuple[CaseDocument, ...] = ()


@dataclass(frozen=True)
class Outcome:
    title: str
    what: str
    reason: str
    who: str
    at: datetime | None


def basis(case: Case, language: str) -> list[Said]:
    """Finding, holder's answer and request, importer's plea, declared data: in this order, the missing ones too."""

    def say(ko: str, en: str) -> str:
        return Text(ko=ko, en=en).in_language(language)

    papers = tuple(case.documents.filter(kind=APPRAISAL_KIND))
    appraisal = _last(case, State.APPRAISED)
    found = [
        Said(
            say("감정 결과", "Finding of the appraisal"),
            Finding(case.finding).words.in_language(language) if case.finding else "",
            appraisal.reason if appraisal else "",
            who_of(appraisal, language) if appraisal else "",
            appraisal.at if appraisal else None,
            papers,
        )
    ]
    answer = case.answers.select_related("answered_by", "party").order_by("-at", "-id").first()
    found.append(
        Said(
            say("권리자 회신", "Holder's answer"),
            Answer(answer.answer).words.in_language(language) if answer else "",
            answer.reason if answer else "",
            answer.party.name if answer else "",
            answer.at if answer else None,
        )
    )
    declined = case.events.filter(kind=DECLINED).select_related("actor").order_by("-sequence").first()
    if declined is not None and (answer is None or answer.at <= declined.at):
        words = say("통관보류를 요청하지 않음", "Requests no suspension")
        found[-1] = Said(
            say("권리자 회신", "Holder's answer"), words, declined.reason, who_of(declined, language), declined.at
        )
    request = _last(case, State.SUSPENSION_REQUESTED)
    found.append(
        Said(
            say("권리자의 통관보류 요청", "Holder's request for suspension"),
            _value_and_security(request, language) if request else "",
            request.reason if request else "",
            who_of(request, language) if request else "",
            request.at if request else None,
        )
    )
    found += [
        Said(
            _ON_REQUEST[one.kind].in_language(language),
            say("기록", "On record"),
            one.reason,
            who_of(one, language),
            one.at,
        )
        for one in case.events.filter(kind__in=_ON_REQUEST).select_related("actor").order_by("sequence")
    ]
    for said in case.statements.select_related("made_by", "party").order_by("-at", "-id")[:3]:
        plea = say("통관 허용 요청", "Asks for release") if said.asks_release else say("의견 진술", "Statement")
        found.append(Said(say("수입자 의견", "Importer's plea"), plea, said.text, said.party.name, said.at))
    if not case.statements.exists():
        found.append(Said(say("수입자 의견", "Importer's plea"), ""))
    value, pieces = shown_count(case.value_krw), shown_count(case.quantity)
    declared = [case.item_name, shown_hs_code(case.hs_code)]
    declared += [say(f"신고 가격 {value}원", f"declared value KRW {value}")] if value else []
    declared += [say(f"{pieces}개", counted(int(case.quantity), "piece"))] if pieces else []
    found.append(Said(say("신고 내용", "Declared"), " · ".join(part for part in declared if part)))
    return found


_ON_REQUEST: dict[str, Text] = {
    "suspended": Text(ko="통관보류 결정", en="Suspension granted"),
    "suspension_refused": Text(ko="통관보류 요청 불수용", en="Suspension refused"),
    "request_withdrawn": Text(ko="권리자의 통관보류 요청 철회", en="Holder's request withdrawn"),
    "suit_confirmed": Text(ko="제소·조사신청 사실 확인", en="Suit or application confirmed"),
    "release_refused": Text(ko="통관 허용 요청 불수용", en="Release refused"),
}
"""What became of the requests of both sides."""


def who_of(event: CaseEvent, language: str) -> str:
    """Whose word an event is: the party with its person, or the officer; and in which part of the case."""
    part = Turn(event.by).words.in_language(language)
    party = str(event.data.get("party", "")) if event.by != Turn.OFFICER.value else ""
    return f"{' · '.join(one for one in (party, name_of(event.actor)) if one)} ({part})".strip()


def outcome(case: Case, language: str) -> Outcome | None:
    """What was decided, once it was; a withdrawn case has none."""
    if not case.disposition or not State(case.state).means.decided:
        return None
    event = _last(case, State.DECIDED) or _last(case, State.CLOSED)
    return Outcome(
        title=Text(ko="처분 결과", en="Outcome").in_language(language),
        what=Disposition(case.disposition).words.in_language(language),
        reason=event.reason if event else "",
        who=name_of(event.actor) if event else "",
        at=event.at if event else None,
    )


@dataclass(frozen=True)
class Stage:
    words: str
    done: bool
    current: bool


def stages(case: Case, language: str) -> list[Stage]:
    """The way of a case: what it has passed, and where it stands. A stage that was not needed is not marked."""
    here = State(case.state).means.stage
    passed = {State(state).means.stage for state in case.events.values_list("to_state", flat=True)} | {TAKEN_IN}
    return [Stage(one.words.in_language(language), one in passed and one < here, one is here) for one in STAGES]


def name_of(account: Account | None) -> str:
    """A person as colleagues know it."""
    return account.shown_name if account is not None else ""


def _last(case: Case, state: State) -> CaseEvent | None:
    events = case.events.select_related("actor").filter(to_state=state.value).exclude(from_state=state.value)
    return events.order_by("-sequence").first()


def _value_and_security(event: CaseEvent, language: str) -> str:
    value, security = event.data.get("value_krw"), event.data.get("security_krw")
    if not isinstance(value, int) or not isinstance(security, int):
        return Text(ko="요청함", en="Requested").in_language(language)
    percent = event.data.get("security_percent", 0)
    return Text(
        ko=f"물품 가격 {value:,}원, 담보 {security:,}원({percent}%)",
        en=f"value of the goods KRW {value:,}, security KRW {security:,} ({percent}%)",
    ).in_language(language)
