"""How a run changes: pandok.common.records.lifecycle under a fencing number, for a worker holds it for hours.

A worker names the number under which it holds the run; where another lease has been given since, nothing is changed and
Overtaken is raised. People and the clock raise the number themselves, so that the worker loses the run.
"""

from __future__ import annotations

from datetime import datetime
from typing import Any

from django.db import transaction

from pandok.common.jobs.queue import enqueue
from pandok.common.jobs.work import WORKER
from pandok.common.models import Account
from pandok.common.records.lifecycle import History, Lifecycle
from pandok.core.audit import Detail
from pandok.core.lab.problem import Part
from pandok.fields.lab.models import LockedRegistration, Run, RunEvent, Submission
from pandok.fields.lab.models.runs import IN_HANDS
from pandok.fields.lab.states.run_states import TABLE, RunState

JOB = "lab.run"
LONGEST_REASON = 500
"""A worker's reasons are errors of any length."""
_LET_GO = {"leased_by": "", "lease_until": None}


def went_silent(worker: str) -> str:
    """The reason of a run that goes back to the queue because nothing was heard of its worker."""
    return f"{worker}: 말없이 멈춤 / ended without a word"


def queue_run(
    *, submission: Submission, registration: LockedRegistration, part: Part, actor: Account, reason: str, now: datetime
) -> Run:
    """A new run at the end of the queue. The caller has checked the budget, in the same transaction."""
    with transaction.atomic():
        run = Run.objects.create(
            submission=submission,
            registration=registration,
            submitter=submission.submitter,
            part=part.value,
            state=RunState.QUEUED.value,
            state_since=now,
            queued_at=now,
        )
        RUNS.begin(run, actor=actor, reason=reason[:LONGEST_REASON], now=now, columns={"fencing": run.fencing})
        ask_worker(run, now)
    return run


def ask_worker(run: Run, now: datetime) -> None:
    """One job a run, for its whole life; asking again changes nothing."""
    enqueue(JOB, {"run": str(run.pk)}, key=f"{JOB}:{run.pk}", now=now)


def move(
    run: Run,
    new: RunState,
    *,
    now: datetime,
    fencing: int | None = None,
    actor: Account | None = None,
    worker: str = "",
    reason: str = "",
    **changes: Any,
) -> Run:
    """The run in its new state. `fencing` None: the move of a person or of the clock; it takes the run from its worker.

    Raises Overtaken where the run has changed since it was read, and ValueError for a move that is not in the table.
    """
    held = run.fencing if fencing is None else fencing
    if fencing is None:
        changes["fencing"] = held + 1
    if new not in IN_HANDS:
        changes |= _LET_GO
    return RUNS.move_fenced(
        run,
        new,
        fence={"fencing": held},
        by=None,
        actor=actor,
        reason=reason[:LONGEST_REASON],
        now=now,
        columns={"fencing": changes.get("fencing", held), "worker": worker},
        changes=changes,
    )


def _no_way(_run: Run, old: RunState, new: RunState) -> ValueError:
    return ValueError(f"no run goes from {old} to {new}")


def _facts(run: Run, event: RunEvent) -> dict[str, Detail]:
    return {
        "from": event.from_state,
        "submission": str(run.submission_id),
        "registration": run.registration.sha256,
        "part": run.part,
        "fencing": run.fencing,
        "worker": event.worker,
        "code": run.refusal_code,
    }


RUNS = Lifecycle(
    model=Run,
    table=TABLE,
    name="run",
    action="lab.run",
    no_way=_no_way,
    facts=_facts,
    history=History(RunEvent, "run"),
    nobody=WORKER,
)
