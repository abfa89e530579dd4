"""Open files of a process."""

from __future__ import annotations

import os
import resource


def close_all_but(kept: set[int]) -> None:
    highest = resource.getrlimit(resource.RLIMIT_NOFILE)[0]
    begin = 0
    for fd in [*sorted(kept), highest if highest != resource.RLIM_INFINITY else 1 << 20]:
        if begin < fd:  # an empty range would be read as one without an end
            os.closerange(begin, fd)
        begin = fd + 1


def opened() -> dict[int, str]:
    """Every open descriptor of this process and what it leads to; needs /proc."""
    found = {}
    for name in os.listdir("/proc/self/fd"):
        try:
            found[int(name)] = os.readlink(f"/proc/self/fd/{name}")
        except FileNotFoundError:  # the one that listed them
            continue
    return found


def leads_outside(target: str) -> bool:
    """Whether it is anything else than a pipe to the lab, memory that was handed over, or the bin."""
    return not (target.startswith(("pipe:", "/memfd:")) or target == os.devnull)
