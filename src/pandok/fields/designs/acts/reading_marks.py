"""Text and codes of a reading that was made in a rush without them: read later, kept beside the reading, once."""

from __future__ import annotations

from datetime import datetime
from typing import Protocol
from uuid import UUID

from django.db import IntegrityError, transaction

from pandok.common.audit import writing as audit
from pandok.common.jobs.queue import enqueue
from pandok.core.reading import MarksFound
from pandok.engines.files.blobs import FolderBlobs
from pandok.fields.designs.models import ReadingMarks, ReadingRecord

MARKS_JOB = "reading.marks"
"""Kind of the job that reads them; pandok.fields.designs.acts.capture_reading_job does it."""


class MarksReader(Protocol):
    """What this use case needs of a desk."""

    def marks_on(self, photographs: list[bytes], /) -> MarksFound: ...


def ask_for_marks(reading_id: UUID, now: datetime) -> None:
    """Let a worker read them when no photographs wait."""
    enqueue(MARKS_JOB, {"reading": str(reading_id)}, key=f"{MARKS_JOB}:{reading_id}", now=now)


def read_marks_later(
    *, record: ReadingRecord, actor: str, now: datetime, desk: MarksReader, blobs: FolderBlobs
) -> MarksFound:
    """The marks of this reading, read now where nobody has; raises what `desk` raises, and nothing is kept then."""
    known = record.marks
    if known.looked_for:
        return known
    found = desk.marks_on([blobs.get(one.read_sha256) for one in record.signal.photographs.all()])
    try:
        with transaction.atomic():
            ReadingMarks.objects.create(reading=record, value=found.model_dump(mode="json"), read_at=now)
            audit.tell(
                actor,
                "reading.marks_read",
                f"reading:{record.id}",
                "",
                now,
                {"words": len(found.words), "codes": len(found.codes)},
            )
    except IntegrityError:
        # Somebody else was quicker; what they found is kept.
        return record.marks
    return found
