"""The one way to change where a challenge or a team stands, and the hash of what a challenge says."""

from __future__ import annotations

from datetime import UTC
from uuid import UUID

from pandok.common.records.lifecycle import History, Lifecycle
from pandok.common.records.no_such_way import no_such_way
from pandok.core.audit import Detail
from pandok.core.canonical import digest
from pandok.fields.programme.challenge_refusals import refusal
from pandok.fields.programme.challenge_states import (
    CHALLENGES,
    TEAMS,
    ChallengeMover,
    ChallengeState,
    TeamMover,
    TeamState,
)
from pandok.fields.programme.models import Challenge, ChallengeEvent, ChallengeTeam

_no_way = no_such_way(code="challenge.no_such_way")


def _facts(challenge: Challenge, _row: ChallengeEvent | None) -> dict[str, Detail]:
    return {"number": challenge.number, "lab_problem": challenge.pack.problem_id}


def _team_facts(team: ChallengeTeam, _row: None) -> dict[str, Detail]:
    return {"challenge": team.challenge.number, "team_name": team.name}


CYCLE: Lifecycle[Challenge, ChallengeState, ChallengeMover] = Lifecycle(
    model=Challenge,
    table=CHALLENGES,
    name="open-challenge",
    action="open-challenge",
    no_way=_no_way,
    facts=_facts,
    history=History(ChallengeEvent, "challenge"),
)
TEAM_CYCLE: Lifecycle[ChallengeTeam, TeamState, TeamMover] = Lifecycle(
    model=ChallengeTeam,
    table=TEAMS,
    name="challenge-team",
    action="challenge-team",
    no_way=_no_way,
    facts=_team_facts,
)


def locked_challenge(challenge_id: UUID, *states: ChallengeState) -> Challenge:
    """Standing in one of `states`. Raises RequestError: challenge.not_there, challenge.no_such_way."""
    return CYCLE.locked_in(challenge_id, states=states, missing=lambda: refusal("not_there"))


def content_of(challenge: Challenge) -> str:
    """The sha256 of all that a challenge says, its problem by what the lab locked."""
    said = {name: getattr(challenge, name) for name in ("number", "title_ko", "title_en", "text_ko", "text_en")}
    locked = challenge.pack.locked
    phases = [
        {
            "name_ko": one.name_ko,
            "name_en": one.name_en,
            "begins_at": one.begins_at.astimezone(UTC).isoformat(),
            "ends_at": one.ends_at.astimezone(UTC).isoformat(),
        }
        for one in challenge.phases.all()
    ]
    return digest({**said, "registration": locked.sha256 if locked else "", "phases": phases})
