"""One worker: takes one job after another until it is told to stop. Errors of handlers end here, in one place."""

from __future__ import annotations

import logging
import threading
import time
from collections.abc import Collection
from pathlib import Path

from django.db import DatabaseError, InterfaceError, close_old_connections, connection, transaction
from pydantic import BaseModel, ValidationError

from pandok.common.audit import writing as audit
from pandok.common.jobs import queue, registry, ticks
from pandok.common.jobs.registry import Handler
from pandok.common.jobs.work import WORKER, Work
from pandok.common.leases import Beating, LeaseLost
from pandok.common.models import Job
from pandok.common.store_faults import database_went_away
from pandok.core.audit import Detail
from pandok.core.errors import PandokError
from pandok.engines.bulk import live_workers as alive

_log = logging.getLogger("pandok.worker")
BEATS_A_LEASE = 3
POLL_S = 0.5
RECOVER_S = 5.0
LEASES_EVERY_S = 60.0


class Worker:
    """`name` is unique among all workers; `alive_folder` holds the signs of life of the workers of this machine."""

    def __init__(self, name: str, work: Work, *, lease_s: float, alive_folder: Path, kinds: Collection[str] = ()):
        self.name = name
        self._work, self._lease_s, self._alive_folder = work, lease_s, alive_folder
        self._kinds = frozenset(kinds) & registry.kinds() if kinds else registry.kinds()
        self._can_wait = registry.that_can_wait()
        self._asked: dict[str, int] = {}
        self._in_hand: Job | None = None
        """Neither finished nor failed: where the database was lost meanwhile, its lease is still to be given back."""
        self._leases_looked_at: float | None = None

    def run(self, stop: threading.Event) -> None:
        """Work until `stop` is set; the job in hand is finished first."""
        while not stop.is_set():
            try:
                close_old_connections()
                worked = self.work_once()
            except (DatabaseError, InterfaceError) as error:
                _log.warning("the database does not answer: %s", str(error).strip())
                connection.close()
                stop.wait(RECOVER_S)
                continue
            if not worked:
                stop.wait(POLL_S)

    def run_until_empty(self) -> int:
        """Do what is due now; returns how many jobs were taken."""
        taken = 0
        while self.work_once():
            taken += 1
        return taken

    def work_once(self) -> bool:
        """Take one job, where one is due; False where none is. Raises DatabaseError or InterfaceError where the
        database was lost; the job in hand is free again as soon as it answers.
        """
        self._give_back()
        self._bury_the_dead()
        self._look_at_leases()
        if ticks.KIND in self._kinds:
            ticks.ask_for_ticks(self._work.now, self._asked)
        job = self._claim(self._kinds - self._can_wait) or self._claim(self._kinds & self._can_wait)
        if job is not None:
            self._in_hand = job
            self._do(job)
            self._in_hand = None
        return job is not None

    def holds_nothing(self) -> bool:
        """At its end: False where a job could not be given back, because the database does not answer."""
        try:
            self._give_back()
        except (DatabaseError, InterfaceError) as error:
            _log.warning("job %s could not be given back: %s", self._in_hand, str(error).strip())
        return self._in_hand is None

    def _give_back(self) -> None:
        if self._in_hand is not None:
            queue.release([self.name], now=self._work.now)
            self._in_hand = None

    def _claim(self, kinds: Collection[str]) -> Job | None:
        if not kinds:
            return None
        return queue.claim(worker=self.name, now=self._work.now, lease_s=self._lease_s, kinds=kinds)

    def _look_at_leases(self) -> None:
        at = time.monotonic()
        if self._leases_looked_at is None or at - self._leases_looked_at >= LEASES_EVERY_S:
            self._leases_looked_at = at
            queue.shorten_leases(now=self._work.now, lease_s=self._lease_s)

    def _bury_the_dead(self) -> None:
        """What a killed worker of this machine held is free at once, not only when its lease runs out."""
        dead = [name for name in alive.left_behind(self._alive_folder) if name != self.name]
        if dead:
            released = queue.release(dead, now=self._work.now)
            alive.clear(self._alive_folder, dead)
            _log.warning("%d worker(s) ended without a word; %d job(s) taken over", len(dead), released)

    def _do(self, job: Job) -> None:
        handler = registry.handler_of(job.kind)
        try:
            payload = handler.payload.model_validate(job.payload)
        except ValidationError as error:
            self._give_up(job, handler, None, f"payload: {error.errors()[0]['msg']}")
            return
        if job.attempts > job.max_attempts:
            self._give_up(job, handler, payload, job.last_error or "the worker ended every time")
            return
        try:
            with Beating(
                lambda: queue.heartbeat(job, now=self._work.clock(), lease_s=self._lease_s),
                every_s=self._lease_s / BEATS_A_LEASE,
                what=f"job {job.pk}",
            ):
                self._run(job, handler, payload)
        except LeaseLost:
            _log.warning("job %s has gone to another worker", job)
        except PandokError as error:
            self._fail(job, handler, payload, f"{error.error_code}: {error.message('en')}")
        except (DatabaseError, InterfaceError) as error:
            if database_went_away(error):
                raise  # nothing can be written of the job, and it is not the job's failure
            self._slipped(job, handler, payload, error)
        except Exception as error:  # the one edge of the worker: a slip in one handler must not stop the others
            self._slipped(job, handler, payload, error)

    def _slipped(self, job: Job, handler: Handler, payload: BaseModel, error: Exception) -> None:
        _log.exception("job %s", job)
        self._fail(job, handler, payload, f"{type(error).__name__}: {error}")

    def _run(self, job: Job, handler: Handler, payload: BaseModel) -> None:
        if not handler.in_transaction:
            handler.run(payload, self._work)
            queue.finish(job, now=self._work.now)
            return
        with transaction.atomic():
            handler.run(payload, self._work)
            queue.finish(job, now=self._work.now)

    def _fail(self, job: Job, handler: Handler, payload: BaseModel, error: str) -> None:
        try:
            again = queue.fail(job, error=error, retries=handler.retries, now=self._work.now, rng=self._work.rng)
        except LeaseLost:
            _log.warning("job %s has gone to another worker", job)
            return
        if not again:
            self._give_up(job, handler, payload, error)

    def _give_up(self, job: Job, handler: Handler, payload: BaseModel | None, error: str) -> None:
        now = self._work.now
        details: dict[str, Detail] = {"kind": job.kind, "key": job.key, "attempts": job.attempts}
        try:
            with transaction.atomic():
                queue.give_up(job, error=error, now=now)
                audit.tell(WORKER, "job.failed", f"job:{job.pk}", error[:500], now, details)
                if handler.gave_up is not None and payload is not None:
                    handler.gave_up(payload, self._work, error)
        except LeaseLost:
            _log.warning("job %s has gone to another worker", job)
