"""The queue of jobs: ask for work, take it, keep it, finish it. Safe with several workers on both databases.

On PostgreSQL a row that another worker is just taking is passed by (SKIP LOCKED); on SQLite transactions begin
IMMEDIATE, so that only one worker takes at a time. Whoever lost the lease can neither finish nor fail the job.
"""

from __future__ import annotations

import random
from collections.abc import Collection, Iterable
from datetime import datetime, timedelta
from typing import Any

from django.db import transaction
from django.db.models import Q, QuerySet

from pandok.common.leases import LeaseLost
from pandok.common.models import Job, JobState
from pandok.core.retries import Retries

LONGEST_ERROR = 2000
FURTHEST_AHEAD = timedelta(days=1)
"""No work is put off and no lease is given for longer; what is further ahead was written under a clock that was."""


def enqueue(kind: str, payload: dict[str, Any], *, key: str, now: datetime, run_after: datetime | None = None) -> Job:
    """Ask for work, in the transaction of the change that needs it. The same key twice is one job, the first."""
    from pandok.common.jobs.registry import handler_of

    handler = handler_of(kind)
    handler.payload.model_validate(payload)
    job, _ = Job.objects.get_or_create(
        key=key,
        defaults={
            "kind": kind,
            "payload": payload,
            "run_after": run_after or now,
            "max_attempts": handler.retries.most_attempts,
            "created_at": now,
        },
    )
    return job


def claim(*, worker: str, now: datetime, lease_s: float, kinds: Collection[str]) -> Job | None:
    """Take the job that has waited longest: one that is due, or one whose lease has run out. None where none is."""
    due = _due(now, kinds)
    if not due.exists():  # a look without the write lock, so that waiting workers disturb nobody
        return None
    with transaction.atomic():
        job = due.select_for_update(skip_locked=True, no_key=True).order_by("run_after", "pk").first()
        if job is None:
            return None
        job.state = JobState.RUNNING
        job.attempts += 1
        job.leased_by = worker
        job.lease_until = now + timedelta(seconds=lease_s)
        job.save(update_fields=["state", "attempts", "leased_by", "lease_until"])
        return job


def waiting(kind: str, *, now: datetime, before: datetime | None = None) -> int:
    """How many jobs of `kind` are due and not begun, or those of them that were due before `before`."""
    due = Job.objects.filter(kind=kind, state=JobState.QUEUED, run_after__lte=now)
    return (due if before is None else due.filter(run_after__lt=before)).count()


def at_work(kind: str, *, now: datetime) -> bool:
    """Whether a worker is doing a job of `kind`."""
    return Job.objects.filter(kind=kind, state=JobState.RUNNING, lease_until__gt=now).exists()


def _due(now: datetime, kinds: Collection[str]) -> QuerySet[Job]:
    waiting = Q(state=JobState.QUEUED, run_after__lte=now)
    put_off = Q(state=JobState.QUEUED, run_after__gt=now + FURTHEST_AHEAD)
    left_behind = Q(state=JobState.RUNNING, lease_until__lte=now)
    return Job.objects.filter(waiting | put_off | left_behind, kind__in=list(kinds))


def shorten_leases(*, now: datetime, lease_s: float) -> int:
    """Leases that a clock that was ahead has given end after `lease_s`, unless their worker is alive and keeps them.
    Returns how many."""
    too_long = Job.objects.filter(state=JobState.RUNNING, lease_until__gt=now + FURTHEST_AHEAD)
    if not too_long.exists():
        return 0
    return too_long.update(lease_until=now + timedelta(seconds=lease_s))


def heartbeat(job: Job, *, now: datetime, lease_s: float) -> bool:
    """Keep the job for another `lease_s`; False where it is no longer this worker's."""
    return bool(_held(job).update(lease_until=now + timedelta(seconds=lease_s)))


def finish(job: Job, *, now: datetime) -> None:
    """The work is done. Raises LeaseLost, so that the effects of the same transaction are undone."""
    _leave(job, state=JobState.DONE, finished_at=now, last_error="")


def fail(job: Job, *, error: str, retries: Retries, now: datetime, rng: random.Random) -> bool:
    """The work went wrong: queue it for later; False where no further try is left and `give_up` is due."""
    again_at = retries.next_try(
        attempts=job.attempts, most_attempts=job.max_attempts, since=job.created_at, now=now, rng=rng
    )
    if again_at is None:
        return False
    _leave(job, state=JobState.QUEUED, run_after=again_at, last_error=_stored(error))
    return True


def give_up(job: Job, *, error: str, now: datetime) -> None:
    """The work is not tried again. Raises LeaseLost."""
    _leave(job, state=JobState.FAILED, finished_at=now, last_error=_stored(error))


def release(workers: Iterable[str], *, now: datetime) -> int:
    """Let go of what dead workers held, before their leases run out. Returns how many jobs."""
    return Job.objects.filter(state=JobState.RUNNING, leased_by__in=list(workers)).update(lease_until=now)


def holders() -> set[str]:
    """The workers that hold jobs."""
    return set(Job.objects.filter(state=JobState.RUNNING).values_list("leased_by", flat=True))


def _stored(error: str) -> str:
    """PostgreSQL keeps no NUL in a text."""
    return error.replace("\0", "")[:LONGEST_ERROR]


def _held(job: Job) -> QuerySet[Job]:
    return Job.objects.filter(pk=job.pk, state=JobState.RUNNING, leased_by=job.leased_by, attempts=job.attempts)


def _leave(job: Job, **changes: Any) -> None:
    if not _held(job).update(lease_until=None, **changes):
        raise LeaseLost
