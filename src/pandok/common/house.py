"""Where the settings of a running site become what its rooms stand on."""

from __future__ import annotations

from pathlib import Path

from django.conf import settings

from pandok.engines.files.blobs import FolderBlobs


def blobs() -> FolderBlobs:
    """The files of this site, named by their sha256."""
    return FolderBlobs(Path(settings.HOME) / "blobs")
