"""Cells under five in tables of counts: they may point at single persons or goods."""

from __future__ import annotations

import re
from collections.abc import Iterator

from pandok.core.lab.proof_pack import LEAST_CELL
from pandok.fields.lab.acts.exports.export_findings import ExportFinding
from pandok.fields.lab.acts.vault.masking.table_form import Table
from pandok.fields.lab.acts.vault.uploads import NamedBytes

_COUNTED = re.compile(
    r"(^|[^a-z])(n|count|counts|cases|freq|frequency|number|total)([^a-z]|$)|건수|건$|횟수|빈도|인원|명수|명$|개수|수량|합계",
    re.IGNORECASE,
)
_WHOLE = re.compile(r"[0-9]{1,15}")
MOST_CROSS_ROWS = 200
"""A longer table whose cells are all whole numbers is data, not a table of counts."""


def small_cells(table: Table) -> Iterator[tuple[int, str]]:
    """Row (from 1, below the header) and column of every cell that counts one to four.

    A column counts where its name says so; in a short table without other numbers, every column of whole numbers does.
    """
    columns = [place for place, name in enumerate(table.header) if _COUNTED.search(name.strip())]
    if not columns and 1 < len(table.rows) <= MOST_CROSS_ROWS:
        columns = [place for place in range(1, len(table.header)) if _all_whole(table, place)]
        numbers = [place for place in range(1, len(table.header)) if _any_number(table, place)]
        columns = columns if columns == numbers else []
    for number, row in enumerate(table.rows, start=1):
        for place in columns:
            cell = row[place].strip().replace(",", "")
            if _WHOLE.fullmatch(cell) and 0 < int(cell) < LEAST_CELL:
                yield number, table.header[place]


def cells_under_five(one: NamedBytes) -> Iterator[ExportFinding]:
    """One finding that names the first of them, where the file is a table that holds any."""
    table = one.table()
    cells = list(small_cells(table)) if table is not None else []
    if cells:
        row, column = cells[0]
        yield ExportFinding("small_cells", f"{one.name}: {column}, {row} (< {LEAST_CELL})", len(cells))


def _all_whole(table: Table, place: int) -> bool:
    cells = [cell.strip().replace(",", "") for cell in table.column(place)]
    return any(cells) and all(_WHOLE.fullmatch(cell) for cell in cells if cell)


def _any_number(table: Table, place: int) -> bool:
    return any(re.fullmatch(r"-?[0-9.,]+", cell.strip()) for cell in table.column(place))
