"""A team is registered, lets others in by a word that serves once, and is left; nothing of it changes from the
beginning of the last phase on.

Whoever changes a team holds its challenge: two who come at once come one after the other.
"""

from __future__ import annotations

import hashlib
import secrets
from datetime import datetime
from uuid import UUID

from django.db import transaction

from pandok.common.audit import writing as audit
from pandok.common.models import Account
from pandok.fields.lab.acts.budget.organisations import one_budget, organisation_of
from pandok.fields.programme.acts.challenges.challenge_moves import TEAM_CYCLE, locked_challenge
from pandok.fields.programme.acts.challenges.standing_behind import closeness
from pandok.fields.programme.challenge_refusals import refusal
from pandok.fields.programme.challenge_rules import members_fixed
from pandok.fields.programme.challenge_states import TAKES_TEAMS, ChallengeState, TeamMover, TeamState
from pandok.fields.programme.challenge_text import TEAM
from pandok.fields.programme.models import Challenge, ChallengeJoinWord, ChallengeMember, ChallengeTeam

JOINED, LEFT, WORD_MADE = "challenge-team.joined", "challenge-team.left", "challenge-team.word_made"


def register_team(challenge_id: UUID, *, name: str, actor: Account, now: datetime) -> ChallengeTeam:
    """Whoever registers it is its first member. Raises RequestError: challenge.team_name, .not_there, .no_teams_now,
    .too_close, .in_a_team, .organisation."""
    name = " ".join(name.split())
    if not 0 < len(name) <= TEAM:
        raise refusal("team_name")
    with transaction.atomic():
        challenge = _held(challenge_id, now)
        if ChallengeTeam.objects.filter(challenge=challenge, name__iexact=name).exists():
            raise refusal("team_name")
        _must_be_free(challenge, None, actor)
        made: ChallengeTeam = ChallengeTeam.objects.create(
            challenge=challenge,
            name=name,
            organisation=organisation_of(actor).name,
            state=TeamState.STANDING.value,
            state_since=now,
            made_by=actor,
            made_at=now,
        )
        TEAM_CYCLE.begin(made, actor=actor, reason="", now=now)
        _let_in(made, actor, now)
    return made


def make_join_word(team_id: UUID, *, actor: Account, now: datetime) -> str:
    """The word, to be shown once: only its sha256 is kept. Raises RequestError: challenge.no_team, .no_teams_now."""
    word = secrets.token_urlsafe(18)
    with transaction.atomic():
        team = _own_team(team_id, actor)
        _held(team.challenge_id, now)
        _own_team(team_id, actor)
        ChallengeJoinWord.objects.create(team=team, word_sha256=sha256_of(word), made_by=actor, made_at=now)
        _tell(team, WORD_MADE, actor, now)
    return word


def join_team(challenge_id: UUID, *, word: str, actor: Account, now: datetime) -> ChallengeTeam:
    """Raises RequestError: challenge.join_word, .not_there, .no_teams_now, .too_close, .in_a_team, .organisation."""
    with transaction.atomic():
        challenge = _held(challenge_id, now)
        usable = ChallengeJoinWord.objects.filter(
            word_sha256=sha256_of(word.strip()),
            used_at=None,
            team__challenge=challenge,
            team__state=TeamState.STANDING.value,
        )
        found = usable.select_related("team").first()
        if found is None:
            raise refusal("join_word")
        _must_be_free(challenge, found.team, actor)
        found.used_at = now
        found.save(update_fields=["used_at"])
        _let_in(found.team, actor, now)
        _tell(found.team, JOINED, actor, now)
    return found.team


def leave_team(team_id: UUID, *, actor: Account, now: datetime) -> ChallengeTeam:
    """The last who leaves dissolves it. Raises RequestError: challenge.no_team, .no_teams_now."""
    with transaction.atomic():
        _held(_own_team(team_id, actor).challenge_id, now)
        _own_team(team_id, actor)
        team = TEAM_CYCLE.locked(team_id)
        team.members.filter(account=actor, left_at=None).update(left_at=now)
        _tell(team, LEFT, actor, now)
        if not team.members.filter(left_at=None).exists():
            TEAM_CYCLE.move(team, TeamState.DISSOLVED, by=TeamMover.LAST, actor=actor, reason="", now=now)
    return team


def sha256_of(word: str) -> str:
    return hashlib.sha256(word.encode()).hexdigest()


def _held(challenge_id: UUID, now: datetime) -> Challenge:
    challenge = locked_challenge(challenge_id)
    if challenge.announced_at is None:
        raise refusal("not_there")
    if ChallengeState(challenge.state) not in TAKES_TEAMS or members_fixed(list(challenge.phases.all()), now):
        raise refusal("no_teams_now")
    return challenge


def _own_team(team_id: UUID, actor: Account) -> ChallengeTeam:
    found = ChallengeTeam.objects.filter(pk=team_id, members__account=actor, members__left_at=None).first()
    if found is None:
        raise refusal("no_team")
    return found


def _must_be_free(challenge: Challenge, team: ChallengeTeam | None, actor: Account) -> None:
    if closeness(challenge, actor):
        raise refusal("too_close")
    members = ChallengeMember.objects.filter(challenge=challenge, left_at=None)
    if members.filter(account=actor).exists():
        raise refusal("in_a_team")
    others = members.filter(organisation__in=one_budget(organisation_of(actor).key))
    if others.exclude(team=team).exists():
        raise refusal("organisation")


def _let_in(team: ChallengeTeam, actor: Account, now: datetime) -> None:
    ChallengeMember.objects.create(
        team=team, challenge=team.challenge, account=actor, organisation=organisation_of(actor).key, joined_at=now
    )


def _tell(team: ChallengeTeam, action: str, actor: Account, now: datetime) -> None:
    details = {"challenge": team.challenge.number, "team_name": team.name}
    audit.tell(actor, action, f"challenge-team:{team.pk}", "", now, details)
