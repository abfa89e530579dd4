"""Scans of containers that nobody has compared with empty ones yet: they came in before enough of these were known."""

from __future__ import annotations

from collections.abc import Iterator

from django.db.models import QuerySet

from pandok.common.models import AuditEntry
from pandok.fields.xray.help_sources import HelpSource
from pandok.fields.xray.lists.retention import erased_scans
from pandok.fields.xray.lists.structure import BankKey
from pandok.fields.xray.models import HelpReading, Scan

NO_CONTAINER = "scan.no_container"
"""In the trail: the four edges of a container were looked for and not found."""
_AT_ONCE = 200


def can_be_compared(scan: Scan) -> bool:
    """It is declared as a container, measured, and no tomography."""
    if not scan.inspection.container_type or scan.approximate:
        return False
    first = scan.views.order_by("position").first()
    return first is not None and not first.values


def shows_no_container(scan: Scan) -> bool:
    """Somebody looked, and found no container in it."""
    return AuditEntry.objects.filter(object=f"scan:{scan.pk}", action=NO_CONTAINER).exists()


def not_yet_compared(key: BankKey) -> QuerySet[Scan]:
    """Of this site, type and machine, the newest first; those that show no container among them."""
    compared = HelpReading.objects.filter(source=HelpSource.STRUCTURE.value)
    return (
        Scan.objects.filter(
            inspection__site=key.site,
            inspection__container_type=key.container_type,
            inspection__from_generator=key.from_generator,
            quality__response=key.response,
            approximate=False,
        )
        .exclude(pk__in=compared.values("scan_id"))
        .exclude(pk__in=erased_scans().values("scan_id"))
        .select_related("inspection__site")
        .order_by("-imported_at", "pk")
    )


def worth_comparing(key: BankKey) -> Iterator[Scan]:
    """Those of `not_yet_compared` in which a container may be found."""
    for scan in not_yet_compared(key).iterator(chunk_size=_AT_ONCE):
        if can_be_compared(scan) and not shows_no_container(scan):
            yield scan
