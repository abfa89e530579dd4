"""The compiled loops over foreign bytes do what the plain rule says, and stay within their bytes."""

from __future__ import annotations

import io
import random
import re
import struct
import zlib

import numpy as np
import pytest
from numpy.typing import NDArray
from PIL import Image

from pandok.core.errors import ScanError
from pandok.readers.xray.formats.code_lengths import NONE, PADDING, blocks_end, lossless_end, next_marker
from pandok.readers.xray.formats.png import SIGNATURE, read_png

MARKER = re.compile(rb"\xff+[^\x00\xff]")


def test_markers_are_found_where_the_rule_says() -> None:
    draws = random.Random(1)
    for _ in range(5000):
        data = bytes(draws.choice((0, 255, 255, 1, 7, 0xD9)) for _ in range(draws.randrange(14)))
        at = draws.randrange(4)
        found = MARKER.search(data, at)
        assert next_marker(np.frombuffer(data, np.uint8), at) == (found.start() if found else NONE), (data, at)


def test_codes_end_within_their_bytes_or_are_refused() -> None:
    draws = np.random.default_rng(2)
    for _ in range(200):
        piece = draws.integers(0, 256, draws.integers(0, 40), np.uint8)
        padded = np.concatenate([piece, np.full(PADDING, 255, np.uint8)])
        padded.setflags(write=False)
        tables = draws.integers(0, 32, (3, 2, 1 << 16), np.uint8)
        reach = 8 * piece.size + 31  # the last code may be longer than what is left, which the caller refuses
        assert lossless_end(padded, tables[0, 0], int(draws.integers(1, 60))) <= reach
        assert blocks_end(padded, *tables, bool(draws.integers(2)), int(draws.integers(1, 9))) <= reach


def filtered(rows: NDArray[np.uint8], kind: int, step: int) -> bytes:
    """PNG's filters 0 to 4, byte by byte as ISO/IEC 15948 says them."""
    out = bytearray()
    for at, row in enumerate(rows):
        out.append(kind)
        for place, value in enumerate(row):
            left = int(row[place - step]) if place >= step else 0
            above = int(rows[at - 1][place]) if at else 0
            corner = int(rows[at - 1][place - step]) if at and place >= step else 0
            guess = left + above - corner
            nearest = min(
                (abs(guess - left), 0, left), (abs(guess - above), 1, above), (abs(guess - corner), 2, corner)
            )
            out.append((int(value) - (0, left, above, (left + above) // 2, nearest[2])[kind]) & 255)
    return bytes(out)


def png_of(lines: bytes, width: int, height: int, depth: int, colour: int) -> bytes:
    head = struct.pack(">IIBBBBB", width, height, depth, colour, 0, 0, 0)
    parts = [(b"IHDR", head), (b"IDAT", zlib.compress(lines)), (b"IEND", b"")]
    whole = [
        struct.pack(">I", len(body)) + kind + body + struct.pack(">I", zlib.crc32(kind + body)) for kind, body in parts
    ]
    return SIGNATURE + b"".join(whole)


@pytest.mark.parametrize("kind", range(5))
@pytest.mark.parametrize(("depth", "colour", "step"), [(8, 0, 1), (16, 0, 2), (8, 2, 3)])
def test_png_filters_are_undone_as_by_another_reader(kind: int, depth: int, colour: int, step: int) -> None:
    rows = np.random.default_rng(kind).integers(0, 256, (7, 11 * step), np.uint8)
    data = png_of(filtered(rows, kind, step), 11, 7, depth, colour)
    pixels = read_png(data).images[0].pixels
    with Image.open(io.BytesIO(data)) as image:
        assert np.array_equal(pixels, np.array(image))


def test_a_filter_that_does_not_exist_is_refused() -> None:
    with pytest.raises(ScanError) as refused:
        read_png(png_of(bytes([5, *range(4)]) * 3, 4, 3, 8, 0))
    assert refused.value.error_code == "scan.damaged"
