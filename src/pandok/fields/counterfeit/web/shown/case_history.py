"""The history of a case as its page tells it: who, when, why, from which state to which."""

from __future__ import annotations

from dataclasses import dataclass
from datetime import datetime

from pandok.core.dates import day_short, day_words
from pandok.core.declaration import OF_CASE
from pandok.core.terms.zone import OFFICE_ZONE
from pandok.core.text import Text
from pandok.fields.counterfeit.acts.cases.clocks import last_day_of
from pandok.fields.counterfeit.acts.cases.documents import KINDS
from pandok.fields.counterfeit.acts.notices.notice_phrases import reason
from pandok.fields.counterfeit.acts.notices.serving import SERVED, WAYS
from pandok.fields.counterfeit.law.law_versions import law_version
from pandok.fields.counterfeit.models import Case, CaseEvent, NoticeService
from pandok.fields.counterfeit.outcomes import Answer, Disposition, Finding
from pandok.fields.counterfeit.party_kinds import OF_CASE as PARTY_KINDS
from pandok.fields.counterfeit.states import State, Turn

_EVENTS: dict[str, Text] = {
    "opened": Text(ko="사건 접수", en="Case opened"),
    "read_again": Text(ko="다시 판독", en="Read again"),
    "choice_reopened": Text(ko="후보 다시 고르기", en="Choice reopened"),
    "parties_named": Text(ko="당사자 지정", en="Parties named"),
    "declaration_corrected": Text(ko="신고 내용 정정", en="Declared data corrected"),
    "document_added": Text(ko="서류 접수", en="Paper added"),
    "document_shared": Text(ko="서류 공유 변경", en="Sharing of a paper changed"),
    "assigned": Text(ko="담당자 변경", en="Officer changed"),
    "clock_expired": Text(ko="기한 경과", en="Term is over"),
    "suspension_declined": Text(ko="권리자가 통관보류를 요청하지 않음", en="The holder requests no suspension"),
    "request_withdrawn": Text(ko="권리자가 통관보류 요청을 철회", en="The holder withdrew its request"),
    "suspension_refused": Text(ko="통관보류 요청 불수용", en="Suspension refused"),
    "went_on": Text(ko="권리자 회신에 따라 통관 진행", en="Went on as the holder answered"),
    "release_refused": Text(ko="통관 허용 요청 불수용", en="Release refused"),
    "term_extended": Text(ko="기한 연장", en="Term extended"),
    "mail_left_later": Text(ko="통지 메일이 늦게 발송되어 기한을 다시 셈", en="Mail was sent later; term recounted"),
    "term_recounted": Text(ko="휴일에 따라 기한을 다시 셈", en="Term recounted for a holiday"),
    "term_reopened": Text(ko="휴일에 따라 기한이 다시 열림", en="Term reopened for a holiday"),
    "acknowledged": Text(ko="회신·의견 확인", en="Seen by the officer"),
    "importer_told": Text(ko="수입자 통지", en="Importer notified"),
    "notice_link_closed": Text(ko="수입자 통지 링크가 닫힘(본인 확인 실패)", en="Link closed after wrong answers"),
    "notice_served": Text(ko="통지 송달", en="Notice served"),
    "notice_not_served": Text(ko="통지가 송달되지 않음", en="Notice not served"),
    "holder_answered": Text(ko="권리자 회신", en="Holder answered"),
    "appraisal_asked": Text(ko="감정 요청", en="Appraisal asked for"),
    "importer_stated": Text(ko="수입자 의견 진술", en="Importer was heard"),
    "release_asked": Text(ko="수입자 통관 허용 요청", en="Importer asked for release"),
    "suit_confirmed": Text(ko="제소·조사신청 사실 확인", en="Suit or application to the Trade Commission confirmed"),
    "noted": Text(ko="메모", en="Remark"),
    "found_later": Text(ko="사후 확인", en="Found later"),
    "view_confirmed": Text(ko="확인 사진 추가", en="Photograph confirmed"),
    "view_withdrawn": Text(ko="확인 사진 철회", en="Confirmed photograph taken back"),
}
_FACTS: dict[str, Text] = {
    "design_id": Text(ko="등록디자인", en="Design"),
    "rank": Text(ko="후보 순위", en="Rank"),
    "officer": Text(ko="새 담당자", en="New officer"),
    "was": Text(ko="전 담당자", en="Former officer"),
    "importer": Text(ko="수입자", en="Importer"),
    "holder": Text(ko="권리자", en="Holder"),
    "appraiser": Text(ko="감정 단체", en="Association"),
    **{one.name: one.words for one in OF_CASE},
    "party": Text(ko="당사자", en="Party"),
    "law": Text(ko="적용 법령", en="Law version"),
    "photograph": Text(ko="사진", en="Photograph"),
}


@dataclass(frozen=True)
class ShownEvent:
    title: str
    at: datetime
    who: str
    reason: str
    way: str
    """From which state to which, where it changed."""
    facts: list[str]


def history(case: Case, language: str) -> list[ShownEvent]:
    """The newest first."""
    return [
        ShownEvent(
            title=title_of(event.kind, event.data.get("way")).in_language(language),
            at=event.at,
            who=_who(event.actor.shown_name if event.actor else "", event.by, language),
            reason=_reason(event, language),
            way=f"{_state(event.from_state, language)} → {_state(event.to_state, language)}"
            if event.from_state and event.from_state != event.to_state
            else "",
            facts=_facts(event.data, case.law_version, language),
        )
        for event in case.events.select_related("actor").order_by("-sequence")
    ]


CASE_EVENTS: tuple[str, ...] = tuple(dict.fromkeys([*_EVENTS, *(state.value for state in State)]))
"""Every kind of event that a case can have."""


def audit_words() -> dict[str, Text]:
    """What happened in a case, as the audit trail tells it."""
    found = {}
    for kind in CASE_EVENTS:
        words = event_title(kind)
        found[f"case.{kind}"] = Text(ko=f"사건: {words.ko}", en=f"Case: {words.en}")
    return found | {
        "view.confirmed": Text(ko="등록디자인: 확인 사진 추가", en="Design: photograph confirmed"),
        "view.withdrawn": Text(ko="등록디자인: 확인 사진 철회", en="Design: confirmed photograph taken back"),
    }


def _reason(event: CaseEvent, language: str) -> str:
    """What the system gives as its reason is kept in both languages; a person's words stay as they are."""
    by_system = event.by == Turn.SYSTEM.value and bool(event.reason)
    return reason(event.reason, by_system=True).in_language(language) if by_system else event.reason


def title_of(kind: str, way: object = None) -> Text:
    """A mail that is still to leave has served nothing yet: its day is corrected by an event where it leaves later."""
    if kind == SERVED and way == NoticeService.MAIL:
        return Text(ko="통지 메일 발송 의뢰, 기한 시작", en="Mail of the notice handed over; its term begins")
    return event_title(kind)


def event_title(kind: str) -> Text:
    if kind in _EVENTS:
        return _EVENTS[kind]
    try:
        state = State(kind)
    except ValueError:
        return Text(ko="그 밖의 처리", en="Another step")
    return state.means.event or state.words


def _facts(data: dict[str, object], law_name: str, language: str) -> list[str]:
    found = _term_facts(data, law_name, language)
    if str(data.get("kind", "")) in KINDS:
        found.append(KINDS[str(data["kind"])].in_language(language))
    if isinstance(data.get("with"), str):
        kinds = [PARTY_KINDS[one].in_language(language) for one in str(data["with"]).split(",") if one in PARTY_KINDS]
        found.append(f"{Text(ko='공유 대상', en='Shared with').in_language(language)}: {', '.join(kinds) or '–'}")
    found += _request_facts(data, language)
    shown = {name: label for name, label in _FACTS.items() if not (name == "value_krw" and "security_krw" in data)}
    found += [f"{label.in_language(language)}: {data[name]}" for name, label in shown.items() if data.get(name)]
    for label, outcomes, name in _SAID:
        if data.get(name) in [one.value for one in outcomes]:
            found.append(f"{label.in_language(language)}: {outcomes(str(data[name])).words.in_language(language)}")
    return found


_SAID: tuple[tuple[Text, type[Finding] | type[Disposition] | type[Answer], str], ...] = (
    (Text(ko="감정 결과", en="Finding"), Finding, "finding"),
    (Text(ko="처분", en="Outcome"), Disposition, "disposition"),
    (Text(ko="권리자 회신", en="Holder's answer"), Answer, "answer"),
    (Text(ko="권리자가 보낸 감정", en="Holder's appraisal"), Finding, "answer"),
)
"""Words that a form offered, with whose words they are: an officer's step may rest on the holder's."""


def _request_facts(data: dict[str, object], language: str) -> list[str]:
    """The value and the security that the holder named with its request."""
    value, security = data.get("value_krw"), data.get("security_krw")
    if not isinstance(value, int) or not isinstance(security, int):
        return []
    return [
        Text(
            ko=f"권리자가 적은 물품 가격: {value:,}원 · 담보: {security:,}원",
            en=f"Value of the goods as the holder gave it: KRW {value:,} · security: KRW {security:,}",
        ).in_language(language)
    ]


_DAYS: dict[str, Text] = {
    "due_before": Text(ko="종전 기한", en="Before"),
    "due_at": Text(ko="기한", en="Last day"),
}


def _term_facts(data: dict[str, object], law_name: str, language: str) -> list[str]:
    """Which term an event is about, until when it runs, how and on which day a notice was served, and the articles."""
    found = []
    if data.get("rule"):
        found.append(law_version(law_name).clock(str(data["rule"])).title.in_language(language))
    for name, label in _DAYS.items():
        if data.get(name):
            last = day_short(last_day_of(datetime.fromisoformat(str(data[name]))))
            found.append(f"{label.in_language(language)}: {last.in_language(language)}")
    if data.get("way") in WAYS:
        way = WAYS[str(data["way"])].in_language(language)
        served = data.get("served_at")
        on = day_words(datetime.fromisoformat(str(served)).astimezone(OFFICE_ZONE).date()) if served else None
        found.append(f"{way} · {on.in_language(language)}" if on else way)
    source = data.get("source" if language.startswith("ko") else "source_en") or data.get("source")
    if source:
        found.append(f"{Text(ko='근거', en='Source').in_language(language)}: {source}")
    return found


def _who(username: str, by: str, language: str) -> str:
    role = Turn(by).words.in_language(language) if by in {turn.value for turn in Turn} else by
    return f"{username} ({role})" if username else role


def _state(state: str, language: str) -> str:
    return State(state).words.in_language(language)
