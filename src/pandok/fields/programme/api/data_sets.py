"""Data sets of the programme, for programs: listed, with the newest report on their quality."""

from __future__ import annotations

from datetime import datetime
from typing import Annotated, Any
from uuid import UUID

from django.http import HttpRequest
from django.utils import timezone
from ninja import Router
from pydantic import BaseModel

from pandok.core.errors import RequestError
from pandok.fields.programme.acts.data_sets.reports import plan_of
from pandok.fields.programme.data_states import DataSetState
from pandok.fields.programme.lists import data_sets as lists
from pandok.fields.programme.lists.data_croissant import described
from pandok.fields.programme.models import DataSet
from pandok.fields.programme.roles import Action
from pandok.fields.programme.topics import KoreanRegion
from pandok.web.api.callers import may
from pandok.web.api.paging import page_by_time
from pandok.web.api.refusals import answers, not_found
from pandok.web.api.request_values import Cursor, Limit, Page, one_of

router = Router(tags=["Data sets of the programme"])
_SEES = may(Action.SEE_DATA_SETS)


class CatalogueEntryOut(BaseModel):
    """`meets_plan` null: not looked through yet on this version."""

    id: UUID
    number: str
    state: Annotated[str, one_of(*DataSetState)]
    title: str
    purpose: str
    licence: str
    owner_body: str
    region: Annotated[str, one_of(*KoreanRegion)]
    source: str
    agreement: UUID | None
    version: int
    meets_plan: bool | None
    made_at: datetime


class VaultUseOut(BaseModel):
    """Counted from the records of the lab."""

    files: int
    grants_now: int
    grants: int
    uses: int
    projects: int
    last_at: datetime | None


class WholeCatalogueEntryOut(CatalogueEntryOut):
    """`quality`: the newest report on this version, with the plan that it was held against. `croissant`: JSON-LD."""

    plan: dict[str, Any]
    quality: dict[str, Any] | None
    quality_sha256: str
    use: VaultUseOut | None
    croissant: dict[str, Any]


@router.get("", auth=_SEES, response=answers(Page[CatalogueEntryOut]), summary="Data sets")
def list_data_sets(
    request: HttpRequest,  # noqa: ARG001
    words: str = "",
    state: DataSetState | None = None,
    region: KoreanRegion | None = None,
    cursor: Cursor = "",
    limit: Limit = 50,
) -> Page[CatalogueEntryOut]:
    """The newest first."""
    found = lists.data_sets_among(DataSet.objects.all(), lists.Asked(words[:100], state or "", region or ""))
    return page_by_time(found, field="made_at", cursor=cursor, limit=limit, shape=_out)


@router.get("/{uuid:data_set_id}", auth=_SEES, response=answers(WholeCatalogueEntryOut), summary="One data set")
def get_data_set(request: HttpRequest, data_set_id: UUID) -> WholeCatalogueEntryOut:
    try:
        found = lists.data_set_for(data_set_id)
    except RequestError as error:
        raise not_found() from error
    version, report, use = lists.version_of(found), lists.report_now(found), lists.vault_use(found, timezone.now())
    address = request.build_absolute_uri(f"/programme/data/{found.pk}/")
    return WholeCatalogueEntryOut(
        **_out(found).model_dump(),
        plan=version.plan,
        quality=report.quality if report else None,
        quality_sha256=report.sha256 if report else "",
        use=VaultUseOut(**vars(use)) if use else None,
        croissant=described(found, plan_of(version), report, address=address),
    )


def _out(one: DataSet) -> CatalogueEntryOut:
    report = lists.report_now(one)
    return CatalogueEntryOut(
        id=one.pk,
        number=one.number,
        state=one.state,
        title=one.title,
        purpose=one.purpose,
        licence=one.licence,
        owner_body=one.owner_body,
        region=one.region,
        source=one.source,
        agreement=one.agreement_id,
        version=one.version,
        meets_plan=report.meets if report else None,
        made_at=one.made_at,
    )
