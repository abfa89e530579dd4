"""Several processes that answer on one address: Python runs one request of a process at a time, so each takes a core.

The address is bound before they fork, and whichever is free takes the next connection. One that ends is made anew. All
of them end with the one that made them, however it ends: the pipe that it holds closes.
"""

from __future__ import annotations

import logging
import os
import signal
import socket
import threading
import time
from collections.abc import Callable
from contextlib import AbstractContextManager

_log = logging.getLogger("pandok.web")
LOOK_AGAIN_S = 0.2
WORTH_WAITING_S = 5.0
"""A process that ended sooner than this is made anew only after this time."""
LAST_ANSWERS_S = 20.0


def bound(host: str, port: int) -> list[socket.socket]:
    """Every address of a host, bound and not yet listened on. Raises OSError."""
    found: list[socket.socket] = []
    try:
        for family, kind, number, _, address in socket.getaddrinfo(host, port, type=socket.SOCK_STREAM):
            one = socket.socket(family, kind, number)
            found.append(one)
            one.setsockopt(socket.SOL_SOCKET, socket.SO_REUSEADDR, 1)
            if family == socket.AF_INET6:
                one.setsockopt(socket.IPPROTO_IPV6, socket.IPV6_V6ONLY, 1)
            one.bind(address)
    except OSError:
        for one in found:
            one.close()
        raise
    return found


def side_by_side(count: int, answer: Callable[[], None], beside: AbstractContextManager[None]) -> None:
    """Keep `count` forks of this process that call `answer`, and what runs `beside`, until this one is told to end. No
    thread may run yet."""
    held, end = os.pipe()
    begun = {_fork(answer, held, end): time.monotonic() for _ in range(count)}
    try:
        with beside:
            while True:
                time.sleep(LOOK_AGAIN_S)
                # By its number: a process that `beside` began is waited for there.
                for number in [one for one in begun if os.waitpid(one, os.WNOHANG)[0]]:
                    _log.warning("process %s that answers ended and is made anew", number)
                    if time.monotonic() - begun.pop(number) < WORTH_WAITING_S:
                        time.sleep(WORTH_WAITING_S)
                    begun[_fork(answer, held, end)] = time.monotonic()
    finally:
        os.close(end)
        _end(set(begun))
        os.close(held)


def _fork(answer: Callable[[], None], held: int, end: int) -> int:
    number = os.fork()
    if number:
        return number
    code = 1
    try:
        os.close(end)
        threading.Thread(target=_ends_with_parent, args=(held,), daemon=True).start()
        answer()
        code = 0
    except SystemExit as asked:
        code = asked.code if isinstance(asked.code, int) else 0
    except BaseException:
        _log.exception("a process that answers could not go on")
    finally:
        # Not what the parent put on its way out: workers beside, and whoever waits for them, are the parent's.
        os._exit(code)
    return number


def _ends_with_parent(held: int) -> None:
    while os.read(held, 1):
        pass
    os.kill(os.getpid(), signal.SIGTERM)


def _end(left: set[int]) -> None:
    for one in left:
        os.kill(one, signal.SIGTERM)
    until = time.monotonic() + LAST_ANSWERS_S
    while left and time.monotonic() < until:
        left -= {one for one in left if os.waitpid(one, os.WNOHANG)[0]}
        time.sleep(0.05)
    for one in left:
        os.kill(one, signal.SIGKILL)
        os.waitpid(one, 0)
