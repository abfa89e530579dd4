"""Entries of the audit trail in words."""

from __future__ import annotations

import re
from dataclasses import dataclass
from datetime import datetime

from pandok.common.models import AuditEntry
from pandok.common.web.shown.audit_details import label, value
from pandok.common.web.shown.audit_words import OBJECTS, actor_words, entry_words, object_words, reason_words
from pandok.core.audit import Detail

_OBJECT = re.compile(r"([a-z-]+):[\w.-]+")


@dataclass(frozen=True)
class ShownEntry:
    sequence: int
    at: datetime
    actor: str
    who: str
    action: str
    words: str
    object: str
    short_object: str
    reason: str
    details: list[tuple[str, str]]
    hash: str


def _value(entry: AuditEntry, name: str, told: Detail, language: str) -> str:
    other = _OBJECT.fullmatch(told) if isinstance(told, str) else None
    if other and other[1] in OBJECTS:  # another object: where a picture was seen, who hands a model in
        return object_words(str(told), language)
    return value(entry.action, name, told).in_language(language)


def shown(entry: AuditEntry, language: str) -> ShownEntry:
    said = [(name, told) for name, told in sorted(entry.details.items()) if told not in ("", None)]
    return ShownEntry(
        sequence=entry.sequence,
        at=entry.at,
        actor=entry.actor,
        who=actor_words(entry.actor, language),
        action=entry.action,
        words=entry_words(entry, language),
        object=entry.object,
        short_object=object_words(entry.object, language),
        reason=reason_words(entry).in_language(language),
        details=[(label(name).in_language(language), _value(entry, name, told, language)) for name, told in said],
        hash=entry.hash,
    )
