"""Which files of the store the academy needs: its pictures."""

from __future__ import annotations

from collections.abc import Iterator

from pandok.fields.academy.models import PictureView

FILE_COLUMNS = frozenset(
    {
        "academy.PictureView.planes_sha256",
        "academy.PictureView.preview_sha256",
        "academy.DesignLesson.photograph_sha256",
    }
)
"""Columns that name a file of the store; `TrainingMinutes.answers_sha256` names rows."""


def files_in_use(hashes: set[str]) -> Iterator[str]:
    """Of these sha256, those that the academy keeps. The photograph of a case goes at the end of its own term, and the
    lesson with it."""
    for column in ("planes_sha256", "preview_sha256"):
        yield from PictureView.objects.filter(**{f"{column}__in": hashes}).values_list(column, flat=True)
