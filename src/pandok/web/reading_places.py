"""How many captures this server reads at once: as many as it has threads for reading; a worker reads the others."""

from __future__ import annotations

from datetime import datetime
from threading import BoundedSemaphore

from pandok.desk.captures import ask_for_reading, read_capture
from pandok.desk.models import Account, Capture
from pandok.settings import settings
from pandok.web import desk

WAIT_FOR_PLACE_S = 0.4
"""Longer waiting would hold the server's threads, and then nobody could send anything."""

_places = BoundedSemaphore(settings().threads)


def read_in_turn(capture: Capture, actor: Account, now: datetime) -> Capture:
    """Read a capture now where a place is free; else leave it to a worker, so that a rush delays readings but loses
    nothing and turns nobody away."""
    if not _places.acquire(timeout=WAIT_FOR_PLACE_S):
        ask_for_reading(capture, now)
        return capture
    try:
        return read_capture(capture=capture, actor=actor, now=now, desk=desk.desk, blobs=desk.blobs())
    finally:
        _places.release()
