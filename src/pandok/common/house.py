"""Where the settings of a running site become what its rooms stand on."""

from __future__ import annotations

from pandok.engines.files.blobs import FolderBlobs
from pandok.settings import settings


def blobs() -> FolderBlobs:
    """The files of this site, named by their sha256."""
    return FolderBlobs(settings().home / "blobs")
