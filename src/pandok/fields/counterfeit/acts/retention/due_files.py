"""Which files may go today: a list that changes nothing."""

from __future__ import annotations

from collections.abc import Iterator
from dataclasses import dataclass
from datetime import date, datetime, timedelta
from typing import Any

from django.db.models import Exists, OuterRef, QuerySet

from pandok.common.models import Delivery
from pandok.core.deletion import DeletionState
from pandok.core.retention import Period, RetentionPolicy
from pandok.core.terms.zone import OFFICE_ZONE
from pandok.engines.files.blobs import FolderBlobs
from pandok.fields.counterfeit.acts.retention.messages import text_sizes
from pandok.fields.counterfeit.acts.retention.owners import ENDED, held_cases, owners_of, state_of
from pandok.fields.counterfeit.models import Case, CaseDocument, ConfirmedView, DeletionItem, ErasedFile, Notice
from pandok.fields.designs.models import SignalPhotograph

MOST_AT_ONCE = 500
"""Files of one plan: as many as two persons can answer for."""


@dataclass(frozen=True)
class DueFile:
    sha256: str
    period: str
    due_on: date
    belongs_to: tuple[str, ...]
    size_bytes: int


@dataclass(frozen=True)
class DueFiles:
    """`held`: their term is over, but a legal hold stands. `shared`: another use of the file has not ended."""

    files: tuple[DueFile, ...]
    held: int
    shared: int
    more: bool


def due_files(*, policy: RetentionPolicy, now: datetime, blobs: FolderBlobs, limit: int = MOST_AT_ONCE) -> DueFiles:
    """Up to `limit` files that may be deleted today; those of an open plan are left out."""
    today = now.astimezone(OFFICE_ZONE).date()
    files: list[DueFile] = []
    held_count = shared = 0
    seen: set[str] = set()
    for part in _candidates(policy, today):
        sizes = text_sizes(part)
        sizes |= {sha256: blobs.path(sha256).stat().st_size for sha256 in part if sha256 in blobs}
        fresh = [sha256 for sha256 in dict.fromkeys(part) if sha256 not in seen and sha256 in sizes]
        seen.update(fresh)
        owners = owners_of(fresh)
        held = held_cases(owners)
        for sha256 in fresh:
            state, day, period = state_of(owners.get(sha256, []), policy, today, held)
            held_count += state == "held"
            shared += state == "needed"
            if state == "over" and day is not None:
                if len(files) == limit:
                    return DueFiles(tuple(files), held_count, shared, True)
                names = tuple(dict.fromkeys(owner.label for owner in owners[sha256]))
                files.append(DueFile(sha256, period, day, names, sizes[sha256]))
    return DueFiles(tuple(files), held_count, shared, False)


def _candidates(policy: RetentionPolicy, today: date) -> Iterator[list[str]]:
    """Hashes of files with at least one use whose term is over, a few hundred at a time, oldest first."""
    for period in policy.periods:
        if period.id == "delivered_message":
            yield from _attachments(_cut(today, period))
        for rows in _ended(period, _cut(today, period)):
            part: list[str] = []
            for sha256 in rows.iterator(chunk_size=1000):
                part.append(sha256)
                if len(part) >= MOST_AT_ONCE:
                    yield part
                    part = []
            yield part


def _cut(today: date, period: Period) -> datetime:
    """Nothing that began after this is due; what began just before it is looked at closely."""
    first = today - timedelta(days=period.days + 365 * period.years - 2)
    return datetime(first.year, first.month, first.day, tzinfo=OFFICE_ZONE)


def _ended(period: Period, cut: datetime) -> Iterator[QuerySet[Any]]:
    if period.id == "reading_without_case":
        photographs = SignalPhotograph.objects.filter(signal__case=None, signal__caught_at__lt=cut)
        yield from _both_files(photographs, "signal__caught_at")
    elif period.id in ("closed_without_finding", "closed_with_finding"):
        cases = Case.objects.filter(closed_at__lt=cut)
        cases = cases.filter(finding="") if period.id == "closed_without_finding" else cases.exclude(finding="")
        photographs = SignalPhotograph.objects.filter(signal__case__in=cases)
        yield from _both_files(photographs, "signal__case__closed_at")
        cuts = ConfirmedView.objects.filter(case__in=cases)
        yield _living(cuts, "view__sha256", "confirmed_at", "case__closed_at")
    elif period.id == "case_document":
        yield _living(CaseDocument.objects.filter(case__closed_at__lt=cut), "sha256", "uploaded_at", "case__closed_at")
    elif period.id == "notice_paper":
        papers = Notice.objects.filter(case__closed_at__lt=cut).exclude(pdf_sha256="")
        yield _living(papers, "pdf_sha256", "issued_at", "case__closed_at")
    elif period.id == "delivered_message":
        ended = Delivery.objects.filter(state__in=ENDED, finished_at__lt=cut)
        yield _living(ended.exclude(body_html_sha256=""), "body_html_sha256", "created_at", "finished_at")
        yield _living(ended.exclude(body_text=""), "body_sha256", "created_at", "finished_at")
    else:
        raise KeyError(period.id)


def _attachments(cut: datetime) -> Iterator[list[str]]:
    """Files that were sent along; most are papers of notices too, and stay for as long as those."""
    ended = Delivery.objects.filter(state__in=ENDED, finished_at__lt=cut).exclude(attachments=[])
    open_plans = DeletionItem.objects.filter(deletion__state__in=(DeletionState.PLANNED, DeletionState.CONFIRMED))
    part: list[str] = []
    for attachments in ended.order_by("finished_at").values_list("attachments", flat=True).iterator(chunk_size=1000):
        part += [str(one.get("sha256", "")) for one in attachments]
        if len(part) >= MOST_AT_ONCE:
            yield _not_in(open_plans, part)
            part = []
    yield _not_in(open_plans, part)


def _not_in(open_plans: QuerySet[DeletionItem], part: list[str]) -> list[str]:
    planned = set(open_plans.filter(sha256__in=part).values_list("sha256", flat=True))
    return [sha256 for sha256 in part if sha256 not in planned]


def _both_files(photographs: QuerySet[Any], begun: str) -> Iterator[QuerySet[Any]]:
    """What is shown of the photographs, and their originals."""
    yield _living(photographs, "sha256", "signal__caught_at", begun)
    yield _living(photographs.exclude(original_sha256=""), "original_sha256", "signal__caught_at", begun)


def _living(rows: QuerySet[Any], column: str, since: str, begun: str) -> QuerySet[Any]:
    """Hashes of rows whose file was not erased since they use it, and stands in no open plan."""
    erased = ErasedFile.objects.filter(sha256=OuterRef(column), at__gte=OuterRef(since))
    planned = DeletionItem.objects.filter(
        sha256=OuterRef(column), deletion__state__in=(DeletionState.PLANNED, DeletionState.CONFIRMED)
    )
    return rows.filter(~Exists(erased), ~Exists(planned)).order_by(begun).values_list(column, flat=True)
