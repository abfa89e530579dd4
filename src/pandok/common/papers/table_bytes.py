"""A table as the bytes of a file."""

from __future__ import annotations

import io
import tempfile
from collections.abc import Iterable, Sequence
from pathlib import Path

from pandok.common.papers.tables_out import csv_lines, write_parquet, write_xlsx


def table_bytes(form: str, title: str, columns: Sequence[str], rows: Iterable[Sequence[str]]) -> bytes:
    """`form`: csv, parquet or xlsx, of MEDIA_TYPES."""
    found = list(rows)
    if form == "csv":
        return b"".join(csv_lines(columns, found))
    if form == "parquet":
        held = io.BytesIO()
        write_parquet(held, columns, found)
        return held.getvalue()
    with tempfile.TemporaryDirectory(prefix="pandok-export-") as folder:
        path = Path(folder) / f"{title}.xlsx"
        write_xlsx(path, title, columns, found)
        return path.read_bytes()
