"""Text and codes that were read from a photograph go with it: a name on a parcel must not outlive its picture."""

from __future__ import annotations

from django.db.models import Q

from pandok.fields.designs.models import ReadingMarks, ReadingRecord


def forget_words(sha256: str) -> int:
    """Empty what was read from signals with this photograph; shape, candidates and decision stay. Inside the caller's
    transaction. Returns how many readings had something."""
    named = Q(signal__photographs__sha256=sha256) | Q(signal__photographs__original_sha256=sha256)
    readings = ReadingRecord.objects.filter(named).distinct()
    later, _ = ReadingMarks.objects.filter(reading__in=readings).exclude(value__words=[], value__codes=[]).delete()
    emptied = 0
    for reading in readings.only("value"):
        marks = reading.value.get("marks", {})
        if marks.get("words") or marks.get("codes"):
            reading.value["marks"] = marks | {"words": [], "codes": []}
            ReadingRecord.objects.filter(pk=reading.pk).update(value=reading.value)
            emptied += 1
    return later + emptied
