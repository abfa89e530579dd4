"""Who of this machine is still alive: a locked file for each process, which the system unlocks when the process ends.

A process that is killed cannot say goodbye; the lock says it. Promise: `dead` names only processes that have ended;
one whose file is elsewhere (another machine) is never named.
"""

from __future__ import annotations

import fcntl
from collections.abc import Iterable
from pathlib import Path
from types import TracebackType


class AliveFile:
    """Held while this process lives: `with AliveFile(folder, name):`."""

    def __init__(self, folder: Path, name: str):
        self._path = _path(folder, name)
        self._stays = False

    def __enter__(self) -> AliveFile:
        self._path.parent.mkdir(parents=True, exist_ok=True)
        beside = self._path.with_suffix(".new")
        self._file = beside.open("w")
        fcntl.flock(self._file, fcntl.LOCK_EX)
        beside.rename(self._path)  # only now, so that nobody sees it unlocked
        return self

    def __exit__(
        self, kind: type[BaseException] | None, error: BaseException | None, traceback: TracebackType | None
    ) -> None:
        if not self._stays:
            self._path.unlink(missing_ok=True)
        self._file.close()

    def leave_behind(self) -> None:
        """Keep the file past the end of the block: others find it unlocked, as that of a process that was killed."""
        self._stays = True


def dead(folder: Path, names: Iterable[str]) -> list[str]:
    """Those of `names` whose process held a file here and has ended."""
    return [name for name in names if _has_ended(_path(folder, name))]


def clear(folder: Path, names: Iterable[str]) -> None:
    """Take away the files of processes that have ended."""
    for name in names:
        _path(folder, name).unlink(missing_ok=True)


def left_behind(folder: Path) -> list[str]:
    """The names of all files here whose process has ended."""
    return dead(folder, [path.stem for path in folder.glob("*.alive")])


def _has_ended(path: Path) -> bool:
    try:
        with path.open() as file:
            fcntl.flock(file, fcntl.LOCK_EX | fcntl.LOCK_NB)
            return True
    except (FileNotFoundError, BlockingIOError):
        return False


def _path(folder: Path, name: str) -> Path:
    return folder / f"{name}.alive"
