"""Which generation counts, and whose turn it is to write."""

from __future__ import annotations

import fcntl
import json
import os
import time
from pathlib import Path
from typing import IO

from pandok.engines.index.errors import busy, corrupt, disk

CURRENT = "CURRENT"
Stamp = tuple[int, int, int] | None


def read_current(folder: Path) -> int:
    """Number of the generation that counts; 0 for a folder without one. Raises StoreError."""
    path = folder / CURRENT
    try:
        return int(json.loads(path.read_text("utf-8"))["generation"])
    except FileNotFoundError:
        if next(folder.glob("g[0-9]*"), None) is not None:
            raise corrupt(path, "missing") from None
        return 0
    except (ValueError, KeyError, TypeError) as error:
        raise corrupt(path, "not readable") from error


def write_current(folder: Path, generation: int) -> None:
    """Switch readers over: complete or not at all."""
    beside = folder / f"{CURRENT}.part"
    with beside.open("w", encoding="utf-8") as file:
        file.write(json.dumps({"generation": generation}))
        file.flush()
        os.fsync(file.fileno())
    os.replace(beside, folder / CURRENT)
    sync_folder(folder)


def sync_folder(folder: Path) -> None:
    handle = os.open(folder, os.O_RDONLY)
    try:
        os.fsync(handle)
    finally:
        os.close(handle)


def generation_name(number: int) -> str:
    return f"g{number:06d}"


def stamp(path: Path) -> Stamp:
    """What changes whenever a file is written or replaced; None where there is none."""
    try:
        status = os.stat(path)
    except FileNotFoundError:
        return None
    return status.st_ino, status.st_size, status.st_mtime_ns


class FileLock:
    """A lock between processes that the system gives back when its holder dies."""

    def __init__(self, path: Path):
        self.path = path
        self._file: IO[bytes] | None = None

    @property
    def held(self) -> bool:
        return self._file is not None

    def acquire(self, wait_s: float) -> None:
        """Take the lock, waiting up to `wait_s` seconds. Raises StoreError where another process keeps it."""
        try:
            file = self.path.open("ab")
        except OSError as error:
            raise disk(error, self.path) from error
        until = time.monotonic() + wait_s
        while True:
            try:
                fcntl.flock(file, fcntl.LOCK_EX | fcntl.LOCK_NB)
                self._file = file
                return
            except BlockingIOError:
                if time.monotonic() >= until:
                    file.close()
                    raise busy(self.path.name) from None
                time.sleep(0.02)

    def release(self) -> None:
        if self._file is not None:
            self._file.close()
            self._file = None
