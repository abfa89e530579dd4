"""Where the codes of a JPEG's samples end, walked from code to code, as machine code.

Compiled (or fetched from the cache) when it is imported: whoever parses foreign bytes has no file to write and little
memory to compile in. Places are checked against the arrays' sizes all the same.
"""

from __future__ import annotations

import numpy as np
from numpy.typing import NDArray

from pandok.readers.xray.physics.compiled import compiled_at_once

NO_CODE, TOO_SHORT, NONE = -1, -2, -3
PADDING = 3
"""Bytes that the arrays hold behind those of the piece: a code may begin at its last bit."""
END_OF_BLOCK = 64

Bytes = NDArray[np.uint8]


@compiled_at_once("i8(Array(u1, 1, 'C', readonly=True), i8)")
def next_marker(data: Bytes, at: int) -> int:
    """Where the next marker begins, at `at` or behind it: bytes of 255, then one that is neither 0 nor 255. `NONE`."""
    while at < data.size:
        if data[at] == 255:
            after = at
            while after < data.size and data[after] == 255:
                after += 1
            if after == data.size:
                break
            if data[after] != 0:
                return at
            at = after
        at += 1
    return NONE


@compiled_at_once("i8(Array(u1, 1, 'C', readonly=True), u1[::1], i8)")
def lossless_end(padded: Bytes, bits: Bytes, samples: int) -> int:
    """The bit after `samples` codes. `padded` (bytes + `PADDING`,); `bits` (65536,): of code and value together by the
    next 16 bits, 0: no such code. `NO_CODE`, `TOO_SHORT` where the codes do not fit."""
    end, at = 8 * (padded.size - PADDING), 0
    for _ in range(samples):
        if at >= end:
            return TOO_SHORT
        byte = at >> 3
        three = padded[byte] << 16 | padded[byte + 1] << 8 | padded[byte + 2]
        step = bits[(three >> (8 - (at & 7))) & 0xFFFF]
        if step == 0:
            return NO_CODE
        at += step
    return at


@compiled_at_once("i8(Array(u1, 1, 'C', readonly=True), u1[:, ::1], u1[:, ::1], u1[:, ::1], b1, i8)")
def blocks_end(padded: Bytes, first: Bytes, others: Bytes, on: Bytes, only_first: bool, units: int) -> int:
    """The bit after `units` units of blocks. `first`, `others`, `on` (blocks of a unit, 65536): bits of a first
    coefficient and of one of the others, and how many coefficients that leads on; `only_first`: no others are there."""
    end, at = 8 * (padded.size - PADDING), 0
    for _ in range(units):
        for block in range(first.shape[0]):
            if at >= end:
                return TOO_SHORT
            byte = at >> 3
            three = padded[byte] << 16 | padded[byte + 1] << 8 | padded[byte + 2]
            step = first[block, (three >> (8 - (at & 7))) & 0xFFFF]
            if step == 0:
                return NO_CODE
            at += step
            place, ended = 1, only_first
            while place < 64 and not only_first:
                if at >= end:
                    return TOO_SHORT
                byte = at >> 3
                three = padded[byte] << 16 | padded[byte + 1] << 8 | padded[byte + 2]
                code = (three >> (8 - (at & 7))) & 0xFFFF
                step = others[block, code]
                if step == 0:
                    return NO_CODE
                ended = on[block, code] == END_OF_BLOCK
                place += on[block, code]
                at += step
            if place > 64 and not ended:
                return NO_CODE
    return at
