"""The lab's first page: what waits for the person, and how far each problem is."""

from __future__ import annotations

from collections.abc import Sequence
from dataclasses import dataclass
from datetime import datetime

from django.urls import reverse

from pandok.common.models import Account
from pandok.core.lab.problem import Metric, Problem
from pandok.core.text import Text
from pandok.fields.lab.acts.budget.organisations import organisation_of
from pandok.fields.lab.acts.packs.phases import ORDER, Phases, phases_of
from pandok.fields.lab.lists.leaderboard import Line, leaderboard
from pandok.fields.lab.lists.own_turn import Step, own_turn
from pandok.fields.lab.models import LockedRegistration, ProblemPack
from pandok.proof.sentences import METRICS, number

TURNS_SHOWN = 12
_PLACES = {
    Step.LOCK: ("problem", "pack_id"),
    Step.VOTE_RESULT: ("result_release", "run_id"),
    Step.PROVE: ("result", "run_id"),
    Step.PROVE_TRIAL: ("trial_verdict", "trial_id"),
    Step.VOTE_EXPORT: ("export", "request_id"),
    Step.RELEASE_EXPORT: ("export", "request_id"),
    Step.MEND_EXPORT: ("export", "request_id"),
    Step.DECIDE_ACCEPTANCE: ("proof", "proof_id"),
    Step.REGISTER_TRIAL: ("trial", "trial_id"),
    Step.START_TRIAL: ("trial", "trial_id"),
    Step.UNBLIND_TRIAL: ("trial", "trial_id"),
    Step.JUDGE_TRIAL: ("trial", "trial_id"),
    Step.HAND_OVER_TRIAL: ("trial", "trial_id"),
    Step.ANSWER_TRIAL: ("trial", "trial_id"),
    Step.CONFIRM_DELETION: ("vault_deletion", "deletion_id"),
    Step.EXPIRING: ("deposit", "deposit_id"),
    Step.FAILED_RUN: ("lab_run", "run_id"),
    Step.MEND_SUBMISSION: ("submission", "submission_id"),
    Step.ASK_CONFIRM: ("submission", "submission_id"),
}
DONE, NOW, LATER = "done", "now", "later"
_MARKS = {
    DONE: Text(ko="마침", en="done"),
    NOW: Text(ko="지금", en="now"),
    LATER: Text(ko="다음", en="to come"),
}


@dataclass(frozen=True)
class Turn:
    words: Text
    about: Text
    address: str
    since: datetime


@dataclass(frozen=True)
class ShownPhase:
    words: Text
    mark: str
    said: Text


@dataclass(frozen=True)
class ProblemRow:
    pack: ProblemPack
    title: Text
    phases: list[ShownPhase]
    ended: bool
    leaders: list[ShownLeader]


@dataclass(frozen=True)
class ShownLeader:
    place: int
    organisation: str
    score: Text
    at: datetime
    own: bool


def turns(account: Account, now: datetime) -> tuple[list[Turn], int]:
    """The first few, and how many there are."""
    found = own_turn(account, now)
    shown = []
    for one in found[:TURNS_SHOWN]:
        name, argument = _PLACES[one.step]
        shown.append(Turn(one.step.words, one.about, reverse(name, kwargs={argument: one.id}), one.since))
    return shown, len(found)


def problem_rows(packs: Sequence[ProblemPack], account: Account, now: datetime) -> list[ProblemRow]:
    rows = []
    for one in phases_of(packs, account, now):
        registration = one.pack.locked
        leaders = leaders_of(registration, account) if registration else []
        rows.append(ProblemRow(one.pack, one.pack.problem.title, shown_phases(one), one.ended, leaders))
    return rows


def shown_phases(phases: Phases) -> list[ShownPhase]:
    marks = [DONE if phases.done(phase) else NOW if phase is phases.now else LATER for phase in ORDER]
    return [ShownPhase(phase.words, mark, _MARKS[mark]) for phase, mark in zip(ORDER, marks, strict=True)]


def leaders_of(registration: LockedRegistration, account: Account) -> list[ShownLeader]:
    own, problem = organisation_of(account).key, registration.registration.problem
    return [
        ShownLeader(one.place, one.organisation, _score(problem, one), one.at, one.submitter == own)
        for one in leaderboard(registration)
    ]


def _score(problem: Problem, line: Line) -> Text:
    metric = problem.endpoints[0].metric
    value = -line.shown if metric is Metric.MEAN_ABSOLUTE_ERROR else line.shown
    said = number(metric, value, unit=problem.output.unit)
    return Text(ko=f"{METRICS[metric].ko} {said.ko}", en=f"{METRICS[metric].en} {said.en}")
