"""What a case is, whatever file it comes in: keyed hashes of its content, and for pictures a keyed sketch.

`content` forgets what a new saving changes without changing the case: metadata, the upright turn, lossless coding,
blanks and line ends of a text, how a number of a row is printed. `sketch` also survives a lossy saving: 32 pieces,
each half a row of the signs of brightness steps of the picture shrunk to 17 x 16; a flat piece says nothing and is 0.
All are keyed, so that who has only the database cannot try cases against it.
"""

from __future__ import annotations

import hashlib
import hmac
import json
import unicodedata
from dataclasses import dataclass

import cv2
import numpy as np
from numpy.typing import NDArray

from pandok.core.canonical import canonical
from pandok.core.errors import PandokError
from pandok.engines.decoding.picture import decode_picture
from pandok.engines.decoding.pool import decoding_pool
from pandok.engines.near_copies.prints import MOST_BYTES, MOST_MEGAPIXELS
from pandok.readers.designs.file_kind import picture_format

PIECES = 32
LEAST_EQUAL = 10
"""Pieces that two savings of one picture must share at least, and"""
LEAST_SHARE = 0.6
"""their share among the pieces that say something in both."""
MOST_ROW_BYTES = 1_000_000
_STEP = 3.0
"""Grey levels; smaller steps are noise of the coding."""

Sketch = NDArray[np.uint64]


@dataclass(frozen=True)
class CasePrint:
    """`content`: 64 hexadecimal digits. `sketch`: (32,) uint64, or (0,) where the case is no picture."""

    content: str
    sketch: Sketch


def case_print(data: bytes, key: bytes) -> CasePrint:
    if picture_format(data) is None:
        return CasePrint(_keyed(key, b"content", _plain(data)), np.array([], dtype=np.uint64))
    try:
        pixels = decode_picture(decoding_pool(), data, max_bytes=MOST_BYTES, max_megapixels=MOST_MEGAPIXELS).pixels
    except PandokError:
        return CasePrint(_keyed(key, b"content", data), np.array([], dtype=np.uint64))
    shape = json.dumps(pixels.shape).encode()
    content = _keyed(key, b"pixels", shape + np.ascontiguousarray(pixels).tobytes())
    return CasePrint(content, sketch_of(np.ascontiguousarray(pixels), key))


def alike(one: Sketch, many: NDArray[np.uint64]) -> NDArray[np.intp]:
    """Which of `many` ((n, 32)) are savings of the same picture."""
    if not one.size or not len(many):
        return np.array([], dtype=np.intp)
    both = (many != 0) & (one != 0)
    equal = ((many == one) & both).sum(axis=1)
    said = ((many != 0) | (one != 0)).sum(axis=1)
    return np.flatnonzero((equal >= LEAST_EQUAL) & (equal >= LEAST_SHARE * said))


def sketch_of(pixels: NDArray[np.uint8], key: bytes) -> Sketch:
    """Of pixels (H, W, 3) uint8 RGB."""
    gray = cv2.cvtColor(pixels, cv2.COLOR_RGB2GRAY).astype(np.float32)
    small = cv2.resize(gray, (17, 16), interpolation=cv2.INTER_AREA)
    steps = np.diff(small, axis=1)
    signs = np.where(np.abs(steps) < _STEP, 0, np.sign(steps)).astype(np.int8).reshape(PIECES, 8)
    pieces = []
    for place, piece in enumerate(signs):
        said = np.count_nonzero(piece) >= 2
        digest = hmac.new(key, b"piece" + bytes([place]) + piece.tobytes(), hashlib.sha256).digest()
        pieces.append(digest[:8] if said else bytes(8))
    return np.frombuffer(b"".join(pieces), dtype=np.uint64)


def _plain(data: bytes) -> bytes:
    """A row of a table with its numbers in one form; a text without differences of blanks and line ends."""
    try:
        text = data.decode("utf-8-sig")
    except UnicodeDecodeError:
        return data
    try:
        row = json.loads(text) if len(data) <= MOST_ROW_BYTES else None
    except (ValueError, RecursionError):
        row = None
    if isinstance(row, dict) and all(isinstance(one, str) for one in row.values()):
        return canonical({name: _cell(cell) for name, cell in row.items()})
    lines = (" ".join(_cell(cell) for cell in line.replace(",", " , ").split()) for line in text.splitlines())
    return "\n".join(line for line in lines if line).encode()


def _cell(cell: str) -> str:
    cell = " ".join(unicodedata.normalize("NFKC", cell).split())
    try:
        number = float(cell)
    except ValueError:
        return cell
    return f"{number:.9g}" if np.isfinite(number) else cell


def _keyed(key: bytes, kind: bytes, data: bytes) -> str:
    return hmac.new(key, kind + b":" + hashlib.sha256(data).digest(), hashlib.sha256).hexdigest()
