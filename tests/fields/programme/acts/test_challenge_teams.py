"""Teams: one person and one organisation in one, a word that serves once, nobody who is too close; fixed in time."""

from __future__ import annotations

import hashlib
from pathlib import Path
from threading import Barrier, Thread
from typing import Any

import pytest
from django.contrib.auth.models import Group
from django.db import IntegrityError, connection, transaction

from pandok.common.models import Account, AuditEntry
from pandok.common.people.accounts import ensure_role_groups
from pandok.core.errors import RequestError
from pandok.fields.lab.models import Deposit, Grant
from pandok.fields.programme.acts.challenges.teaming import join_team, leave_team, make_join_word, register_team
from pandok.fields.programme.models import ChallengeJoinWord, ChallengeMember, ChallengeTeam
from tests.chosen import Choose
from tests.fields.programme.bidding import applicant
from tests.fields.programme.challenging import (
    LAST,
    TICK,
    announced_challenge,
    drafted_challenge,
    opened_challenge,
    team_of,
)
from tests.fields.programme.office import NOON
from tests.roles import Role


def refused(act: Any, *args: Any, **told: Any) -> str:
    with pytest.raises(RequestError) as error:
        act(*args, **told)
    return str(error.value.error_code)


@pytest.mark.django_db
def test_a_join_word_is_kept_as_a_hash_and_serves_once() -> None:
    challenge = announced_challenge()
    team, second, third = team_of(challenge), applicant("가온센서", name="second"), applicant("가온센서", name="third")
    assert refused(make_join_word, team.pk, actor=second, now=NOON) == "challenge.no_team"
    word = make_join_word(team.pk, actor=team.made_by, now=NOON)
    kept = ChallengeJoinWord.objects.get()
    assert kept.word_sha256 == hashlib.sha256(word.encode()).hexdigest()
    assert word not in str([vars(one) for one in AuditEntry.objects.all()])
    assert refused(join_team, challenge.pk, word="다른 말", actor=second, now=NOON) == "challenge.join_word"
    other = announced_challenge()
    assert refused(join_team, other.pk, word=word, actor=second, now=NOON) == "challenge.join_word"
    assert join_team(challenge.pk, word=word, actor=second, now=NOON) == team
    assert refused(join_team, challenge.pk, word=word, actor=third, now=NOON) == "challenge.join_word"


@pytest.mark.django_db
def test_one_person_and_one_organisation_are_in_one_team() -> None:
    challenge = announced_challenge()
    team, colleague = team_of(challenge), applicant("가온센서", name="colleague")
    act = {"name": "또 한 팀", "now": NOON}
    assert refused(register_team, challenge.pk, actor=team.made_by, **act) == "challenge.in_a_team"
    assert refused(register_team, challenge.pk, actor=colleague, **act) == "challenge.organisation"
    other = team_of(challenge, "나래전자")
    word = make_join_word(other.pk, actor=other.made_by, now=NOON)
    assert refused(join_team, challenge.pk, word=word, actor=colleague, now=NOON) == "challenge.organisation"
    assert refused(join_team, challenge.pk, word=word, actor=team.made_by, now=NOON) == "challenge.in_a_team"
    leave_team(team.pk, actor=team.made_by, now=NOON)
    team.refresh_from_db()
    assert team.state == "dissolved"
    assert join_team(challenge.pk, word=word, actor=colleague, now=NOON) == other
    with pytest.raises(IntegrityError), transaction.atomic():
        ChallengeMember.objects.create(
            team=team, challenge=challenge, account=colleague, organisation="account:1", joined_at=NOON
        )


@pytest.mark.django_db
def test_a_team_has_a_name_of_its_own() -> None:
    challenge = announced_challenge()
    team_of(challenge, name="Blue team")
    for name in ("", " ", "가" * 61, "blue  TEAM"):
        assert refused(register_team, challenge.pk, name=name, actor=applicant("나래전자"), now=NOON) == (
            "challenge.team_name"
        )


@pytest.mark.django_db
def test_members_are_fixed_from_the_beginning_of_the_last_phase() -> None:
    challenge = announced_challenge()
    team = team_of(challenge)
    opened_challenge(challenge)
    last = make_join_word(team.pk, actor=team.made_by, now=LAST - TICK)
    late = {"actor": applicant("가온센서", name="late"), "now": LAST}
    assert refused(join_team, challenge.pk, word=last, **late) == "challenge.no_teams_now"
    assert refused(register_team, challenge.pk, name="늦은 팀", **late) == "challenge.no_teams_now"
    assert refused(make_join_word, team.pk, actor=team.made_by, now=LAST) == "challenge.no_teams_now"
    assert refused(leave_team, team.pk, actor=team.made_by, now=LAST) == "challenge.no_teams_now"
    assert join_team(challenge.pk, word=last, actor=late["actor"], now=LAST - TICK) == team


@pytest.mark.django_db
def test_a_draft_takes_no_team() -> None:
    made = drafted_challenge()
    assert refused(register_team, made.pk, name="이른 팀", actor=applicant(), now=NOON) == "challenge.not_there"


@pytest.mark.django_db
def test_nobody_close_to_the_problem_or_its_data_is_in_a_team() -> None:
    challenge = announced_challenge()
    pack = challenge.pack
    granted = applicant("나래전자")
    grant = Grant.objects.create(
        project=pack.project, deposit=pack.deposit, purpose="a test", starts_at=NOON, ends_at=NOON,
        granted_by=pack.owner, granted_at=NOON, reason="a test", revoked_at=NOON,
    )  # fmt: skip
    grant.people.add(granted)
    steward = applicant("다온기술", name="who deposited")
    Deposit.objects.filter(pk=pack.deposit_id).update(deposited_by=steward)
    close: list[Account] = [pack.owner, steward, pack.locked.registered_by, challenge.made_by, granted]
    for one in close:
        one.groups.add(Group.objects.get(name=Role.SUBMITTER.value))
        assert refused(register_team, challenge.pk, name="가까운 팀", actor=one, now=NOON) == "challenge.too_close"
    team = team_of(challenge)
    word = make_join_word(team.pk, actor=team.made_by, now=NOON)
    assert refused(join_team, challenge.pk, word=word, actor=granted, now=NOON) == "challenge.too_close"


def test_of_two_that_use_one_word_or_found_two_teams_at_once_one_is_refused(
    transactional_db: None,  # noqa: ARG001
    choose: Choose,
    tmp_path: Path,
) -> None:
    choose(home=tmp_path)
    ensure_role_groups()
    challenge = announced_challenge()
    team = team_of(challenge)
    word = make_join_word(team.pk, actor=team.made_by, now=NOON)
    pair = [applicant("가온센서", name=f"colleague {one}") for one in "ab"]
    told = _at_once([lambda one=one: join_team(challenge.pk, word=word, actor=one, now=NOON) for one in pair])
    assert sorted(told) == ["challenge.join_word", "done"]
    alone = applicant("나래전자")
    told = _at_once(
        [lambda name=name: register_team(challenge.pk, name=name, actor=alone, now=NOON) for name in ("하나", "둘")]
    )
    assert sorted(told) == ["challenge.in_a_team", "done"]
    assert (ChallengeMember.objects.count(), ChallengeTeam.objects.count()) == (3, 2)


def _at_once(acts: list[Any]) -> list[str]:
    together, told = Barrier(len(acts)), list[str]()

    def does(act: Any) -> None:
        together.wait()
        try:
            act()
            told.append("done")
        except RequestError as error:
            told.append(str(error.error_code))
        finally:
            connection.close()

    both = [Thread(target=does, args=[one]) for one in acts]
    for one in both:
        one.start()
    for one in both:
        one.join(30)
    return told
