"""The spool of a pole: messages on disk, numbered from 1, until they are acknowledged.

A message that `put` has returned survives the loss of power. What was acknowledged is forgotten; the spool's key says
whose numbers these are, and a pole that lost its disk begins another. Where the pole reads by itself, the states of its
readers and what they told are kept in the same transaction as the message that they read.
"""

from __future__ import annotations

import json
import os
import sqlite3
from collections.abc import Mapping, Sequence
from pathlib import Path
from typing import Any

KEPT_TOLD = 1000
"""What the pole told last, for who stands before it."""


class PoleSpool:
    def __init__(self, path: Path, *, key: str = ""):
        """`key`: of a new spool, 32 hexadecimal digits; one that is there keeps its own."""
        path.parent.mkdir(parents=True, exist_ok=True)
        self._db = sqlite3.connect(path, isolation_level=None, check_same_thread=False)
        self._db.execute("PRAGMA journal_mode=WAL")
        self._db.execute("PRAGMA synchronous=FULL")
        self._db.execute("CREATE TABLE IF NOT EXISTS spool (key TEXT NOT NULL, last INTEGER NOT NULL)")
        self._db.execute("CREATE TABLE IF NOT EXISTS message (sequence INTEGER PRIMARY KEY, readings TEXT NOT NULL)")
        self._db.execute("CREATE TABLE IF NOT EXISTS reader (name TEXT PRIMARY KEY, saved TEXT NOT NULL)")
        self._db.execute(
            "CREATE TABLE IF NOT EXISTS told (number INTEGER PRIMARY KEY, said TEXT NOT NULL, acted INTEGER NOT NULL)"
        )
        self._db.execute(
            "INSERT INTO spool SELECT ?, 0 WHERE NOT EXISTS (SELECT 1 FROM spool)", [key or os.urandom(16).hex()]
        )
        self.key: str = self._db.execute("SELECT key FROM spool").fetchone()[0]

    def put(
        self,
        readings: Sequence[dict[str, Any]],
        states: Mapping[str, str] | None = None,
        told: Sequence[dict[str, Any]] = (),
    ) -> int:
        """The number of the message, which is on disk now, with the readers' states and what they told of it."""
        self._db.execute("BEGIN IMMEDIATE")
        try:
            number: int = self._db.execute("UPDATE spool SET last = last + 1 RETURNING last").fetchone()[0]
            self._db.execute("INSERT INTO message VALUES (?, ?)", [number, json.dumps(list(readings))])
            self._db.executemany("INSERT OR REPLACE INTO reader VALUES (?, ?)", list((states or {}).items()))
            self._db.executemany("INSERT INTO told (said, acted) VALUES (?, 0)", [[json.dumps(one)] for one in told])
        except BaseException:
            self._db.execute("ROLLBACK")
            raise
        self._db.execute("COMMIT")
        return number

    def waiting(self, most: int = 50) -> list[tuple[int, list[dict[str, Any]]]]:
        """What is not acknowledged, oldest first."""
        rows = self._db.execute("SELECT sequence, readings FROM message ORDER BY sequence LIMIT ?", [most])
        return [(number, json.loads(readings)) for number, readings in rows.fetchall()]

    def acknowledged(self, key: str, contiguous: int) -> None:
        """Forget what is kept elsewhere. An acknowledgement of another spool says nothing of this one."""
        if key == self.key:
            self._db.execute("DELETE FROM message WHERE sequence <= ?", [contiguous])

    def states(self) -> dict[str, str]:
        return dict(self._db.execute("SELECT name, saved FROM reader").fetchall())

    def not_acted(self) -> list[tuple[int, dict[str, Any]]]:
        """What was told and not yet acted upon, oldest first."""
        rows = self._db.execute("SELECT number, said FROM told WHERE acted = 0 ORDER BY number").fetchall()
        return [(number, json.loads(said)) for number, said in rows]

    def acted(self, number: int) -> None:
        self._db.execute("UPDATE told SET acted = 1 WHERE number = ?", [number])
        self._db.execute("DELETE FROM told WHERE acted = 1 AND number <= ?", [number - KEPT_TOLD])

    @property
    def last(self) -> int:
        return int(self._db.execute("SELECT last FROM spool").fetchone()[0])

    def close(self) -> None:
        self._db.close()
