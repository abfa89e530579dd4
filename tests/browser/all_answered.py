"""Waiting until a server under test has answered all that browsers asked of it.

A look at a photograph that is written down after the tables were emptied would be found by another test. Signals of
requests do not tell it: bytes that no thread has read yet are a request too.
"""

from __future__ import annotations

import socket
import threading
import time

MOST_S = 60.0
_OF_A_CONNECTION = "process_request_thread"
"""In the name of each thread of `socketserver.ThreadingMixIn`."""


def wait_until_answered(address: tuple[str, int], most_s: float = MOST_S) -> None:
    """Browsers have hung up before: each thread of the server at `address` reads what was sent, answers and ends.

    Raises AssertionError where one goes on after `most_s`.
    """
    # Connections are taken in the order in which they came: when this one was, all before it have their threads.
    with socket.create_connection(address, timeout=most_s) as last:
        last.shutdown(socket.SHUT_WR)
        while last.recv(1024):
            pass
    until = time.monotonic() + most_s
    threads = [one for one in threading.enumerate() if _OF_A_CONNECTION in one.name]
    for thread in threads:
        thread.join(max(0.0, until - time.monotonic()))
    left = [one.name for one in threads if one.is_alive()]
    assert not left, f"the server still answers after {most_s:g} s: {left}"
