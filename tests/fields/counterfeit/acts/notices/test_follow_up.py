"""What happens in a case tells those whom it concerns, once, whoever led it there; terms remind and expire."""

from __future__ import annotations

from datetime import datetime, timedelta
from pathlib import Path

import pytest

from pandok.common.models import Delivery, Job, Party
from pandok.fields.counterfeit.acts.answering.holder import answer_notice, request_suspension
from pandok.fields.counterfeit.acts.answering.importer import make_statement
from pandok.fields.counterfeit.acts.cases.deciding import choose_candidate, decide, record_appraisal, reopen_choice
from pandok.fields.counterfeit.acts.notices.access import concerns_still, content_of
from pandok.fields.counterfeit.acts.notices.follow_up import KIND, follow_up
from pandok.fields.counterfeit.acts.notices.timed import expire, give_reminders
from pandok.fields.counterfeit.lists.search import searched
from pandok.fields.counterfeit.models import Case, CaseClock, CaseEvent, ClockReminder, Notice
from pandok.fields.counterfeit.outcomes import Answer, Disposition, Finding
from pandok.fields.counterfeit.states import Turn
from tests.fields.counterfeit.cases_fixtures import let_term_pass
from tests.fields.counterfeit.notices_fixtures import NoticeWorld, build_notice_world
from tests.fields.designs.fakes import NOON

pytestmark = [pytest.mark.django_db, pytest.mark.usefixtures("quick_pdf")]


@pytest.fixture
def notices(tmp_path: Path) -> NoticeWorld:
    return build_notice_world(tmp_path)


def worked(notices: NoticeWorld, now: datetime = NOON) -> list[tuple[str, str]]:
    """Work on every event that has asked for notices, twice; returns (template, party) of what was issued."""
    issued: list[tuple[str, str]] = []
    for _ in range(2):
        for job in Job.objects.filter(kind=KIND).order_by("pk"):
            event = CaseEvent.objects.get(case_id=job.payload["case"], sequence=job.payload["sequence"])
            new = follow_up(event=event, now=now, office=notices.office)
            issued += [(one.template, one.party.kind) for one in new]
    return sorted(issued)


def test_the_outcome_goes_to_both_sides_once(notices: NoticeWorld) -> None:
    case = notices.notified()
    record_appraisal(
        case=case, finding=Finding.INFRINGES, by=Turn.OFFICER, actor=notices.world.officer, reason="x", now=NOON
    )
    let_term_pass(case)
    decide(
        case=case,
        disposition=Disposition.DESTROYED,
        actor=notices.world.officer,
        reason="감정 결과 침해로 판단되어 폐기",
        now=NOON,
    )
    assert worked(notices) == [("outcome_holder", "holder"), ("outcome_importer", "importer")]
    outcome = Notice.objects.get(template="outcome_holder")
    assert "폐기" in outcome.subject
    for told in (outcome, Notice.objects.get(template="outcome_importer")):
        words = str(told.content) + Delivery.objects.get(key=told.delivery_key).body_text
        assert "감정 결과 침해로 판단되어 폐기" in words  # who is decided about is told why, and what can be done
        assert "90일" in words
    assert Delivery.objects.filter(key=outcome.delivery_key).count() == 1


def test_nobody_is_told_of_an_outcome_who_was_not_notified(notices: NoticeWorld) -> None:
    case = notices.notified(importer=False)
    Case.objects.filter(id=case.id).update(importer=notices.world.importer)
    record_appraisal(
        case=case, finding=Finding.INFRINGES, by=Turn.OFFICER, actor=notices.world.officer, reason="x", now=NOON
    )
    let_term_pass(case)
    decide(case=case, disposition=Disposition.RELEASED, actor=notices.world.officer, reason="통관하기로 함", now=NOON)
    assert worked(notices) == [("outcome_holder", "holder")]


def test_a_withdrawn_choice_is_told_and_closes_the_notice(notices: NoticeWorld) -> None:
    case = notices.notified()
    holder_notice = case.notices.get(template="holder_notice")
    assert concerns_still(holder_notice)
    reopen_choice(case=case, actor=notices.world.officer, reason="잘못 골랐음", now=NOON)
    assert worked(notices) == [("choice_withdrawn", "holder"), ("choice_withdrawn", "importer")]
    withdrawn = Notice.objects.filter(template="choice_withdrawn").first()
    assert withdrawn is not None
    assert content_of(withdrawn).pictures() == ()
    assert not concerns_still(Notice.objects.get(id=holder_notice.id))


def test_a_second_notice_to_the_same_holder_is_open_again(notices: NoticeWorld) -> None:
    case = notices.notified()
    reopen_choice(case=case, actor=notices.world.officer, reason="다시 확인", now=NOON)
    worked(notices)
    later = NOON + timedelta(hours=1)
    choose_candidate(case=case, design_id="30-0001", actor=notices.world.officer, reason="맞음", now=later)
    new = notices.issue(case, nonce="second press", now=later)
    assert len(new) == 2
    assert concerns_still(new[0])


def test_not_my_right_tells_the_importer_only(notices: NoticeWorld) -> None:
    case = notices.notified()
    answer_notice(
        case=case, answer=Answer.NOT_MY_RIGHT, actor=notices.holder, reason="당사 도안이 아님", now=NOON, nonce="a"
    )
    assert worked(notices) == [("choice_withdrawn", "importer")]


@pytest.mark.parametrize("way", ["reopened", "not my right"])
def test_a_choice_taken_back_leaves_no_holder_behind(notices: NoticeWorld, way: str) -> None:
    """Lists and searches no longer name whose right it was not; the history and the notices still do."""
    case = notices.notified()
    holder = case.holder
    assert holder is not None
    officer = notices.world.officer
    if way == "reopened":
        reopen_choice(case=case, actor=officer, reason="다시 확인", now=NOON)
    else:
        answer_notice(
            case=case, answer=Answer.NOT_MY_RIGHT, actor=notices.holder, reason="타사 권리", now=NOON, nonce="a"
        )
    case.refresh_from_db()
    assert (case.design, case.holder, case.candidate_rank, case.candidate_probability) == (None, None, None, None)
    assert not searched(Case.objects.all(), holder.name).queryset.exists()
    assert Notice.objects.filter(case=case, party=holder).exists()


def test_a_request_for_the_goods_is_confirmed_with_the_term_that_goes_on(notices: NoticeWorld) -> None:
    case = notices.notified()
    answer_notice(case=case, answer=Answer.NEED_THE_GOODS, actor=notices.holder, reason="실물", now=NOON, nonce="a")
    assert worked(notices) == [("goods_request", "holder")]
    assert Notice.objects.get(template="goods_request").due_at == case.due_at


def test_a_suspension_is_told_to_the_importer(notices: NoticeWorld) -> None:
    case = notices.notified()
    request_suspension(
        case=case, value_krw=1000, undertakes=True, actor=notices.holder, reason="보류", now=NOON, nonce="a"
    )
    assert worked(notices) == [("suspension", "importer")]


def test_a_term_that_is_over_is_told_once(notices: NoticeWorld) -> None:
    case = notices.notified()
    late = case.due_at + timedelta(minutes=1)  # type: ignore[operator]
    assert expire(late) == 1
    assert expire(late) == 0
    assert worked(notices, late) == [("clock_expired", "holder"), ("clock_expired", "importer")]


def test_reminders_go_out_once_each_to_the_owner(notices: NoticeWorld) -> None:
    case = notices.notified()
    assert give_reminders(NOON, notices.office) == 0
    near = case.due_at - timedelta(days=1, hours=1)  # type: ignore[operator]
    assert give_reminders(near, notices.office) == 1
    assert give_reminders(near, notices.office) == 0
    last = case.due_at - timedelta(hours=1)  # type: ignore[operator]
    assert give_reminders(last, notices.office) == 1
    reminders = case.notices.filter(template="reminder").order_by("issued_at")
    assert [str(one.content["lead"][0]["en"]).rpartition(". ")[2] for one in reminders] == [
        "1 business day left.",
        "Today is the last day.",
    ]
    assert all(one.party.kind == Party.HOLDER for one in reminders)


def test_a_clock_of_customs_reminds_no_party(notices: NoticeWorld) -> None:
    case = notices.notified()
    make_statement(case=case, text="정식 수입품", asks_release=True, actor=notices.importer, now=NOON, nonce="r")
    CaseClock.objects.exclude(rule="release_review").update(stopped_at=NOON, stopped_by="met")
    case.due_at = CaseClock.objects.get(rule="release_review").due_at
    assert give_reminders(case.due_at - timedelta(hours=1), notices.office) == 0  # type: ignore[operator]
    assert ClockReminder.objects.count() == 1


def test_a_party_that_is_no_longer_active_is_told_nothing(notices: NoticeWorld) -> None:
    case = notices.notified()
    Party.objects.filter(id=notices.world.holder.id).update(active=False)
    assert give_reminders(case.due_at - timedelta(hours=1), notices.office) == 0  # type: ignore[operator]
    expire(case.due_at + timedelta(minutes=1))  # type: ignore[operator]
    assert worked(notices) == [("clock_expired", "importer")]
