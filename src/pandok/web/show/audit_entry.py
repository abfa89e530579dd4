"""Entries of the audit trail in words."""

from __future__ import annotations

from dataclasses import dataclass
from datetime import datetime

from pandok.register.models import AuditEntry
from pandok.web.show.audit_words import words_of


@dataclass(frozen=True)
class ShownEntry:
    sequence: int
    at: datetime
    actor: str
    action: str
    words: str
    object: str
    short_object: str
    reason: str
    details: list[tuple[str, str]]
    hash: str


def shown(entry: AuditEntry, language: str) -> ShownEntry:
    kind, _, key = entry.object.partition(":")
    return ShownEntry(
        sequence=entry.sequence,
        at=entry.at,
        actor=entry.actor,
        action=entry.action,
        words=words_of(entry.action, language),
        object=entry.object,
        short_object=f"{kind}:{key[:12]}…" if len(key) > 40 else entry.object,
        reason=entry.reason,
        details=[(name, str(value)) for name, value in sorted(entry.details.items()) if value not in ("", None)],
        hash=entry.hash,
    )
