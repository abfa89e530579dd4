"""Retention of images: what may go, plans of deletion with their certificates, and holds.

A plan is confirmed on the page by a second person: a token stands for no person, so no call confirms.
"""

from __future__ import annotations

from datetime import date, datetime
from typing import Annotated, Any
from uuid import UUID

from django.http import HttpRequest
from django.utils import timezone
from ninja import Query, Router
from pydantic import BaseModel

from pandok.common import house
from pandok.fields.xray.acts.retention.deleting import propose_deletion, withdraw_deletion
from pandok.fields.xray.acts.retention.holds import lift_hold, place_hold
from pandok.fields.xray.api.inspections import visible
from pandok.fields.xray.lists.retention import current_policy, due_scans, standing_holds
from pandok.fields.xray.lists.visible import inspections_visible_to
from pandok.fields.xray.models import ScanDeletion, ScanHold
from pandok.fields.xray.roles import Action
from pandok.web.api.callers import actor_of, may
from pandok.web.api.idempotency_key import once
from pandok.web.api.paging import page_by_time
from pandok.web.api.refusals import answers, not_found
from pandok.web.api.request_values import Asked, Cursor, FullReason, Limit, Page, one_of

router = Router(tags=["X-ray retention"])
_SEES, _HOLDS = may(Action.SEE_SCAN_RETENTION), may(Action.HOLD_SCANS)


class DueScanOut(BaseModel):
    inspection: UUID
    number: str
    period: str
    due_on: date
    size_bytes: int


class DueScansOut(BaseModel):
    """`held`: a hold keeps them; `more`: there are further ones."""

    policy: str
    scans: list[DueScanOut]
    held: int
    more: bool


class ScanDeletionOut(BaseModel):
    """`certificate` is whole once the state is `done`; `certificate_sha256` is of its canonical JSON."""

    id: UUID
    number: str
    state: Annotated[str, one_of("planned", "confirmed", "done", "withdrawn")]
    policy: str
    reason: str
    planned_by: str
    planned_at: datetime
    confirmed_by: str | None
    confirmed_at: datetime | None
    done_at: datetime | None
    scans: int
    certificate: dict[str, Any] | None
    certificate_sha256: str


class ScanHoldOut(BaseModel):
    id: UUID
    inspection: UUID
    number: str
    reason: str
    placed_by: str
    placed_at: datetime
    lifted_at: datetime | None


class ScanReasonIn(Asked):
    reason: FullReason


class ScanDeletionsQuery(BaseModel):
    cursor: Cursor = ""
    limit: Limit = 50


@router.get("/due", auth=_SEES, response=answers(DueScansOut), summary="Scans whose images may go")
def list_due_scans(request: HttpRequest) -> DueScansOut:  # noqa: ARG001
    now = timezone.now()
    policy = current_policy(now)
    due = due_scans(policy=policy, now=now, blobs=house.blobs())
    scans = [
        DueScanOut(
            inspection=one.scan.inspection_id,
            number=one.scan.inspection.number,
            period=one.rule,
            due_on=one.due_on,
            size_bytes=one.size_bytes,
        )
        for one in due.scans
    ]
    return DueScansOut(policy=policy.version, scans=scans, held=due.held, more=due.more)


@router.get(
    "/deletions", auth=_SEES, response=answers(Page[ScanDeletionOut]), summary="Plans of deletion, newest first"
)
def list_scan_deletions(
    request: HttpRequest,  # noqa: ARG001
    asked: Query[ScanDeletionsQuery],
) -> Page[ScanDeletionOut]:
    rows = ScanDeletion.objects.select_related("planned_by", "confirmed_by")
    return page_by_time(rows, field="planned_at", cursor=asked.cursor, limit=asked.limit, shape=_out)


@router.post(
    "/deletions",
    auth=may(Action.PLAN_SCAN_DELETION),
    response=answers(ScanDeletionOut, 201),
    summary="Plan a deletion of images",
)
@once(status=201)
def plan_scan_deletion(request: HttpRequest, asked: ScanReasonIn) -> ScanDeletionOut:
    """Everything that may go today. Nothing goes before a second person has confirmed on the page."""
    now = timezone.now()
    made = propose_deletion(
        actor=actor_of(request), reason=asked.reason, now=now, policy=current_policy(now), blobs=house.blobs()
    )
    return _out(made)


@router.get(
    "/deletions/{uuid:deletion_id}", auth=_SEES, response=answers(ScanDeletionOut), summary="One deletion of images"
)
def get_scan_deletion(request: HttpRequest, deletion_id: UUID) -> ScanDeletionOut:  # noqa: ARG001
    return _out(_deletion(deletion_id))


@router.post(
    "/deletions/{uuid:deletion_id}/withdraw",
    auth=may(Action.PLAN_SCAN_DELETION),
    response=answers(ScanDeletionOut),
    summary="Give a plan of deletion up",
)
@once
def give_up_scan_deletion(request: HttpRequest, deletion_id: UUID, asked: ScanReasonIn) -> ScanDeletionOut:
    found = _deletion(deletion_id)
    return _out(withdraw_deletion(deletion=found, actor=actor_of(request), reason=asked.reason, now=timezone.now()))


@router.get("/holds", auth=_SEES, response=answers(list[ScanHoldOut]), summary="Standing holds on images")
def list_scan_holds(request: HttpRequest) -> list[ScanHoldOut]:
    seen = standing_holds(inspections_visible_to(actor_of(request)))
    return [_hold(one) for one in seen.select_related("inspection", "placed_by")]


@router.post(
    "/inspections/{uuid:inspection_id}/hold",
    auth=_HOLDS,
    response=answers(ScanHoldOut, 201),
    summary="Keep the images of an inspection",
)
@once(status=201)
def hold_scan(request: HttpRequest, inspection_id: UUID, asked: ScanReasonIn) -> ScanHoldOut:
    """No image of it is deleted while the hold stands; a standing one stays as it is."""
    actor = actor_of(request)
    inspection = visible(actor, inspection_id)
    return _hold(place_hold(inspection=inspection, actor=actor, reason=asked.reason, now=timezone.now()))


@router.post("/holds/{uuid:hold_id}/lift", auth=_HOLDS, response=answers(ScanHoldOut), summary="Lift a hold on images")
@once
def lift_scan_hold(request: HttpRequest, hold_id: UUID, asked: ScanReasonIn) -> ScanHoldOut:
    actor = actor_of(request)
    found = ScanHold.objects.filter(pk=hold_id, inspection__in=inspections_visible_to(actor).values("pk")).first()
    if found is None:
        raise not_found()
    return _hold(lift_hold(hold=found, actor=actor, reason=asked.reason, now=timezone.now()))


def _deletion(deletion_id: UUID) -> ScanDeletion:
    found = ScanDeletion.objects.select_related("planned_by", "confirmed_by").filter(pk=deletion_id).first()
    if found is None:
        raise not_found()
    return found


def _out(found: ScanDeletion) -> ScanDeletionOut:
    return ScanDeletionOut(
        id=found.pk,
        number=found.number,
        state=found.state,
        policy=found.policy,
        reason=found.reason,
        planned_by=found.planned_by.get_username(),
        planned_at=found.planned_at,
        confirmed_by=found.confirmed_by.get_username() if found.confirmed_by else None,
        confirmed_at=found.confirmed_at,
        done_at=found.done_at,
        scans=found.items.count(),
        certificate=found.certificate or None,
        certificate_sha256=found.certificate_sha256,
    )


def _hold(found: ScanHold) -> ScanHoldOut:
    return ScanHoldOut(
        id=found.pk,
        inspection=found.inspection_id,
        number=found.inspection.number,
        reason=found.reason,
        placed_by=found.placed_by.get_username(),
        placed_at=found.placed_at,
        lifted_at=found.lifted_at,
    )
