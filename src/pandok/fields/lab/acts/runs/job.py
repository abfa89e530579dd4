"""The job that carries a run, and the sweep that loses none: a run whose worker is silent goes back to the queue."""

from __future__ import annotations

from functools import cache
from uuid import UUID

from pydantic import BaseModel

from pandok.common.jobs.lanes import Lane
from pandok.common.jobs.registry import every, handles
from pandok.common.jobs.work import Work
from pandok.common.models import Job, JobState
from pandok.common.records.lifecycle import Overtaken
from pandok.core.lab.refusals import SubmissionRefusal
from pandok.core.retries import Retries
from pandok.fields.lab.acts.budget.lab_failures import charge_of_a_lab_failure
from pandok.fields.lab.acts.runs.carry_run import do_run
from pandok.fields.lab.acts.runs.open_run_tools import open_run_tools
from pandok.fields.lab.acts.runs.run_moves import JOB, ask_worker, move, went_silent
from pandok.fields.lab.acts.runs.run_tools import RunTools
from pandok.fields.lab.models import Run
from pandok.fields.lab.models.runs import IN_HANDS
from pandok.fields.lab.states.run_states import RunState

MOST_ATTEMPTS = 12
"""So often a worker may end over one run; then the lab gives the attempt back."""
SWEEP_S = 15


_CODES = {
    "sandbox.": "lab.sandbox",
    "unavailable.": "lab.sandbox",
    "vault.": "lab.data",
    "store.vault": "lab.data",
    "pack.": "lab.data",
    "store.blob": "lab.model",
    "lab.scoring": "lab.scoring",
}
"""How an error of the last try begins, and what it is called."""


class WaitingRun(BaseModel):
    run: UUID


def gave_up(payload: WaitingRun, work: Work, error: str) -> None:
    """No further try is left: the lab failed. The attempt is given back, past the seal once a company and registration:
    a model that ends its workers on cases of some kind would else ask about sealed data for nothing, run after run."""
    run = Run.objects.filter(pk=payload.run).first()
    if run is None or run.stands.ended or run.stands is RunState.AWAITING_RELEASE:
        return
    if run.stands is RunState.QUEUED:
        run = move(run, RunState.LEASED, now=work.now, reason="더 시도하지 않음 / given up")
    code = next((ours for start, ours in _CODES.items() if error.startswith(start)), "lab.worker")
    with charge_of_a_lab_failure(run) as charged:
        move(
            run,
            RunState.FAILED_LAB,
            now=work.now,
            reason=error,
            ended_at=work.now,
            refusal_code=code,
            refusals=[SubmissionRefusal(code).as_dict()],
            died_at=run.state,
            charged=charged,
        )


@handles(
    JOB,
    WaitingRun,
    retries=Retries(most_attempts=MOST_ATTEMPTS, first_s=5, longest_s=300),
    in_transaction=False,
    gave_up=gave_up,
    lane=Lane.LONG,
)
def carry_run(payload: WaitingRun, work: Work) -> None:
    do_run(run_id=payload.run, tools=_tools(work), clock=work.clock)


@every(SWEEP_S)
def sweep_runs(work: Work) -> None:
    """Runs with a silent worker are queued again, and every run that waits has a job that waits for it."""
    silent = Run.objects.filter(state__in=[state.value for state in IN_HANDS], lease_until__lte=work.now)
    for run in silent:
        try:
            move(run, RunState.QUEUED, now=work.now, reason=went_silent(run.leased_by))
        except Overtaken:
            continue
    for run in Run.objects.filter(state=RunState.QUEUED.value):
        job = Job.objects.filter(key=f"{JOB}:{run.pk}").first()
        if job is None:
            ask_worker(run, work.now)
        elif job.state in (JobState.DONE, JobState.FAILED):
            Job.objects.filter(pk=job.pk, state=job.state).update(
                state=JobState.QUEUED, run_after=work.now, attempts=0, finished_at=None
            )


@cache
def _opened() -> dict[str, RunTools]:
    return {}


def _tools(work: Work) -> RunTools:
    """One for each process; the sandbox tests itself when it is opened."""
    opened = _opened()
    if JOB not in opened:
        opened[JOB] = open_run_tools(work)
    return opened[JOB]
