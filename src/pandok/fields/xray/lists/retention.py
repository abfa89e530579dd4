"""Which images may go today, which are held, and which were erased: lists that change nothing."""

from __future__ import annotations

from collections.abc import Iterable
from dataclasses import dataclass
from datetime import date, datetime

from django.db.models import QuerySet

from pandok.common.records.retention_policies import Policies
from pandok.core.deletion import DeletionState
from pandok.core.retention import RetentionPolicy, due_on
from pandok.core.terms.zone import OFFICE_ZONE
from pandok.engines.files.blobs import FolderBlobs
from pandok.fields.xray.decisions import Found
from pandok.fields.xray.models import Inspection, Scan, ScanDeletion, ScanDeletionItem, ScanHold
from pandok.fields.xray.states import InspectionState

POLICIES = Policies("pandok.fields.xray.acts.retention")
MOST_AT_ONCE = 500
"""Scans of one plan: as many as two persons can answer for."""
ENDED = (InspectionState.CLEARED, InspectionState.OPENED)
_OPEN = (DeletionState.PLANNED, DeletionState.CONFIRMED)


@dataclass(frozen=True)
class DueScan:
    scan: Scan
    rule: str
    due_on: date
    size_bytes: int


@dataclass(frozen=True)
class DueScans:
    """`held`: their term is over, but a hold stands; `more`: there are further ones."""

    scans: tuple[DueScan, ...]
    held: int
    more: bool


def current_policy(now: datetime) -> RetentionPolicy:
    return POLICIES.current(now.astimezone(OFFICE_ZONE).date())


def erased_scans() -> QuerySet[ScanDeletionItem]:
    return ScanDeletionItem.objects.filter(outcome=ScanDeletionItem.ERASED)


def erasure_of(scan: Scan) -> ScanDeletion | None:
    """The deletion that took its images."""
    found = erased_scans().filter(scan=scan).select_related("deletion").first()
    return found.deletion if found else None


def standing_holds(inspections: QuerySet[Inspection]) -> QuerySet[ScanHold]:
    return ScanHold.objects.filter(lifted_at=None, inspection__in=inspections.values("pk"))


def is_held(inspection: Inspection) -> bool:
    return ScanHold.objects.filter(inspection=inspection, lifted_at=None).exists()


def term_of(inspection: Inspection, policy: RetentionPolicy) -> tuple[str, date] | None:
    """Its period, and the first day on which its images may go; None while it has not ended."""
    if inspection.stands not in ENDED:
        return None
    opening = getattr(inspection, "opening", None)
    rule = "scan_cleared"
    if opening is not None:
        rule = "scan_found" if Found(opening.found).hit else "scan_opened"
    start = inspection.state_since.astimezone(OFFICE_ZONE).date()
    return rule, due_on(start, policy.period(rule))


def due_scans(*, policy: RetentionPolicy, now: datetime, blobs: FolderBlobs, limit: int = MOST_AT_ONCE) -> DueScans:
    """Up to `limit` scans whose images may go today, the oldest first; those of an open plan are left out."""
    today = now.astimezone(OFFICE_ZONE).date()
    taken = ScanDeletionItem.objects.filter(deletion__state__in=[one.value for one in _OPEN])
    rows = (
        Scan.objects.filter(inspection__state__in=[one.value for one in ENDED])
        .exclude(pk__in=erased_scans().values("scan_id"))
        .exclude(pk__in=taken.values("scan_id"))
        .select_related("inspection__opening", "inspection__site")
        .prefetch_related("files", "views")
        .order_by("inspection__state_since", "pk")
    )
    held_ones = set(ScanHold.objects.filter(lifted_at=None).values_list("inspection_id", flat=True))
    found: list[DueScan] = []
    held = 0
    for scan in rows.iterator(chunk_size=500):
        term = term_of(scan.inspection, policy)
        if term is None or term[1] > today:
            continue
        if scan.inspection_id in held_ones:
            held += 1
            continue
        if len(found) == limit:
            return DueScans(tuple(found), held, True)
        found.append(DueScan(scan, *term, size_of(files_of(scan), blobs)))
    return DueScans(tuple(found), held, False)


def files_of(scan: Scan) -> list[str]:
    """sha256 of what the store keeps of it: as it came, planes, previews."""
    views = [name for view in scan.views.all() for name in (view.planes_sha256, view.preview_sha256)]
    return list(dict.fromkeys([*(one.sha256 for one in scan.files.all()), *views]))


def size_of(names: Iterable[str], blobs: FolderBlobs) -> int:
    return sum(blobs.path(name).stat().st_size for name in names if name in blobs)
