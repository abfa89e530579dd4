"""Agreements, for programs: listed, with their KPI sheet, its lock, and what changed since. They are drafted and signed
on the page, by persons."""

from __future__ import annotations

from datetime import date, datetime
from typing import Annotated
from uuid import UUID

from django.http import HttpRequest
from django.utils import timezone
from ninja import Router
from pydantic import BaseModel

from pandok.core.errors import RequestError
from pandok.core.programme.indicators import Direction
from pandok.core.programme.lock import Part
from pandok.core.programme.opening import Fate
from pandok.fields.programme.agreement_states import AgreementState
from pandok.fields.programme.kpi_line import sheet_of
from pandok.fields.programme.lists.agreements import (
    agreement_for,
    agreements_among,
    agreements_visible_to,
    changes_since_lock,
    locked_versions,
    with_versions,
)
from pandok.fields.programme.models import Agreement
from pandok.fields.programme.roles import Action
from pandok.web.api.callers import actor_of, may
from pandok.web.api.paging import page_by_time
from pandok.web.api.refusals import answers, not_found
from pandok.web.api.request_values import Cursor, Limit, Page, one_of

router = Router(tags=["Agreements on trials"])
_SEES = may(Action.SEE_AGREEMENTS)


class AgreementOut(BaseModel):
    """`version` 0: nothing is signed yet. `sha256`: of the lock of that version."""

    id: UUID
    number: str
    problem: UUID
    state: Annotated[str, one_of(*AgreementState)]
    title: str
    lead: str
    field_owner_post: str
    operation_payer: str
    fate: Annotated[str, one_of("", *Fate)]
    version: int
    sha256: str
    made_at: datetime


class KpiLineOut(BaseModel):
    """`interval` null: the baseline was counted in full. `weight`: all of a sheet come to 1."""

    key: str
    name: str
    formula: str
    source: str
    unit: str
    direction: Annotated[str, one_of(*Direction)]
    baseline: float
    interval: tuple[float, float] | None
    counted_on: date
    target: float
    margin: float
    measured_by: str
    measured_on: date
    least_rows: int
    weight: float


class LockChangeOut(BaseModel):
    """`at`: what of the part."""

    part: Annotated[str, one_of(*Part)]
    at: str
    was: str
    now: str


class WholeAgreementOut(AgreementOut):
    """`changes`: every way in which it is no longer as it was signed; empty: none, or not signed yet."""

    sheet: list[KpiLineOut]
    changes: list[LockChangeOut]


@router.get("", auth=_SEES, response=answers(Page[AgreementOut]), summary="Agreements")
def list_agreements(
    request: HttpRequest,
    words: str = "",
    state: AgreementState | None = None,
    cursor: Cursor = "",
    limit: Limit = 50,
) -> Page[AgreementOut]:
    """The newest first; a field owner sees the own ones."""
    found = agreements_among(agreements_visible_to(actor_of(request)), words=words[:100], state=state or "")
    return page_by_time(with_versions(found), field="made_at", cursor=cursor, limit=limit, shape=_out)


@router.get("/{uuid:agreement_id}", auth=_SEES, response=answers(WholeAgreementOut), summary="One agreement")
def get_agreement(request: HttpRequest, agreement_id: UUID) -> WholeAgreementOut:
    try:
        found = agreement_for(actor_of(request), agreement_id)
    except RequestError as error:
        raise not_found() from error
    sheet = sheet_of(found.lines)
    return WholeAgreementOut(
        **_out(found).model_dump(),
        sheet=[
            KpiLineOut(
                **one.model_dump(include=set(KpiLineOut.model_fields) - {"baseline", "interval", "counted_on"}),
                baseline=one.baseline.value,
                interval=one.baseline.interval,
                counted_on=one.baseline.counted_on,
            )
            for one in (sheet.indicators if sheet else ())
        ],
        changes=[
            LockChangeOut(part=one.part, at=one.at, was=one.was, now=one.now)
            for one in changes_since_lock(found, timezone.now())
        ],
    )


def _out(one: Agreement) -> AgreementOut:
    locked = locked_versions(one)
    return AgreementOut(
        id=one.pk,
        number=one.number,
        problem=one.problem_id,
        state=one.state,
        title=one.title,
        lead=one.lead,
        field_owner_post=one.field_owner_post,
        operation_payer=one.operation_payer,
        fate=one.fate,
        version=one.version,
        sha256=locked[0].sha256 if locked else "",
        made_at=one.made_at,
    )
