"""The way into the sandbox: a fresh interpreter leaves the host's namespaces and makes one child.

This process then only watches: it ends the child when the lab goes away or time is up, and says how the child ended.
It reads nothing that a model could have written.
"""

from __future__ import annotations

import json
import os
import select
import signal
import sys
import time
from typing import Any

from pandok.engines.sandbox.inside import identity, namespaces
from pandok.engines.sandbox.inside.descriptors import close_all_but

_TICK_SECONDS = 1.0


def main() -> None:
    spec: dict[str, Any] = json.loads(sys.argv[1])
    wanted: set[str] = set(spec["layers"])
    lab = os.getppid()
    close_all_but({0, 1, 2, *spec["fds"].values(), *spec["keep"]})
    uid, got = _leave_the_host(wanted)
    spec |= {"uid": uid, "got": sorted(got)}
    beat_read, beat_write = os.pipe()
    child = os.fork()
    if child == 0:
        os.close(beat_write)
        for name in ("life", "report"):
            os.close(spec["fds"][name])
        from pandok.engines.sandbox.inside.worker import work

        try:
            work(spec, beat_read)
        finally:
            os._exit(70)
    os.close(beat_read)
    for name in {"request", "answer", "model", "shared", "group"} & spec["fds"].keys():
        os.close(spec["fds"][name])
    _watch(child, lab, spec["fds"]["life"], spec["limits"]["life_seconds"])
    _, status, used = os.wait4(child, 0)
    report = {
        "signal": os.WTERMSIG(status) if os.WIFSIGNALED(status) else 0,
        "exit": os.WEXITSTATUS(status) if os.WIFEXITED(status) else 0,
        "cpu_seconds": round(used.ru_utime + used.ru_stime, 3),
        "peak_kib": used.ru_maxrss,
    }
    os.write(spec["fds"]["report"], json.dumps(report).encode())
    os._exit(0)


def _leave_the_host(wanted: set[str]) -> tuple[int | None, set[str]]:
    """The uid to become (None: stay the same person) and the layers that this process could prepare."""
    got: set[str] = set()
    uid: int | None = None
    as_root = os.geteuid() == 0
    if as_root and "identity" in wanted:
        try:
            uid = identity.take_slot()
        except OSError:
            return None, got
    if "namespaces" in wanted:
        try:
            namespaces.enter(as_root)
            got.add("namespaces")
        except OSError:
            pass
    if not as_root and "identity" in wanted:
        try:
            if "namespaces" not in got:
                namespaces.enter_user_namespace()
            got.add("identity")
        except OSError:
            pass
    return uid, got


def _watch(child: int, lab: int, life: int, seconds: float) -> None:
    """Return when the child has ended; end it when the lab has gone or after `seconds`."""
    ended = os.pidfd_open(child)
    until = time.monotonic() + seconds
    watched = select.poll()
    watched.register(ended, select.POLLIN)
    watched.register(life, select.POLLIN | select.POLLHUP)
    while time.monotonic() < until:
        found = {fd for fd, _ in watched.poll(1000 * _TICK_SECONDS)}
        if ended in found:
            return
        if life in found or os.getppid() != lab:
            break
    signal.pidfd_send_signal(ended, signal.SIGKILL)
