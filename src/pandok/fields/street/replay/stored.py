"""What is stored of a pole, in the order in which its readers were given it.

A message was read once all before it in its spool had come. Readings that are only read (levels of sound) are not
stored and cannot be read again. Readings out of files were given to no reader; a replay may ask for them.
"""

from __future__ import annotations

from pathlib import Path

import polars as pl

from pandok.fields.street.acts.keeping_history import packed, table_of, taken_rows
from pandok.fields.street.hazards import Seen
from pandok.fields.street.models import HistoryFile, Pole, Spool, TakenMessage


def stored_readings(folder: Path, pole: Pole, *, with_files: bool) -> list[Seen]:
    """`folder`: of the history."""
    waiting = TakenMessage.objects.filter(pole=pole)
    parts = [table_of(taken_rows(waiting))]
    files = [folder / name for name in HistoryFile.objects.order_by("last_id").values_list("name", flat=True)]
    if files:
        parts.insert(0, packed(files).filter(pl.col("pole") == pole.key).collect())
    of_files = list(Spool.objects.filter(pole=pole, from_file=True).values_list("key", flat=True))
    table = pl.concat(parts).with_row_index("row")
    if not with_files:
        table = table.filter(~pl.col("spool").is_in(of_files))
    readable = pl.col("received_at").sort_by("sequence").cum_max().over("spool", mapping_strategy="explode")
    ordered = (
        table.sort("spool", "sequence", "row")
        .with_columns(readable.alias("readable_at"))
        # What a file brings comes in the order of its own time: it was not there when it happened.
        .with_columns(
            pl.when(pl.col("spool").is_in(of_files))
            .then(pl.from_epoch("at_ms", "ms").dt.replace_time_zone("UTC").dt.cast_time_unit("us"))
            .otherwise(pl.col("readable_at"))
            .alias("readable_at")
        )
        .sort("readable_at", "spool", "sequence", "row")
    )
    columns = ("sensor", "observed", "at_ms", "value")
    return [Seen(*row) for row in ordered.select(columns).iter_rows()]
