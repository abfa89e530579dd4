"""Is the audit chain whole? Full checks, quick checks from the last one on, and anchors to keep elsewhere.

A chain that was cut or rewritten is whole in itself. So every check also compares what is known of it from
elsewhere: all earlier checks, the heads noted outside the database, and those that others register (HEADS_ELSEWHERE).
"""

from __future__ import annotations

from collections.abc import Callable, Iterable, Iterator
from datetime import datetime
from uuid import UUID, uuid4

from django.db import transaction

from pandok.common.audit import writing as audit
from pandok.common.audit.noted_heads import noted_heads
from pandok.common.models import AuditEntry, ChainCheck
from pandok.core import audit as chain
from pandok.core.audit import GENESIS, AuditLink, BrokenLink, KnownHead

HEADS_ELSEWHERE: list[Callable[[], Iterable[KnownHead]]] = []
"""Where else the chain's hashes are kept, for instance under the signatures of proofs; apps above add theirs."""

Progress = Callable[[int, int], None]
ASKED = "audit.verified"
NOTED_EVERY = 20_000
"""Entries between two notes of how far a check has come."""


def ask_for_check(*, asked_by: str, full: bool, now: datetime) -> ChainCheck:
    """Begin a check; a quick one starts behind the newest check that found the chain whole. Itself an event."""
    with transaction.atomic():
        check_id = uuid4()
        audit.tell(asked_by, ASKED, "audit:chain", "", now, {"full": full, "check": str(check_id)})
        start = None if full else newest_checkpoint()
        return ChainCheck.objects.create(
            id=check_id,
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
    if broken is None:
        broken = _differs_from_elsewhere(check)
    check.finished_at = clock()
    if broken is not None:
        check.fault, check.fault_sequence = broken.fault, broken.sequence
    check.save()
    return check


def _differs_from_elsewhere(check: ChainCheck) -> BrokenLink | None:
    earlier = ChainCheck.objects.filter(finished_at__isnull=False, fault="", sequence__gt=0).exclude(id=check.id)
    heads = [KnownHead(sequence, found, "checkpoint") for sequence, found in earlier.values_list("sequence", "hash")]
    heads += [head for elsewhere in HEADS_ELSEWHERE for head in elsewhere()]
    noted = noted_heads().differs()
    return audit.compare_heads(heads) or noted or _checkpoint_gone()


def _checkpoint_gone() -> BrokenLink | None:
    """An event says that a check was asked for, and its row is gone."""
    rows = {str(one) for one in ChainCheck.objects.values_list("id", flat=True)}
    asked = AuditEntry.objects.filter(action=ASKED).order_by("sequence").values_list("sequence", "details")
    for sequence, details in asked:
        if details.get("check", "") and details["check"] not in rows:
            return BrokenLink(sequence, "checkpoint_gone", details["check"], "")
    return None


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
