"""The board of a challenge, of the lab's own records: ranks where its Ladder was moved within a phase, and after
publishing its verdicts. Nothing is scored here.

An organisation's people are all in one team, so what the lab counts by organisation counts for that team.
"""

from __future__ import annotations

from collections import defaultdict
from collections.abc import Iterable, Mapping
from dataclasses import dataclass
from datetime import datetime
from uuid import UUID

from pandok.core.lab.comparison import Comparison
from pandok.core.lab.problem import Part
from pandok.fields.lab.models import LadderBoard, Run
from pandok.fields.lab.states.run_states import RunState
from pandok.fields.programme.challenge_rules import begun, holds
from pandok.fields.programme.challenge_states import ChallengeState, TeamState
from pandok.fields.programme.models import Challenge, ChallengeMember, ChallengePhase, ChallengeTeam


@dataclass(frozen=True)
class BoardLine:
    """`place` and `shown` None: no released submission of this phase has moved the Ladder. `shown`: larger is better.
    `verdict`: the lab's, with the comparison that it stands on; None before it is published, or where there is none."""

    team: str
    place: int | None
    shown: float | None
    verdict: str | None
    comparison: Comparison | None


@dataclass(frozen=True)
class Board:
    phase: ChallengePhase
    lines: list[BoardLine]


def boards_of(challenge: Challenge, now: datetime) -> list[Board]:
    """Of every phase that has begun. Empty before the challenge opens; withdrawn it has none."""
    if challenge.state not in (ChallengeState.OPEN, ChallengeState.CLOSED, ChallengeState.PUBLISHED):
        return []
    teams = list(challenge.teams.filter(state=TeamState.STANDING.value))
    team_of = dict(
        ChallengeMember.objects.filter(challenge=challenge, left_at=None).values_list("organisation", "team_id")
    )
    steps, verdicts = _steps(challenge, team_of), _verdicts(challenge, team_of)
    return [
        Board(phase, _lines(teams, _best(phase, team_of, steps), _last(phase, team_of, verdicts)))
        for phase in begun(list(challenge.phases.all()), now)
    ]


def _released(challenge: Challenge, organisations: Iterable[str]) -> dict[str, object]:
    return {
        "registration__pack": challenge.pack_id,
        "submitter__in": list(organisations),
        "state": RunState.RELEASED.value,
    }


def _steps(challenge: Challenge, organisations: Iterable[str]) -> list[LadderBoard]:
    """None where the registered protocol has no table that others see. The Ladder tells of an organisation the best
    so far: a step counts where it moved."""
    if not challenge.pack.problem.leaderboard:
        return []
    runs = Run.objects.filter(**_released(challenge, organisations))
    moved = LadderBoard.objects.filter(run__in=runs, improved=True)
    return list(moved.select_related("run__submission").order_by("number"))


def _verdicts(challenge: Challenge, organisations: Iterable[str]) -> list[Run]:
    if challenge.state != ChallengeState.PUBLISHED.value:
        return []
    runs = Run.objects.filter(**_released(challenge, organisations), part=Part.CONFIRM.value, comparison__isnull=False)
    return list(runs.select_related("submission", "comparison").order_by("state_since"))


def _best(phase: ChallengePhase, team_of: Mapping[str, UUID], steps: list[LadderBoard]) -> dict[UUID, float]:
    found: dict[UUID, list[float]] = defaultdict(list)
    for one in steps:
        if holds(phase, one.run.submission.received_at):
            found[team_of[one.submitter]].append(one.shown)
    return {team: max(shown) for team, shown in found.items()}


def _last(phase: ChallengePhase, team_of: Mapping[str, UUID], runs: list[Run]) -> dict[UUID, Run]:
    return {team_of[one.submitter]: one for one in runs if holds(phase, one.submission.received_at)}


def _lines(teams: list[ChallengeTeam], best: dict[UUID, float], last: dict[UUID, Run]) -> list[BoardLine]:
    def line(team: ChallengeTeam) -> BoardLine:
        shown, run = best.get(team.pk), last.get(team.pk)
        return BoardLine(
            team=team.name,
            place=None if shown is None else 1 + sum(other > shown for other in best.values()),
            shown=shown,
            verdict=run.comparison.verdict if run else None,
            comparison=run.comparison.comparison if run else None,
        )

    return sorted(map(line, teams), key=lambda one: (one.place is None, one.place or 0, one.team))
