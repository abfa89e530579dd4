"""The desk of this server process: opened at the first reading, then kept."""

from __future__ import annotations

from threading import Lock

from pandok.fields.designs.photograph_reader import PhotographReader

_lock = Lock()
_desk: PhotographReader | None = None


def desk() -> PhotographReader:
    """The same desk at every call. Raises what opening it raises (ModelError, StoreError); a later call tries again."""
    global _desk
    with _lock:
        if _desk is None:
            _desk = _open()
        return _desk


def _open() -> PhotographReader:
    from pandok.fields.designs.open_desk import open_desk

    return open_desk()
