"""The audit trail as values: every event is chained by hash to the one before, so that a change shows.

The hash of a link covers its sequence number, the hash before it and the event in canonical JSON (keys sorted, no
blanks, UTF-8, times in UTC). Changing, removing or reordering any entry breaks the chain at that place. Cutting
entries off the end leaves a whole shorter chain; compare the newest hash with one that is kept elsewhere (`head`).
"""

from __future__ import annotations

import hashlib
import json
from collections.abc import Iterable, Mapping
from dataclasses import dataclass, field
from datetime import UTC, datetime

GENESIS = "0" * 64
"""The hash before the first entry."""

Detail = str | int | bool | None


@dataclass(frozen=True, slots=True)
class AuditEvent:
    """Who did what to which object, when and why. `details` holds plain values only; no picture, no personal data."""

    actor: str
    action: str
    object: str
    reason: str
    at: datetime
    details: Mapping[str, Detail] = field(default_factory=dict)

    def __post_init__(self) -> None:
        if self.at.tzinfo is None:
            raise ValueError("AuditEvent.at needs a time zone")
        if not (self.actor and self.action and self.object):
            raise ValueError("AuditEvent needs actor, action and object")


@dataclass(frozen=True, slots=True)
class AuditLink:
    """One stored entry of the chain."""

    sequence: int
    previous_hash: str
    hash: str
    event: AuditEvent


@dataclass(frozen=True, slots=True)
class KnownHead:
    """A hash that the chain had at an entry, known from outside the chain. `where`: what a difference is called."""

    sequence: int
    hash: str
    where: str


@dataclass(frozen=True, slots=True)
class BrokenLink:
    """The first place where the chain does not hold. `fault` is "sequence", "previous", "hash", "head", or the
    `where` of a KnownHead."""

    sequence: int
    fault: str
    expected: str
    found: str


def canonical_json(event: AuditEvent) -> bytes:
    """The event as bytes that are the same on every machine and in every time zone."""
    content = {
        "actor": event.actor,
        "action": event.action,
        "object": event.object,
        "reason": event.reason,
        "at": event.at.astimezone(UTC).isoformat(timespec="microseconds"),
        "details": dict(event.details),
    }
    return json.dumps(content, sort_keys=True, ensure_ascii=False, separators=(",", ":")).encode()


def chain_hash(previous: str, event: AuditEvent, *, sequence: int) -> str:
    """The sha256 in hexadecimal of the link `sequence` that follows `previous`."""
    return hashlib.sha256(f"{sequence}\n{previous}\n".encode() + canonical_json(event)).hexdigest()


def differing(heads: Iterable[KnownHead], hashes: Mapping[int, str]) -> BrokenLink | None:
    """The first head, by its place, that is not in `hashes` (sequence to hash of the entry that stands there)."""
    for head in sorted(heads, key=lambda one: one.sequence):
        found = hashes.get(head.sequence, GENESIS)
        if found != head.hash:
            return BrokenLink(head.sequence, head.where, head.hash, found)
    return None


def verify(
    entries: Iterable[AuditLink], *, head: str | None = None, after: tuple[int, str] = (0, GENESIS)
) -> BrokenLink | None:
    """The first broken link in order, or None. `head` is the newest hash that is expected.

    `after` is sequence and hash of an entry that was found whole before: `entries` then begin behind it, and only they
    are checked.
    """
    sequence, previous = after
    for entry in entries:
        sequence += 1
        if entry.sequence != sequence:
            return BrokenLink(sequence, "sequence", str(sequence), str(entry.sequence))
        if entry.previous_hash != previous:
            return BrokenLink(sequence, "previous", previous, entry.previous_hash)
        expected = chain_hash(previous, entry.event, sequence=sequence)
        if entry.hash != expected:
            return BrokenLink(sequence, "hash", expected, entry.hash)
        previous = entry.hash
    if head is not None and head != previous:
        return BrokenLink(sequence, "head", head, previous)
    return None
