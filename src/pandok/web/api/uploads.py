"""Files of multipart calls, read no further than is accepted."""

from __future__ import annotations

from ninja import UploadedFile

from pandok.common.decoding import MOST_BYTES
from pandok.common.papers.content import too_large


def uploaded(file: UploadedFile) -> tuple[bytes, str]:
    """Content and name as sent; the use case checks both. Raises RequestError where it is too large."""
    if (file.size or 0) > MOST_BYTES:
        raise too_large(file.size or 0)
    return file.read(MOST_BYTES + 1), file.name or ""
