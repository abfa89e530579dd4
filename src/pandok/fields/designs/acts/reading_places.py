"""How many captures this server reads at once: as many as it has threads for reading; a worker reads the others."""

from __future__ import annotations

from datetime import datetime
from threading import BoundedSemaphore

from pandok.common import house
from pandok.common.models import Account
from pandok.fields.designs import server_desk as desk
from pandok.fields.designs.acts.captures import ask_for_reading, in_rush, read_capture
from pandok.fields.designs.models import Capture, CaptureState
from pandok.settings import settings

WAIT_FOR_PLACE_S = 0.4
"""Longer waiting would hold the server's threads, and then nobody could send anything."""
WAIT_FOR_PLACE_AGAIN_S = 30.0
"""Somebody asks for one that failed: seldom, and no worker would take it."""

_places = BoundedSemaphore(settings().threads)


def read_in_turn(capture: Capture, actor: Account, now: datetime) -> Capture:
    """Read a capture now where a place is free; else leave it to a worker, so that a rush delays readings but loses
    nothing and turns nobody away.

    While captures wait for workers, a new one goes behind them at once: reading it here would only take the
    processor from those who send.
    """
    new = capture.state == CaptureState.RECEIVED
    if not new and capture.state != CaptureState.FAILED:
        return capture
    if (new and in_rush(now)) or not _places.acquire(timeout=WAIT_FOR_PLACE_S if new else WAIT_FOR_PLACE_AGAIN_S):
        ask_for_reading(capture, now)
        return capture
    try:
        return read_capture(capture=capture, actor=actor, now=now, desk=desk.desk, blobs=house.blobs())
    finally:
        _places.release()
