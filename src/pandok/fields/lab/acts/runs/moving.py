"""The only code that changes the state of a run: one conditional UPDATE, an event and an audit entry, in one go.

A worker names the fencing number under which it holds the run; where another lease has been given since, nothing is
changed and Overtaken is raised. People and the clock raise the number themselves, so that the worker loses the run.
"""

from __future__ import annotations

from datetime import datetime
from typing import Any

from django.db import transaction

from pandok.common.audit import writing as audit
from pandok.common.jobs.queue import enqueue
from pandok.common.messages.deliveries import WORKER
from pandok.common.models import Account
from pandok.core.audit import AuditEvent
from pandok.core.lab.problem import Part
from pandok.fields.lab.models import LockedRegistration, Run, RunEvent, Submission
from pandok.fields.lab.models.runs import IN_HANDS
from pandok.fields.lab.states.run_states import RunState, may_move

JOB = "lab.run"
_LET_GO = {"leased_by": "", "lease_until": None}


def went_silent(worker: str) -> str:
    """The reason of a run that goes back to the queue because nothing was heard of its worker."""
    return f"{worker}: 말없이 멈춤 / ended without a word"


class Overtaken(Exception):
    """The run is no longer where it was thought to be: another lease, a cancellation."""


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
        _note(run, "", RunState.QUEUED, now, actor=actor, reason=reason)
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
    old = run.stands
    if not may_move(old, new):
        raise ValueError(f"no run goes from {old} to {new}")
    if fencing is None:
        fencing, changes["fencing"] = run.fencing, run.fencing + 1
    if new not in IN_HANDS:
        changes |= _LET_GO
    with transaction.atomic():
        mine = Run.objects.filter(pk=run.pk, state=old.value, fencing=fencing)
        if not mine.update(state=new.value, state_since=now, **changes):
            raise Overtaken
        moved = Run.objects.get(pk=run.pk)
        _note(moved, old.value, new, now, actor=actor, worker=worker, reason=reason)
    return moved


def _note(
    run: Run, old: str, new: RunState, now: datetime, *, actor: Account | None, worker: str = "", reason: str
) -> None:
    last = RunEvent.objects.filter(run=run).order_by("-sequence").values_list("sequence", flat=True).first() or 0
    RunEvent.objects.create(
        run=run,
        sequence=last + 1,
        at=now,
        from_state=old,
        to_state=new.value,
        fencing=run.fencing,
        actor=actor,
        worker=worker,
        reason=reason[:500],
    )
    audit.record(
        AuditEvent(
            actor=actor.get_username() if actor else WORKER,
            action=f"lab.run.{new.value}",
            object=f"run:{run.pk}",
            reason=reason[:500],
            at=now,
            details={
                "from": old,
                "submission": str(run.submission_id),
                "registration": run.registration.sha256,
                "part": run.part,
                "fencing": run.fencing,
                "worker": worker,
                "code": run.refusal_code,
            },
        )
    )
