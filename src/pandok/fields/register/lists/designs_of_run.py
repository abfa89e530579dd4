"""Which designs a run has met, and what was said of them; on disk, so that memory stays flat for millions."""

from __future__ import annotations

import json
import sqlite3
from collections.abc import Mapping
from types import TracebackType


class Seen:
    """A temporary table that vanishes when it is closed. Only for the duration of one run."""

    def __init__(self) -> None:
        self._database = sqlite3.connect("")  # an empty name is a temporary file that SQLite removes itself
        self._database.execute("CREATE TABLE seen (design_id TEXT PRIMARY KEY, facts TEXT) WITHOUT ROWID")

    def facts(self, design_id: str) -> dict[str, str] | None:
        """What this run has said of the design before; None at first sight."""
        row = self._database.execute("SELECT facts FROM seen WHERE design_id = ?", (design_id,)).fetchone()
        return None if row is None else dict(json.loads(row[0]))

    def add(self, design_id: str, facts: Mapping[str, str]) -> None:
        text = json.dumps(dict(facts), ensure_ascii=False)
        self._database.execute("INSERT OR REPLACE INTO seen VALUES (?, ?)", (design_id, text))

    def __enter__(self) -> Seen:
        return self

    def __exit__(
        self, kind: type[BaseException] | None, error: BaseException | None, trace: TracebackType | None
    ) -> None:
        self._database.close()
