"""Local features of registered views on disk, beside the vector index.

One SQLite file with a row for each view. Promise: `put` may be called twice and the last one counts; a batch is kept
whole or not at all, also after a crash; one writer and many readers, from any thread.
"""

from __future__ import annotations

import sqlite3
import threading
from collections.abc import Sequence
from dataclasses import dataclass
from pathlib import Path

import numpy as np

from pandok.core.errors import StoreError
from pandok.core.text import Text
from pandok.readers.designs.local import LocalFeatures

_TABLE = """CREATE TABLE IF NOT EXISTS views (
  view_key INTEGER PRIMARY KEY, plain INTEGER NOT NULL, width_px INTEGER NOT NULL, height_px INTEGER NOT NULL,
  points INTEGER NOT NULL, features BLOB NOT NULL)"""
_MARKS = "CREATE TABLE IF NOT EXISTS marks (name TEXT PRIMARY KEY, value TEXT NOT NULL)"


@dataclass(frozen=True)
class StoredFeatures:
    """One view: `plain` ground or not, `size` (width, height) in pixels, its local features."""

    view_key: int
    plain: bool
    size: tuple[int, int]
    local: LocalFeatures


class FeatureStore:
    """See the head of this file for the promise. Raises StoreError where the file cannot be used."""

    def __init__(self, path: Path):
        path.parent.mkdir(parents=True, exist_ok=True)
        self._path = path
        self._threads = threading.local()
        with self._connection() as connection:
            connection.execute(_TABLE)
            connection.execute(_MARKS)

    def _connection(self) -> sqlite3.Connection:
        connection: sqlite3.Connection | None = getattr(self._threads, "connection", None)
        if connection is None:
            try:
                connection = sqlite3.connect(self._path, timeout=30)
                connection.execute("PRAGMA journal_mode=WAL")
                connection.execute("PRAGMA synchronous=NORMAL")
            except sqlite3.Error as error:
                raise StoreError(
                    Text(ko="도면 특징 파일을 열 수 없습니다.", en="The file of view features cannot be opened."),
                    Text(
                        ko="홈 폴더의 index 폴더를 지우고 `pandok designs index`를 실행하십시오.",
                        en="Delete the folder index in the home folder and run `pandok designs index`.",
                    ),
                    code="store.features",
                ) from error
            self._threads.connection = connection
        return connection

    def put(self, rows: Sequence[StoredFeatures]) -> None:
        """Keep a batch."""
        values = []
        for row in rows:
            points = row.local.points.astype("<f4").tobytes()
            values.append(
                (row.view_key, row.plain, *row.size, len(row.local), points + row.local.descriptors.tobytes())
            )
        with self._connection() as connection:
            connection.executemany("INSERT OR REPLACE INTO views VALUES (?, ?, ?, ?, ?, ?)", values)

    def remove(self, keys: Sequence[int]) -> None:
        with self._connection() as connection:
            connection.executemany("DELETE FROM views WHERE view_key = ?", [(key,) for key in keys])

    def facts(self, keys: Sequence[int]) -> dict[int, tuple[bool, tuple[int, int]]]:
        """(plain, (width, height)) of the views that are there."""
        marks = ",".join("?" * len(keys))
        query = f"SELECT view_key, plain, width_px, height_px FROM views WHERE view_key IN ({marks})"
        rows = self._connection().execute(query, [int(key) for key in keys])
        return {key: (bool(plain), (width, height)) for key, plain, width, height in rows}

    def local_features(self, key: int) -> LocalFeatures:
        """The local features of one view; none where it is not there."""
        row = self._connection().execute("SELECT points, features FROM views WHERE view_key = ?", (key,)).fetchone()
        if row is None:
            return LocalFeatures(np.zeros((0, 2), np.float32), np.zeros((0, 128), np.uint8))
        count, data = row
        points = np.frombuffer(data, "<f4", count * 2).reshape(count, 2)
        return LocalFeatures(points, np.frombuffer(data, np.uint8, offset=count * 8).reshape(count, 128))

    def mark(self, name: str) -> str:
        """A remembered word, "" where there is none."""
        row = self._connection().execute("SELECT value FROM marks WHERE name = ?", (name,)).fetchone()
        return row[0] if row else ""

    def set_mark(self, name: str, value: str) -> None:
        with self._connection() as connection:
            connection.execute("INSERT OR REPLACE INTO marks VALUES (?, ?)", (name, value))
