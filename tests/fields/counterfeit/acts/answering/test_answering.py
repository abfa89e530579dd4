"""Who may act for a party, when, and what it does to the case; one press is one act."""

from __future__ import annotations

from datetime import timedelta
from pathlib import Path
from typing import Any

import pytest

from pandok.common.audit import writing as audit
from pandok.common.models import Account, Party
from pandok.core.errors import InputError, RequestError
from pandok.fields.counterfeit.acts.answering.assigning import ask_for_appraisal
from pandok.fields.counterfeit.acts.answering.confirm_suit import confirm_suit
from pandok.fields.counterfeit.acts.answering.holder import (
    LONGEST_REASON,
    answer_notice,
    request_suspension,
    security_krw,
)
from pandok.fields.counterfeit.acts.answering.importer import make_statement
from pandok.fields.counterfeit.acts.answering.papers import send_appraisal, send_paper
from pandok.fields.counterfeit.acts.cases.clocks import expire_due
from pandok.fields.counterfeit.acts.cases.deciding import decide
from pandok.fields.counterfeit.acts.cases.suspending import suspend
from pandok.fields.counterfeit.acts.notices.follow_up import follow_up
from pandok.fields.counterfeit.lists.visible import cases_visible_to
from pandok.fields.counterfeit.models import Case, CaseClock, CaseDocument, HolderAnswer, ImporterStatement
from pandok.fields.counterfeit.outcomes import Answer, Disposition, Finding
from pandok.fields.counterfeit.states import Turn
from tests.fields.counterfeit.acts.notices.conftest import quick_pdf  # noqa: F401
from tests.fields.counterfeit.cases_fixtures import let_term_pass
from tests.fields.counterfeit.notices_fixtures import PDF, NoticeWorld, build_notice_world
from tests.fields.designs.fakes import NOON
from tests.roles import Role

pytestmark = [pytest.mark.django_db, pytest.mark.usefixtures("quick_pdf")]


@pytest.fixture
def notices(tmp_path: Path) -> NoticeWorld:
    return build_notice_world(tmp_path)


def answered(case: Case, actor: Account, answer: Answer, nonce: str = "n") -> Case:
    return answer_notice(case=case, answer=answer, actor=actor, reason="사유를 적음", now=NOON, nonce=nonce)


def suspended(case: Case, actor: Account, **changes: Any) -> Case:
    said: dict[str, Any] = {
        "value_krw": 50_000,
        "undertakes": True,
        "reason": "보류를 요청함",
        "now": NOON,
        "nonce": "s",
    }
    return request_suspension(case=case, actor=actor, **(said | changes))


def granted(notices: NoticeWorld, case: Case) -> Case:
    """Customs suspends the goods, and the holder is told of it by mail."""
    case = suspend(case=case, actor=notices.world.officer, reason="담보를 확인하고 보류", now=NOON)
    follow_up(event=case.events.get(kind="suspended"), now=NOON, office=notices.office)
    return Case.objects.get(id=case.id)


def appraised(notices: NoticeWorld, case: Case, actor: Account, turn: Turn = Turn.HOLDER) -> Case:
    return send_appraisal(
        case=case,
        turn=turn,
        finding=Finding.INFRINGES,
        data=PDF,
        filename="감정서.pdf",
        actor=actor,
        reason="감정 결과",
        now=NOON,
        blobs=notices.office.blobs,
    )


@pytest.mark.parametrize(
    ("answer", "state", "turn"),
    [
        (Answer.GENUINE, "notified", "officer"),
        (Answer.NOT_GENUINE, "notified", "officer"),
        (Answer.NEED_THE_GOODS, "notified", "officer"),
        (Answer.NOT_MY_RIGHT, "read", "officer"),
    ],
)
def test_each_answer_says_whose_turn_it_is(notices: NoticeWorld, answer: Answer, state: str, turn: str) -> None:
    case = notices.notified()
    answered(case, notices.holder, answer)
    case.refresh_from_db()
    assert (case.state, case.turn) == (state, turn)
    event = case.events.get(kind="holder_answered")
    assert (event.by, event.reason, event.data["answer"]) == ("holder", "사유를 적음", answer.value)
    assert audit.verify() is None


def test_the_same_press_is_one_answer_and_another_press_a_second_one(notices: NoticeWorld) -> None:
    case = notices.notified()
    answered(case, notices.holder, Answer.NOT_GENUINE, "one")
    answered(case, notices.holder, Answer.NOT_GENUINE, "one")
    answered(case, notices.holder, Answer.GENUINE, "two")
    assert list(HolderAnswer.objects.values_list("answer", flat=True)) == ["not_genuine", "genuine"]


def test_nobody_answers_for_the_holder(notices: NoticeWorld) -> None:
    case = notices.notified()
    other = Party.objects.create(kind=Party.HOLDER, name="다른 권리자", added_at=NOON)
    world = notices.world
    for actor in (
        world.account(Role.HOLDER, "of another holder", other),
        world.account(Role.HOLDER, "of nobody"),
        world.account(Role.IMPORTER, "importer in the holder's party", world.holder),
        notices.importer,
        notices.appraiser,
        world.officer,
        world.account(Role.SUPERVISOR, site=world.site),
        world.account(Role.ADMINISTRATOR),
    ):
        with pytest.raises(RequestError, match="cannot act"):
            answered(case, actor, Answer.GENUINE)
        with pytest.raises(RequestError, match="cannot act"):
            suspended(case, actor)
        with pytest.raises(RequestError, match="cannot act"):
            appraised(notices, case, actor)
    assert not HolderAnswer.objects.exists()
    assert not CaseDocument.objects.exists()


def test_nobody_answers_before_the_notice_or_for_a_party_that_is_no_longer_active(notices: NoticeWorld) -> None:
    case = notices.chosen()
    with pytest.raises(RequestError, match="cannot act"):
        answered(case, notices.holder, Answer.GENUINE)
    notices.issue(case)
    Party.objects.filter(id=notices.world.holder.id).update(active=False)
    with pytest.raises(RequestError, match="cannot act"):
        answered(case, notices.holder, Answer.GENUINE)


def test_nothing_is_taken_after_the_decision(notices: NoticeWorld) -> None:
    case = appraised(notices, notices.notified(), notices.holder)
    let_term_pass(case)
    decide(case=case, disposition=Disposition.RELEASED, actor=notices.world.officer, reason="통관하기로 함", now=NOON)
    with pytest.raises(RequestError, match="nothing more"):
        answered(case, notices.holder, Answer.GENUINE)
    with pytest.raises(RequestError, match="nothing more"):
        make_statement(case=case, text="x", asks_release=True, actor=notices.importer, now=NOON, nonce="x")


@pytest.mark.parametrize("reason", ["", "   \n", "x" * (LONGEST_REASON + 1)])
def test_an_answer_needs_a_reason_of_a_sensible_length(notices: NoticeWorld, reason: str) -> None:
    case = notices.notified()
    with pytest.raises(RequestError):
        answer_notice(case=case, answer=Answer.GENUINE, actor=notices.holder, reason=reason, now=NOON, nonce="n")
    assert not HolderAnswer.objects.exists()


def test_a_suspension_keeps_value_and_security(notices: NoticeWorld) -> None:
    case = suspended(notices.notified(), notices.holder, value_krw=1001)
    assert case.state == "suspension_requested"
    data = case.events.get(kind="suspension_requested").data
    assert (data["value_krw"], data["security_percent"], data["security_krw"]) == (1001, 120, 1202)
    assert suspended(case, notices.holder, value_krw=1001).events.filter(kind="suspension_requested").count() == 1
    assert security_krw(1000, 120) == 1200


@pytest.mark.parametrize("changes", [{"undertakes": False}, {"value_krw": 0}, {"value_krw": -5}, {"reason": " "}])
def test_a_suspension_needs_security_and_value(notices: NoticeWorld, changes: dict[str, Any]) -> None:
    case = notices.notified()
    with pytest.raises(RequestError):
        suspended(case, notices.holder, **changes)
    assert Case.objects.get().state == "notified"


def test_a_suspension_is_too_late_from_the_end_of_the_term_on(notices: NoticeWorld) -> None:
    case = notices.notified()
    assert case.due_at is not None
    with pytest.raises(RequestError, match="term is over"):
        suspended(case, notices.holder, now=case.due_at)
    assert suspended(case, notices.holder, now=case.due_at - timedelta(seconds=1)).state == "suspension_requested"


def test_an_appraisal_brings_finding_and_document_once(notices: NoticeWorld) -> None:
    case = notices.notified()
    appraised(notices, case, notices.holder)
    case = appraised(notices, case, notices.holder)
    assert (case.state, case.finding) == ("appraised", "infringes")
    document = CaseDocument.objects.get()
    assert (document.kind, document.party) == ("appraisal", notices.world.holder)
    assert case.events.get(kind="appraised").data["document"] == str(document.id)


def test_a_broken_file_leaves_no_appraisal(notices: NoticeWorld) -> None:
    case = notices.notified()
    with pytest.raises(InputError):
        send_appraisal(
            case=case,
            turn=Turn.HOLDER,
            finding=Finding.INFRINGES,
            data=b"MZ program",
            filename="감정서.pdf",
            actor=notices.holder,
            reason="x",
            now=NOON,
            blobs=notices.office.blobs,
        )
    assert Case.objects.get().state == "notified"
    assert not CaseDocument.objects.exists()


def test_the_appraiser_sees_and_does_nothing_before_it_is_asked(notices: NoticeWorld) -> None:
    case = notices.notified()
    assert not cases_visible_to(notices.appraiser).exists()
    with pytest.raises(RequestError, match="cannot act"):
        appraised(notices, case, notices.appraiser, Turn.APPRAISER)
    notice = ask_for_appraisal(
        case=case,
        association=notices.world.association,
        actor=notices.world.officer,
        reason="감정이 필요함",
        now=NOON,
        office=notices.office,
        nonce="a",
    )
    assert notice is not None
    case.refresh_from_db()
    assert (case.turn, list(cases_visible_to(notices.appraiser))) == ("appraiser", [case])
    done = appraised(notices, case, notices.appraiser, Turn.APPRAISER)
    assert (done.state, done.turn) == ("appraised", "officer")
    assert done.events.get(kind="appraised").by == "appraiser"


def test_asking_for_an_appraisal_twice_by_one_press_tells_once(notices: NoticeWorld) -> None:
    case = notices.notified()
    said: dict[str, Any] = {
        "case": case,
        "association": notices.world.association,
        "actor": notices.world.officer,
        "reason": "x",
        "now": NOON,
        "office": notices.office,
        "nonce": "a",
    }
    assert ask_for_appraisal(**said) is not None
    assert ask_for_appraisal(**said) is None
    assert case.notices.filter(template="appraisal_request").count() == 1


def test_the_importer_is_heard_only_once_told(notices: NoticeWorld) -> None:
    case = notices.notified(importer=False)
    Case.objects.filter(id=case.id).update(importer=notices.world.importer)
    with pytest.raises(RequestError, match="cannot act"):
        make_statement(case=case, text="x", asks_release=False, actor=notices.importer, now=NOON, nonce="x")
    assert not ImporterStatement.objects.exists()


def test_a_statement_asks_for_release_with_the_security_of_the_law(notices: NoticeWorld) -> None:
    case = notices.notified()
    make_statement(case=case, text="병행수입", asks_release=True, actor=notices.importer, now=NOON, nonce="x")
    event = case.events.get(kind="release_asked")
    assert (event.by, event.data["security_percent"]) == ("importer", 120)
    with pytest.raises(RequestError, match="cannot act"):
        make_statement(case=case, text="x", asks_release=False, actor=notices.holder, now=NOON, nonce="y")


def test_a_confirmed_suit_stops_its_term(notices: NoticeWorld) -> None:
    case = granted(notices, suspended(notices.notified(), notices.holder))
    document = send_paper(
        case=case,
        turn=Turn.HOLDER,
        kind="suit",
        data=PDF,
        filename="소장.pdf",
        actor=notices.holder,
        now=NOON,
        blobs=notices.office.blobs,
    )
    with pytest.raises(RequestError):
        confirm_suit(case=case, document=document, actor=notices.holder, reason="x", now=NOON)
    case = confirm_suit(case=case, document=document, actor=notices.world.officer, reason="접수증 확인", now=NOON)
    clock = CaseClock.objects.get(case=case, rule="suit")
    assert clock.stopped_by == "met"
    assert clock.started_at == NOON
    case.refresh_from_db()
    assert case.due_at is not None  # only customs' own look at the paper still runs
    assert expire_due(clock.due_at + timedelta(days=1)) == 0
    with pytest.raises(RequestError, match="no proof"):
        confirm_suit(case=case, document=document, actor=notices.world.officer, reason="x", now=NOON)
