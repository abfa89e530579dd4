"""A case opened by mistake is taken back with a reason, on record, and whoever was told of it is told so."""

from __future__ import annotations

from pathlib import Path

import pytest

from pandok.common.models import AuditEntry
from pandok.core.errors import RequestError
from pandok.fields.counterfeit.acts.answering.holder import request_suspension
from pandok.fields.counterfeit.acts.cases.deciding import choose_candidate, close_case, reopen_choice, say_nothing_close
from pandok.fields.counterfeit.acts.cases.officer_steps import steps_for
from pandok.fields.counterfeit.acts.cases.withdrawing import withdraw_case
from pandok.fields.counterfeit.acts.learning.case_figures import follow_cases
from pandok.fields.counterfeit.acts.notices.access import concerns_still
from pandok.fields.counterfeit.acts.notices.follow_up import follow_up
from pandok.fields.counterfeit.models import Case, CaseClock, CaseEvent, CaseFigure, Notice
from pandok.fields.counterfeit.states import State
from pandok.fields.counterfeit.steps import Step
from tests.fields.counterfeit.notices_fixtures import NoticeWorld, build_notice_world
from tests.fields.designs.fakes import NOON

pytestmark = [pytest.mark.django_db, pytest.mark.usefixtures("quick_pdf")]


@pytest.fixture
def notices(tmp_path: Path) -> NoticeWorld:
    return build_notice_world(tmp_path)


def test_before_anything_is_sent_nobody_is_told(notices: NoticeWorld) -> None:
    case = withdraw_case(
        case=notices.chosen(), actor=notices.world.officer, reason="같은 물품을 두 번 접수함", now=NOON
    )
    assert (case.state, case.turn, case.due_at) == (State.WITHDRAWN.value, "nobody", None)
    event = case.events.latest("sequence")
    assert (event.reason, event.actor) == ("같은 물품을 두 번 접수함", notices.world.officer)
    assert AuditEntry.objects.filter(action="case.withdrawn", object=f"case:{case.id}").exists()
    assert follow_up(event=event, now=NOON, office=notices.office) == []


def test_whoever_was_told_is_told_once_that_it_was_a_mistake(notices: NoticeWorld) -> None:
    case = notices.notified()
    withdraw_case(case=case, actor=notices.world.officer, reason="다른 물품을 촬영함", now=NOON)
    event = CaseEvent.objects.get(case=case, kind="withdrawn")
    told = [follow_up(event=event, now=NOON, office=notices.office) for _ in range(2)]
    assert sorted(one.party.kind for one in told[0]) == ["holder", "importer"]
    assert told[1] == []
    assert {one.template for one in told[0]} == {"choice_withdrawn"}
    assert "다른 물품을 촬영함" not in str([one.content for one in told[0]])
    assert not CaseClock.objects.filter(case=case, stopped_at=None).exists()
    assert CaseClock.objects.get(case=case).stopped_by == "withdrawn"
    assert not concerns_still(Notice.objects.get(case=case, template="holder_notice"))


def test_a_holders_request_cannot_be_withdrawn_by_customs(notices: NoticeWorld) -> None:
    case = notices.notified()
    request_suspension(
        case=case, value_krw=1000, undertakes=True, actor=notices.holder, reason="요청", now=NOON, nonce="n"
    )
    with pytest.raises(RequestError):
        withdraw_case(case=case, actor=notices.world.officer, reason="실수", now=NOON)
    assert Step.WITHDRAW not in steps_for(notices.world.officer, Case.objects.get(id=case.id))


def test_a_withdrawal_needs_a_reason_and_can_be_undone(notices: NoticeWorld) -> None:
    case, officer = notices.chosen(), notices.world.officer
    with pytest.raises(RequestError):
        withdraw_case(case=case, actor=officer, reason=" ", now=NOON)
    withdraw_case(case=case, actor=officer, reason="시험 촬영", now=NOON)
    assert steps_for(officer, Case.objects.get(id=case.id)) == (Step.REOPEN,)
    case = reopen_choice(case=case, actor=officer, reason="실제 물품이었음", now=NOON)
    assert (case.state, case.turn, case.closed_at) == ("read", "officer", None)


def test_statistics_count_what_the_officer_decided_and_no_mistakes(notices: NoticeWorld) -> None:
    officer = notices.world.officer
    said, chosen, mistake, closed = (notices.chosen() for _ in range(4))
    say_nothing_close(case=said, actor=officer, reason="손잡이가 다름", now=NOON)
    withdraw_case(case=mistake, actor=officer, reason="시험 촬영", now=NOON)
    say_nothing_close(case=closed, actor=officer, reason="손잡이가 다름", now=NOON)
    close_case(case=closed, actor=officer, reason="통관하기로 함", now=NOON)
    follow_cases()
    assert set(CaseFigure.objects.filter(nothing_close=True).values_list("case_id", flat=True)) == {said.id, closed.id}
    assert set(CaseFigure.objects.values_list("case_id", flat=True)) == {said.id, chosen.id, closed.id}
    choose_candidate(case=said, design_id="30-0001", actor=officer, reason="다시 봄", now=NOON)
    withdraw_case(case=chosen, actor=officer, reason="시험 촬영", now=NOON)
    follow_cases()
    assert CaseFigure.objects.filter(nothing_close=True).count() == 1
    assert not CaseFigure.objects.filter(case=chosen).exists()
