"""While a handler runs, its lease is renewed from a thread of its own."""

from __future__ import annotations

import logging
import threading
from collections.abc import Callable
from datetime import datetime
from types import TracebackType

from django.db import DatabaseError, InterfaceError, connection

from pandok.common.jobs import queue
from pandok.common.models import Job

_log = logging.getLogger("pandok.worker")
BEATS_A_LEASE = 3


class Beating:
    """`with Beating(job, clock, lease_s):` renews the lease three times in its length until the block ends."""

    def __init__(self, job: Job, clock: Callable[[], datetime], lease_s: float):
        self._job, self._clock, self._lease_s = job, clock, lease_s
        self._over = threading.Event()
        self._thread = threading.Thread(target=self._beat, name=f"lease of job {job.pk}", daemon=True)

    def __enter__(self) -> None:
        self._thread.start()

    def __exit__(
        self, kind: type[BaseException] | None, error: BaseException | None, traceback: TracebackType | None
    ) -> None:
        self._over.set()

    def _beat(self) -> None:
        try:
            while not self._over.wait(self._lease_s / BEATS_A_LEASE):
                if not self._still_ours():
                    return
        finally:
            connection.close()

    def _still_ours(self) -> bool:
        try:
            return queue.heartbeat(self._job, now=self._clock(), lease_s=self._lease_s)
        except (DatabaseError, InterfaceError) as error:  # busy or away for a moment; the next beat may succeed
            _log.warning("the lease of job %s could not be renewed: %s", self._job.pk, str(error).strip())
            connection.close()
            return True
