"""A challenge in words: where it stands by state and clock, its phases, its board, what happened to it."""

from __future__ import annotations

from dataclasses import dataclass
from datetime import datetime

from pandok.core.lab.problem import Metric
from pandok.core.text import Text
from pandok.fields.lab.acts.scoring.result_tables import comparison_table, results_table
from pandok.fields.lab.acts.submissions.receiving import MOST_UPLOADS_A_DAY
from pandok.fields.programme.challenge_rules import members_fixed, phase_at
from pandok.fields.programme.challenge_states import TAKES_TEAMS, ChallengeState
from pandok.fields.programme.lists.challenge_board import Board, BoardLine, boards_of
from pandok.fields.programme.lists.challenges import withdrawn_because
from pandok.fields.programme.lists.community import corrections_of, questions_of
from pandok.fields.programme.models import Challenge, ChallengeEvent, ChallengePhase
from pandok.fields.programme.post_states import PostState
from pandok.proof.sentences import METRICS, number
from pandok.proof.verdict import Verdict

_BADGES = {ChallengeState.OPEN: "badge-good", ChallengeState.ANNOUNCED: "badge-unsure"}
_ALTERED = Text(ko="초안 수정", en="Altered")
_STARTS = Text(ko="첫 단계 시작", en="Its first phase begins")
_NEXT = Text(ko="다음 단계 시작", en="The next phase begins")
_ENDS = Text(ko="이 단계의 끝", en="This phase ends")


@dataclass(frozen=True)
class ShownLine:
    """`interval`, `model`, `practice`: of the lab's comparison, once it is published."""

    team: str
    place: str
    shown: Text | None
    verdict: Text | None
    metric: Text | None = None
    difference: Text | None = None
    interval: Text | None = None
    practice: Text | None = None


@dataclass(frozen=True)
class ShownBoard:
    name: Text
    lines: list[ShownLine]


def challenge_row(challenge: Challenge) -> dict[str, object]:
    state, phases = ChallengeState(challenge.state), list(challenge.phases.all())
    return {
        "challenge": challenge,
        "title": Text(ko=challenge.title_ko, en=challenge.title_en),
        "state": state.words,
        "badge": _BADGES.get(state, "badge-plain"),
        "begins_at": phases[0].begins_at if phases else None,
        "ends_at": phases[-1].ends_at if phases else None,
    }


def challenge_shown(challenge: Challenge, now: datetime) -> dict[str, object]:
    """The same for everybody, who is signed in or not."""
    problem, phases = challenge.pack.problem, list(challenge.phases.all())
    said, at = clock(phases, now) if ChallengeState(challenge.state) in TAKES_TEAMS else (None, None)
    return challenge_row(challenge) | {
        "text": Text(ko=challenge.text_ko, en=challenge.text_en),
        "problem_title": problem.title,
        "question": problem.question,
        "practice": problem.practice.what,
        "practice_how": problem.practice.how,
        "metric": METRICS[problem.endpoints[0].metric],
        "submissions": problem.budget.submissions,
        "uploads_a_day": MOST_UPLOADS_A_DAY,
        "has_table": problem.leaderboard,
        "phases": [(Text(ko=one.name_ko, en=one.name_en), one) for one in phases],
        "clock_said": said,
        "clock_at": at,
        "fixed_at": phases[-1].begins_at if phases else None,
        "fixed": members_fixed(phases, now),
        "boards": [_board(challenge, one) for one in boards_of(challenge, now)],
        "published": challenge.state == ChallengeState.PUBLISHED.value,
        "withdrawn_because": withdrawn_because(challenge),
        "corrections": [(Text(ko=one.text, en=one.text_en), one) for one in corrections_of(challenge)],
        "questions": questions_of(challenge).filter(state=PostState.SHOWN.value).count(),
    }


def clock(phases: list[ChallengePhase], now: datetime) -> tuple[Text | None, datetime | None]:
    """The next moment at which something changes by the clock alone; nothing after the last."""
    running = phase_at(phases, now)
    if running is not None:
        return _ENDS, running.ends_at
    later = next((one for one in phases if one.begins_at > now), None)
    if later is None:
        return None, None
    return (_STARTS if later.order == 1 else _NEXT), later.begins_at


def challenge_events(challenge: Challenge) -> list[tuple[ChallengeEvent, Text]]:
    """The newest first."""
    events = challenge.events.select_related("actor").order_by("-sequence")
    return [(one, _ALTERED if one.what else ChallengeState(one.to_state).words) for one in events]


def _board(challenge: Challenge, board: Board) -> ShownBoard:
    phase = board.phase
    return ShownBoard(Text(ko=phase.name_ko, en=phase.name_en), [_line(challenge, one) for one in board.lines])


def _line(challenge: Challenge, line: BoardLine) -> ShownLine:
    problem = challenge.pack.problem
    metric, shown = problem.endpoints[0].metric, None
    if line.shown is not None:
        value = -line.shown if metric is Metric.MEAN_ABSOLUTE_ERROR else line.shown
        shown = number(metric, value, unit=problem.output.unit)
    place = "–" if line.place is None else str(line.place)
    if line.comparison is None or line.verdict is None:
        return ShownLine(line.team, place, shown, None)
    compared = comparison_table(problem, line.comparison).rows[0]
    return ShownLine(
        line.team,
        place,
        shown,
        Verdict(line.verdict).words,
        metric=compared[0],
        difference=compared[1],
        interval=compared[2],
        practice=results_table(problem, line.comparison).rows[0][3],
    )
