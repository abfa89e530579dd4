"""An uploaded file as one that is read from."""

from __future__ import annotations

from typing import Any, BinaryIO, cast

from django.core.files.uploadedfile import UploadedFile


def content_of(upload: UploadedFile[Any]) -> tuple[BinaryIO, int]:
    """The open file and its size in bytes. Django's own types allow for files that are none, which no upload is."""
    assert upload.file is not None
    return cast(BinaryIO, upload.file), upload.size or 0
