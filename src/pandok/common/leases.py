"""A lease that is kept alive from a thread of its own while the work under it goes on."""

from __future__ import annotations

import logging
import threading
from collections.abc import Callable
from types import TracebackType

from django.db import DatabaseError, InterfaceError, connection

_log = logging.getLogger("pandok.leases")


class LeaseLost(Exception):
    """Somebody else has taken the work up since: nothing more may be written under this lease."""


class Beating:
    """`with Beating(renew, every_s=…, what="job 3") as lease:` calls `renew` until the block ends, or until it says
    False. `lease.check()` raises `LeaseLost` (or `lost`, where another exception is given) from then on.

    A database that is busy or away for a moment loses nothing: the next beat may succeed.
    """

    def __init__(self, renew: Callable[[], bool], *, every_s: float, what: str, lost: type[Exception] = LeaseLost):
        self._renew, self._every_s, self._what, self._raised = renew, every_s, what, lost
        self._lost, self._over = threading.Event(), threading.Event()
        self._thread = threading.Thread(target=self._beat, name=f"lease of {what}", daemon=True)

    def __enter__(self) -> Beating:
        self._thread.start()
        return self

    def __exit__(
        self, kind: type[BaseException] | None, error: BaseException | None, traceback: TracebackType | None
    ) -> None:
        self._over.set()

    def check(self) -> None:
        if self._lost.is_set():
            raise self._raised

    def _beat(self) -> None:
        try:
            while not self._over.wait(self._every_s):
                if not self._still_ours():
                    self._lost.set()
                    return
        finally:
            connection.close()

    def _still_ours(self) -> bool:
        try:
            return self._renew()
        except (DatabaseError, InterfaceError) as error:
            _log.warning("the lease of %s could not be renewed: %s", self._what, str(error).strip())
            connection.close()
            return True
