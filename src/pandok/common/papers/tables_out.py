"""Tables that leave the house: CSV row by row, XLSX and Parquet as a whole, with one guard against formulas.

Words of people may begin like a formula of a spreadsheet: such a cell is marked as text, by an apostrophe before it in
CSV and Parquet, as a text cell in XLSX. Characters that no file format holds are left out.
"""

from __future__ import annotations

import csv
import io
import re
from collections.abc import Iterable, Iterator, Sequence
from pathlib import Path
from typing import IO, Any

from pandok.core.cells import harmless

MEDIA_TYPES: dict[str, str] = {
    "csv": "text/csv; charset=utf-8",
    "xlsx": "application/vnd.openxmlformats-officedocument.spreadsheetml.sheet",
    "parquet": "application/vnd.apache.parquet",
}
MOST_IN_A_FILE = 200_000
"""Rows of XLSX and Parquet, which are written whole before they leave; CSV has no bound."""
_CONTROL = re.compile(r"[\x00-\x08\x0b\x0c\x0e-\x1f\ud800-\udfff\ufffe\uffff]")


def csv_lines(header: Sequence[str], rows: Iterable[Sequence[object]]) -> Iterator[bytes]:
    """UTF-8 with a byte order mark, as spreadsheets want it."""
    yield "\ufeff".encode() + _line(header)
    for row in rows:
        yield _line([cell_out(cell) for cell in row])


def write_xlsx(path: Path, title: str, header: Sequence[str], rows: Iterable[Sequence[str]]) -> None:
    """One sheet, every cell a text."""
    from openpyxl import Workbook
    from openpyxl.cell import WriteOnlyCell

    book = Workbook(write_only=True)
    sheet = book.create_sheet(title)
    sheet.append(list(header))
    for row in rows:
        cells = [WriteOnlyCell(sheet, value=_CONTROL.sub("", value)) for value in row]
        for cell in cells:
            cell.data_type = "s"
        sheet.append(cells)
    book.save(path)


def write_parquet(target: Path | IO[bytes], columns: Sequence[str], rows: Iterable[Sequence[str]]) -> None:
    """All columns text."""
    import polars

    guarded = [tuple(cell_out(cell) for cell in row) for row in rows]
    polars.DataFrame(guarded, schema=dict.fromkeys(columns, polars.String), orient="row").write_parquet(target)


def cell_out(cell: object) -> str:
    """Without characters that no file format holds, and so that no spreadsheet runs it."""
    return harmless(_CONTROL.sub("", str(cell)))


def _line(values: Sequence[Any]) -> bytes:
    target = io.StringIO()
    csv.writer(target, lineterminator="\r\n").writerow(values)
    return target.getvalue().encode("utf-8", "replace")
