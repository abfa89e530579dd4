"""How much one scan may bring, and so one request."""

from __future__ import annotations

from pandok.fields.xray.refusals import refusal
from pandok.readers.xray.formats.limits import LIMITS
from pandok.readers.xray.formats.refusals import too_many_bytes
from pandok.settings import Settings

MOST_FILES = 4
"""Low and high energy, each with its .json file."""


def most_bytes(chosen: Settings) -> int:
    """Of the files of one scan that a browser or a program sends; folders at the server may hold larger ones."""
    return min(LIMITS.bytes, chosen.xray_upload_mb * 1_000_000)


def largest_request(chosen: Settings) -> int:
    """Bytes of one scan, with room to say in words that it is too large instead of cutting the connection."""
    return 2 * most_bytes(chosen)


def must_fit(count: int, size: int, chosen: Settings) -> None:
    """Before anything is read. Raises RequestError xray.too_many_files, ScanError scan.too_many_bytes."""
    if count > MOST_FILES:
        raise refusal("too_many_files")
    if size > most_bytes(chosen):
        raise too_many_bytes(size, most_bytes(chosen))
