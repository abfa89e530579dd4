"""Finding entries of the audit chain: who, what, which object, when; newest first, page by page without counting."""

from __future__ import annotations

from collections.abc import Callable, Sequence
from dataclasses import dataclass
from datetime import datetime

from django.db.models import QuerySet, Value
from django.db.models.functions import Concat
from pydantic import BaseModel, ConfigDict, Field

from pandok.common.audit import writing as audit
from pandok.common.declared import declared
from pandok.common.models import Account, AuditEntry

PAGE = 50
LOOKS = ("photograph.viewed", "document.viewed")
OF_FIELDS: list[Callable[[str], list[str]]] = []
"""The objects that belong to what was typed, where a field knows it; none where it does not. Fields add theirs."""


class AuditQuery(BaseModel):
    """What is looked for; empty fields do not narrow. `about` is an object ("case:…"), a sha256, a UUID or a case
    number."""

    model_config = ConfigDict(frozen=True)

    actor: str = Field(default="", max_length=200)
    action: str = Field(default="", max_length=100)
    about: str = Field(default="", max_length=200)
    since: datetime | None = None
    until: datetime | None = None
    looks_only: bool = False


@dataclass(frozen=True)
class AuditPage:
    """`older`, `newer`: the sequence number to go on from; None where there is nothing more."""

    entries: Sequence[AuditEntry]
    older: int | None
    newer: int | None


def entries_of(query: AuditQuery) -> QuerySet[AuditEntry]:
    """The entries in no order yet."""
    found = AuditEntry.objects.all()
    if query.actor:
        found = found.filter(actor=query.actor)
    # With a person or an object given, their index is the better one; SQLite would otherwise walk all of an action.
    what = "what" if query.actor or query.about else "action"
    if what == "what" and (query.looks_only or query.action):
        found = found.annotate(what=Concat("action", Value("")))
    if query.looks_only:
        found = found.filter(**{f"{what}__in": LOOKS})
    if query.action:
        found = found.filter(**{what: query.action})
    if query.about:
        found = found.filter(object__in=objects_about(query.about))
    if query.since:
        found = found.filter(at__gte=query.since)
    if query.until:
        found = found.filter(at__lt=query.until)
    return found


def page_of(query: AuditQuery, *, before: int | None = None, after: int | None = None, size: int = PAGE) -> AuditPage:
    """One page: the newest entries, those older than `before`, or the ones just newer than `after`."""
    found = entries_of(query)
    if after is not None:
        rows = list(found.filter(sequence__gt=after).order_by("sequence")[: size + 1])
        newer, shown = len(rows) > size, rows[:size][::-1]
        older = bool(shown)
    else:
        narrowed = found.filter(sequence__lt=before) if before is not None else found
        rows = list(narrowed.order_by("-sequence")[: size + 1])
        older, shown, newer = len(rows) > size, rows[:size], before is not None
    if not shown:
        return AuditPage([], None, None)
    return AuditPage(shown, shown[-1].sequence if older else None, shown[0].sequence if newer else None)


def objects_about(text: str) -> list[str]:
    """The names under which events are kept about what a person typed."""
    text = text.strip()
    for names in OF_FIELDS:
        if found := names(text):
            return found
    if ":" in text:
        return [text]
    if len(text) == 64:
        return [f"picture:{text.lower()}"]
    kinds = [kind for field in declared() for kind in field.audit_keys]
    return [text, *(f"{kind}:{text}" for kind in kinds)]


def who_saw(about: str) -> list[AuditEntry]:
    """Every look at a picture, or at the photographs and papers of a case; oldest first."""
    return list(entries_of(AuditQuery(about=about, looks_only=True)).order_by("sequence"))


def actions_known() -> list[str]:
    """Every kind of event that has happened, found by leaps along the index instead of reading all entries."""
    found: list[str] = []
    last = ""
    while True:
        following = AuditEntry.objects.filter(action__gt=last).order_by("action").values_list("action", flat=True)
        first = following.first()
        if first is None:
            return found
        found.append(first)
        last = first


def record_export(*, actor: Account, query: AuditQuery, file_format: str, now: datetime) -> None:
    """Who takes the trail out of the house leaves a trace in it."""
    asked = {name: str(value) for name, value in query.model_dump().items() if value}
    audit.tell(actor, "audit.exported", "audit:chain", "", now, {"format": file_format, **asked})
