"""Is the audit chain whole? Full checks, quick checks from the last one on, and anchors to keep elsewhere."""

from __future__ import annotations

from collections.abc import Callable, Iterator
from datetime import datetime
from uuid import UUID

from django.db import transaction

from pandok.core import audit as chain
from pandok.core.audit import GENESIS, AuditEvent, AuditLink, BrokenLink
from pandok.desk.models import ChainCheck
from pandok.register import audit
from pandok.register.models import AuditEntry

Progress = Callable[[int, int], None]
NOTED_EVERY = 20_000
"""Entries between two notes of how far a check has come."""


def ask_for_check(*, asked_by: str, full: bool, now: datetime) -> ChainCheck:
    """Begin a check; a quick one starts behind the newest check that found the chain whole. Itself an event."""
    with transaction.atomic():
        audit.record(
            AuditEvent(
                actor=asked_by, action="audit.verified", object="audit:chain", reason="", at=now, details={"full": full}
            )
        )
        start = None if full else newest_checkpoint()
        return ChainCheck.objects.create(
            full=full,
            asked_by=asked_by,
            asked_at=now,
            start_sequence=start.sequence if start else 0,
            sequence=start.sequence if start else 0,
            hash=start.hash if start else "",
            total=AuditEntry.objects.order_by("-sequence").values_list("sequence", flat=True).first() or 0,
        )


def newest_checkpoint() -> ChainCheck | None:
    return ChainCheck.objects.filter(finished_at__isnull=False, fault="", sequence__gt=0).order_by("-sequence").first()


def run_check(check_id: UUID, *, clock: Callable[[], datetime], progress: Progress | None = None) -> ChainCheck:
    """Carry a check out; one that is finished stays as it is. Entries added after it began are not looked at."""
    check = ChainCheck.objects.get(id=check_id)
    if check.finished_at is not None:
        return check
    check.sequence = check.start_sequence
    broken = _start_is_gone(check)
    if broken is None:
        broken = chain.verify(_watched(check, progress), after=(check.start_sequence, check.hash or GENESIS))
    if broken is None and check.sequence < check.total:
        broken = BrokenLink(check.sequence + 1, "sequence", str(check.sequence + 1), "")
    check.finished_at = clock()
    if broken is not None:
        check.fault, check.fault_sequence = broken.fault, broken.sequence
    check.save()
    return check


def _start_is_gone(check: ChainCheck) -> BrokenLink | None:
    """The entry that a quick check starts behind must still be there, with the content that gives its hash."""
    if not check.start_sequence:
        return None
    entry = AuditEntry.objects.filter(sequence=check.start_sequence).first()
    found = "" if entry is None else entry.hash
    if entry is not None and found == check.hash:
        found = chain.chain_hash(entry.previous_hash, entry.link().event, sequence=entry.sequence)
    return None if found == check.hash else BrokenLink(check.start_sequence, "checkpoint", check.hash, found)


def _watched(check: ChainCheck, progress: Progress | None) -> Iterator[AuditLink]:
    """The links up to the check's end; the one before the current was found whole, and is noted now and then."""
    previous: AuditLink | None = None
    for link in audit.links(check.start_sequence):
        _passed(check, previous, progress)
        if link.sequence > check.total:
            return
        yield link
        previous = link
    _passed(check, previous, progress)


def _passed(check: ChainCheck, link: AuditLink | None, progress: Progress | None) -> None:
    if link is None:
        return
    check.sequence, check.hash = link.sequence, link.hash
    if link.sequence % NOTED_EVERY == 0:
        ChainCheck.objects.filter(id=check.id).update(sequence=link.sequence)
        if progress is not None:
            progress(link.sequence - check.start_sequence, check.total - check.start_sequence)
