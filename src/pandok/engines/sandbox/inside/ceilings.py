"""Ceilings on what one process may take; a hard one cannot be raised again."""

from __future__ import annotations

import resource
from pathlib import Path

OPEN_FILES = 24


def mapped_bytes() -> int:
    """Address space that this process has mapped by now; needs /proc."""
    pages = int(Path("/proc/self/statm").read_text(encoding="ascii").split()[0])
    return pages * resource.getpagesize()


def set_ceilings(memory_bytes: int, cpu_seconds: int) -> None:
    """Soft = hard: the kernel ends or refuses, and no handler is asked."""
    _ceiling(resource.RLIMIT_AS, memory_bytes)
    _ceiling(resource.RLIMIT_CPU, cpu_seconds)
    _ceiling(resource.RLIMIT_NPROC, 1)
    _ceiling(resource.RLIMIT_FSIZE, 0)
    _ceiling(resource.RLIMIT_NOFILE, OPEN_FILES)
    for nothing in ("CORE", "MEMLOCK", "MSGQUEUE", "RTPRIO", "NICE", "SIGPENDING"):
        _ceiling(getattr(resource, f"RLIMIT_{nothing}"), 0)


def first_when_memory_ends() -> None:
    """Where the whole machine runs out of memory, the kernel is to end this process and no other. Needs /proc."""
    Path("/proc/self/oom_score_adj").write_text("1000", encoding="ascii")


def _ceiling(kind: int, value: int) -> None:
    _, hard = resource.getrlimit(kind)
    if hard != resource.RLIM_INFINITY:
        value = min(value, hard)
    resource.setrlimit(kind, (value, value))
