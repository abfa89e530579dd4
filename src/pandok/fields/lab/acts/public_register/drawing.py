"""The register as values, from the entries of the audit chain. It names organisations, never persons."""

from __future__ import annotations

from collections.abc import Iterator
from datetime import datetime
from typing import Any
from uuid import UUID

from pydantic import AwareDatetime

from pandok.common.models import AuditEntry
from pandok.core.audit import GENESIS
from pandok.core.lab.strict_value import StrictValue
from pandok.fields.lab.models import ComparisonRecord, Grant, Run, Submission

MOST_LINES = 500
"""Of each kind, newest first; what is older is counted and stands in the JSON of earlier days."""
PARTY = "party:"
COUNTED = {
    "deposits": "vault.deposited",
    "objects_sealed": "vault.stored",
    "openings": "vault.opened",
    "openings_refused": "vault.refused",
    "protocols_locked": "protocol.locked",
    "submissions": "lab.submission.received",
    "submissions_refused": "lab.submission.refused",
    "results_released": "lab.run.released",
    "proofs_made": "proof.made",
    "files_left": "export.left",
    "deletions": "vault.deleted",
}


class DepositLine(StrictValue):
    at: AwareDatetime
    owner: str
    legal_basis: str
    purpose: str
    licence: str
    expires_at: str
    projects: str


class GrantLine(StrictValue):
    at: AwareDatetime
    project: str
    purpose: str
    ends_at: str


class ProtocolLine(StrictValue):
    at: AwareDatetime
    problem: str
    version: int
    sha256: str


class ProcessorLine(StrictValue):
    """An organisation whose models were run. It saw no data; the lab that ran them is named as operator."""

    name: str
    role: str
    since: AwareDatetime | None = None


class VerdictLine(StrictValue):
    at: AwareDatetime
    problem: str
    verdict: str
    registration_sha256: str


class ProofLine(StrictValue):
    at: AwareDatetime
    number: str
    verdict: str
    sha256: str


class ExportLine(StrictValue):
    at: AwareDatetime
    number: str
    title: str
    purpose: str
    legal_basis: str
    sha256: str
    bytes: int
    media_type: str
    model: bool


class DeletionLine(StrictValue):
    at: AwareDatetime
    number: str
    certificate_sha256: str


class PublicRegister(StrictValue):
    site: str
    made_at: AwareDatetime
    head_sequence: int
    head_hash: str
    counts: dict[str, int]
    deposits: tuple[DepositLine, ...]
    grants: tuple[GrantLine, ...]
    protocols: tuple[ProtocolLine, ...]
    processors: tuple[ProcessorLine, ...]
    verdicts: tuple[VerdictLine, ...]
    proofs: tuple[ProofLine, ...]
    exports: tuple[ExportLine, ...]
    deletions: tuple[DeletionLine, ...]


def draw_register(*, site: str, now: datetime) -> PublicRegister:
    """As the ledger stands now."""
    head = AuditEntry.objects.order_by("-sequence").values_list("sequence", "hash").first() or (0, GENESIS)
    return PublicRegister(
        site=site,
        made_at=now,
        head_sequence=head[0],
        head_hash=head[1],
        counts={name: AuditEntry.objects.filter(action=action).count() for name, action in COUNTED.items()},
        deposits=tuple(_deposit(one) for one in _entries("vault.deposited")),
        grants=tuple(_grants()),
        protocols=tuple(_protocol(one) for one in _entries("protocol.locked")),
        processors=_processors(site),
        verdicts=tuple(_verdicts()),
        proofs=tuple(_proof(one) for one in _entries("proof.made")),
        exports=tuple(_exports()),
        deletions=tuple(_deletion(one) for one in _entries("vault.deleted")),
    )


def _entries(action: str) -> list[AuditEntry]:
    return list(AuditEntry.objects.filter(action=action).order_by("-sequence")[:MOST_LINES])


def _said(entry: AuditEntry, name: str) -> str:
    value: Any = entry.details.get(name)
    return "" if value is None else str(value)


def _deposit(one: AuditEntry) -> DepositLine:
    told = {name: _said(one, name) for name in ("owner", "legal_basis", "licence", "expires_at", "projects")}
    return DepositLine(at=one.at, purpose=one.reason, **told)


def _grants() -> Iterator[GrantLine]:
    entries = _entries("vault.granted")
    purposes = dict(Grant.objects.filter(id__in=[_id(one) for one in entries]).values_list("id", "purpose"))
    for one in entries:
        purpose = purposes.get(_id(one), "")
        yield GrantLine(at=one.at, project=_said(one, "project"), purpose=purpose, ends_at=_said(one, "until"))


def _id(entry: AuditEntry) -> UUID:
    return UUID(entry.object.rpartition(":")[2])


def _protocol(one: AuditEntry) -> ProtocolLine:
    return ProtocolLine(
        at=one.at, problem=_said(one, "problem"), version=int(_said(one, "version") or 0), sha256=_said(one, "sha256")
    )


def _proof(one: AuditEntry) -> ProofLine:
    return ProofLine(at=one.at, number=_said(one, "number"), verdict=_said(one, "verdict"), sha256=_said(one, "sha256"))


def _deletion(one: AuditEntry) -> DeletionLine:
    return DeletionLine(at=one.at, number=_said(one, "number"), certificate_sha256=_said(one, "certificate_sha256"))


def _exports() -> Iterator[ExportLine]:
    left = _entries("export.left")
    begun = AuditEntry.objects.filter(action="export.begun", object__in={one.object for one in left})
    words = {one.object: one for one in begun}
    for one in left:
        first = words.get(one.object, one)
        yield ExportLine(
            at=one.at,
            number=_said(one, "number"),
            title=_said(first, "title"),
            purpose=_said(first, "purpose"),
            legal_basis=_said(first, "legal_basis"),
            sha256=_said(one, "sha256"),
            bytes=int(_said(one, "bytes") or 0),
            media_type=_said(one, "type"),
            model=bool(one.details.get("model")),
        )


def _verdicts() -> Iterator[VerdictLine]:
    released = _entries("lab.run.released")
    runs = {one.object.removeprefix("run:"): one for one in released}
    records = ComparisonRecord.objects.filter(run_id__in=runs).select_related("run__registration__pack")
    found = {str(one.run_id): one for one in records}
    for run_id, entry in runs.items():
        record = found.get(run_id)
        if record is not None:
            yield VerdictLine(
                at=entry.at,
                problem=record.run.registration.pack.problem_id,
                verdict=record.verdict,
                registration_sha256=record.registration_sha256,
            )


def _processors(site: str) -> tuple[ProcessorLine, ...]:
    """Who runs the lab, and the organisations whose models were run; persons who stand for themselves are left out."""
    keys = Run.objects.filter(submitter__startswith=PARTY).values_list("submitter", flat=True).distinct()
    companies: dict[str, ProcessorLine] = {}
    for one in Submission.objects.filter(submitter__in=list(keys)).order_by("received_at")[: 20 * MOST_LINES]:
        line = ProcessorLine(name=one.submitter_name, role="submitter", since=one.received_at)
        companies.setdefault(one.submitter, line)
    return (ProcessorLine(name=site, role="operator"), *companies.values())
