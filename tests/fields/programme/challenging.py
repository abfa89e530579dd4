"""An open challenge on a locked problem of the lab, and teams in it."""

from __future__ import annotations

from dataclasses import replace
from datetime import UTC, datetime, timedelta
from typing import Any

from pandok.common.models import Account
from pandok.core.canonical import digest
from pandok.core.lab.comparison import ScoredRow
from pandok.core.lab.problem import Part
from pandok.fields.lab.acts.scoring.scoring import comparison_of_rows
from pandok.fields.lab.models import ComparisonRecord, LadderBoard, LockedRegistration, Run
from pandok.fields.lab.states.run_states import RunState
from pandok.fields.programme.acts.challenges.leading import (
    announce_challenge,
    close_challenge,
    open_challenge,
    publish_challenge,
    write_challenge,
)
from pandok.fields.programme.acts.challenges.teaming import register_team
from pandok.fields.programme.challenge_text import ChallengeSaid, PhaseWords, phases_written
from pandok.fields.programme.models import Challenge, ChallengePhase, ChallengeTeam
from tests.fields.lab.acts.runs.fakes import make_registration, make_run, make_submission
from tests.fields.programme.bidding import applicant
from tests.fields.programme.office import NOON, WHY, person
from tests.roles import Role

FIRST, LAST, END = (datetime(2026, 3, day, tzinfo=UTC) for day in (9, 16, 23))
PHASES = (PhaseWords("연습", "Practice", FIRST, LAST), PhaseWords("결선", "Final", LAST, END))
TICK = timedelta(microseconds=1)
SAID = ChallengeSaid(
    title_ko="소포 무게 읽기",
    title_en="Reading the weight of parcels",
    text_ko="소포의 무게를 가장 잘 읽는 모델을 찾습니다.",
    text_en="We look for the model that reads the weight of parcels best.",
    phases=phases_written(PHASES),
)


def locked_problem(**changes: Any) -> LockedRegistration:
    found = LockedRegistration.objects.first()
    return found or make_registration(**{"leaderboard": True} | changes)


def said(**other: str) -> ChallengeSaid:
    return replace(SAID, **{"problem": str(locked_problem().pack_id)} | other)


def drafted_challenge(**other: str) -> Challenge:
    return write_challenge(said(**other), actor=person(Role.PROGRAMME_OFFICE), now=NOON)


def led(act: Any, challenge: Challenge, now: datetime) -> Challenge:
    led_on: Challenge = act(challenge.pk, reason=WHY, actor=person(Role.PROGRAMME_OFFICE), now=now)
    return led_on


def announced_challenge(**other: str) -> Challenge:
    return led(announce_challenge, drafted_challenge(**other), NOON)


def opened_challenge(challenge: Challenge | None = None) -> Challenge:
    return led(open_challenge, challenge or announced_challenge(), FIRST)


def published_challenge(challenge: Challenge) -> Challenge:
    return led(publish_challenge, led(close_challenge, challenge, END), END)


def begins_in(challenge: Challenge, days: int) -> Challenge:
    """Its phases by the clock of the server, whatever day it is."""
    apart = datetime.now(UTC) + timedelta(days=days) - FIRST
    for one in challenge.phases.all():
        ChallengePhase.objects.filter(pk=one.pk).update(begins_at=one.begins_at + apart, ends_at=one.ends_at + apart)
    return challenge


def team_of(challenge: Challenge, of: str = "가온센서", name: str = "") -> ChallengeTeam:
    return register_team(challenge.pk, name=name or f"{of} 팀", actor=applicant(of), now=NOON)


def handed_in(account: Account, organisation: str, at: datetime, shown: float, *, improved: bool = True) -> Run:
    """A released run on the feedback part, as the lab would have scored it."""
    run = _run(account, organisation, at, Part.FEEDBACK)
    number = LadderBoard.objects.filter(submitter=organisation).count() + 1
    LadderBoard.objects.create(
        run=run, registration=run.registration, submitter=organisation, number=number, step=0.1, shown=shown,
        improved=improved, at=at,
    )  # fmt: skip
    return run


def confirmed(account: Account, organisation: str, at: datetime) -> Run:
    """A released run on the confirm part: the model orders 40 cases rightly, practice does not."""
    run = _run(account, organisation, at, Part.CONFIRM)
    rows = [
        ScoredRow(case_id=f"{n:03d}", truth=(str(n % 2),), model=float(n % 2) + n / 100, practice=float(n * 7 % 11))
        for n in range(40)
    ]
    comparison = comparison_of_rows(run, run.registration.registration.problem, rows)
    ComparisonRecord.objects.create(
        run=run, registration_sha256=run.registration.sha256, values=comparison.model_dump(mode="json"),
        sha256=digest(comparison), verdict=comparison.verdict, made_at=at,
    )  # fmt: skip
    return run


def _run(account: Account, organisation: str, at: datetime, part: Part) -> Run:
    registration = locked_problem()
    handed = make_submission(registration, by=account, submitter=organisation, submitter_name="기관", received_at=at)
    run = make_run(registration, handed, part)
    Run.objects.filter(pk=run.pk).update(state=RunState.RELEASED.value, ended_at=at, state_since=at, sandbox_level=2)
    run.refresh_from_db()
    return run
