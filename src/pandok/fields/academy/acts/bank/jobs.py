"""Filling the bank as work for the worker: a few pictures a job, each of which asks for the next."""

from __future__ import annotations

from datetime import datetime

from pydantic import BaseModel, Field

from pandok.common.jobs.lanes import Lane
from pandok.common.jobs.queue import enqueue
from pandok.common.jobs.registry import handles
from pandok.common.jobs.work import Work
from pandok.common.models import Account, Job, JobState
from pandok.core.retries import Retries

FILL_JOB = "academy.fill"
A_JOB = 20
MOST_PICTURES = 20_000


class FillAsked(BaseModel):
    """`part`: of what one call for work became, from 0."""

    pictures: int = Field(ge=1, le=MOST_PICTURES)
    seed: int = Field(ge=0, le=2**31 - 1)
    by: int | None = None
    part: int = 0


def ask_to_fill(*, pictures: int, seed: int, actor: Account | None, now: datetime) -> None:
    asked = FillAsked(pictures=pictures, seed=seed, by=actor.pk if actor else None)
    _enqueue(asked, now)


def filling_now() -> FillAsked | None:
    """What a worker fills, or will as soon as it is free."""
    waits = Job.objects.filter(kind=FILL_JOB, state__in=[JobState.QUEUED, JobState.RUNNING]).order_by("-pk").first()
    return FillAsked.model_validate(waits.payload) if waits else None


def _enqueue(asked: FillAsked, now: datetime) -> None:
    key = f"{FILL_JOB}:{asked.seed}:{asked.pictures}:{now.isoformat(timespec='seconds')}:{asked.part}"
    enqueue(FILL_JOB, asked.model_dump(), key=key, now=now)


@handles(FILL_JOB, FillAsked, retries=Retries(most_attempts=5), in_transaction=False, lane=Lane.LONG, can_wait=True)
def fill_some(payload: FillAsked, work: Work) -> None:
    from pandok.fields.academy.acts.bank.filling import fill  # with the generator

    by = Account.objects.filter(pk=payload.by).first() if payload.by else None
    found = fill(pictures=payload.pictures, seed=payload.seed, actor=by, blobs=work.blobs, clock=work.clock, most=A_JOB)
    if found.there < payload.pictures and found.added:
        _enqueue(payload.model_copy(update={"part": payload.part + 1}), work.now)
