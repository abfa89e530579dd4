"""The ledger excerpt of a pack: taken from the site's chain, and checked without it."""

from __future__ import annotations

import json
from collections.abc import Callable, Iterable, Sequence

from pydantic import ValidationError

from pandok.core.audit import AuditLink, chain_hash
from pandok.core.errors import RequestError
from pandok.core.lab.proof_pack import HEAD_TYPE, MOST_WITHHELD, Head, Ledger, LedgerEntry
from pandok.engines.proof_pack.signing import opened


def excerpt(links: Iterable[AuditLink], shown: Callable[[AuditLink], bool]) -> tuple[LedgerEntry, ...]:
    """The shown entries; between them the bare hashes of the others, where those are not too many.

    `links` runs from the first shown entry on. What comes behind the last shown one is left out.
    """
    entries: list[LedgerEntry] = []
    between: list[LedgerEntry] = []
    for link in links:
        if not shown(link):
            if entries and len(between) <= MOST_WITHHELD:
                between.append(LedgerEntry.of(link, shown=False))
            continue
        if len(between) <= MOST_WITHHELD:
            entries += between
        between = []
        entries.append(LedgerEntry.of(link, shown=True))
    return tuple(entries)


def chain_fault(ledger: Ledger) -> str:
    """Empty where the excerpt holds: "order", "previous" or "hash" with the sequence number of the first fault.

    Shown entries are hashed again; withheld ones only link. A gap in the numbers is allowed.
    """
    last: LedgerEntry | None = None
    for entry in ledger.entries:
        if last is not None and entry.sequence <= last.sequence:
            return f"order {entry.sequence}"
        if last is not None and entry.sequence == last.sequence + 1 and entry.previous_hash != last.hash:
            return f"previous {entry.sequence}"
        if entry.event is not None and _hash_of(entry) != entry.hash:
            return f"hash {entry.sequence}"
        last = entry
    return ""


def _hash_of(entry: LedgerEntry) -> str:
    return chain_hash(entry.previous_hash, entry.event.event(), sequence=entry.sequence) if entry.event else ""


def gaps(ledger: Ledger) -> int:
    """Entries of the site's chain between the first and the last that are not even given as hashes."""
    first, last = ledger.entries[0].sequence, ledger.entries[-1].sequence
    return last - first + 1 - len(ledger.entries)


def signed_head(ledger: Ledger, public_keys: Sequence[str]) -> tuple[Head | None, str]:
    """The head and the id of the key, where one of the keys signed it."""
    try:
        payload, key = opened(ledger.head, HEAD_TYPE, public_keys)
        return Head.model_validate(json.loads(payload)), key
    except (RequestError, ValidationError, ValueError, RecursionError):
        return None, ""


def head_holds(ledger: Ledger, head: Head) -> bool:
    """Whether the excerpt ends at or before the head, and in it where the numbers agree."""
    last = ledger.entries[-1]
    return last.sequence < head.sequence or (last.sequence == head.sequence and last.hash == head.hash)


def shown_at(ledger: Ledger, sequence: int) -> LedgerEntry | None:
    return next((one for one in ledger.entries if one.sequence == sequence and one.event is not None), None)


def names(entry: LedgerEntry | None, sha256: str) -> bool:
    """Whether the event is about this hash: as its object or in its details."""
    if entry is None or entry.event is None:
        return False
    return sha256 in entry.event.object or sha256 in entry.event.details.values()
