"""A call: whole before it is kept, published by another, unchanged from then on, open to the very moment it closes."""

from __future__ import annotations

from datetime import timedelta
from typing import Any

import pytest

from pandok.common.models import AuditEntry
from pandok.core.errors import RequestError
from pandok.fields.programme.acts.calls.announcing import cancel_call, draft_call, publish_call, redraft_call
from pandok.fields.programme.acts.calls.call_moves import content_of
from pandok.fields.programme.acts.problems.examining import answer_problem
from pandok.fields.programme.call_kinds import TEMPLATES, CallKind
from pandok.fields.programme.call_states import CallPhase
from pandok.fields.programme.lists.calls import CallsAsked, calls_among, calls_visible_to, phase_now
from pandok.fields.programme.models import Call
from tests.fields.programme.bidding import CLOSES, OPENS, called, drafted_call, published_call
from tests.fields.programme.office import NOON, WHY, accepted_problem, person, problem_under_review
from tests.roles import Role

pytestmark = pytest.mark.django_db
TICK = timedelta(microseconds=1)


def refused(act: Any, *args: Any, **said: Any) -> str:
    with pytest.raises(RequestError) as error:
        act(*args, **said)
    return str(error.value.error_code)


@pytest.mark.parametrize(
    ("changed", "code"),
    [
        ({"title": " "}, "call.lacking"),
        ({"kind": "luck"}, "call.lacking"),
        ({"names_shown": "some"}, "call.lacking"),
        ({"body": "가" * 10_001}, "call.too_long"),
        ({"opens_at": "봄"}, "call.moment"),
        ({"closes_at": "9999-01-01T00:00"}, "call.moment"),
        ({"closes_at": "2026-03-02T09:00"}, "call.order"),
        ({"problems": ""}, "call.problems"),
        ({"problems": "2026-FP-999999"}, "call.no_problem"),
        ({"money_source": ""}, "call.money"),
        ({"money_krw": "", "money_source": ""}, "call.money"),
        ({"money_krw": "많이"}, "call.number"),
        ({"money_on": "어제"}, "request.day"),
        ({"tie_years": "-1"}, "call.number"),
        ({"tie_years": "²"}, "call.number"),
        ({"places": "0"}, "call.number"),
        ({"least_reviewers": "99"}, "call.number"),
        ({"criteria": "기술성"}, "call.criteria"),
        ({"criteria": "기술성 | 90"}, "call.criteria"),
        ({"criteria": "기술성 | 50\n기술성 | 50"}, "call.criteria"),
        ({"criteria": "기술성 | 100\n확산 | 0"}, "call.criteria"),
    ],
)
def test_a_call_says_everything_or_is_not_kept(changed: dict[str, str], code: str) -> None:
    office = person(Role.PROGRAMME_OFFICE)
    assert refused(draft_call, called(**changed), actor=office, now=NOON) == code
    assert Call.objects.count() == 0


def test_every_kind_has_a_form_and_an_outcome() -> None:
    for kind in CallKind:
        template = TEMPLATES[kind]
        keys = [one.key for one in template.questions]
        assert len(set(keys)) == len(keys) >= 3
        assert any(one.must for one in template.questions)
        assert template.answers_problems or not template.drafts_agreement
        made = drafted_call(kind=kind.value)
        assert made.problems.exists() is template.answers_problems


def test_a_problem_without_a_number_of_today_starts_no_call() -> None:
    waiting = problem_under_review(title="아직 채택되지 않은 문제")
    office = person(Role.PROGRAMME_OFFICE)
    assert refused(draft_call, called(problems=waiting.number), actor=office, now=NOON) == "call.no_problem"
    made = drafted_call()
    answer_problem(made.problems.get().pk, reason=WHY, actor=office, now=NOON)
    manager = person(Role.PROGRAMME_MANAGER)
    assert refused(publish_call, made.pk, reason=WHY, actor=manager, now=NOON) == "call.no_problem"


def test_another_person_publishes_and_then_nothing_changes() -> None:
    made, office = drafted_call(), person(Role.PROGRAMME_OFFICE)
    both = person(Role.PROGRAMME_MANAGER, "who drafts and manages")
    redraft_call(made.pk, called(title="고친 이름"), actor=both, now=NOON)
    assert refused(publish_call, made.pk, reason=WHY, actor=both, now=NOON) == "call.own"
    assert refused(publish_call, made.pk, reason=WHY, actor=office, now=NOON) == "call.own"
    manager = person(Role.PROGRAMME_MANAGER)
    assert refused(publish_call, made.pk, reason="", actor=manager, now=NOON) == "request.reason"
    assert refused(publish_call, made.pk, reason=WHY, actor=manager, now=CLOSES) == "call.over"
    publish_call(made.pk, reason=WHY, actor=manager, now=NOON)
    made.refresh_from_db()
    assert (made.title, made.state, made.sha256) == ("고친 이름", "published", content_of(made))
    told = AuditEntry.objects.get(action="programme-call.published")
    assert (told.details["sha256"], told.reason) == (made.sha256, WHY)
    assert refused(redraft_call, made.pk, called(title="또 고친 이름"), actor=office, now=NOON) == "call.no_such_way"
    for name, value in (("title", "x"), ("tie_years", 1), ("places", 3), ("closes_at", CLOSES + TICK)):
        changed = Call.objects.get(pk=made.pk)
        setattr(changed, name, value)
        assert content_of(changed) != made.sha256


def test_who_cancels_what() -> None:
    office, manager = person(Role.PROGRAMME_OFFICE), person(Role.PROGRAMME_MANAGER)
    made = drafted_call()
    assert refused(cancel_call, made.pk, reason=WHY, actor=manager, now=NOON) == "call.no_such_way"
    cancel_call(made.pk, reason=WHY, actor=office, now=NOON)
    made = published_call()
    assert refused(cancel_call, made.pk, reason=WHY, actor=office, now=NOON) == "call.no_such_way"
    cancel_call(made.pk, reason=WHY, actor=manager, now=NOON)
    assert refused(publish_call, made.pk, reason=WHY, actor=manager, now=NOON) == "call.no_such_way"


def test_the_clock_says_what_is_open_to_the_moment() -> None:
    made, draft = published_call(), drafted_call()
    for now, phase in (
        (OPENS - TICK, CallPhase.COMING), (OPENS, CallPhase.OPEN), (CLOSES, CallPhase.OPEN),
        (CLOSES + TICK, CallPhase.CLOSED),
    ):  # fmt: skip
        assert phase_now(made, now) is phase
        for one in CallPhase:
            found = set(calls_among(Call.objects.all(), CallsAsked(phase=one.value), now))
            assert found == {call for call in (made, draft) if phase_now(call, now) is one}


def test_drafts_are_seen_by_the_programme_alone() -> None:
    draft, shown = drafted_call(), published_call()
    cancelled = published_call()
    cancel_call(cancelled.pk, reason=WHY, actor=person(Role.PROGRAMME_MANAGER), now=NOON)
    for role in (Role.PROGRAMME_OFFICE, Role.COMMITTEE_MEMBER, Role.PROGRAMME_MANAGER, Role.AUDITOR):
        assert set(calls_visible_to(person(role))) == {draft, shown, cancelled}
    for role in (Role.SUBMITTER, Role.ADVISOR, Role.FIELD_OWNER, Role.OFFICER):
        assert set(calls_visible_to(person(role))) == {shown, cancelled}


def test_a_number_is_found_and_words_are() -> None:
    made = published_call(
        title="가로등 밝기를 스스로 맞추기", problems=accepted_problem(title="밤길이 어둡다는 민원").number
    )
    other = published_call()
    for words, found in ((made.number, {made}), ("밝기", {made}), ("실증합니다", {made, other}), ("없는낱말", set())):
        assert set(calls_among(Call.objects.all(), CallsAsked(words=words), NOON)) == found
    assert set(calls_among(Call.objects.all(), CallsAsked(kind="incubation"), NOON)) == set()
