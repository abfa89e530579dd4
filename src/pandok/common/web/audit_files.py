"""The audit trail as CSV (a stream of any length) and Parquet."""

from __future__ import annotations

import io
import json
from collections.abc import Iterator

from django.db.models import QuerySet

from pandok.common.models import AuditEntry
from pandok.common.papers import tables_out
from pandok.common.papers.tables_out import MOST_IN_A_FILE
from pandok.core.errors import RequestError
from pandok.core.text import Text

COLUMNS = ("sequence", "at", "actor", "action", "object", "reason", "details", "previous_hash", "hash")


def csv_lines(entries: QuerySet[AuditEntry]) -> Iterator[bytes]:
    """Oldest first."""
    return tables_out.csv_lines(COLUMNS, _rows(entries))


def parquet(entries: QuerySet[AuditEntry]) -> bytes:
    """Raises RequestError for more entries than one file in memory should hold."""
    import polars

    rows = list(_rows(entries[: MOST_IN_A_FILE + 1]))
    if len(rows) > MOST_IN_A_FILE:
        raise RequestError(
            Text(ko=f"항목이 {MOST_IN_A_FILE:,}건을 넘습니다.", en=f"There are more than {MOST_IN_A_FILE:,} entries."),
            Text(ko="기간을 좁히거나 CSV로 받으십시오.", en="Narrow the time, or take CSV."),
            code="request.export_too_large",
        )
    target = io.BytesIO()
    # As they stand: the hash of an entry is computed again of them, and no spreadsheet opens Parquet.
    schema = {name: polars.Int64 if name == "sequence" else polars.String for name in COLUMNS}
    polars.DataFrame(rows, schema=schema, orient="row").write_parquet(target)
    return target.getvalue()


def _rows(entries: QuerySet[AuditEntry]) -> Iterator[tuple[int | str, ...]]:
    for row in entries.values_list(*COLUMNS).iterator(chunk_size=2000):
        sequence, at, actor, action, obj, reason, details, previous, own = row
        said = json.dumps(details, ensure_ascii=False, sort_keys=True)
        yield sequence, at.isoformat(), actor, action, obj, reason, said, previous, own
