"""Files that are whole or absent after a crash, and files that are erased as well as a file system allows."""

from __future__ import annotations

import os
from collections.abc import Iterator
from contextlib import contextmanager
from pathlib import Path
from typing import BinaryIO

UNFINISHED = ".unfinished-"


@contextmanager
def written_durably(path: Path, *, overwrite: bool = False) -> Iterator[BinaryIO]:
    """A file to write; it stands at `path`, flushed to disk, once the block is left without an error.

    Only sealed bytes are ever written here, so that what a crash leaves behind (UNFINISHED…) is sealed too.
    """
    path.parent.mkdir(parents=True, exist_ok=True, mode=0o700)
    beside = path.with_name(f"{UNFINISHED}{path.name}-{os.getpid()}-{os.urandom(4).hex()}")
    handle = os.open(beside, os.O_WRONLY | os.O_CREAT | os.O_EXCL, 0o600)
    try:
        with os.fdopen(handle, "wb") as file:
            yield file
            file.flush()
            os.fsync(file.fileno())
        if overwrite:
            os.replace(beside, path)
        else:
            os.link(beside, path)
    finally:
        beside.unlink(missing_ok=True)
    _flush_folder(path.parent)


def write_durably(path: Path, data: bytes, *, overwrite: bool = False) -> None:
    """Raises FileExistsError where the file is there and may not be overwritten."""
    with written_durably(path, overwrite=overwrite) as file:
        file.write(data)


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
    _flush_folder(path.parent)
    return True


def _flush_folder(folder: Path) -> None:
    handle = os.open(folder, os.O_RDONLY)
    try:
        os.fsync(handle)
    finally:
        os.close(handle)
