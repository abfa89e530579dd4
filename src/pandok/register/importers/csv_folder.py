"""A folder with `register.csv`: one row a view, paths relative to the folder.

Columns: `design_id,holder,article,locarno_class,status,view,path`, and any other name in `records.FACTS`. Only
`design_id` and `path` must be there. UTF-8 with or without BOM, and CP949 (EUC-KR), are told apart by their bytes.
"""

from __future__ import annotations

import csv
from collections.abc import Iterator
from pathlib import Path

from pandok.core.errors import ImportRefused
from pandok.core.text import Text
from pandok.register.findings import finding
from pandok.register.records import FACTS, Finding, RawRecord, RawView

REQUIRED = ("design_id", "path")
MAX_ROW_LINES = 50
"""A quoted field may run over lines; one that runs over more than this was left open."""


class CsvFolder:
    name = "csv"

    def __init__(self, file: Path):
        self.file = file
        self.folder = file.parent
        self.encoding = _encoding(file)

    def size(self) -> int:
        """Rows, counted by line ends."""
        with self.file.open("rb") as file:
            return max(0, sum(block.count(b"\n") for block in iter(lambda: file.read(1 << 20), b"")) - 1)

    def read(self) -> Iterator[RawRecord | Finding]:
        name = self.file.name
        with self.file.open(encoding=self.encoding, errors="replace", newline="") as file:
            rows = csv.reader(file)
            header = self._header(rows)
            first = rows.line_num + 1
            while True:
                try:
                    row = next(rows)
                except StopIteration:
                    return
                except csv.Error:
                    yield finding("row.quote", name, first, first=str(first), last=str(rows.line_num))
                    first = rows.line_num + 1
                    continue
                line, first = first, rows.line_num + 1
                if not any(field.strip() for field in row):
                    continue
                if rows.line_num - line >= MAX_ROW_LINES:
                    yield finding("row.quote", name, line, first=str(line), last=str(rows.line_num))
                elif len(row) > len(header):
                    yield finding("row.columns", name, line, row[0], found=str(len(row)), expected=str(len(header)))
                elif any("\ufffd" in field for field in row):
                    yield finding("row.undecodable", name, line, encoding=self.encoding)
                else:
                    yield self._record(dict(zip(header, row, strict=False)), line)

    def _header(self, rows: Iterator[list[str]]) -> list[str]:
        try:
            header = [field.strip().casefold() for field in next(rows)]
        except (StopIteration, csv.Error):
            header = []
        missing = [column for column in REQUIRED if column not in header]
        if missing:
            raise ImportRefused(
                Text(
                    ko=f"{self.file.name}의 머리글에 {', '.join(missing)} 열이 없습니다.",
                    en=f"The header of {self.file.name} lacks the column {', '.join(missing)}.",
                ),
                Text(
                    ko="첫 행에 design_id,holder,article,locarno_class,status,view,path 열 이름을 적으십시오.",
                    en="Name the columns design_id,holder,article,locarno_class,status,view,path in the first row.",
                ),
                code="import.columns",
                missing=missing,
            )
        return header

    def _record(self, row: dict[str, str], line: int) -> RawRecord:
        view = RawView(row.get("view", "").strip(), row.get("path", "").strip(), self.folder, line)
        facts = {fact: row[fact] for fact in FACTS if row.get(fact)}
        return RawRecord(row.get("design_id", "").strip(), facts, self.file.name, line, (view,), done=line - 1)


def _encoding(path: Path) -> str:
    """The encoding under which fewer lines are broken; UTF-8 where both are as good."""
    with path.open("rb") as file:
        start = file.read(4)
        if start.startswith(b"\xef\xbb\xbf"):
            return "utf-8-sig"
        if start.startswith((b"\xff\xfe", b"\xfe\xff")):
            return "utf-16"
        file.seek(0)
        broken = {"utf-8": 0, "cp949": 0}
        for line in file:
            if not line.isascii():
                for encoding in broken:
                    broken[encoding] += not _decodes(line, encoding)
    return "cp949" if broken["cp949"] < broken["utf-8"] else "utf-8"


def _decodes(line: bytes, encoding: str) -> bool:
    try:
        line.decode(encoding)
    except UnicodeDecodeError:
        return False
    return True
