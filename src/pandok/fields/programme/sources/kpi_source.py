"""What a source of rows is: columns that formulas may name, and the rows that were known at a moment."""

from __future__ import annotations

from collections.abc import Callable, Mapping, Sequence
from dataclasses import dataclass
from datetime import datetime
from typing import Any

from pandok.core.canonical import digest
from pandok.core.text import Text
from pandok.proof.kpi.columns import Kind

Row = Mapping[str, Any]


@dataclass(frozen=True)
class KpiSource:
    """`rows`: as they were known at a moment, from records that are only added to; the same moment gives the same rows
    on every later day. `keys`: the columns that name a record."""

    name: str
    words: Text
    columns: Mapping[str, Kind]
    rows: Callable[[datetime], Sequence[Row]]
    keys: tuple[str, ...]

    def sha256_at(self, moment: datetime) -> str:
        return digest([dict(one) for one in self.rows(moment)])

    def rows_between(self, since: datetime, until: datetime) -> list[Row]:
        """Of records that began after `since`, as they were known at `until`: a trial is measured on what came in its
        run, not on what its baseline was counted from."""
        before = {self._key(one) for one in self.rows(since)}
        return [one for one in self.rows(until) if self._key(one) not in before]

    def _key(self, row: Row) -> tuple[Any, ...]:
        return tuple(row[name] for name in self.keys)
