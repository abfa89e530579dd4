"""What a party's pages show: rows of the list, and one notice with what can be done now."""

from __future__ import annotations

from dataclasses import dataclass
from datetime import datetime

from django.db.models import Max, Q, QuerySet

from pandok.common.models import Account, Party
from pandok.common.parties.electronic import WAYS, consent_of, served_kinds
from pandok.core.dates import day_words as words_of_day
from pandok.core.text import Text
from pandok.fields.counterfeit.acts.cases.clocks import EXPIRED, LOOK_CLOCK, REQUEST_CLOCK, newest, time_left
from pandok.fields.counterfeit.acts.cases.documents import documents_visible_to
from pandok.fields.counterfeit.acts.cases.terms import request_stands
from pandok.fields.counterfeit.acts.notices.access import concerns_still, content_of, notices_for
from pandok.fields.counterfeit.acts.notices.content import NoticeContent
from pandok.fields.counterfeit.acts.notices.notice_phrases import business_days_left, last_day
from pandok.fields.counterfeit.law.law_versions import law_version
from pandok.fields.counterfeit.models import (
    Case,
    CaseClock,
    CaseDocument,
    HolderAnswer,
    ImporterStatement,
    Notice,
    NoticeOpening,
)
from pandok.fields.counterfeit.outcomes import Answer
from pandok.fields.counterfeit.states import HEARD, State, Turn, allowed
from pandok.fields.designs.web.shown.drawing import Picture, drawn

TURN_OF = {Party.HOLDER: Turn.HOLDER, Party.IMPORTER: Turn.IMPORTER, Party.ASSOCIATION: Turn.APPRAISER}
_OVER = Text(ko="기한이 지났습니다.", en="This term is over.")
_NAMED = ("Registered article", "Declared item")
_WITHDRAWN = Text(ko="철회", en="Withdrawn")


@dataclass(frozen=True)
class Term:
    title: Text
    last_day: Text
    left: Text
    over: bool
    source: Text


@dataclass(frozen=True)
class NoticeRow:
    """One case in the list of a party, by its newest notice."""

    notice: Notice
    title: Text
    case_number: str
    article: Text | None
    state: Text
    your_turn: bool
    turn: Text
    terms: list[Term]
    unread: bool


@dataclass(frozen=True)
class NoticePage:
    notice: Notice
    content: NoticeContent
    case: Case
    turn: Turn
    current: bool
    """Whether the case is still about this party; else no photograph is shown and nothing can be done."""
    state: Text
    whose_turn: Text
    your_turn: bool
    terms: list[Term]
    shown: Notice
    """The notice whose photographs are shown: this one, or the newest before it that has some."""
    photographs: list[Picture]
    drawings: list[Picture]
    request_stands: bool
    """The holder's request for suspension waits or was granted: declining then takes it back."""
    compared: tuple[Picture, Picture] | None
    view_name: str
    next: Next
    requests: list[SentRequest]
    answers: list[HolderAnswer]
    statements: list[ImporterStatement]
    documents: QuerySet[CaseDocument]
    others: list[tuple[Notice, Text]]
    can: frozenset[str]
    electronic: Electronic | None
    """How this party is served; None: it is asked, not served."""
    percent: int
    percent_small: int | None
    """For small and medium enterprises, where the law says so."""


@dataclass(frozen=True)
class Electronic:
    agreed: bool
    words: Text


@dataclass(frozen=True)
class Next:
    """What this side does next, in words; `target` is the place of the form, "" where nothing is to be done."""

    words: Text
    target: str = ""
    button: Text | None = None


@dataclass(frozen=True)
class SentRequest:
    """A request for suspension as its sender sees it again."""

    title: Text
    what: Text
    words: str
    at: datetime


def cases_of(account: Account) -> QuerySet[Case]:
    """The cases of a person's parties, the newest notice first; `row` makes a row of one."""
    mine = notices_for(account)
    return (
        Case.objects.filter(notices__in=mine)
        .annotate(told_at=Max("notices__issued_at", filter=Q(notices__in=mine)))
        .order_by("-told_at", "-opened_at")
    )


def row(case: Case, account: Account, now: datetime) -> NoticeRow:
    notice = notices_for(account).filter(case=case).select_related("party", "case").order_by("-issued_at", "-id")[0]
    content, current = content_of(notice), concerns_still(notice)
    turn = TURN_OF[notice.party.kind]
    return NoticeRow(
        notice=notice,
        title=content.title,
        case_number=content.case_number,
        article=next((fact.value for fact in content.facts if fact.label.en in _NAMED), None),
        state=State(case.state).words if current else _WITHDRAWN,
        your_turn=current and case.turn == turn.value,
        turn=Turn(case.turn).words,
        terms=_terms(case, turn, now) if current else [],
        unread=not NoticeOpening.objects.filter(notice=notice, account=account).exists(),
    )


def notice_page(notice: Notice, account: Account, now: datetime) -> NoticePage:
    case, party = notice.case, notice.party
    turn, current = TURN_OF[party.kind], concerns_still(notice)
    can = _can(case, turn, now) if current else frozenset()
    answers = list(HolderAnswer.objects.filter(case=case, party=party))
    statements = list(ImporterStatement.objects.filter(case=case, party=party))
    mine = list(case.notices.filter(party=party).order_by("-issued_at", "-id"))
    with_pictures = [one for one in (notice, *mine) if content_of(one).pictures()]
    shown = with_pictures[0] if with_pictures else notice
    seen = content_of(shown)
    return NoticePage(
        notice=notice,
        content=content_of(notice),
        case=case,
        turn=turn,
        current=current,
        state=State(case.state).words if current else _WITHDRAWN,
        whose_turn=Turn(case.turn).words,
        your_turn=current and case.turn == turn.value,
        terms=_terms(case, turn, now) if current else [],
        shown=shown,
        photographs=[Picture(one.sha256, one.width_px, one.height_px) for one in seen.photographs] if current else [],
        drawings=[Picture(one.sha256, one.width_px, one.height_px) for one in seen.drawings] if current else [],
        request_stands=turn is Turn.HOLDER and request_stands(case),
        compared=_compared(seen) if current else None,
        view_name=seen.evidence.view_name if seen.evidence else "",
        next=_next(case, turn, can, answers, statements),
        requests=_requests(case, turn),
        answers=answers,
        statements=statements,
        documents=documents_visible_to(account, case) if current else CaseDocument.objects.none(),
        others=[(one, content_of(one).title) for one in mine if one.id != notice.id],
        can=can,
        electronic=_electronic(party),
        percent=law_version(case.law_version).security_percent,
        percent_small=law_version(case.law_version).security_percent_small,
    )


def _electronic(party: Party) -> Electronic | None:
    if party.kind not in served_kinds():
        return None
    consent = consent_of(party)
    if consent is None:
        mail = party.email
        at = Text(ko=f"전자우편({mail})과 ", en=f"by mail to {mail} and ") if mail else Text(ko="", en="")
        return Electronic(
            False,
            Text(
                ko=f"동의하시면 통지를 {at.ko}이 화면으로 송달받으며, 이미 열람하신 통지는 동의하신 때에 송달된 것으로"
                " 봅니다. 기한은 그날부터 셉니다. 동의는 언제든지 철회하실 수 있고, 동의하지 않으시면 우편이나 교부로"
                " 송달합니다(「행정절차법」 제14조제3항).",
                en=f"If you agree, notices are served {at.en}on this page; those that you have opened are served as you"
                " agree, and their terms count from that day. You may take it back at any time; without it you are"
                " served on paper (Administrative Procedures Act, article 14(3)).",
            ),
        )
    on, where = words_of_day(consent.said_on), f" · {consent.address}" if consent.address else ""
    way = WAYS[consent.way]
    return Electronic(
        True,
        Text(
            ko=f"{on.ko}에 전자송달에 동의하셨습니다({way.ko}{where}). 언제든지 철회하실 수 있으며,"
            " 철회하신 뒤의 통지는 우편이나 교부로 송달합니다.",
            en=f"You agreed to electronic service on {on.en} ({way.en}{where}). You may take it back at any time; later"
            " notices are then served on paper.",
        ),
    )


def _can(case: Case, turn: Turn, now: datetime) -> frozenset[str]:
    """What this side can do now: "answer", "suspend", "decline", "appraise", "state", "paper"."""
    state = State(case.state)
    if state not in HEARD:
        return frozenset()
    can = {"paper"}
    if turn is Turn.IMPORTER:
        can.add("state")
        return frozenset(can)
    if allowed(state, State.APPRAISED, turn):
        can.add("appraise")
    if turn is Turn.HOLDER:
        can.add("answer")
        clock = newest(case.id, REQUEST_CLOCK)
        over = clock is not None and (clock.stopped_by == EXPIRED or clock.due_at <= now)
        if allowed(state, State.SUSPENSION_REQUESTED, turn) and not over and not request_stands(case):
            can.add("suspend")
        if allowed(state, State.NOT_SUSPENDED, turn):
            can.add("decline")
    return frozenset(can)


def _next(
    case: Case, turn: Turn, can: frozenset[str], answers: list[HolderAnswer], statements: list[ImporterStatement]
) -> Next:
    """The one thing to do now: never to answer again what was answered."""
    answer = Text(ko="답변하기", en="Answer")
    if turn is Turn.HOLDER and "answer" in can and not answers:
        return Next(
            Text(ko="물품을 확인하고 답변해 주십시오.", en="Please look at the goods and answer."),
            "send-answer",
            answer,
        )
    if turn is Turn.HOLDER and "suspend" in can and answers and answers[-1].answer == Answer.NOT_GENUINE.value:
        return Next(
            Text(
                ko="답변을 접수하였습니다. 통관보류를 원하시면 기한 안에 요청하십시오.",
                en="Your answer was received. If you want the goods suspended, request it within the term.",
            ),
            "suspension",
            Text(ko="통관보류 요청", en="Request suspension"),
        )
    if turn is Turn.IMPORTER and "state" in can and not statements:
        return Next(
            Text(
                ko="결정 전에 의견을 내실 수 있습니다.",
                en="You may state your view before a decision is made.",
            ),
            "send-statement",
            Text(ko="의견 내기", en="Make a statement"),
        )
    if turn is Turn.APPRAISER and "appraise" in can:
        return Next(
            Text(ko="감정 결과와 감정서를 보내 주십시오.", en="Please send your finding with its document."),
            "appraisal",
            Text(ko="감정 결과 보내기", en="Send an appraisal"),
        )
    if case.turn == Turn.OFFICER.value:
        return Next(
            Text(
                ko="지금 하실 일은 없습니다. 세관이 검토하고 있습니다.",
                en="Nothing for you now: customs is looking at it.",
            )
        )
    if case.turn == Turn.NOBODY.value:
        return Next(
            Text(
                ko="사건이 종결되었습니다. 결정에 불복하시려면 그 결정 통지의 '불복 방법'과 기간을 확인하십시오.",
                en="The case is over. If you disagree with a decision, see the remedies and their term in its notice.",
            )
        )
    if case.turn == turn.value:
        return Next(
            Text(
                ko="감정서나 제소 증명 등 서류를 기한 안에 보내 주십시오.",
                en="Please send an appraisal, proof of a suit or other papers within the term.",
            ),
            "send-paper" if "paper" in can else "",
            Text(ko="서류 보내기", en="Send a paper"),
        )
    return Next(
        Text(
            ko="지금 하실 일은 없습니다. 다른 당사자의 회신을 기다립니다.",
            en="Nothing for you now: another party is awaited.",
        )
    )


def _requests(case: Case, turn: Turn) -> list[SentRequest]:
    """The holder's own requests for suspension, with value and security."""
    if turn is not Turn.HOLDER:
        return []
    events = case.events.filter(to_state=State.SUSPENSION_REQUESTED.value, by=Turn.HOLDER.value)
    found = []
    for event in events.exclude(from_state=State.SUSPENSION_REQUESTED.value):
        value, security = event.data.get("value_krw", 0), event.data.get("security_krw", 0)
        found.append(
            SentRequest(
                title=Text(ko="통관보류 요청", en="Request for suspension"),
                what=Text(
                    ko=f"물품 가격 {value:,}원 · 담보 {security:,}원",
                    en=f"value KRW {value:,} · security KRW {security:,}",
                ),
                words=event.reason,
                at=event.at,
            )
        )
    return found


def _terms(case: Case, turn: Turn, now: datetime) -> list[Term]:
    """The running terms that this side has to keep, or to wait for."""
    law = law_version(case.law_version)
    found = []
    for clock in CaseClock.objects.filter(case=case, stopped_at=None).order_by("due_at"):
        if turn is Turn.APPRAISER or clock.rule == LOOK_CLOCK:
            continue
        rule, left = law.clock(clock.rule), time_left(clock, case.law_version, now)
        words = _OVER if left.over else business_days_left(left.business_days)
        found.append(Term(rule.title, last_day(clock.due_at), words, left.over, rule.source))
    return found


def _compared(content: NoticeContent) -> tuple[Picture, Picture] | None:
    evidence = content.evidence
    if evidence is None:
        return None
    left, right = evidence.photograph, evidence.view
    return (
        Picture(
            left.sha256,
            left.width_px,
            left.height_px,
            drawn([region.photograph for region in evidence.regions], left.width_px, left.height_px),
        ),
        Picture(
            right.sha256,
            right.width_px,
            right.height_px,
            drawn([region.view for region in evidence.regions], right.width_px, right.height_px),
        ),
    )
