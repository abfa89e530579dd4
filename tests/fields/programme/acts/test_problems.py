"""A problem on its way: proposed, examined, returned, taken up, merged, answered; and who has it too."""

from __future__ import annotations

from dataclasses import replace
from typing import Any

import pytest

from pandok.common.models import AuditEntry
from pandok.core.errors import RequestError
from pandok.fields.programme.acts.problems.examining import (
    accept_problem,
    answer_problem,
    examine_problem,
    merge_problem,
    publish_problem,
    return_problem,
)
from pandok.fields.programme.acts.problems.proposing import (
    propose_again,
    propose_problem,
    reword_problem,
    withdraw_problem,
)
from pandok.fields.programme.acts.problems.sharing import end_share, share_problem
from pandok.fields.programme.states import ProblemState
from tests.fields.programme.office import NOON, WHY, accepted_problem, person, problem_under_review, proposed, said
from tests.roles import Role

pytestmark = pytest.mark.django_db


def refused(act: Any, *args: Any, **said: Any) -> str:
    with pytest.raises(RequestError) as error:
        act(*args, **said)
    return str(error.value.error_code)


@pytest.mark.parametrize(
    ("changed", "code"),
    [
        ({"title": " "}, "field_problem.lacking"),
        ({"topic": "luck"}, "field_problem.lacking"),
        ({"region": ""}, "field_problem.lacking"),
        ({"decision": "막기"}, "field_problem.too_short"),
        ({"how_often": "가" * 201}, "field_problem.too_long"),
        ({"today_value": float("nan")}, "field_problem.number"),
        ({"counted_on": NOON.date().replace(year=2027)}, "field_problem.future"),
    ],
)
def test_what_says_too_little_is_refused_by_name(changed: dict[str, Any], code: str) -> None:
    assert refused(propose_problem, said(**changed), actor=person(Role.OFFICER), now=NOON) == code


def test_a_problem_goes_its_way_and_every_step_is_told_with_its_reason() -> None:
    officer, office, member = person(Role.OFFICER), person(Role.PROGRAMME_OFFICE), person(Role.COMMITTEE_MEMBER)
    made = propose_problem(said(today_value=None), actor=officer, now=NOON)
    assert made.number == "2026-FP-000001"
    assert refused(accept_problem, made.pk, publish=True, reason=WHY, actor=member, now=NOON).endswith("no_such_way")
    examine_problem(made.pk, reason=WHY, actor=office, now=NOON)
    # No baseline, no call: until somebody has counted.
    assert refused(accept_problem, made.pk, publish=True, reason=WHY, actor=member, now=NOON).endswith("not_ready")
    return_problem(made.pk, reason="지금의 수치를 세어 주십시오", actor=member, now=NOON)
    reword_problem(made.pk, said(), reason="119 기록으로 셈", actor=officer, now=NOON)
    propose_again(made.pk, reason="수치를 채움", actor=officer, now=NOON)
    examine_problem(made.pk, reason=WHY, actor=office, now=NOON)
    accept_problem(made.pk, publish=True, reason=WHY, actor=member, now=NOON)
    answer_problem(made.pk, reason="실증확인서로 답함", actor=office, now=NOON)
    rows = list(made.events.values_list("sequence", "to_state"))
    assert [state for _, state in rows] == [
        "proposed", "under_review", "returned", "returned", "proposed", "under_review", "accepted", "answered",
    ]  # fmt: skip
    assert made.events.get(sequence=4).wording["today_value"] is None
    told = AuditEntry.objects.filter(object=f"field-problem:{made.pk}").order_by("sequence")
    assert [one.action for one in told][3:7:3] == ["field-problem.reworded", "field-problem.accepted"]
    assert all(one.reason for one in told[1:])


def test_nobody_takes_up_a_problem_of_their_own_nor_rewords_that_of_another() -> None:
    both = person(Role.COMMITTEE_MEMBER)
    made = problem_under_review()
    type(made).objects.filter(pk=made.pk).update(proposed_by=both)
    assert refused(accept_problem, made.pk, publish=True, reason=WHY, actor=both, now=NOON) == "field_problem.own"
    other = person(Role.OFFICER, "another")
    assert refused(reword_problem, made.pk, said(), reason=WHY, actor=other, now=NOON) == "field_problem.not_yours"
    assert refused(withdraw_problem, made.pk, reason=WHY, actor=other, now=NOON) == "field_problem.not_yours"


def test_another_place_has_it_too_once_and_takes_it_back() -> None:
    made = accepted_problem()
    there, colleague = person(Role.OFFICER, "far", site="P1"), person(Role.SUPERVISOR, "far boss", site="P1")
    share = {"region": "jeju", "note": "공항 앞 지하차도도 잠김"}
    share_problem(made.pk, **share, actor=there, now=NOON)
    assert refused(share_problem, made.pk, **share, actor=colleague, now=NOON) == "field_problem.shared_already"
    made.refresh_from_db()
    assert made.shared_by == 1
    assert refused(share_problem, made.pk, **share, actor=made.proposed_by, now=NOON) == "field_problem.own_share"
    end_share(made.pk, reason="차도를 없앰", actor=colleague, now=NOON)
    made.refresh_from_db()
    assert made.shared_by == 0
    hidden = proposed(title="아무도 못 보는 문제")
    holder = person(Role.HOLDER)
    assert refused(share_problem, hidden.pk, **share, actor=holder, now=NOON) == "field_problem.not_there"


def test_problems_that_say_the_same_become_one_and_their_places_are_counted_once() -> None:
    office = person(Role.PROGRAMME_OFFICE)
    first, there = accepted_problem(), person(Role.OFFICER, "far", site="P1")
    second = proposed(there, title="폭우에 지하차도가 물에 잠김")
    third = proposed(person(Role.SUPERVISOR, "far boss", site="P1"), title="지하차도 침수")
    for one in (second, third):
        merge_problem(one.pk, into=first.number, reason="같은 곳의 같은 문제", actor=office, now=NOON)
    first.refresh_from_db()
    second.refresh_from_db()
    assert (first.shared_by, second.merged_into_id, second.state) == (1, first.pk, ProblemState.MERGED)
    for target in (first.number, second.number, "2026-FP-999999"):
        code = refused(merge_problem, first.pk, into=target, reason=WHY, actor=office, now=NOON)
        assert code == "field_problem.no_target", target


def test_only_what_was_taken_up_is_ever_public() -> None:
    made, office = problem_under_review(), person(Role.PROGRAMME_OFFICE)
    code = refused(publish_problem, made.pk, shown=True, reason=WHY, actor=office, now=NOON)
    assert code == "field_problem.cannot_publish"
    taken = accepted_problem()
    publish_problem(taken.pk, shown=False, reason="당사자가 요청함", actor=office, now=NOON)
    taken.refresh_from_db()
    assert not taken.published


def test_a_statement_is_what_is_compared() -> None:
    assert replace(said(), title="물").statement.startswith("물 ")
