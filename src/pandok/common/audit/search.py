"""Finding entries of the audit chain: who, what, which object, when; newest first, page by page without counting."""

from __future__ import annotations

import contextlib
from collections.abc import Sequence
from dataclasses import dataclass
from datetime import datetime
from uuid import UUID

from django.db.models import Q, QuerySet, Value
from django.db.models.functions import Concat
from pydantic import BaseModel, ConfigDict, Field

from pandok.common.audit import writing as audit
from pandok.common.models import Account, AuditEntry
from pandok.core.audit import AuditEvent
from pandok.fields.counterfeit.models import Case

PAGE = 50
LOOKS = ("photograph.viewed", "document.viewed")


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
    if ":" in text:
        kind, _, key = text.partition(":")
        case = _case(key) if kind == "case" else None
        return objects_of_case(case) if case else [text]
    if len(text) == 64:
        return [f"picture:{text.lower()}"]
    case = _case(text)
    if case is not None:
        return objects_of_case(case)
    kinds = ("reading", "capture", "notice", "document", "account", "party", "deletion", "job", "hold")
    return [text, *(f"{kind}:{text}" for kind in kinds)]


def objects_of_case(case: Case) -> list[str]:
    """A case with everything that belongs to it: readings, photographs, papers, notices, the capture."""
    photographs = case.signal.photographs.values_list("sha256", flat=True)
    papers = case.documents.values_list("id", "sha256")
    notices = list(case.notices.values_list("id", "pdf_sha256"))
    names = [f"case:{case.id}"]
    names += [f"reading:{one}" for one in case.signal.readings.values_list("id", flat=True)]
    names += [f"picture:{one}" for one in photographs]
    names += [name for key, sha256 in papers for name in (f"document:{key}", f"picture:{sha256}")]
    names += [f"notice:{key}" for key, _ in notices] + [f"picture:{sha256}" for _, sha256 in notices if sha256]
    capture = getattr(case.signal, "capture", None)
    return [*names, f"capture:{capture.pk}"] if capture else names


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
    audit.record(
        AuditEvent(
            actor=actor.get_username(),
            action="audit.exported",
            object="audit:chain",
            reason="",
            at=now,
            details={"format": file_format, **asked},
        )
    )


def _case(text: str) -> Case | None:
    by = Q(number=text)
    with contextlib.suppress(ValueError):
        by |= Q(id=UUID(text))
    return Case.objects.select_related("signal").filter(by).first()
