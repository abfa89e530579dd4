"""Whoever reads a closed case finds no sentence that nobody said: each claim rests on an event on record."""

from __future__ import annotations

import html
import re
from datetime import datetime
from pathlib import Path

import pytest

from pandok.fields.counterfeit.acts.notices.wordings import newest_version, wordings
from pandok.fields.counterfeit.models import Case, CaseClock, CaseEvent, Notice
from pandok.fields.counterfeit.outcomes import Answer, Disposition, Finding
from pandok.fields.counterfeit.states import State, Turn
from pandok.fields.counterfeit.web.shown.case_basis import basis, outcome
from pandok.fields.counterfeit.web.shown.case_history import history
from tests.chosen import Choose
from tests.fields.counterfeit.claims import CLAIMS, CLAIMS_NOTHING
from tests.fields.counterfeit.closed_cases import PATHS, Clock, Desk, pages_of
from tests.fields.counterfeit.notices_fixtures import build_notice_world

pytestmark = [pytest.mark.django_db]


@pytest.fixture
def desk(tmp_path: Path, choose: Choose, monkeypatch: pytest.MonkeyPatch) -> Desk:
    choose(home=tmp_path)
    clock = Clock()
    monkeypatch.setattr("django.utils.timezone.now", clock)
    monkeypatch.setattr("pandok.fields.counterfeit.acts.notices.pdf.notice_pdf", lambda *drawn: repr(drawn[0]).encode())
    return Desk(build_notice_world(tmp_path), clock)


def test_every_leading_sentence_of_a_notice_is_a_claim_that_is_checked_or_claims_nothing() -> None:
    for template, wording in wordings()[newest_version()].items():
        declared = len(CLAIMS.get(template, ())) + CLAIMS_NOTHING.get(template, 0)
        assert len(wording.lead) == declared, template


@pytest.mark.parametrize("path", list(PATHS))
def test_every_sentence_rests_on_the_record(desk: Desk, path: str) -> None:
    case = PATHS[path](desk)
    assert State(case.state) in (State.CLOSED, State.WITHDRAWN)
    events = list(case.events.select_related("actor").order_by("sequence"))
    for notice in case.notices.select_related("party"):
        holds_what_it_claims(notice, events)
    for clock in CaseClock.objects.filter(case=case):
        ended_as_it_says(clock, events)
    for language in ("ko", "en"):
        says_whose_word_it_is(case, events, language)
        for name, page in pages_of(desk, case, language).items():
            speaks_one_language(name, page, language)


def holds_what_it_claims(notice: Notice, events: list[CaseEvent]) -> None:
    before = [event for event in events if event.at <= notice.issued_at]
    assert notice.template in CLAIMS, notice.template
    for number, claim in enumerate(CLAIMS[notice.template]):
        assert claim(before, notice), (notice.template, number, notice.content["lead"][number]["ko"])
    finding = next((one["value"]["ko"] for one in notice.content["facts"] if one["label"]["ko"] == "감정 결과"), "–")
    if finding != "–":
        sides = {"holder": "권리자가 보낸", "appraiser": "감정 단체의", "officer": "세관이 기록한"}
        made = [event for event in before if event.kind == "appraised"]
        assert sides[made[-1].by] in finding


def ended_as_it_says(clock: CaseClock, events: list[CaseEvent]) -> None:
    """The word for the end of a term names what happened: done in time by whom it bound, given up, or over."""
    assert clock.stopped_at is not None, (clock.rule, "still runs in a closed case")
    there = [event for event in events if event.at == clock.stopped_at]
    kinds = {(event.kind, event.by) for event in there}
    met = {
        "holder_request": {("suspension_requested", "holder")},
        "suit": {("suit_confirmed", "officer")},
        "suspension_decision": {("suspended", "officer"), ("suspension_refused", "officer")},
        "release_review": {("release_refused", "officer"), ("decided", "officer")},
        "answer_review": {(event.kind, "officer") for event in there},
    }
    if clock.stopped_by == "met":
        assert kinds & met[clock.rule], (clock.rule, kinds)
    elif clock.stopped_by == "given_up":
        word = {"suspension_declined", "request_withdrawn", "holder_answered", "went_on", "decided"}
        assert {kind for kind, _ in kinds} & word, (clock.rule, kinds)
    elif clock.stopped_by == "expired":
        assert any(event.kind == "clock_expired" and event.data["rule"] == clock.rule for event in events), clock.rule
    elif clock.stopped_by == "unserved":
        assert any(event.kind == "notice_not_served" for event in there)
    else:
        assert clock.stopped_by in ("overtaken", "withdrawn"), clock.stopped_by
        assert any(event.by == "officer" for event in there), (clock.rule, kinds)


def says_whose_word_it_is(case: Case, events: list[CaseEvent], language: str) -> None:
    """History, basis and outcome: each reason as it was given, with who gave it and when."""
    told = history(case, language)
    assert len(told) == len(events)
    for shown, event in zip(reversed(told), events, strict=True):
        assert shown.at == event.at
        assert Turn(event.by).words.in_language(language) in shown.who
        assert event.actor is None or event.actor.shown_name in shown.who
        if event.by != "system":
            assert shown.reason == event.reason
        for fact in shown.facts:  # no word of a form without whose word it is
            assert fact not in {one.words.in_language(language) for one in (*Answer, *Disposition, *Finding)}
    reasons = {(event.reason, event.at) for event in events} | {(one.text, one.at) for one in case.statements.all()}
    for said in basis(case, language):
        if said.at is not None:
            assert said.who, said.title
            assert (said.words, said.at) in reasons, said.title
    decided = outcome(case, language)
    if decided is not None:
        assert (decided.reason, decided.at) in reasons
        assert decided.who


def speaks_one_language(name: str, page: str, language: str) -> None:
    """What the system itself gives as a reason is said in the reader's language alone; no term is called met by an act
    that nobody did, and no time is left in another zone."""
    text = html.unescape(re.sub(r"<[^>]+>", " ", page[page.find("<main") :]))
    other = {"ko": ("declared a holiday", "is over:", "the mail left", "read again"), "en": ("휴일 지정", "경과 ·")}
    for words in other[language]:
        assert words not in text, (name, words)
    assert "+00:00" not in text
    assert not re.search(r"\d{4}-\d\d-\d\dT\d\d", text), name


def test_the_page_confirms_a_suit_and_only_customs_does(desk: Desk) -> None:
    """The proof that the holder sent meets its term by the officer's word alone."""
    from tests.fields.counterfeit.closed_cases import paper, suspended

    case = desk.notices.notified()
    suspended(desk, case)
    desk.says(desk.holder, desk.notice(case, "suspension_holder"), "paper", kind="suit", file=paper())
    document = case.documents.get()
    address = f"/documents/{document.id}/suit/"
    assert address in desk.officer.get(f"/cases/{case.id}/").content.decode()
    assert desk.holder.post(address, {"reason": "확인"}).status_code in (403, 404)
    assert desk.officer.post(address, {"reason": ""}).status_code == 422
    assert CaseClock.objects.get(case=case, rule="suit").stopped_at is None
    assert desk.officer.post(address, {"reason": "소장 접수증명원 확인"}).status_code == 302
    assert CaseClock.objects.get(case=case, rule="suit").stopped_by == "met"
    assert address not in desk.officer.get(f"/cases/{case.id}/").content.decode()
    assert "확인했습니다" in desk.officer.get(f"/cases/{case.id}/").content.decode()


def test_by_call_a_term_that_was_met_is_not_said_to_be_over(desk: Desk) -> None:
    case = PATHS["refused"](desk)
    desk.clock.passes(days=30)
    told = desk.officer.get(f"/api/v1/cases/{case.id}/clocks").json()
    assert {(one["rule"], one["over"]) for one in told} == {
        ("holder_request", False),
        ("answer_review", False),
        ("suspension_decision", False),
    }
    assert datetime.fromisoformat(told[0]["due_at"]).tzinfo is not None
