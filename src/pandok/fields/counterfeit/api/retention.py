"""Retention: what may go, plans of deletion with their certificates, and holds.

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
from pandok.core.retention import RetentionPolicy
from pandok.core.terms.zone import OFFICE_ZONE
from pandok.fields.counterfeit.acts.retention.deleting import propose_deletion, withdraw_deletion
from pandok.fields.counterfeit.acts.retention.due_files import due_files
from pandok.fields.counterfeit.acts.retention.holds import lift_hold, place_hold
from pandok.fields.counterfeit.acts.retention.policy import current_policy
from pandok.fields.counterfeit.api.cases import visible_case
from pandok.fields.counterfeit.lists.visible import cases_visible_to
from pandok.fields.counterfeit.models import Deletion, LegalHold
from pandok.fields.counterfeit.roles import Action
from pandok.web.api.callers import actor_of, may
from pandok.web.api.idempotency_key import once
from pandok.web.api.paging import page_by_time
from pandok.web.api.refusals import answers, not_found
from pandok.web.api.request_values import Asked, Cursor, Limit, Page, Reason, one_of

router = Router(tags=["retention"])
of_case = Router(tags=["retention"])
_SEES = may(Action.SEE_RETENTION)
_HOLDS = may(Action.HOLD_CASES)


class DueFileOut(BaseModel):
    """`belongs_to`: what uses the file, in words for people."""

    sha256: str
    period: str
    due_on: date
    belongs_to: list[str]
    size_bytes: int


class DueOut(BaseModel):
    """`held`: a legal hold keeps them; `shared`: another use has not ended; `more`: there are further ones."""

    policy: RetentionPolicy
    files: list[DueFileOut]
    held: int
    shared: int
    more: bool


class DeletionOut(BaseModel):
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
    files: int
    certificate: dict[str, Any] | None
    certificate_sha256: str


class HoldOut(BaseModel):
    id: UUID
    case_id: UUID
    case_number: str
    reason: str
    placed_by: str
    placed_at: datetime
    lifted_at: datetime | None


class ReasonIn(Asked):
    reason: Reason


class DeletionsQuery(BaseModel):
    cursor: Cursor = ""
    limit: Limit = 50


@router.get("/due", auth=_SEES, response=answers(DueOut), summary="Files whose term is over")
def list_due_files(request: HttpRequest) -> DueOut:  # noqa: ARG001
    policy = _policy()
    due = due_files(policy=policy, now=timezone.now(), blobs=house.blobs())
    files = [
        DueFileOut(**{name: getattr(one, name) for name in DueFileOut.model_fields} | {"belongs_to": [*one.belongs_to]})
        for one in due.files
    ]
    return DueOut(policy=policy, files=files, held=due.held, shared=due.shared, more=due.more)


@router.get("/deletions", auth=_SEES, response=answers(Page[DeletionOut]), summary="Plans of deletion, newest first")
def list_deletions(request: HttpRequest, asked: Query[DeletionsQuery]) -> Page[DeletionOut]:  # noqa: ARG001
    rows = Deletion.objects.select_related("planned_by", "confirmed_by")
    return page_by_time(rows, field="planned_at", cursor=asked.cursor, limit=asked.limit, shape=_out)


@router.post(
    "/deletions", auth=may(Action.PLAN_DELETION), response=answers(DeletionOut, 201), summary="Plan a deletion"
)
@once(status=201)
def plan_deletion(request: HttpRequest, asked: ReasonIn) -> DeletionOut:
    """Everything that may go today. Nothing goes before a second person has confirmed on the page."""
    made = propose_deletion(
        actor=actor_of(request), reason=asked.reason, now=timezone.now(), policy=_policy(), blobs=house.blobs()
    )
    return _out(made)


@router.get("/deletions/{uuid:deletion_id}", auth=_SEES, response=answers(DeletionOut), summary="One deletion")
def get_deletion(request: HttpRequest, deletion_id: UUID) -> DeletionOut:  # noqa: ARG001
    return _out(_deletion(deletion_id))


@router.post(
    "/deletions/{uuid:deletion_id}/withdraw",
    auth=may(Action.PLAN_DELETION),
    response=answers(DeletionOut),
    summary="Give a plan up",
)
@once
def give_up_deletion(request: HttpRequest, deletion_id: UUID, asked: ReasonIn) -> DeletionOut:
    found = _deletion(deletion_id)
    return _out(withdraw_deletion(deletion=found, actor=actor_of(request), reason=asked.reason, now=timezone.now()))


@router.get("/holds", auth=_SEES, response=answers(list[HoldOut]), summary="Standing holds")
def list_holds(request: HttpRequest) -> list[HoldOut]:
    standing = LegalHold.objects.filter(lifted_at=None, case__in=cases_visible_to(actor_of(request)))
    return [_hold(one) for one in standing.select_related("case", "placed_by")]


@router.post("/holds/{uuid:hold_id}/lift", auth=_HOLDS, response=answers(HoldOut), summary="Lift a hold")
@once
def lift_a_hold(request: HttpRequest, hold_id: UUID, asked: ReasonIn) -> HoldOut:
    actor = actor_of(request)
    found = LegalHold.objects.filter(id=hold_id, case__in=cases_visible_to(actor)).first()
    if found is None:
        raise not_found()
    return _hold(lift_hold(hold=found, actor=actor, reason=asked.reason, now=timezone.now()))


@of_case.post("/{uuid:case_id}/hold", auth=_HOLDS, response=answers(HoldOut, 201), summary="Keep the files of a case")
@once(status=201)
def hold_case(request: HttpRequest, case_id: UUID, asked: ReasonIn) -> HoldOut:
    """No file of the case is deleted while the hold stands; a standing one stays as it is."""
    actor = actor_of(request)
    return _hold(place_hold(case=visible_case(actor, case_id), actor=actor, reason=asked.reason, now=timezone.now()))


def _policy() -> RetentionPolicy:
    return current_policy(timezone.now().astimezone(OFFICE_ZONE).date())


def _deletion(deletion_id: UUID) -> Deletion:
    found = Deletion.objects.select_related("planned_by", "confirmed_by").filter(id=deletion_id).first()
    if found is None:
        raise not_found()
    return found


def _out(found: Deletion) -> DeletionOut:
    return DeletionOut(
        id=found.id,
        number=found.number,
        state=found.state,
        policy=found.policy,
        reason=found.reason,
        planned_by=found.planned_by.get_username(),
        planned_at=found.planned_at,
        confirmed_by=found.confirmed_by.get_username() if found.confirmed_by else None,
        confirmed_at=found.confirmed_at,
        done_at=found.done_at,
        files=found.items.count(),
        certificate=found.certificate or None,
        certificate_sha256=found.certificate_sha256,
    )


def _hold(found: LegalHold) -> HoldOut:
    return HoldOut(
        id=found.id,
        case_id=found.case_id,
        case_number=found.case.number,
        reason=found.reason,
        placed_by=found.placed_by.get_username(),
        placed_at=found.placed_at,
        lifted_at=found.lifted_at,
    )
