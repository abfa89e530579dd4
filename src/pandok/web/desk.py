"""The desk of this server process: opened at the first reading, then kept; and the places for reading in it."""

from __future__ import annotations

from datetime import datetime
from pathlib import Path
from threading import BoundedSemaphore, Lock

from django.conf import settings

from pandok.desk.captures import ask_for_reading, read_capture
from pandok.desk.models import Account, Capture
from pandok.desk.readings import PhotographReader
from pandok.engines.blobs import FolderBlobs
from pandok.settings import settings as pandok_settings

WAIT_FOR_PLACE_S = 0.4
"""Longer waiting would hold the server's threads, and then nobody could send anything."""

_lock = Lock()
_places = BoundedSemaphore(pandok_settings().threads)
_desk: PhotographReader | None = None


def desk() -> PhotographReader:
    """The same desk at every call. Raises what opening it raises (ModelError, StoreError); a later call tries again."""
    global _desk
    with _lock:
        if _desk is None:
            _desk = _open()
        return _desk


def read_in_turn(capture: Capture, actor: Account, now: datetime) -> Capture:
    """Read a capture now where a place is free; else leave it to a worker, so that a rush delays readings but loses
    nothing and turns nobody away."""
    if not _places.acquire(timeout=WAIT_FOR_PLACE_S):
        ask_for_reading(capture, now)
        return capture
    try:
        return read_capture(capture=capture, actor=actor, now=now, desk=desk, blobs=blobs())
    finally:
        _places.release()


def blobs() -> FolderBlobs:
    return FolderBlobs(Path(settings.HOME) / "blobs")


def _open() -> PhotographReader:
    from pandok.desk.open import open_desk

    return open_desk()
