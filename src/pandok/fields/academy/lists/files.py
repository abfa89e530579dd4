"""Which files of the store the academy needs: its pictures, and scans of articles by themselves."""

from __future__ import annotations

from collections.abc import Iterator

from pandok.fields.academy.models import ArticleScanView, PictureView

FILE_COLUMNS = frozenset(
    {
        "academy.PictureView.planes_sha256",
        "academy.PictureView.preview_sha256",
        "academy.ArticleScanView.planes_sha256",
        "academy.ArticleScanView.preview_sha256",
        "academy.DesignLesson.photograph_sha256",
    }
)
"""Columns that name a file of the store; `TrainingMinutes.answers_sha256` names rows,
`ArticleScan.sha256` files that are not kept."""


def files_in_use(hashes: set[str]) -> Iterator[str]:
    """Of these sha256, those that the academy keeps. The photograph of a case goes at the end of its own term, and the
    lesson with it."""
    for column in ("planes_sha256", "preview_sha256"):
        for model in (PictureView, ArticleScanView):
            yield from model.objects.filter(**{f"{column}__in": hashes}).values_list(column, flat=True)
