"""What goes through the pipes: one letter, four bytes of length, and the body."""

from __future__ import annotations

import os
import struct

FRAME = struct.Struct("<cI")
LONGEST_FRAME = 1 << 20


def received(fd: int) -> bytes | None:
    """The body of the next frame; None where the other side has closed. For short frames of a side that is trusted."""
    heard = os.read(fd, 1 << 16)
    while heard and len(heard) < FRAME.size + FRAME.unpack_from(heard)[1]:
        more = os.read(fd, 1 << 16)
        if not more:
            return None
        heard += more
    return heard[FRAME.size :] if heard else None


def send(fd: int, letter: bytes, body: bytes = b"") -> None:
    rest = memoryview(FRAME.pack(letter, len(body)) + body)
    while rest:
        rest = rest[os.write(fd, rest) :]
