"""A challenge: whole before it is kept, led by the clock of its phases, locked when it opens, withdrawn openly."""

from __future__ import annotations

from typing import Any

import pytest

from pandok.common.models import AuditEntry
from pandok.core.errors import RequestError
from pandok.fields.programme.acts.challenges.challenge_moves import content_of
from pandok.fields.programme.acts.challenges.leading import (
    alter_challenge,
    announce_challenge,
    close_challenge,
    open_challenge,
    publish_challenge,
    withdraw_challenge,
    write_challenge,
)
from pandok.fields.programme.challenge_rules import Behind, TooClose, members_fixed, phase_at, too_close
from pandok.fields.programme.challenge_states import CHALLENGES, ChallengeState
from pandok.fields.programme.lists.challenges import public_challenges
from pandok.fields.programme.models import Challenge
from tests.fields.programme.challenging import (
    END,
    FIRST,
    LAST,
    PHASES,
    TICK,
    announced_challenge,
    drafted_challenge,
    locked_problem,
    opened_challenge,
    published_challenge,
    said,
)
from tests.fields.programme.office import NOON, WHY, person
from tests.roles import Role

pytestmark = pytest.mark.django_db


def refused(act: Any, *args: Any, **told: Any) -> str:
    with pytest.raises(RequestError) as error:
        act(*args, **told)
    return str(error.value.error_code)


def leads(act: Any, challenge: Challenge, now: Any) -> str:
    return refused(act, challenge.pk, reason=WHY, actor=person(Role.PROGRAMME_OFFICE), now=now)


@pytest.mark.parametrize(
    ("changed", "code"),
    [
        ({"title_ko": " "}, "challenge.words"),
        ({"text_en": ""}, "challenge.words"),
        ({"text_ko": "가" * 10_001}, "challenge.words"),
        ({"problem": "parcels"}, "challenge.problem"),
        ({"problem": "00000000-0000-0000-0000-000000000000"}, "challenge.problem"),
        ({"phases": ""}, "challenge.phases"),
        ({"phases": "연습 | Practice | 봄 | 여름"}, "challenge.phases"),
        ({"phases": "연습 | Practice | 2026-03-09T09:00 | 2026-03-09T09:00"}, "challenge.phases"),
        (
            {"phases": "가 | a | 2026-03-01T09:00 | 2026-03-03T09:00\n나 | b | 2026-03-03T08:59 | 2026-03-04T09:00"},
            "challenge.phases",
        ),
        ({"phases": "\n".join(f"{n} | {n} | 2026-03-0{n}T09:00 | 2026-03-0{n}T10:00" for n in range(1, 8))},
         "challenge.phases"),
    ],
)  # fmt: skip
def test_a_challenge_says_everything_or_is_not_kept(changed: dict[str, str], code: str) -> None:
    assert refused(write_challenge, said(**changed), actor=person(Role.PROGRAMME_OFFICE), now=NOON) == code
    assert Challenge.objects.count() == 0


def test_a_problem_without_a_locked_protocol_carries_no_challenge() -> None:
    locked = locked_problem()
    pack = locked.pack
    pack.pk, pack.version, pack._state.adding = None, 2, True
    pack.save(force_insert=True)
    act = write_challenge, said(problem=str(pack.pk))
    assert refused(*act, actor=person(Role.PROGRAMME_OFFICE), now=NOON) == "challenge.problem"


def test_phases_hold_to_the_microsecond() -> None:
    assert [phase_at(PHASES, at) for at in (FIRST - TICK, FIRST, LAST - TICK, LAST, END - TICK, END)] == [
        None, PHASES[0], PHASES[0], PHASES[1], PHASES[1], None,
    ]  # fmt: skip
    assert [members_fixed(PHASES, at) for at in (LAST - TICK, LAST)] == [False, True]


def test_it_opens_and_closes_by_its_phases_and_nothing_changes_after_that() -> None:
    made, office = announced_challenge(), person(Role.PROGRAMME_OFFICE)
    alter_challenge(made.pk, said(title_ko="고친 이름"), actor=office, now=NOON)
    assert leads(open_challenge, made, FIRST - TICK) == "challenge.not_now"
    assert leads(open_challenge, made, END) == "challenge.not_now"
    made = opened_challenge(Challenge.objects.get(pk=made.pk))
    assert (made.title_ko, made.sha256) == ("고친 이름", content_of(made))
    told = AuditEntry.objects.get(action="open-challenge.open")
    assert (told.details["sha256"], told.reason) == (made.sha256, WHY)
    again = refused(alter_challenge, made.pk, said(title_ko="또 고친 이름"), actor=office, now=FIRST)
    assert again == "challenge.no_such_way"
    assert leads(close_challenge, made, END - TICK) == "challenge.still_runs"
    assert leads(publish_challenge, made, END) == "challenge.no_such_way"
    published_challenge(made)
    assert leads(withdraw_challenge, made, END) == "challenge.no_such_way"
    states = list(made.events.values_list("to_state", flat=True))
    assert states == ["draft", "announced", "announced", "open", "closed", "published"]


def test_it_is_withdrawn_from_every_state_before_it_is_published_and_says_why() -> None:
    office = person(Role.PROGRAMME_OFFICE)
    states = [one for one in ChallengeState if CHALLENGES.has(one, ChallengeState.WITHDRAWN)]
    assert states == [
        ChallengeState.DRAFT, ChallengeState.ANNOUNCED, ChallengeState.OPEN, ChallengeState.CLOSED,
    ]  # fmt: skip
    for made in (drafted_challenge(), announced_challenge(), opened_challenge()):
        assert refused(withdraw_challenge, made.pk, reason="", actor=office, now=FIRST) == "request.reason"
        withdraw_challenge(made.pk, reason=WHY, actor=office, now=FIRST)
        assert leads(announce_challenge, made, FIRST) == "challenge.no_such_way"
    assert public_challenges().count() == 2


def test_what_is_over_is_not_announced() -> None:
    made = drafted_challenge()
    assert leads(announce_challenge, made, END) == "challenge.over"
    drafted = announced_challenge()
    office = person(Role.PROGRAMME_OFFICE)
    past = said(phases="가 | a | 2026-01-01T09:00 | 2026-01-03T09:00")
    assert refused(alter_challenge, drafted.pk, past, actor=office, now=NOON) == "challenge.over"
    assert drafted.phases.count() == 2


def test_who_is_too_close_is_a_rule_of_values() -> None:
    behind = Behind(frozenset({1}), frozenset({2}), frozenset({3}), frozenset({"data-steward"}), frozenset({4}))
    told = {
        (1, ()): {TooClose.OWNER}, (2, ()): {TooClose.REGISTRAR}, (3, ()): {TooClose.GRANT}, (4, ()): {TooClose.AUTHOR},
        (5, ("data-steward",)): {TooClose.GRANT}, (5, ("submitter",)): set(),
    }  # fmt: skip
    assert {asked: set(too_close(*asked, behind)) for asked in told} == told
