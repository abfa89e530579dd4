"""Tables as text: read as they come (UTF-8, UTF-16 or CP949; comma, tab or semicolon), written as UTF-8 with commas."""

from __future__ import annotations

import csv
import io
from dataclasses import dataclass

from pandok.core.table_text import marked_encoding

MOST_COLUMNS = 2000
LONGEST_CELL = 1_000_000
MOST_CELLS = 20_000_000
"""Each takes some 60 bytes beside its letters while a table is read."""


@dataclass(frozen=True, slots=True)
class Table:
    header: tuple[str, ...]
    rows: tuple[tuple[str, ...], ...]

    def column(self, place: int) -> list[str]:
        return [row[place] for row in self.rows]

    def ids(self) -> list[str]:
        """The first column without gaps or repetitions; empty where there is none."""
        for place in range(len(self.header)):
            values = [value.strip() for value in self.column(place)]
            if values and all(values) and len(set(values)) == len(values):
                return values
        return []

    def as_csv(self) -> bytes:
        target = io.StringIO(newline="")
        csv.writer(target, lineterminator="\n").writerows([self.header, *self.rows])
        return target.getvalue().encode()


def read_table(data: bytes) -> Table | None:
    """None where it is not a table that can be read: no text, no header, rows of different width, too many cells."""
    text = _table_text(data)
    if text is None or not text.strip():
        return None
    first = text.splitlines()[0]
    delimiter = max(",\t;", key=first.count)
    if text.count(delimiter) + text.count("\n") > MOST_CELLS:
        return None
    try:
        csv.field_size_limit(LONGEST_CELL)
        rows = [
            tuple(row) for row in csv.reader(io.StringIO(text, newline=""), delimiter=delimiter, strict=True) if row
        ]
    except csv.Error:
        return None
    header = rows[0]
    if not 1 <= len(header) <= MOST_COLUMNS or any(len(row) != len(header) for row in rows):
        return None
    return Table(header, tuple(rows[1:]))


def read_text(data: bytes) -> str | None:
    """UTF-8 with or without mark, else CP949 as Korean offices write it; None where it is neither."""
    if b"\0" in data:
        return None
    for encoding in ("utf-8-sig", "cp949"):
        try:
            return data.decode(encoding)
        except UnicodeDecodeError:
            continue
    return None


def _table_text(data: bytes) -> str | None:
    """As `read_text`, and UTF-16 with a mark, which is Excel's "Unicode text"."""
    if marked_encoding(data) != "utf-16":
        return read_text(data)
    try:
        text = data.decode("utf-16")
    except UnicodeDecodeError:
        return None
    return None if "\0" in text else text
