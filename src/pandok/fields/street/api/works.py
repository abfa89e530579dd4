"""Work orders for programs: the list, one of them, a new one, and its steps."""

from __future__ import annotations

from datetime import datetime
from typing import Annotated, Literal

from django.http import HttpRequest
from django.utils import timezone
from ninja import Query, Router
from pydantic import BaseModel, Field

from pandok.core.errors import RequestError
from pandok.fields.street.acts.doing_works import finish_work, give_back_work, take_work
from pandok.fields.street.acts.ordering_works import WorkSaid, assign_work, order_work, withdraw_work
from pandok.fields.street.acts.repairing import order_repair
from pandok.fields.street.lists.works import WorkList, work_numbered, works
from pandok.fields.street.models import WorkOrder
from pandok.fields.street.roles import Action
from pandok.fields.street.work_states import WorkKind, WorkState
from pandok.web.api.callers import actor_of, may
from pandok.web.api.idempotency_key import once
from pandok.web.api.refusals import answers, not_found
from pandok.web.api.request_values import Asked, one_of

router = Router(tags=["Streetlight works"])
MOST = 200


class WorkListQuery(Asked):
    which: WorkList = Field(default=WorkList.OPEN, description="mine: of the crew that asks")


class WorkOrderIn(Asked):
    kind: WorkKind
    what: str = Field(max_length=2000, description="What has to be done")
    alert: str = Field(default="", max_length=32, description="Alert that it is made from; its pole or feeder counts")
    pole: str = Field(default="", max_length=40)
    feeder: str = Field(default="", max_length=40, description="Where it is no single pole")
    device: str = Field(default="", max_length=40, description="Key of a device on the pole")
    due_at: str = Field(default="", max_length=40, description="A moment; nothing: the usual term of the kind")
    crew: str = Field(default="", max_length=150, description="User name of a crew; nothing: nobody yet")


class StreetRepairIn(Asked):
    alert: str = Field(max_length=32, description="Alert of a fault")
    what: str = Field(default="", max_length=2000, description="What has to be done; nothing: what the alert says")
    crew: str = Field(default="", max_length=150, description="User name of a crew; nothing: nobody yet")


class WorkAssignmentIn(Asked):
    what: Literal["assign", "withdraw"]
    crew: str = Field(default="", max_length=150, description="To whom it is assigned")
    reason: str = Field(default="", max_length=2000, description="Why it is withdrawn")


class WorkStepIn(Asked):
    what: Literal["take", "finish", "give-back"]
    found: str = Field(default="", max_length=2000, description="What was found; to finish")
    replaced: str = Field(default="", max_length=2000, description="What was replaced; nothing: nothing")
    reason: str = Field(default="", max_length=2000, description="To give it back")


class WorkOrderOut(BaseModel):
    number: str
    kind: Annotated[str, one_of(*WorkKind)]
    what: str
    state: Annotated[str, one_of(*WorkState)]
    state_since: datetime
    alert: str | None
    pole: str | None
    feeder: str
    device: str | None
    made_at: datetime
    made_by: str | None
    due_at: datetime
    crew: str | None
    found: str
    replaced: str
    ends_with_fault: bool = Field(description="Withdrawn by itself when its fault is gone before a crew was at it")


@router.get("/works", auth=may(Action.SEE_STREET), response=answers(list[WorkOrderOut]), summary="Work orders")
def list_street_works(request: HttpRequest, asked: Query[WorkListQuery]) -> list[WorkOrderOut]:
    """What is due first stands first; of finished ones the newest. At most 200."""
    return [_out(one) for one in works(asked.which, actor_of(request), timezone.now())[:MOST]]


@router.get("/works/{number}", auth=may(Action.SEE_STREET), response=answers(WorkOrderOut), summary="One work order")
def get_street_work(request: HttpRequest, number: str) -> WorkOrderOut:  # noqa: ARG001
    return _out(_found(number))


@router.post("/works", auth=may(Action.ORDER_WORKS), response=answers(WorkOrderOut), summary="Order works")
@once
def order_street_work(request: HttpRequest, asked: WorkOrderIn) -> WorkOrderOut:
    """From an alert, or at a pole or feeder that is named. A fault has one open work order at most."""
    said = WorkSaid(**asked.model_dump(mode="json"))
    return _out(order_work(said, actor=actor_of(request), now=timezone.now()))


@router.post(
    "/repairs", auth=may(Action.ORDER_WORKS), response=answers(WorkOrderOut), summary="Order the repair of a fault"
)
@once
def order_street_repair(request: HttpRequest, asked: StreetRepairIn) -> WorkOrderOut:
    """From the alert of a fault, in one step. A fault has one open work order at most."""
    actor, now = actor_of(request), timezone.now()
    return _out(order_repair(asked.alert, what=asked.what, crew=asked.crew, actor=actor, now=now))


@router.post(
    "/works/{number}/assignment",
    auth=may(Action.ORDER_WORKS),
    response=answers(WorkOrderOut),
    summary="Assign a work order, or withdraw it",
)
@once
def assign_street_work(request: HttpRequest, number: str, asked: WorkAssignmentIn) -> WorkOrderOut:
    """To withdraw it needs a reason, and that no crew is at it."""
    _found(number)
    actor, now = actor_of(request), timezone.now()
    if asked.what == "withdraw":
        return _out(withdraw_work(number, actor=actor, reason=asked.reason, now=now))
    return _out(assign_work(number, asked.crew, actor=actor, reason=asked.reason, now=now))


@router.post(
    "/works/{number}/step",
    auth=may(Action.DO_WORKS),
    response=answers(WorkOrderOut),
    summary="Take a work order, finish it, or give it back",
)
@once
def step_of_street_work(request: HttpRequest, number: str, asked: WorkStepIn) -> WorkOrderOut:
    """Only the crew that has it, or, to take it, any crew where nobody has it."""
    _found(number)
    actor, now = actor_of(request), timezone.now()
    match asked.what:
        case "take":
            return _out(take_work(number, actor=actor, now=now))
        case "give-back":
            return _out(give_back_work(number, actor=actor, reason=asked.reason, now=now))
        case "finish":
            return _out(finish_work(number, found=asked.found, replaced=asked.replaced, actor=actor, now=now))


def _found(number: str) -> WorkOrder:
    try:
        return work_numbered(number)
    except RequestError as error:
        raise not_found() from error


def _out(one: WorkOrder) -> WorkOrderOut:
    return WorkOrderOut(
        number=one.number,
        kind=one.kind,
        what=one.what,
        state=one.state,
        state_since=one.state_since,
        alert=one.alert_id,
        pole=one.pole.key if one.pole else None,
        feeder=one.feeder,
        device=one.device.key if one.device else None,
        made_at=one.made_at,
        made_by=one.made_by.get_username() if one.made_by else None,
        due_at=one.due_at,
        crew=one.crew.get_username() if one.crew else None,
        found=one.found,
        replaced=one.replaced,
        ends_with_fault=one.ends_with_fault,
    )
