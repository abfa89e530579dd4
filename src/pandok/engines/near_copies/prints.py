"""Prints: short keyed hashes of parts of a file. Two files that share many parts are near copies of each other.

Pictures: the binary descriptors of up to 80 corner points (ORB: they stay when a picture is cut, scaled, turned,
lightened or saved again), each in eight pieces of 32 bits. A piece that changes by one bit is another print, so
many pieces make agreement likely after small changes and unlikely by chance. Who asks looks at several scales, since
a cut-out has another size than the whole. Tables and texts: the two longest cells of every row. All: the
file itself.
The key keeps who has only the index from trying pictures and rows against it. Source of ORB: Rublee et al. 2011.
"""

from __future__ import annotations

import csv
import hashlib
import hmac
import json
import unicodedata
from collections.abc import Iterator
from dataclasses import dataclass
from typing import Any

import cv2
import numpy as np
from numpy.typing import NDArray

from pandok.core.errors import InputError, PandokError
from pandok.engines.decoding.picture import decode_picture
from pandok.engines.decoding.pool import decoding_pool
from pandok.readers.designs.file_kind import picture_format

Prints = NDArray[np.uint64]
PICTURE_SIDE_PX = 512
MOST_POINTS = 80
ASKED_SCALES = (1.0, 0.88, 0.77, 0.67, 0.58, 0.5, 1.35, 1.8)
"""Against a kept picture at 1: cut-outs fill less of it, collages show it smaller."""
MOST_ROWS = 2_000_000
LEAST_ROW_LETTERS = 16
CELLS_OF_ROW = 2
MOST_JSON_BYTES, SECONDS = 1_000_000, 60.0
MOST_BYTES = 60_000_000
MOST_MEGAPIXELS = 64
PIECES = 8
"""Of one corner."""
_PIECE_BYTES = 32 // PIECES


@dataclass(frozen=True)
class PrintsOf:
    """`file` has one print; `points` at every scale asked for, PIECES a corner; `rows` one for each distinct row.

    `unread`: it is a picture that cannot be decoded.
    """

    file: Prints
    points: tuple[Prints, ...]
    rows: Prints
    unread: bool = False


def prints_of(data: bytes, key: bytes, *, scales: tuple[float, ...] = (1.0,)) -> PrintsOf:
    """The prints of one file, judged by its content. `scales`: (1.0,) for what is kept, ASKED_SCALES for who asks."""
    file = _keyed(key, [b"file" + hashlib.sha256(data).digest()])
    if picture_format(data) is None:
        return PrintsOf(file, (), _of_rows(data, key))
    try:
        pixels = decode_picture(decoding_pool(), data, max_bytes=MOST_BYTES, max_megapixels=MOST_MEGAPIXELS).pixels
    except PandokError:
        return PrintsOf(file, (), _keyed(key, []), unread=True)
    gray = cv2.cvtColor(np.ascontiguousarray(pixels), cv2.COLOR_RGB2GRAY)
    return PrintsOf(file, tuple(_of_points(gray, scale, key) for scale in scales), _keyed(key, []))


def _of_points(gray: NDArray[Any], scale: float, key: bytes) -> Prints:
    factor = PICTURE_SIDE_PX * scale / max(gray.shape)
    how = cv2.INTER_AREA if factor < 1 else cv2.INTER_LINEAR
    width, height = (max(32, round(side * factor)) for side in gray.shape[::-1])
    small = cv2.GaussianBlur(cv2.resize(gray, (width, height), interpolation=how), (0, 0), 1.2)
    orb = cv2.ORB.create(nfeatures=MOST_POINTS, scaleFactor=1.15, nlevels=6, fastThreshold=8)
    _, found = orb.detectAndCompute(small, None)
    if found is None:
        return _keyed(key, [])
    return _keyed(key, [b"point" + bytes([place]) + piece for one in found for place, piece in _pieces(one.tobytes())])


def _of_rows(data: bytes, key: bytes) -> Prints:
    rows = _rows_elsewhere(data) if len(data) > MOST_JSON_BYTES and data[:1] in (b"{", b"[") else rows_of(data)
    return _keyed(key, sorted({b"row" + row.encode() for row in rows}))


def _rows_elsewhere(data: bytes) -> Iterator[str]:
    """Large JSON takes twenty times its size; what takes more than the bounds is looked at line by line."""
    try:
        _, [rows] = decoding_pool().ask(
            rows_there, data, what="document", refusal=InputError, too_costly=_TooCostly, options={}, seconds=SECONDS
        )
    except (InputError, _TooCostly):
        return rows_of(data, json_bytes=0)
    return iter(rows.decode("utf-8", "replace").split("\n"))


def rows_there(data: bytes) -> tuple[dict[str, Any], list[bytes]]:
    """The duty of a parsing process."""
    return {}, ["\n".join(rows_of(data, json_bytes=len(data))).encode("utf-8", "replace")]


class _TooCostly(Exception):
    pass


def rows_of(data: bytes, *, json_bytes: int = MOST_JSON_BYTES) -> Iterator[str]:
    """The rows of a text, table or JSON record: of each its longest cells, sorted, in small letters.

    So the order of columns, and shorter columns more or less, change nothing. Short rows say too little.
    """
    text = _text(data)
    listed = _json_cells(text) if len(data) <= json_bytes else []
    for number, cells in enumerate(listed or _cells(text)):
        if number >= MOST_ROWS:
            return
        plain = [cell for cell in (" ".join(cell.lower().split()) for cell in cells) if cell]
        row = "\x1f".join(sorted(sorted(plain, key=lambda cell: (-len(cell), cell))[:CELLS_OF_ROW]))
        if len(row) >= LEAST_ROW_LETTERS:
            yield row


def _cells(text: str) -> Iterator[list[str]]:
    first = text[:4096]
    delimiter = max(",;\t|", key=first.count)
    for line in text.splitlines():
        try:
            yield next(csv.reader([line], delimiter=delimiter), [])
        except csv.Error:
            yield line.split(delimiter)


def _json_cells(text: str) -> list[list[str]]:
    """Of one record, or of a list of records."""
    if text[:1] not in ("{", "["):
        return []
    try:
        found = json.loads(text)
    except (ValueError, RecursionError):
        return []
    records = found if isinstance(found, list) else [found]
    return [[str(cell) for cell in one.values()] for one in records if isinstance(one, dict)]


def _text(data: bytes) -> str:
    """UTF-8, else CP949 as Korean offices write it; empty where it is no text."""
    if b"\0" in data:
        return ""
    for encoding in ("utf-8-sig", "cp949"):
        try:
            return unicodedata.normalize("NFC", data.decode(encoding))
        except UnicodeDecodeError:
            continue
    return ""


def _pieces(descriptor: bytes) -> Iterator[tuple[int, bytes]]:
    for place in range(0, len(descriptor), _PIECE_BYTES):
        yield place, descriptor[place : place + _PIECE_BYTES]


def _keyed(key: bytes, parts: list[bytes]) -> Prints:
    found = [hmac.new(key, part, hashlib.sha256).digest()[:8] for part in parts]
    return np.frombuffer(b"".join(found), dtype=np.uint64) if found else np.array([], dtype=np.uint64)
