"""A disk that is really full, and one that takes nothing: a small file system of its own where the tests may mount one,
else the limit of the operating system on the size of files."""

from __future__ import annotations

import os
import resource
import signal
import subprocess
from collections.abc import Callable, Iterator
from contextlib import contextmanager, suppress
from pathlib import Path

SMALL_KB = 256


@contextmanager
def small_disk(folder: Path) -> Iterator[Callable[[], None]]:
    """`folder` on a disk that is full at once; calling what is given makes room."""
    folder.mkdir(parents=True, exist_ok=True)
    if not _mounted(folder, f"size={SMALL_KB}k"):
        with _no_file_grows() as make_room:
            yield make_room
        return
    try:
        filler = folder / "other-data"
        with filler.open("wb", buffering=0) as file, suppress(OSError):
            while True:
                file.write(b"x" * 1024)
        yield filler.unlink
    finally:
        subprocess.run(["umount", "-l", str(folder)], check=False)


def can_mount(folder: Path) -> bool:
    folder.mkdir(parents=True, exist_ok=True)
    if not _mounted(folder, "size=64k"):
        return False
    subprocess.run(["umount", str(folder)], check=True)
    return True


@contextmanager
def read_only_disk(folder: Path) -> Iterator[None]:
    """What is in `folder` stays readable and nothing can be written there. Only where `can_mount`."""
    subprocess.run(["mount", "--bind", str(folder), str(folder)], check=True)
    try:
        subprocess.run(["mount", "-o", "remount,bind,ro", str(folder)], check=True)
        yield
    finally:
        subprocess.run(["umount", "-l", str(folder)], check=True)


def _mounted(folder: Path, options: str) -> bool:
    if os.geteuid() != 0:
        return False
    done = subprocess.run(["mount", "-t", "tmpfs", "-o", options, "tmpfs", str(folder)], capture_output=True)
    return done.returncode == 0


@contextmanager
def _no_file_grows() -> Iterator[Callable[[], None]]:
    """No file of this process grows beyond 4 KB: writing fails with EFBIG."""
    before = resource.getrlimit(resource.RLIMIT_FSIZE)
    ignored = signal.signal(signal.SIGXFSZ, signal.SIG_IGN)

    def lift() -> None:
        resource.setrlimit(resource.RLIMIT_FSIZE, before)

    resource.setrlimit(resource.RLIMIT_FSIZE, (4096, before[1]))
    try:
        yield lift
    finally:
        lift()
        signal.signal(signal.SIGXFSZ, ignored)
