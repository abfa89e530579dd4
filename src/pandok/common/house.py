"""Where settings become what the house stands on; nobody else joins them."""

from __future__ import annotations

from pathlib import Path

from django.conf import settings

from pandok.engines.files.blobs import FolderBlobs


def blobs() -> FolderBlobs:
    """The files of this site, named by their sha256."""
    return FolderBlobs(Path(settings.HOME) / "blobs")
