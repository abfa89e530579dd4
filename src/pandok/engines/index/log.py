"""The append-only log of changes since the last rebuild.

A change is one frame: header, payload, checksums. A commit frame holds its own place in the file. Only frames before
a commit count, so a crash in the middle of anything leaves the state of the last finished `flush`; what lies behind
the last commit is cut off by the next writer. A damaged frame *before* a commit is damage, and is said to be.
"""

from __future__ import annotations

import os
import struct
import zlib
from collections.abc import Iterator
from dataclasses import dataclass
from pathlib import Path
from typing import Any, BinaryIO, Literal

import numpy as np
from numpy.typing import NDArray

from pandok.engines.index.errors import corrupt, disk, wrong_dimension
from pandok.engines.index.port import Attributes

Kind = Literal["add", "remove", "set"]
_CODES: dict[str, int] = {"add": 1, "remove": 2, "set": 3}
_KINDS: dict[int, Kind] = {1: "add", 2: "remove", 3: "set"}
_COMMIT = 9
_FILE_HEAD = struct.Struct("<8sII")
_FILE_MAGIC = b"PANDOKLG"
_FRAME = struct.Struct("<4sIQQII")  # magic, kind, rows, payload bytes, payload crc, crc of the fields before
_MAGIC = b"PkFr"
_IN_FORCE, _RECORDED = 1, 2


@dataclass(frozen=True)
class Change:
    """One change to the rows. `vectors` are half floats (n, d) and, like `attributes`, absent where not needed.

    `vectors_at` is where the vectors begin in the log file, in bytes.
    """

    kind: Kind
    keys: NDArray[np.int64]
    attributes: Attributes | None = None
    vectors: NDArray[np.float16] | None = None
    vectors_at: int = -1


def flags_of(attributes: Attributes) -> NDArray[np.uint8]:
    """(n,) uint8: bit 0 in force, bit 1 recorded with customs."""
    flags = attributes.in_force.astype(np.uint8) * _IN_FORCE
    flags |= attributes.recorded.astype(np.uint8) * _RECORDED
    return flags


def attributes_of(class_code: NDArray[np.int32], flags: NDArray[np.uint8]) -> Attributes:
    return Attributes(class_code, (flags & _IN_FORCE) != 0, (flags & _RECORDED) != 0)


class LogWriter:
    """Appends behind the last commit. Only one may exist for a file: the holder of the write lock."""

    def __init__(self, path: Path, dimension: int, committed: int):
        self._path = path
        try:
            self._file = path.open("r+b" if path.exists() else "w+b", buffering=0)
            if committed < _FILE_HEAD.size:
                self._file.truncate(0)
                self._put(_FILE_HEAD.pack(_FILE_MAGIC, 1, dimension))
            else:
                _refuse_commits_behind(self._file, committed, path)
                self._file.truncate(committed)
                self._file.seek(committed)
        except OSError as error:
            raise disk(error, path) from error

    def append(self, change: Change) -> int:
        """Write one change, not yet durable. Returns where its vectors begin."""
        parts: list[NDArray[Any]] = [np.ascontiguousarray(change.keys, np.int64)]
        if change.attributes is not None:
            parts += [np.ascontiguousarray(change.attributes.class_code, np.int32), flags_of(change.attributes)]
        head = sum(part.nbytes for part in parts)
        if change.vectors is not None:
            parts.append(np.ascontiguousarray(change.vectors, np.float16))
        return self._frame(_CODES[change.kind], len(change.keys), parts) + _FRAME.size + head

    def commit(self) -> int:
        """Make everything so far durable. Returns the committed length of the file."""
        try:
            here = self._file.tell()
            self._frame(_COMMIT, 0, [np.array([here], np.int64)])
            os.fsync(self._file.fileno())
            return self._file.tell()
        except OSError as error:
            raise disk(error, self._path) from error

    def close(self) -> None:
        self._file.close()

    def _frame(self, code: int, rows: int, parts: list[NDArray[Any]]) -> int:
        crc, length = 0, 0
        for part in parts:
            crc, length = zlib.crc32(part.data, crc), length + part.nbytes
        at = self._file.tell()
        try:
            self._put(_seal(code, rows, length, crc))
            for part in parts:
                self._put(part.data.cast("B") if part.nbytes else b"")
        except OSError as error:
            # A full disk must not leave half a frame for the next one to hide behind.
            self._file.seek(at)
            self._file.truncate()
            raise disk(error, self._path) from error
        return at

    def _put(self, data: bytes | memoryview) -> None:
        left = memoryview(data)
        while len(left):  # an unbuffered file may take less than it was given
            left = left[self._file.write(left) :]


def read_committed(path: Path, dimension: int, start: int) -> tuple[list[Change], int]:
    """Changes between `start` (0 or an earlier end) and the last commit, and where that commit ends.

    Raises StoreError for damage, for another dimension, and FileNotFoundError where there is no file.
    """
    with path.open("rb") as file:
        size = os.fstat(file.fileno()).st_size
        if start < _FILE_HEAD.size:
            if size < _FILE_HEAD.size:
                return [], 0  # the crash came before the first commit
            magic, version, written = _FILE_HEAD.unpack(file.read(_FILE_HEAD.size))
            if magic != _FILE_MAGIC or version != 1:
                raise corrupt(path, "head of the log")
            if written != dimension:
                raise wrong_dimension(written, dimension)
            start = _FILE_HEAD.size
        frames = list(_frames(file, start, size))
        whole = [frame.code == _COMMIT and _payload(file, frame) == struct.pack("<q", frame.at) for frame in frames]
        if True not in whole:
            return [], start
        last = len(whole) - 1 - whole[::-1].index(True)
        changes = []
        for frame, commit in zip(frames[: last + 1], whole, strict=False):
            if not commit:
                changes.append(_change(file, frame, dimension, path))
        return changes, frames[last].end


@dataclass(frozen=True)
class _Frame:
    at: int
    code: int
    rows: int
    length: int
    crc: int

    @property
    def end(self) -> int:
        return self.at + _FRAME.size + self.length


def _frames(file: BinaryIO, start: int, size: int) -> Iterator[_Frame]:
    """Whole frames from `start`, without reading their payload; ends at the first that is not whole."""
    at = start
    while at + _FRAME.size <= size:
        file.seek(at)
        frame = _unseal(at, file.read(_FRAME.size))
        if frame is None or frame.end > size:
            return
        yield frame
        at = frame.end


def _seal(code: int, rows: int, length: int, crc: int) -> bytes:
    fields = struct.pack("<4sIQQI", _MAGIC, code, rows, length, crc)
    return fields + struct.pack("<I", zlib.crc32(fields))


def _unseal(at: int, head: bytes) -> _Frame | None:
    magic, code, rows, length, crc, seal = _FRAME.unpack(head)
    if magic != _MAGIC or zlib.crc32(head[:-4]) != seal:
        return None
    return _Frame(at, code, rows, length, crc)


def _payload(file: BinaryIO, frame: _Frame) -> bytes:
    file.seek(frame.at + _FRAME.size)
    return file.read(frame.length)


def _change(file: BinaryIO, frame: _Frame, dimension: int, path: Path) -> Change:
    payload = _payload(file, frame)
    n, kind = frame.rows, _KINDS.get(frame.code)
    size = {"add": 8 + 4 + 1 + 2 * dimension, "set": 8 + 4 + 1, "remove": 8}.get(kind or "", -1) * n
    if kind is None or zlib.crc32(payload) != frame.crc or len(payload) != size:
        raise corrupt(path, f"change at byte {frame.at}")
    keys = np.frombuffer(payload, np.int64, n)
    if kind == "remove":
        return Change(kind, keys)
    attributes = attributes_of(
        np.frombuffer(payload, np.int32, n, offset=8 * n), np.frombuffer(payload, np.uint8, n, offset=12 * n)
    )
    if kind == "set":
        return Change(kind, keys, attributes)
    vectors = np.frombuffer(payload, np.float16, n * dimension, offset=13 * n).reshape(n, dimension)
    return Change(kind, keys, attributes, vectors, frame.at + _FRAME.size + 13 * n)


def _refuse_commits_behind(file: BinaryIO, committed: int, path: Path) -> None:
    """Cutting off a torn tail must never cut off a finished flush that only a damaged frame hides."""
    file.seek(0, os.SEEK_END)
    size = file.tell()
    block, overlap, at = 1 << 24, _FRAME.size + 8, committed
    while at < size:
        file.seek(at)
        data = file.read(block + overlap)
        found = data.find(_MAGIC)
        while found >= 0 and found + overlap <= len(data):
            frame = _unseal(at + found, data[found : found + _FRAME.size])
            payload = data[found + _FRAME.size : found + overlap]
            if frame and frame.code == _COMMIT and payload == struct.pack("<q", frame.at):
                raise corrupt(path, f"a damaged change at byte {committed}, before a finished flush")
            found = data.find(_MAGIC, found + 1)
        at += block
    file.seek(committed)
