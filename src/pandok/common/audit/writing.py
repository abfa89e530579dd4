"""The audit trail as stored: `record` adds to the chain, `verify` reads it from the start."""

from __future__ import annotations

from collections.abc import Iterator, Mapping, Sequence
from contextlib import contextmanager
from datetime import datetime

from django.db import connection, transaction

from pandok.common.models import Account, AuditEntry
from pandok.common.reasons import name_of
from pandok.core import audit
from pandok.core.audit import GENESIS, AuditEvent, AuditLink, BrokenLink, Detail, KnownHead

_LOCK = 0x70616E64  # any fixed number: the chain's lock in PostgreSQL


@contextmanager
def chain_held() -> Iterator[None]:
    """A transaction in which nobody else adds to the chain: what is read in it of the trail still holds when it ends.
    May be entered again within."""
    with transaction.atomic():
        if connection.vendor == "postgresql":
            with connection.cursor() as cursor:
                cursor.execute("SELECT pg_advisory_xact_lock(%s)", [_LOCK])
        yield


def record(event: AuditEvent) -> AuditEntry:
    """Add an event to the chain, in the transaction of the change that it tells of."""
    with chain_held():
        last = AuditEntry.objects.order_by("-sequence").values_list("sequence", "hash").first()
        sequence, previous = (last[0] + 1, last[1]) if last else (1, GENESIS)
        return AuditEntry.objects.create(
            sequence=sequence,
            previous_hash=previous,
            hash=audit.chain_hash(previous, event, sequence=sequence),
            at=event.at,
            actor=event.actor,
            action=event.action,
            object=event.object,
            reason=event.reason,
            details=dict(event.details),
        )


def tell(
    actor: Account | str | None,
    action: str,
    object: str,
    reason: str,
    at: datetime,
    details: Mapping[str, Detail] | None = None,
) -> AuditEntry:
    """As `record`, of who did what to which object, why and when. Actor None: the operator at the command line; a name
    for what acts by itself."""
    name = actor if isinstance(actor, str) else name_of(actor)
    return record(AuditEvent(name, action, object, reason, at, details or {}))


def links(after: int = 0) -> Iterator[AuditLink]:
    """The chain in order, in little memory, from the entry behind number `after` on."""
    columns = ("sequence", "previous_hash", "hash", "actor", "action", "object", "reason", "at", "details")
    entries = AuditEntry.objects.filter(sequence__gt=after).order_by("sequence").values_list(*columns)
    for sequence, previous, found, actor, action, obj, reason, at, details in entries.iterator(chunk_size=2000):
        yield AuditLink(sequence, previous, found, AuditEvent(actor, action, obj, reason, at, details))


def compare_heads(heads: Sequence[KnownHead]) -> BrokenLink | None:
    """The first of these heads whose entry is missing, has another hash, or has a content that gives another hash."""
    hashes: dict[int, str] = {}
    places = sorted({one.sequence for one in heads})
    for start in range(0, len(places), 500):
        for entry in AuditEntry.objects.filter(sequence__in=places[start : start + 500]):
            found = audit.chain_hash(entry.previous_hash, entry.link().event, sequence=entry.sequence)
            hashes[entry.sequence] = entry.hash if entry.hash == found else GENESIS
    return audit.differing(heads, hashes)


def verify(*, head: str | None = None) -> BrokenLink | None:
    """The first broken link of the stored chain, or None. `head`: the newest hash, where it is kept elsewhere."""
    return audit.verify(links(), head=head)
