"""A folder with `register.csv`: one row a view, paths relative to the folder.

Columns: `design_id,holder,article,locarno_class,status,view,path`, and any other name in `records.FACTS`. Only
`design_id` and `path` must be there. UTF-8 with or without BOM, UTF-16 and CP949 (EUC-KR) are told apart by their
bytes, the separator (comma, semicolon, tab, bar) by the header.
"""

from __future__ import annotations

import csv
from collections.abc import Iterator
from pathlib import Path
from typing import TextIO

from pandok.core.table_text import likelier_encoding, marked_encoding, said_separator, separator
from pandok.core.text import Text
from pandok.fields.register.import_findings import finding
from pandok.fields.register.importers.refusals import wrong_columns
from pandok.fields.register.records import FACTS, RawRecord, RawView, SourceFinding

REQUIRED = ("design_id", "path")
MOST_HEADER_CHARACTERS = 100_000
_COLUMNS = frozenset({*REQUIRED, *FACTS, "view"})
MAX_ROW_LINES = 50
"""A quoted field may run over lines; one that runs over more than this was left open."""


class CsvFolder:
    name = "csv"
    columns: frozenset[str] = _COLUMNS

    def __init__(self, file: Path):
        self.file = file
        self.folder = file.parent
        self.encoding = _encoding(file)

    def size(self) -> int:
        """Rows, counted by line ends."""
        with self.file.open("rb") as file:
            return max(0, sum(block.count(b"\n") for block in iter(lambda: file.read(1 << 20), b"")) - 1)

    def read(self) -> Iterator[RawRecord | SourceFinding]:
        name = self.file.name
        with self.file.open(encoding=self.encoding, errors="replace", newline="") as file:
            delimiter, before = _separator(file, self.columns)
            rows = csv.reader(file, delimiter=delimiter)
            header = self._header(rows)
            first = rows.line_num + before + 1
            silent = True
            while True:
                try:
                    row = next(rows)
                except StopIteration:
                    break
                except csv.Error:
                    last = rows.line_num + before
                    yield finding("row.quote", name, first, first=str(first), last=str(last))
                    first, silent = last + 1, False
                    continue
                last = rows.line_num + before
                line, first = first, last + 1
                if not any(field.strip() for field in row):
                    continue
                silent = False
                if last - line >= MAX_ROW_LINES:
                    yield finding("row.quote", name, line, first=str(line), last=str(last))
                elif any(field.strip() for field in row[len(header) :]):
                    yield finding("row.columns", name, line, row[0], found=str(len(row)), expected=str(len(header)))
                elif any("\ufffd" in field for field in row):
                    yield finding("row.undecodable", name, line, encoding=self.encoding)
                else:
                    yield self._record(dict(zip(header, row, strict=False)), line)
            if silent:
                yield finding("records.none", name, 1)

    def _header(self, rows: Iterator[list[str]]) -> list[str]:
        try:
            header = [field.strip().casefold() for field in next(rows)]
        except (StopIteration, csv.Error):
            header = []
        missing = [column for column in REQUIRED if column not in header]
        start = ",".join(header)[:80] or "-"
        if missing:
            raise wrong_columns(
                Text(
                    ko=f"{self.file.name}의 머리글에 {', '.join(missing)} 열이 없습니다.",
                    en=f"The header of {self.file.name} lacks the column {', '.join(missing)}.",
                ),
                Text(
                    ko=f"첫 행에 design_id,holder,article,locarno_class,status,view,path 열 이름을 적으십시오. "
                    f"구분 기호는 쉼표, 쌍반점(;), 탭, 세로줄(|)을 읽습니다. 읽은 첫 행: {start}",
                    en="Name the columns design_id,holder,article,locarno_class,status,view,path in the first row. "
                    f"Separators may be comma, semicolon, tab or bar (|). The first row reads: {start}",
                ),
                missing=missing,
            )
        return header

    def _record(self, row: dict[str, str], line: int) -> RawRecord:
        view = RawView(row.get("view", "").strip(), row.get("path", "").strip(), self.folder, line)
        views = () if row.get("word_mark", "").strip() and not view.path else (view,)  # a word mark needs no picture
        facts = {fact: row[fact] for fact in FACTS if row.get(fact)}
        unread = {name: value.strip() for name, value in row.items() if name and name not in _COLUMNS and value.strip()}
        return RawRecord(
            row.get("design_id", "").strip(), facts, self.file.name, line, views, done=line - 1, unread=unread
        )


def looks_like_table(start: bytes) -> bool:
    """Whether a file that begins so has a header with a column `design_id`, in any encoding that is read."""
    return b"design_id" in start.replace(b"\0", b"").lower()


def _separator(file: TextIO, columns: frozenset[str]) -> tuple[str, int]:
    """What stands between the fields, and how many lines are before the header, at which `file` then stands."""
    line = file.readline(MOST_HEADER_CHARACTERS)
    said = said_separator(line)
    if said:
        return said, 1
    file.seek(0)
    return separator(line, columns), 0


def _encoding(path: Path) -> str:
    with path.open("rb") as file:
        marked = marked_encoding(file.read(400))
        file.seek(0)
        return marked or likelier_encoding(file)
