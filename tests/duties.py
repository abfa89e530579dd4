"""Duties for parsing processes, which import them by name."""

from __future__ import annotations

import mmap
import time
from collections.abc import Iterator
from pathlib import Path
from typing import Any


def unreadable(*, source: str) -> Iterator[dict[str, Any]]:
    """As where a source belongs to somebody else; tests may run as root, who reads all."""
    raise PermissionError(13, "Permission denied", source)
    yield {}


def until_told(data: bytes, *, folder: str) -> tuple[dict[str, Any], list[bytes]]:  # noqa: ARG001
    """Says that it is at work, and works until it is told to end."""
    Path(folder, "at work").touch()
    while not Path(folder, "end").exists():
        time.sleep(0.02)
    return {}, []


_KEPT: list[mmap.mmap] = []


def keep_address_space(data: bytes, *, size_bytes: int) -> tuple[dict[str, Any], list[bytes]]:  # noqa: ARG001
    """As a library that was loaded for one kind of file, and stays."""
    _KEPT.append(mmap.mmap(-1, size_bytes))
    return {}, []
