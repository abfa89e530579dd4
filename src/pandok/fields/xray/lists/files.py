"""Which files of the store scans need: as they came, their planes, their previews."""

from __future__ import annotations

from collections.abc import Iterator

from django.db.models import QuerySet

from pandok.fields.xray.models import EmptyContainer, Scan, ScanFile, ScanView

FILE_COLUMNS = frozenset(
    {
        "xray.ScanFile.sha256",
        "xray.ScanView.planes_sha256",
        "xray.ScanView.preview_sha256",
        "xray.EmptyContainer.planes_sha256",
    }
)
"""Columns that name a file of the store; `Scan.sha256` names several files together."""


def files_in_use(hashes: set[str]) -> Iterator[str]:
    """Of these sha256, those that a scan or an empty container names."""
    yield from files_of_empties(hashes)
    yield from files_of_scans(hashes, Scan.objects.all())


def files_of_empties(hashes: set[str]) -> Iterator[str]:
    """Of these sha256, those that an empty container names, withdrawn ones too."""
    yield from EmptyContainer.objects.filter(planes_sha256__in=hashes).values_list("planes_sha256", flat=True)


def files_of_scans(hashes: set[str], scans: QuerySet[Scan]) -> Iterator[str]:
    """Of these sha256, those that one of these scans names."""
    yield from ScanFile.objects.filter(scan__in=scans.values("pk"), sha256__in=hashes).values_list("sha256", flat=True)
    for column in ("planes_sha256", "preview_sha256"):
        views = ScanView.objects.filter(scan__in=scans.values("pk"), **{f"{column}__in": hashes})
        yield from views.values_list(column, flat=True)
