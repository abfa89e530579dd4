"""Taking a run, keeping it while it is worked on, and noticing that it was lost."""

from __future__ import annotations

from collections.abc import Callable
from dataclasses import dataclass
from datetime import datetime, timedelta
from typing import Any
from uuid import UUID

from django.db import transaction

from pandok.common.leases import Beating
from pandok.common.records.lifecycle import Overtaken
from pandok.fields.lab.acts.runs.run_moves import move, went_silent
from pandok.fields.lab.models import CaseOutput, Run
from pandok.fields.lab.models.runs import IN_HANDS
from pandok.fields.lab.states.run_states import RunState

BEATS_A_LEASE = 6
_HELD_STATES = [state.value for state in IN_HANDS]


def take(run_id: UUID, *, worker: str, now: datetime, lease_s: float) -> Held | None:
    """Take the run whose job this worker holds; None where it has ended or waits for people.

    A run that is still in the hands of a worker was left by it (the job would not have been given to us): it goes back
    to the queue first, so that its history says so.
    """
    with transaction.atomic():
        run = Run.objects.select_for_update(no_key=True).filter(pk=run_id).first()
        if run is None:
            return None
        if run.stands in IN_HANDS:
            run = move(run, RunState.QUEUED, now=now, reason=went_silent(run.leased_by))
        if run.stands is not RunState.QUEUED:
            return None
        run = move(
            run,
            RunState.LEASED,
            now=now,
            worker=worker,
            attempts=run.attempts + 1,
            leased_by=worker,
            lease_until=now + timedelta(seconds=lease_s),
            heartbeat_at=now,
            started_at=run.started_at or now,
        )
    return Held(run, run.fencing, worker, lease_s)


@dataclass
class Held:
    """A run under this worker's lease. Every change names the fencing number."""

    run: Run
    fencing: int
    worker: str
    lease_s: float

    def move(self, new: RunState, *, now: datetime, reason: str = "", **changes: Any) -> None:
        """Raises Overtaken."""
        self.run = move(self.run, new, now=now, fencing=self.fencing, worker=self.worker, reason=reason, **changes)

    def store(self, outputs: list[CaseOutput], *, now: datetime) -> None:
        """Keep a batch of outputs with the progress. Raises Overtaken; nothing of the batch is kept then."""
        with transaction.atomic():
            if not self._rows(now, done=self.run.done + len(outputs)):
                raise Overtaken
            CaseOutput.objects.bulk_create(outputs)
        self.run.done += len(outputs)

    def beat(self, now: datetime) -> bool:
        """Keep the run for another lease; False where it is no longer this worker's."""
        return bool(self._rows(now))

    def _rows(self, now: datetime, **changes: Any) -> int:
        mine = Run.objects.filter(pk=self.run.pk, fencing=self.fencing, state__in=_HELD_STATES)
        return mine.update(heartbeat_at=now, lease_until=now + timedelta(seconds=self.lease_s), **changes)

    def beating(self, clock: Callable[[], datetime]) -> Beating:
        """Keeps the run until the block ends; its `check` raises Overtaken where the run was lost."""
        return Beating(
            lambda: self.beat(clock()),
            every_s=self.lease_s / BEATS_A_LEASE,
            what=f"run {self.run.pk}",
            lost=Overtaken,
        )
