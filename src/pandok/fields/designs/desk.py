"""The desk of this server process: opened at the first reading, then kept."""

from __future__ import annotations

from pathlib import Path
from threading import Lock

from django.conf import settings

from pandok.engines.files.blobs import FolderBlobs
from pandok.fields.designs.acts.readings import PhotographReader

_lock = Lock()
_desk: PhotographReader | None = None


def desk() -> PhotographReader:
    """The same desk at every call. Raises what opening it raises (ModelError, StoreError); a later call tries again."""
    global _desk
    with _lock:
        if _desk is None:
            _desk = _open()
        return _desk


def blobs() -> FolderBlobs:
    return FolderBlobs(Path(settings.HOME) / "blobs")


def _open() -> PhotographReader:
    from pandok.fields.designs.open import open_desk

    return open_desk()
