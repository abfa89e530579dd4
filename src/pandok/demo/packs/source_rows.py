"""Rows of a source's table; a missing file is told with the way to it, a defect with its row."""

from __future__ import annotations

import csv
import gzip
import io
import math
from collections.abc import Callable, Iterator, Mapping
from datetime import datetime
from pathlib import Path
from typing import Any

from pandok.core.errors import RequestError
from pandok.core.text import Text

Readers = Mapping[str, Callable[[str], Any]]
FIRST_ROW = 2
"""Row 1 is the head."""


def source_rows(path: Path, columns: Readers) -> Iterator[dict[str, Any]]:
    """The named columns of a CSV (or .csv.gz), each read by its function. Raises RequestError: pack.no_source,
    pack.source_row."""
    text = source_text(path)
    table = csv.DictReader(io.StringIO(text, newline=""))
    if lacking := [name for name in columns if name not in (table.fieldnames or ())]:
        names = ", ".join(lacking)
        raise _defect(path, 1, Text(ko=f"열이 없습니다: {names}", en=f"columns are missing: {names}"))
    for number, row in enumerate(table, FIRST_ROW):
        yield {name: _read(path, number, name, row[name], reader) for name, reader in columns.items()}


def source_text(path: Path) -> str:
    """The whole of a text file of a source (or .gz). Raises RequestError: pack.no_source, pack.source_row."""
    if not path.is_file():
        raise RequestError(
            Text(ko=f"원자료 파일이 없습니다: {path}", en=f"The file of the source is not here: {path}"),
            Text(
                ko="주소와 이용 조건은 `docs/look-up/packs.md`에 있습니다. 받아서 그 자리에 두십시오.",
                en="Address and licence stand in `docs/look-up/packs.md`. Get it and lay it there.",
            ),
            code="pack.no_source",
        )
    try:
        data = path.read_bytes()
        return (gzip.decompress(data) if path.suffix == ".gz" else data).decode("utf-8-sig")
    except (OSError, EOFError, ValueError) as error:
        raise _defect(path, 1, Text(ko="UTF-8 글로 읽을 수 없습니다", en="it is no UTF-8 text")) from error


def number_of(cell: str) -> float:
    """A finite number."""
    value = float(cell)
    if not math.isfinite(value):
        raise ValueError("not finite")
    return value


def moment_of(cell: str) -> datetime:
    """Without a zone: as the clock of the source showed it."""
    return datetime.fromisoformat(cell).replace(tzinfo=None)


def _read(path: Path, number: int, name: str, cell: str | None, reader: Callable[[str], Any]) -> Any:
    try:
        if cell is None:
            raise ValueError("the row is too short")
        return reader(cell)
    except ValueError as error:
        shown = repr((cell or "")[:40])
        raise _defect(path, number, Text(ko=f"{name} 열의 값 {shown}", en=f"column {name}: {shown}")) from error


def _defect(path: Path, number: int, what: Text) -> RequestError:
    return RequestError(
        Text(
            ko=f"{path.name} {number}행을 읽을 수 없습니다: {what.ko}.",
            en=f"{path.name}, row {number} cannot be read: {what.en}.",
        ),
        Text(
            ko="원자료를 다시 받거나 그 행을 고치십시오. 행을 빼고 만들지 않습니다.",
            en="Get the source again or correct that row. Nothing is built by leaving rows out.",
        ),
        code="pack.source_row",
        row=number,
    )
