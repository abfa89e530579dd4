"""What the reader in use was given in a case, as a hash: the candidate is given the same."""

from __future__ import annotations

from pandok.core.canonical import digest
from pandok.fields.designs.models import ReadingRecord


def input_digest(record: ReadingRecord) -> str:
    """What went in: the files that were read by their sha256, in order, with filters and boxes."""
    photographs = [one.read_sha256 for one in record.signal.photographs.order_by("position")]
    return digest({"photographs": photographs, "filters": record.filters, "boxes": record.boxes})
