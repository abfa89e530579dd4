"""The worker's part of shadow trials: index the candidate, commit its answers, look at the monitor."""

from __future__ import annotations

import os
from functools import cache
from uuid import UUID

from pydantic import BaseModel

from pandok.common.jobs.registry import every, handles
from pandok.common.jobs.work import Work
from pandok.core.retries import Retries
from pandok.fields.lab.acts.assisted.prepared_help import prepare_help
from pandok.fields.lab.acts.shadow.committing import commit_answer, commit_failure
from pandok.fields.lab.acts.shadow.deciding import LOOK_JOB
from pandok.fields.lab.acts.shadow.drafting import PREPARE_JOB, note_prepared
from pandok.fields.lab.acts.shadow.enrolling import COMMIT_JOB
from pandok.fields.lab.acts.shadow.monitor import look
from pandok.fields.lab.acts.trials.candidates import Candidate
from pandok.fields.lab.acts.trials.choosing import open_candidate
from pandok.fields.lab.models import ShadowTrial
from pandok.fields.lab.states.trial_states import TrialState
from pandok.settings import settings

COMMIT_RETRIES = Retries(most_attempts=3, first_s=5, longest_s=60)
"""Few and soon: an answer that comes after the decision is worth nothing."""


class OneCase(BaseModel):
    case: UUID


class OneTrial(BaseModel):
    trial: UUID


def _gave_up(payload: OneCase, work: Work, error: str) -> None:  # noqa: ARG001
    commit_failure(case_id=payload.case, clock=work.clock, random=os.urandom)


@handles(COMMIT_JOB, OneCase, retries=COMMIT_RETRIES, in_transaction=False, gave_up=_gave_up)
def commit(payload: OneCase, work: Work) -> None:
    commit_answer(case_id=payload.case, candidate=candidate_of, blobs=work.blobs, clock=work.clock, random=os.urandom)


@handles(PREPARE_JOB, OneTrial, retries=Retries(most_attempts=5), in_transaction=False)
def prepare(payload: OneTrial, work: Work) -> None:
    trial = ShadowTrial.objects.get(id=payload.trial)
    if trial.prepared_at is None and trial.state == TrialState.REGISTERED.value:
        candidate = candidate_of(trial)
        candidate.prepare()
        if trial.is_assisted:
            prepare_help(trial=trial, candidate=candidate, blobs=work.blobs, clock=work.clock, random=os.urandom)
        note_prepared(trial=trial, now=work.now)


@handles(LOOK_JOB, OneTrial)
def look_once(payload: OneTrial, work: Work) -> None:
    look(trial=ShadowTrial.objects.get(id=payload.trial), now=work.now)


@every(300)
def look_at_all(work: Work) -> None:
    for trial in ShadowTrial.objects.filter(state=TrialState.RUNNING.value, protocol__mode="blind"):
        look(trial=trial, now=work.now)


def candidate_of(trial: ShadowTrial) -> Candidate:
    return _reader(trial.any_plan.candidate)


@cache
def _reader(name: str) -> Candidate:
    return open_candidate(name, settings())
