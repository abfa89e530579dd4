"""What others recorded is entered, one by one or from a table, and withdrawn where it was wrong."""

from __future__ import annotations

import csv
import io
from dataclasses import dataclass
from datetime import datetime, timedelta

from django.db import transaction

from pandok.common.audit import writing as audit
from pandok.common.models import Account
from pandok.common.models.locking import locked
from pandok.common.reasons import checked_reason
from pandok.core.errors import RequestError
from pandok.core.text import Text
from pandok.fields.street.acts.registering import pole_named
from pandok.fields.street.hazard_kinds import HazardKind
from pandok.fields.street.models import OutsideRecord, TestBed
from pandok.fields.street.periods import moment_from
from pandok.fields.street.refusals import refusal

COLUMNS = ("test_bed", "pole", "hazard", "began_at", "ended_at", "source", "source_key")
MOST_BYTES, MOST_ROWS = 1_000_000, 5_000
LONGEST = timedelta(days=31)


@dataclass(frozen=True)
class RecordSaid:
    """As it was written. `pole` "": somewhere in the test bed; `ended_at` "": when it began."""

    test_bed: str
    pole: str
    hazard: str
    began_at: str
    ended_at: str
    source: str
    source_key: str = ""


def enter_record(said: RecordSaid, *, actor: Account | None, now: datetime) -> OutsideRecord:
    """Raises RequestError for what cannot be."""
    with transaction.atomic():
        return _kept(said, actor, now)


def enter_table(content: bytes, *, actor: Account | None, now: datetime) -> int:
    """All rows of a CSV file with the columns `COLUMNS`, or none; gives how many were new. A row that is there already
    (same source, number there, kind and beginning) is left as it is.

    Raises RequestError that names the line where one cannot be."""
    rows = _rows(content)
    new = 0
    with transaction.atomic():
        for number, said in enumerate(rows, start=2):
            try:
                new += _kept(said, actor, now).entered_at == now
            except RequestError as error:
                raise _in_line(number, error) from error
    return new


def withdraw_record(record_id: int, *, actor: Account | None, reason: str, now: datetime) -> OutsideRecord:
    """It counts no longer, and stays on record. Raises RequestError where there is none."""
    reason = checked_reason(reason)
    with transaction.atomic():
        if not OutsideRecord.objects.filter(pk=record_id, withdrawn_at=None).exists():
            raise refusal("no_record")
        record = locked(OutsideRecord, record_id)
        record.withdrawn_at = now
        record.save(update_fields=["withdrawn_at"])
        audit.tell(actor, "outside-record.withdrawn", f"outside-record:{record.pk}", reason, now)
    return record


def _kept(said: RecordSaid, actor: Account | None, now: datetime) -> OutsideRecord:
    try:
        hazard = HazardKind(said.hazard.strip())
    except ValueError:
        raise refusal("bad_hazard") from None
    pole = pole_named(said.pole.strip()) if said.pole.strip() else None
    bed = pole.test_bed if pole else TestBed.objects.filter(code=said.test_bed.strip()).first()
    if bed is None:
        raise refusal("no_bed")
    began = moment_from(said.began_at)
    ended = moment_from(said.ended_at) if said.ended_at.strip() else began
    source = " ".join(said.source.split())
    if not began <= ended <= began + LONGEST or began > now:
        raise refusal("bad_span")
    if not 0 < len(source) <= 200 or len(said.source_key) > 100:
        raise refusal("no_source")
    there = OutsideRecord.objects.filter(
        hazard=hazard.value,
        began_at=began,
        source=source,
        source_key=said.source_key,
        pole=pole,
        test_bed=bed,
        withdrawn_at=None,
    ).first()
    if there is not None:
        return there
    made = OutsideRecord.objects.create(
        test_bed=bed,
        pole=pole,
        hazard=hazard.value,
        began_at=began,
        ended_at=ended,
        source=source,
        source_key=said.source_key,
        entered_at=now,
        entered_by=actor,
    )
    details = {"hazard": hazard.value, "pole": pole.key if pole else ""}
    audit.tell(actor, "outside-record.entered", f"outside-record:{made.pk}", source, now, details)
    return made


def _rows(content: bytes) -> list[RecordSaid]:
    if len(content) > MOST_BYTES:
        raise refusal("table_too_large")
    try:
        text = content.decode("utf-8-sig")
        lines = list(csv.reader(io.StringIO(text, newline=""), strict=True))
    except (UnicodeDecodeError, csv.Error) as error:
        raise refusal("no_table") from error
    if not lines or [one.strip() for one in lines[0]] != list(COLUMNS) or len(lines) > MOST_ROWS + 1:
        raise refusal("no_table")
    found = []
    for number, line in enumerate(lines[1:], start=2):
        if len(line) != len(COLUMNS):
            raise _in_line(number, refusal("no_table"))
        found.append(RecordSaid(*line))
    return found


def _in_line(number: int, error: RequestError) -> RequestError:
    return RequestError(
        Text(ko=f"{number}번째 줄: {error.what.ko}", en=f"Line {number}: {error.what.en}"),
        error.next_step,
        code=error.error_code,
    )
