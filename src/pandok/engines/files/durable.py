"""Files that are whole or absent after a crash, and files that are erased as well as a file system allows.

A file that was written here is on disk when the call returns: its bytes were flushed before it got its name, and the
folders that lead to it after.
"""

from __future__ import annotations

import os
from collections.abc import Iterator
from contextlib import contextmanager
from pathlib import Path
from typing import BinaryIO

UNFINISHED = ".unfinished-"


@contextmanager
def written_durably(path: Path, *, overwrite: bool = False, at_once: bool = True) -> Iterator[BinaryIO]:
    """A file to write; it stands at `path`, flushed to disk, once the block is left without an error.

    `at_once` False: whoever writes many of them flushes later (`flush_file`). What a crash leaves behind is named
    UNFINISHED…; in the vault only sealed bytes are written here.
    """
    make_folder(path.parent)
    beside = path.with_name(f"{UNFINISHED}{path.name}-{os.getpid()}-{os.urandom(4).hex()}")
    handle = os.open(beside, os.O_WRONLY | os.O_CREAT | os.O_EXCL, 0o600)
    try:
        with os.fdopen(handle, "wb") as file:
            yield file
            file.flush()
            if at_once:
                os.fsync(file.fileno())
        if overwrite:
            os.replace(beside, path)
        else:
            os.link(beside, path)
    finally:
        beside.unlink(missing_ok=True)
    if at_once:
        flush_folder(path.parent)


def write_durably(path: Path, data: bytes, *, overwrite: bool = False, at_once: bool = True) -> None:
    """Raises FileExistsError where the file is there and may not be overwritten."""
    with written_durably(path, overwrite=overwrite, at_once=at_once) as file:
        file.write(data)


def flush_file(path: Path) -> None:
    """The bytes of a file and its name reach the disk."""
    with path.open("rb") as file:
        os.fsync(file.fileno())
    flush_folder(path.parent)


def move_durably(path: Path, target: Path) -> None:
    """Move a file within one file system; it is there or here, never nowhere."""
    make_folder(target.parent)
    os.replace(path, target)
    flush_folder(target.parent)
    flush_folder(path.parent)


def make_folder(folder: Path) -> None:
    """The folder and those above it, private to this user; each new one is known to the disk."""
    missing = []
    while not folder.exists():
        missing.append(folder)
        folder = folder.parent
    for one in reversed(missing):
        one.mkdir(mode=0o700, exist_ok=True)
        flush_folder(one.parent)


def flush_folder(folder: Path) -> None:
    """New, changed and removed names of the folder reach the disk."""
    handle = os.open(folder, os.O_RDONLY)
    try:
        os.fsync(handle)
    finally:
        os.close(handle)


def erase(path: Path) -> bool:
    """Overwrite, flush, remove; False where there is no such file.

    Flash memory and copying file systems may keep the overwritten blocks: what makes deletion sure is that the key of
    those blocks is gone as well.
    """
    try:
        with path.open("r+b") as file:
            left = file.seek(0, os.SEEK_END)
            file.seek(0)
            while left > 0:
                left -= file.write(bytes(min(left, 1 << 20)))
            file.flush()
            os.fsync(file.fileno())
    except FileNotFoundError:
        return False
    path.unlink(missing_ok=True)
    flush_folder(path.parent)
    return True
