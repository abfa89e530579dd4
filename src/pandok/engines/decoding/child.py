"""The process that parses: one file after the other from its standard input, until that ends.

Request and answer are a line of JSON with sizes, then bytes. Nothing is unpickled: a file that takes this process over
can only lie about what stands in it. Of a long source a duty yields headers, each of which is an answer of its own.
"""

from __future__ import annotations

import contextlib
import importlib
import json
import math
import resource
import sys
import time
from collections.abc import Sequence
from typing import Any, BinaryIO

Duty = Any
WORN_BYTES = 600_000_000
"""A process that has once taken so much more than at its start is not asked again: what it freed may lie in pieces."""
MOST_KEPT_BYTES = 150_000_000
"""Nor is one that keeps so much of its address space (libraries that another kind of file had loaded, pieces that were
never given back): a picture that fits into the bounds of a fresh process would be refused there."""


def main() -> None:
    take, give = sys.stdin.buffer, sys.stdout.buffer
    sys.stdout = sys.stderr  # what a library prints must not stand between answers
    from pandok.core.errors import PandokError

    for place in sys.argv[2:]:
        _duty(place)
    _bound(int(sys.argv[1]))
    fresh, bare = _most_taken(), _address_space()
    while line := take.readline():
        asked = json.loads(line)
        duty, data = _duty(asked["duty"]), take.read(asked["bytes"])
        header: dict[str, Any]
        parts: Sequence[Any]
        _bound_time(asked["processor_s"])
        try:
            if asked["in_pieces"]:
                for piece in duty(**asked["options"]):
                    _answer(give, {"piece": piece}, ())
                header, parts = {"found": {}}, ()
            else:
                header, parts = duty(data, **asked["options"])
                header = {"found": header}
        except PandokError as error:
            header, parts = {"refused": error.as_dict()}, ()
        except OSError as error:
            if not asked["in_pieces"]:
                raise
            header, parts = {"unread": [error.errno, error.strerror, str(error.filename or "")]}, ()
        del data
        header["worn"] = _most_taken() - fresh > WORN_BYTES or _kept(parts) - bare > MOST_KEPT_BYTES
        _answer(give, header, parts)
        del parts


def _duty(place: str) -> Duty:
    module, _, name = place.partition(":")
    return getattr(importlib.import_module(module), name)


def _bound(most_bytes: int) -> None:
    """`most_bytes` on top of what the libraries have taken; no file, no core."""
    with contextlib.suppress(OSError, ValueError):
        if taken := _address_space():
            resource.setrlimit(resource.RLIMIT_AS, (taken + most_bytes, taken + most_bytes))
        resource.setrlimit(resource.RLIMIT_CORE, (0, 0))
        resource.setrlimit(resource.RLIMIT_FSIZE, (0, 0))


def _address_space() -> int:
    """Bytes; 0 where the system does not say, and sets no bound either."""
    try:
        with open("/proc/self/statm", encoding="ascii") as file:
            return int(file.read().split()[0]) * resource.getpagesize()
    except OSError:
        return 0


def _kept(parts: Sequence[Any]) -> int:
    """The address space that stays when the answer has been given."""
    return _address_space() - sum(memoryview(part).nbytes for part in parts)


def _bound_time(processor_s: float | None) -> None:
    """From now on. Who reads a long source is measured by its own work, not by how long the other side took."""
    _, hard = resource.getrlimit(resource.RLIMIT_CPU)
    most = resource.RLIM_INFINITY if processor_s is None else math.ceil(time.process_time() + processor_s)
    with contextlib.suppress(OSError, ValueError):
        resource.setrlimit(resource.RLIMIT_CPU, (most, hard))


def _most_taken() -> int:
    unit = 1 if sys.platform == "darwin" else 1024
    return resource.getrusage(resource.RUSAGE_SELF).ru_maxrss * unit


def _answer(give: BinaryIO, header: dict[str, Any], parts: Sequence[Any]) -> None:
    views = [memoryview(part) for part in parts]
    give.write(json.dumps({**header, "bytes": [view.nbytes for view in views]}).encode() + b"\n")
    for view in views:
        give.write(view)
    give.flush()


if __name__ == "__main__":
    main()
