"""Inspections: what there is, one of them whole, what its opening showed, and having it read again."""

from __future__ import annotations

from uuid import UUID

from django.http import HttpRequest
from django.utils import timezone
from ninja import Router
from pydantic import Field

from pandok.common.models import Account
from pandok.core.errors import RequestError
from pandok.fields.xray.acts.deciding import have_read_again
from pandok.fields.xray.acts.opening import record_opening
from pandok.fields.xray.api.shapes import InspectionOut, InspectionWhole, MarkIn, facts_of, whole
from pandok.fields.xray.decisions import Found
from pandok.fields.xray.lists.visible import inspection_of, inspections_visible_to
from pandok.fields.xray.marks import MOST_MARKS
from pandok.fields.xray.models import Inspection
from pandok.fields.xray.roles import Action
from pandok.fields.xray.states import InspectionState
from pandok.web.api.callers import actor_of, may
from pandok.web.api.idempotency_key import once
from pandok.web.api.paging import page_by_time
from pandok.web.api.refusals import answers, not_found
from pandok.web.api.request_values import Asked, Cursor, FullReason, Limit, Page

router = Router(tags=["X-ray inspections"])


class OpeningIn(Asked):
    found: Found
    what: str = Field(default="", max_length=300, description="What it was; needed unless it was as declared")
    marks: list[MarkIn] = Field(default=[], max_length=MOST_MARKS, description="Where it lay")


class AgainIn(Asked):
    reason: FullReason


@router.get("", auth=may(Action.SEE_SCANS), response=answers(Page[InspectionOut]), summary="Inspections, newest first")
def list_inspections(
    request: HttpRequest, state: InspectionState | None = None, cursor: Cursor = "", limit: Limit = 50
) -> Page[InspectionOut]:
    rows = inspections_visible_to(actor_of(request)).select_related("site").prefetch_related("scans")
    if state is not None:
        rows = rows.filter(state=state.value)
    return page_by_time(
        rows, field="begun_at", cursor=cursor, limit=limit, shape=lambda one: InspectionOut(**facts_of(one))
    )


@router.get(
    "/{uuid:inspection_id}", auth=may(Action.SEE_SCANS), response=answers(InspectionWhole), summary="One inspection"
)
def get_inspection(request: HttpRequest, inspection_id: UUID) -> InspectionWhole:
    return whole(visible(actor_of(request), inspection_id))


@router.post(
    "/{uuid:inspection_id}/opening",
    auth=may(Action.RECORD_OPENINGS),
    response=answers(InspectionWhole),
    summary="Record what the opening showed",
)
@once
def record_an_opening(request: HttpRequest, inspection_id: UUID, asked: OpeningIn) -> InspectionWhole:
    """Who read the scan does not record its opening."""
    actor = actor_of(request)
    inspection = visible(actor, inspection_id)
    record_opening(
        inspection_id=inspection.pk,
        officer=actor,
        found=asked.found,
        what=asked.what,
        marks=[one.model_dump() for one in asked.marks],
        now=timezone.now(),
    )
    return whole(visible(actor, inspection_id))


@router.post(
    "/{uuid:inspection_id}/read-again",
    auth=may(Action.RECALL_SCANS),
    response=answers(InspectionWhole),
    summary="Have it read again",
)
@once
def have_an_inspection_read_again(request: HttpRequest, inspection_id: UUID, asked: AgainIn) -> InspectionWhole:
    actor = actor_of(request)
    visible(actor, inspection_id)
    have_read_again(inspection_id=inspection_id, supervisor=actor, reason=asked.reason, now=timezone.now())
    return whole(visible(actor, inspection_id))


def visible(actor: Account, inspection_id: UUID) -> Inspection:
    """Answered as if it did not exist where it is not theirs to see."""
    try:
        return inspection_of(actor, inspection_id)
    except RequestError as error:
        raise not_found() from error
