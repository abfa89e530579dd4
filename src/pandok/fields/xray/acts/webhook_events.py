"""Which events of an inspection webhooks are told of: decided, a second look asked for, its opening recorded or due.

An event is asked for in the transaction of the change; a worker then tells every endpoint whose account may see the
inspection. What was drawn beforehand is not told.
"""

from __future__ import annotations

from datetime import datetime
from uuid import UUID, uuid5

from pydantic import BaseModel

from pandok.common.jobs.queue import enqueue
from pandok.common.jobs.registry import handles
from pandok.common.jobs.work import WORKER, Work
from pandok.common.messages.webhooks import body_of, send
from pandok.common.models import Account, WebhookDelivery, WebhookEndpoint
from pandok.common.roles import Action as CommonAction
from pandok.fields.xray.lists.visible import inspections_visible_to
from pandok.fields.xray.models import Inspection, InspectionEvent
from pandok.fields.xray.states import READABLE, InspectionState

KIND = "xray.webhook"
DECIDED, SECOND_LOOK, OPENED, OPENING_DUE = (
    "inspection.decided",
    "inspection.second_look",
    "inspection.opened",
    "inspection.opening_due",
)


class ToldInspection(BaseModel):
    """One event as the job carries it."""

    event_id: UUID
    event: str
    inspection: UUID
    sequence: int
    at: datetime
    state: str
    data: dict[str, str | int]


def tell_of_event(inspection: Inspection, event: InspectionEvent) -> None:
    """Called with every new event of an inspection, in its transaction."""
    to = InspectionState(event.to_state)
    waited = bool(event.from_state) and InspectionState(event.from_state) in READABLE
    if to is InspectionState.SECOND_LOOK:
        tell(inspection, SECOND_LOOK, sequence=event.sequence, now=event.at, data={})
    elif to is InspectionState.OPENED:
        found = inspection.opening.found
        tell(inspection, OPENED, sequence=event.sequence, now=event.at, data={"found": found})
    elif waited and to in (InspectionState.CLEARED, InspectionState.OPENING):
        tell(inspection, DECIDED, sequence=event.sequence, now=event.at, data={"to": to.value})


def tell(inspection: Inspection, event: str, *, sequence: int, now: datetime, data: dict[str, str | int]) -> None:
    """Ask for one event to be told, in the transaction of the change."""
    wanted = WebhookEndpoint.objects.filter(removed_at=None).values_list("events", flat=True)
    if not any(event in events for events in wanted):
        return
    event_id = uuid5(inspection.pk, f"{sequence}:{event}:{sorted(data.items())}")
    told = ToldInspection(
        event_id=event_id,
        event=event,
        inspection=inspection.pk,
        sequence=sequence,
        at=now,
        state=inspection.state,
        data=data,
    )
    enqueue(KIND, told.model_dump(mode="json"), key=f"{KIND}:{event_id}", now=now)


@handles(KIND, ToldInspection)
def tell_endpoints(payload: ToldInspection, work: Work) -> None:
    """In one transaction with the end of its job: each endpoint is told once."""
    inspection = Inspection.objects.get(pk=payload.inspection)
    about = {"id": str(inspection.pk), "number": inspection.number, "state": payload.state}
    for endpoint in WebhookEndpoint.objects.filter(removed_at=None).select_related("account"):
        if payload.event in endpoint.events and _may_know(endpoint.account, inspection):
            row = WebhookDelivery(
                endpoint=endpoint,
                event=payload.event,
                event_id=payload.event_id,
                case_id=inspection.pk,
                sequence=payload.sequence,
                at=work.now,
            )
            body = body_of(payload.event_id, payload.event, payload.at, payload.sequence, about, payload.data)
            send(row, body, WORKER)


def _may_know(account: Account, inspection: Inspection) -> bool:
    seen = inspections_visible_to(account).filter(pk=inspection.pk)
    return account.may(CommonAction.USE_WEBHOOKS) and seen.exists()
