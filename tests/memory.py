"""How much memory this process takes while something is done."""

from __future__ import annotations

import resource
import threading
from collections.abc import Iterator
from contextlib import contextmanager
from dataclasses import dataclass

EACH_S = 0.002


@dataclass
class Growth:
    most_bytes: int = 0


@contextmanager
def growth() -> Iterator[Growth]:
    """The most that was resident above the start, looked at every two milliseconds."""
    found, start, over = Growth(), _resident(), threading.Event()

    def look() -> None:
        while not over.wait(EACH_S):
            found.most_bytes = max(found.most_bytes, _resident() - start)

    looking = threading.Thread(target=look)
    looking.start()
    try:
        yield found
    finally:
        over.set()
        looking.join()


def _resident() -> int:
    with open("/proc/self/statm", encoding="ascii") as file:
        return int(file.read().split()[1]) * resource.getpagesize()
