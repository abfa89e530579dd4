"""The end of a zip, read before any library reads its directory: how many entries it claims, and how long the list is.

A zip of a few megabytes may claim a directory of millions; Python's zipfile reads all of it into memory.
"""

from __future__ import annotations

import struct
from dataclasses import dataclass
from typing import BinaryIO

_MAGIC = b"PK\x05\x06"
_END = struct.Struct("<4s4H2LH")


@dataclass(frozen=True)
class ZipEnd:
    entries: int
    directory_bytes: int
    directory_at: int


def zip_end(source: BinaryIO, size: int) -> ZipEnd | None:
    """None where there is no plain end: no zip, one with a comment, in several parts, or in the 64-bit form."""
    if size < _END.size:
        return None
    source.seek(size - _END.size)
    magic, disk, first_disk, here, entries, length, place, comment = _END.unpack(source.read(_END.size))
    plain = magic == _MAGIC and not comment and disk == first_disk == 0 and here == entries != 0xFFFF
    if not plain or place + length + _END.size != size:
        return None
    return ZipEnd(entries, length, place)
