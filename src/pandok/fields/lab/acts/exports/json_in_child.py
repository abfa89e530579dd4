"""Whether a large file is JSON, found out in a process with bounds: read, it takes twenty times its size."""

from __future__ import annotations

import json
from typing import Any

from pandok.common.decoding import parsing_pool
from pandok.core.errors import InputError

MOST_BYTES_HERE = 1_000_000
MOST_SECONDS = 60.0


class _TooCostly(Exception):
    pass


def is_json(data: bytes) -> bool:
    """False also for what costs too much."""
    if len(data) <= MOST_BYTES_HERE:
        return _is_json(data)
    try:
        found, _ = parsing_pool().ask(
            look_there,
            data,
            what="document",
            refusal=InputError,
            too_costly=_TooCostly,
            options={},
            seconds=MOST_SECONDS,
        )
    except _TooCostly:
        return False
    return bool(found["is_json"])


def look_there(data: bytes) -> tuple[dict[str, Any], list[bytes]]:
    """The duty of a parsing process."""
    return {"is_json": _is_json(data)}, []


def _is_json(data: bytes) -> bool:
    try:
        json.loads(data)
    except (ValueError, RecursionError):
        return False
    return True
