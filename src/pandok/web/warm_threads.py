"""Which of the server's threads takes the next request: the one that worked last.

Every thread has a connection of its own to the database, which knows its tables only once it has been asked something,
and is opened anew after a minute without work. waitress wakes the thread that has waited longest: with many threads and
few readers nearly every request would come to a cold one.
"""

from __future__ import annotations

import threading
from typing import Any

from waitress.task import ThreadedTaskDispatcher


class LastFirst:
    """What waitress asks of a `threading.Condition`, but whoever began to wait last is woken first. The lock is that of
    the caller, who holds it at every call."""

    def __init__(self, lock: Any):
        self._lock = lock
        self._waiting: list[Any] = []

    def wait(self) -> None:
        """Lets go of the lock until woken, and holds it again."""
        own = threading.Lock()
        own.acquire()
        self._waiting.append(own)
        self._lock.release()
        try:
            own.acquire()
        finally:
            self._lock.acquire()

    def notify(self) -> None:
        if self._waiting:
            self._waiting.pop().release()

    def notify_all(self) -> None:
        while self._waiting:
            self.notify()


class WarmFirst(ThreadedTaskDispatcher):
    """waitress's threads, the one that worked last first. `threads`: how many."""

    def __init__(self, threads: int):
        super().__init__()
        self.queue_cv = LastFirst(self.lock)  # type: ignore[assignment]  # all that waitress asks of a Condition
        self.set_thread_count(threads)
