"""Taking a run, keeping it while it is worked on, and noticing that it was lost."""

from __future__ import annotations

import logging
import threading
from collections.abc import Callable
from dataclasses import dataclass
from datetime import datetime, timedelta
from types import TracebackType
from typing import Any
from uuid import UUID

from django.db import DatabaseError, connection, transaction

from pandok.fields.lab.acts.runs.moving import Overtaken, move, went_silent
from pandok.fields.lab.models import CaseOutput, Run
from pandok.fields.lab.models.runs import IN_HANDS
from pandok.fields.lab.states.run_states import RunState

_log = logging.getLogger("pandok.fields.lab")
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


class Beating:
    """`with Beating(held, clock):` renews the lease until the block ends; `lost` says that it could not."""

    def __init__(self, held: Held, clock: Callable[[], datetime]):
        self.lost = threading.Event()
        self._held, self._clock = held, clock
        self._over = threading.Event()
        self._thread = threading.Thread(target=self._beat, name=f"lease of run {held.run.pk}", daemon=True)

    def __enter__(self) -> Beating:
        self._thread.start()
        return self

    def __exit__(
        self, kind: type[BaseException] | None, error: BaseException | None, traceback: TracebackType | None
    ) -> None:
        self._over.set()

    def check(self) -> None:
        """Raises Overtaken where the lease was lost."""
        if self.lost.is_set():
            raise Overtaken

    def _beat(self) -> None:
        try:
            while not self._over.wait(self._held.lease_s / BEATS_A_LEASE):
                if not self._still_ours():
                    self.lost.set()
                    return
        finally:
            connection.close()

    def _still_ours(self) -> bool:
        try:
            return self._held.beat(self._clock())
        except DatabaseError as error:  # busy or away for a moment; the next beat may succeed
            _log.warning("the lease of run %s could not be renewed: %s", self._held.run.pk, error)
            connection.close()
            return True
