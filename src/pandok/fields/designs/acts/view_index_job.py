"""One view enters the search index, or leaves it, as soon as a worker for reading is free.

A search asks the register which views stand, so that one that was taken back is met no more before it has left. Where
the index was not made with today's reader, nothing is done: `pandok designs index` takes in what stands then.
"""

from __future__ import annotations

from datetime import datetime

from pydantic import BaseModel

from pandok.common.jobs.lanes import Lane
from pandok.common.jobs.queue import enqueue
from pandok.common.jobs.registry import handles
from pandok.common.jobs.work import Work
from pandok.core.retries import Retries
from pandok.fields.designs.acts import capture_reading_job

VIEW_JOB = "view.index"


class ChangedView(BaseModel):
    view_key: int


def ask_to_index(view_key: int, *, stands: bool, now: datetime) -> None:
    """In the transaction of the change. `stands`: it is to be found; else it was taken back."""
    key = f"{VIEW_JOB}:{view_key}:{'in' if stands else 'out'}"
    enqueue(VIEW_JOB, {"view_key": view_key}, key=key, now=now)


@handles(VIEW_JOB, ChangedView, retries=Retries(most_attempts=8), in_transaction=False, lane=Lane.READING)
def index_view(payload: ChangedView, work: Work) -> None:
    del work
    capture_reading_job.worker_desk().index_view(payload.view_key)
