"""Ways to starve the machine."""

from __future__ import annotations

import ctypes
import mmap
import os

from pandok.engines.sandbox.inside.attempts.attempt import Facts, collector
from pandok.engines.sandbox.inside.libc import syscall

TRIES, attempt = collector()
_MIB = 1024 * 1024


@attempt(1, "anyone")
def take_memory(_: Facts) -> bool:
    """More than the self-test allows: 256 MiB, one byte written in each page."""
    taken = mmap.mmap(-1, 256 * _MIB)
    for place in range(0, len(taken), mmap.PAGESIZE):
        taken[place] = 1
    taken.close()
    return True


@attempt(1, "anyone")
def take_memory_from_the_heap(_: Facts) -> bool:
    return len(bytearray(256 * _MIB)) > 0


@attempt(1, "anyone")
def fill_disk(facts: Facts) -> bool:
    path = f"{facts['folder']}/filling-{os.getpid()}"
    with open(path, "wb", buffering=0) as file:
        written = sum(file.write(bytes(_MIB)) for _ in range(4))
    os.unlink(path)
    return written == 4 * _MIB


@attempt(1, "anyone")
def open_many_files(_: Facts) -> bool:
    made: list[int] = []
    try:
        while len(made) < 200:
            made.append(os.dup(0))
    finally:
        for fd in made:
            os.close(fd)
    return True


@attempt(2, "anyone")
def take_system_memory(_: Facts) -> bool:
    """A segment that would outlive the process."""
    made = syscall("shmget", 0, _MIB, 0o1600)
    ctypes.CDLL(None).shmctl(made, 0, None)
    return True


@attempt(2, "anyone")
def take_semaphores(_: Facts) -> bool:
    made = syscall("semget", 0, 4, 0o1600)
    ctypes.CDLL(None).semctl(made, 0, 0)
    return True


@attempt(2, "anyone")
def take_message_queue(_: Facts) -> bool:
    made = syscall("msgget", 0, 0o1600)
    ctypes.CDLL(None).msgctl(made, 0, None)
    return True


@attempt(1, "none")
def lock_memory(_: Facts) -> bool:
    made = ctypes.CDLL(None, use_errno=True)
    if made.mlockall(1) != 0:
        raise OSError(ctypes.get_errno(), "mlockall")
    return True
