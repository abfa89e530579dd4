"""Returning work as jobs: one job for each span of time, so that several workers do it once.

While one span's job is unfinished, no further one is asked for. Finished ones are cleared away.
"""

from __future__ import annotations

import logging
from collections.abc import Callable
from datetime import datetime

from django.db import transaction
from pydantic import BaseModel

from pandok.common.jobs.queue import enqueue
from pandok.common.jobs.registry import Periodic, handles, periodic
from pandok.common.jobs.work import Work
from pandok.common.models import Job, JobState
from pandok.core.retries import Retries
from pandok.core.text import Text
from pandok.engines.files.clock_note import Boot

_log = logging.getLogger("pandok.jobs")
KIND = "tick"
DOUBTS: list[Callable[[datetime, Boot | None], Text | None]] = []
"""Asked before returning work: why the clock is not believed, None where it is (pandok.common.trust.clock)."""


class TickOf(BaseModel):
    name: str


def ask_for_ticks(now: datetime, asked: dict[str, int]) -> None:
    """Ask for the returning work that is due. `asked` remembers spans between calls and saves looking them up."""
    for one in periodic().values():
        span = int(now.timestamp()) // one.seconds
        if asked.get(one.name) != span:
            _ask(one, span, now)
            asked[one.name] = span


def _ask(one: Periodic, span: int, now: datetime) -> None:
    of_this_name = Job.objects.filter(kind=KIND, key__startswith=f"tick:{one.name}:")
    if of_this_name.filter(state__in=[JobState.QUEUED, JobState.RUNNING]).exists():
        return
    with transaction.atomic():
        job = enqueue(KIND, {"name": one.name}, key=f"tick:{one.name}:{span}", now=now)
        of_this_name.filter(state=JobState.DONE).exclude(pk=job.pk).delete()


@handles(KIND, TickOf, retries=Retries(most_attempts=3), in_transaction=False)
def run_tick(payload: TickOf, work: Work) -> None:
    one = periodic().get(payload.name)
    if one is None:  # a newer version may have dropped it
        return
    said = [doubt(work.now, work.boot()) for doubt in DOUBTS] if work.boot is not None else []
    for doubt in filter(None, said):
        if one.by_clock:
            _log.error("%s waits: %s", one.name, doubt.en)
            return
    one.run(work)
