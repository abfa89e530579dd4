"""The audit trail for auditors: entries, and whether the chain is whole."""

from __future__ import annotations

from datetime import datetime
from typing import Annotated, Any
from uuid import UUID

from django.http import HttpRequest
from django.utils import timezone
from ninja import Query, Router
from pydantic import BaseModel, Field

from pandok.common.audit.search import AuditQuery, page_of
from pandok.common.models import AuditEntry, ChainCheck
from pandok.common.roles import Action
from pandok.common.trust.check_job import check_in_background
from pandok.web.api.callers import actor_of, may
from pandok.web.api.idempotency_key import once
from pandok.web.api.refusals import answers, not_found
from pandok.web.api.request_values import Asked, Limit, Moment

router = Router(tags=["audit"])
_AUDITS = may(Action.SEE_AUDIT)


class EntryOut(BaseModel):
    sequence: int
    previous_hash: str
    hash: str
    at: datetime
    actor: str
    action: str
    object: str
    reason: str
    details: dict[str, Any]


class EntryPage(BaseModel):
    """`older`: the `before` of the following page; `newer`: the `after` of the page before; null: no more."""

    items: list[EntryOut]
    older: int | None
    newer: int | None


class EntryQuery(BaseModel):
    actor: str = Field(default="", max_length=200)
    action: str = Field(default="", max_length=100)
    about: str = Field(default="", max_length=200, description="`case:…`, a sha256, a UUID or a case number")
    since: Moment | None = None
    until: Moment | None = None
    looks_only: bool = False
    before: Annotated[int, Field(ge=1, le=2**53)] | None = None
    after: Annotated[int, Field(ge=0, le=2**53)] | None = None
    limit: Limit = 50


class CheckIn(Asked):
    """`full`: from the first entry, ignoring earlier checks."""

    full: bool = True


class CheckOut(BaseModel):
    """`finished_at` null: still running. `fault` null: whole as far as it has come."""

    id: UUID
    full: bool
    asked_by: str
    asked_at: datetime
    start_sequence: int
    sequence: int
    hash: str
    total: int
    finished_at: datetime | None
    fault: str | None
    fault_sequence: int | None


@router.get("/entries", auth=_AUDITS, response=answers(EntryPage), summary="Entries of the audit trail, newest first")
def list_entries(request: HttpRequest, asked: Query[EntryQuery]) -> EntryPage:  # noqa: ARG001
    query = AuditQuery(**asked.model_dump(include=set(AuditQuery.model_fields)))
    page = page_of(query, before=asked.before, after=asked.after, size=asked.limit)
    return EntryPage(items=[_entry(one) for one in page.entries], older=page.older, newer=page.newer)


@router.post("/checks", auth=_AUDITS, response=answers(CheckOut, 202), summary="Have the chain checked")
@once(status=202)
def ask_for_check(request: HttpRequest, asked: CheckIn) -> CheckOut:
    """A worker checks it; GET the check until `finished_at` is set. One that waits or runs is given back."""
    return _check(check_in_background(actor=actor_of(request), full=asked.full, now=timezone.now()))


@router.get("/checks/{uuid:check_id}", auth=_AUDITS, response=answers(CheckOut), summary="One check of the chain")
def get_check(request: HttpRequest, check_id: UUID) -> CheckOut:  # noqa: ARG001
    check = ChainCheck.objects.filter(id=check_id).first()
    if check is None:
        raise not_found()
    return _check(check)


def _entry(entry: AuditEntry) -> EntryOut:
    return EntryOut(**{name: getattr(entry, name) for name in EntryOut.model_fields})


def _check(check: ChainCheck) -> CheckOut:
    values = {name: getattr(check, name) for name in CheckOut.model_fields}
    return CheckOut(**(values | {"fault": check.fault or None}))
