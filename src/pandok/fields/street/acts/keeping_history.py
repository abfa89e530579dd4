"""Readings go from the table of taken messages into Parquet files, each message into exactly one.

The file is on disk under its last name before the row that names it, and the messages go in the transaction of that
row: after a crash a file without a row is written again, and every message is in the table or in a named file, never
in both.
"""

from __future__ import annotations

import hashlib
import io
from datetime import datetime
from pathlib import Path
from typing import Any

import polars as pl
from django.db import transaction
from django.db.models import F, QuerySet

from pandok.common.jobs.registry import every
from pandok.common.jobs.work import Work
from pandok.engines.files.durable import write_durably
from pandok.fields.street.models import HistoryFile, TakenMessage
from pandok.fields.street.observation_numbers import observation_id
from pandok.settings import settings

MOST = 20_000
"""Messages in a file."""


def history_folder(home: Path) -> Path:
    return home / "street" / "history"


def pack(folder: Path, *, now: datetime, least: int = 1) -> HistoryFile | None:
    """Pack the oldest messages where there are `least` of them; None: there was nothing to do."""
    # What stands behind a gap is still to be read by the hazard readers.
    ready = TakenMessage.objects.filter(sequence__lte=F("spool__contiguous"))
    rows = taken_rows(ready, MOST)
    if len(rows) < max(least, 1):
        return None
    first, last = rows[0][0], rows[-1][0]
    table = table_of(rows)
    held = io.BytesIO()
    table.write_parquet(held, compression="zstd", statistics=True)
    body = held.getvalue()
    name = f"{first:012d}-{last:012d}.parquet"
    write_durably(folder / name, body, overwrite=True)
    with transaction.atomic():
        gone, _ = TakenMessage.objects.filter(pk__in=[row[0] for row in rows]).delete()
        if gone != len(rows):
            # Another worker packed some of them meanwhile: its file holds them, this one is left without a row.
            transaction.set_rollback(True)
            return None
        return HistoryFile.objects.create(
            first_id=first,
            last_id=last,
            messages=len(rows),
            readings=table.height,
            name=name,
            sha256=hashlib.sha256(body).hexdigest(),
            packed_at=now,
            numbered=True,
        )


def taken_rows(messages: QuerySet[TakenMessage], most: int | None = None) -> list[tuple[Any, ...]]:
    """Of messages as they were taken, the oldest first."""
    columns = ("id", "pole__key", "spool__key", "sequence", "received_at", "offset_ms", "readings")
    return list(messages.order_by("id").values_list(*columns)[:most])


def table_of(rows: list[tuple[Any, ...]]) -> pl.DataFrame:
    flat = [
        (pole, sensor, observed, at_ms + offset, at_ms, value, received, spool, sequence, observation_id(number, place))
        for number, pole, spool, sequence, received, offset, readings in rows
        for place, (sensor, observed, at_ms, value) in enumerate(readings)
    ]
    schema: dict[str, pl.DataType | type[pl.DataType]] = {
        "pole": pl.String,
        "sensor": pl.String,
        "observed": pl.String,
        "at_ms": pl.Int64,
        "at_pole_ms": pl.Int64,
        "value": pl.Float64,
        "received_at": pl.Datetime("us", "UTC"),
        "spool": pl.String,
        "sequence": pl.Int64,
        "observation": pl.Int64,
    }
    return pl.DataFrame(flat, schema=schema, orient="row")


def history_of(folder: Path, pole: str) -> pl.DataFrame:
    """All packed readings of a pole, oldest first."""
    files = [folder / name for name in HistoryFile.objects.values_list("name", flat=True)]
    if not files:
        return table_of([])
    return packed(files).filter(pl.col("pole") == pole).sort("at_ms", "sensor", "observed").collect()


def packed(files: list[Path]) -> pl.LazyFrame:
    """Files of before observations were numbered have no such column."""
    return pl.scan_parquet(files, missing_columns="insert", schema=table_of([]).schema)


@every(60)
def pack_history(work: Work) -> None:
    pack(history_folder(settings().home), now=work.now, least=200)
