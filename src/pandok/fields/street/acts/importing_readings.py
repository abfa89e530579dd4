"""Readings out of a file: kept as history of their poles, for figures and replay. They raise no alert: what is over
calls nobody. The same file again changes nothing, for its content is the key of the spool."""

from __future__ import annotations

import hashlib
from collections.abc import Iterator
from dataclasses import dataclass
from datetime import datetime
from pathlib import Path

import polars as pl

from pandok.common.audit import writing as audit
from pandok.common.models import Account
from pandok.fields.street.acts.taking import Arrived, take
from pandok.fields.street.hazards import none_yet
from pandok.fields.street.messages import MOST_READINGS, PoleMessage, ReadingSent
from pandok.fields.street.models import Pole, PoleState
from pandok.fields.street.refusals import refusal

COLUMNS = ("pole", "sensor", "property", "unit", "at", "value")
"""`at`: ISO 8601 with its zone, a timestamp with a zone, or Unix time in ms."""
AT_ONCE = 20


@dataclass(frozen=True)
class Imported:
    """`readings` of the file; `unreadable`: without time or value; `refused`: cannot be true, or of no sensor known;
    `again`: messages of this file, of up to 500 readings, that were kept before."""

    readings: int
    unreadable: int
    refused: int
    again: int


def import_readings(path: Path, *, actor: Account | None, now: datetime) -> Imported:
    """A CSV or Parquet file with the columns `COLUMNS`. Raises RequestError for another file, and for poles that are
    not registered: then nothing is kept."""
    content = path.read_bytes() if path.is_file() else b""
    whole = _table(path)
    table = whole.drop_nulls()
    poles = sorted(table["pole"].unique().to_list())
    known = set(Pole.objects.filter(key__in=poles).values_list("key", flat=True))
    if missing := [one for one in poles if one not in known]:
        raise refusal("no_pole", poles=missing[:20])
    before = _counts(poles)
    for key in poles:
        spool = hashlib.sha256(content + key.encode()).hexdigest()[:32]
        rows = table.filter(pl.col("pole") == key).sort("at_ms", "sensor", "property")
        batch: list[Arrived] = []
        for message in _messages(rows, spool, now):
            batch.append(Arrived(key, message, now, is_live=False))
            if len(batch) == AT_ONCE:
                take(batch, hazards=none_yet)
                batch = []
        take(batch, hazards=none_yet)
    after = _counts(poles)
    done = Imported(whole.height, whole.height - table.height, after[0] - before[0], after[1] - before[1])
    audit.tell(
        actor,
        "readings.imported",
        f"street-file:{path.name[:60]}",
        "",
        now,
        {"readings": done.readings, "refused": done.refused, "sha256": hashlib.sha256(content).hexdigest()},
    )
    return done


def _counts(poles: list[str]) -> tuple[int, int]:
    states = PoleState.objects.filter(pole__key__in=poles)
    found = list(states.values_list("refused", "again"))
    return sum(one[0] for one in found), sum(one[1] for one in found)


def _table(path: Path) -> pl.DataFrame:
    try:
        table = pl.read_parquet(path) if path.suffix == ".parquet" else pl.read_csv(path, infer_schema=False)
        if missing := [one for one in COLUMNS if one not in table.columns]:
            raise refusal("bad_table", columns=missing)
        return table.select(
            *(pl.col(one).cast(pl.String) for one in ("pole", "sensor", "property", "unit")),
            _ms(table).alias("at_ms"),
            pl.col("value").cast(pl.Float64),
        )
    except (OSError, pl.exceptions.PolarsError) as error:
        raise refusal("bad_table", why=str(error)[:200]) from error


def _ms(table: pl.DataFrame) -> pl.Expr:
    kind, at = table.schema["at"], pl.col("at")
    if kind == pl.String:
        is_number = at.str.contains(r"^\d{1,15}$")
        moment = at.str.to_datetime("%+", time_unit="ms", time_zone="UTC", strict=False)
        return pl.when(is_number).then(at.cast(pl.Int64, strict=False)).otherwise(moment.dt.epoch("ms"))
    if isinstance(kind, pl.Datetime):
        if kind.time_zone is None:
            raise refusal("bad_table", columns=["at"])
        return at.dt.epoch("ms")
    return at.cast(pl.Int64)


def _messages(rows: pl.DataFrame, spool: str, now: datetime) -> Iterator[PoleMessage]:
    sent_ms = round(now.timestamp() * 1000)
    columns = ("sensor", "property", "unit", "at_ms", "value")
    for number, part in enumerate(rows.select(columns).iter_slices(MOST_READINGS), start=1):
        readings = tuple(
            ReadingSent.model_construct(sensor=sensor, property=of, unit=unit, at_ms=at_ms, value=value)
            for sensor, of, unit, at_ms, value in part.iter_rows()
        )
        yield PoleMessage.model_construct(spool=spool, sequence=number, sent_ms=sent_ms, readings=readings)
