"""Whose turn it is to write: one thread of one process at a time.

SQLite lets one write at a time too, but whoever finds it busy sleeps, in steps up to a tenth of a second, and does not
learn that the other has gone: with ten captures a second two thirds of a worker's time went into such sleep. Threads
of this process wake each other here; processes look again every millisecond. The lock dies with its process.
"""

from __future__ import annotations

import fcntl
import os
import threading
import time
from pathlib import Path

LOOK_AGAIN_S = 0.001


class Turn:
    """The turn of one database file. `path` is a file of its own beside it."""

    _of_path: dict[Path, Turn] = {}
    _making = threading.Lock()

    def __init__(self, path: Path):
        self._path = path
        self._thread = threading.Lock()
        self._file: int | None = None

    @classmethod
    def of(cls, path: Path) -> Turn:
        """One for each file in this process."""
        with cls._making:
            return cls._of_path.setdefault(path, cls(path))

    def take(self, most_s: float) -> bool:
        """False where it did not come within `most_s`."""
        until = time.monotonic() + most_s
        if not self._thread.acquire(timeout=most_s):
            return False
        try:
            if self._take_among_processes(until):
                return True
        except OSError:
            # On a disk that takes no file, SQLite itself has the word: it says what is wrong.
            return True
        self._thread.release()
        return False

    def give(self) -> None:
        """Let the next one write."""
        if self._file is not None:
            fcntl.flock(self._file, fcntl.LOCK_UN)
        self._thread.release()

    def _take_among_processes(self, until: float) -> bool:
        if self._file is None:
            self._file = os.open(self._path, os.O_RDWR | os.O_CREAT | os.O_CLOEXEC, 0o600)
        while True:
            try:
                fcntl.flock(self._file, fcntl.LOCK_EX | fcntl.LOCK_NB)
            except BlockingIOError:
                if time.monotonic() >= until:
                    return False
                time.sleep(LOOK_AGAIN_S)
            else:
                return True


def _after_fork() -> None:
    """A forked child shares the parent's open files, and so its locks: it begins with none."""
    Turn._of_path = {}


os.register_at_fork(after_in_child=_after_fork)
