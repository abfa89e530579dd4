"""Which events of a case webhooks are told of.

An event is asked for in the transaction of the change it tells of; a worker then tells every endpoint whose account may
see the case. A party is told only of what is its own.
"""

from __future__ import annotations

import json
from datetime import datetime
from uuid import UUID, uuid5

from pydantic import BaseModel

from pandok.common.jobs.queue import enqueue
from pandok.common.jobs.registry import handles
from pandok.common.jobs.work import WORKER, Work
from pandok.common.messages.webhooks import body_of, send
from pandok.common.models import Account, WebhookDelivery, WebhookEndpoint
from pandok.common.roles import Action
from pandok.fields.counterfeit.acts.answering.importer import RELEASE_ASKED, STATED
from pandok.fields.counterfeit.acts.cases.clocks import Reminder
from pandok.fields.counterfeit.acts.notices.follow_up import ANSWERED
from pandok.fields.counterfeit.lists.visible import cases_visible_to, in_customs_hands, turns_in
from pandok.fields.counterfeit.models import Case, CaseEvent
from pandok.fields.counterfeit.states import State, Turn

KIND = "webhook.tell"
_ANSWERS = frozenset({ANSWERED, STATED, RELEASE_ASKED})


def tell_of_event(case: Case, event: CaseEvent) -> None:
    """Called with every new event of a case, in its transaction
    (pandok.fields.counterfeit.acts.cases.case_moves.AFTER_EVENT)."""

    def say(name: str, party_turn: str = "", **data: str | int) -> None:
        tell(case, name, sequence=event.sequence, now=event.at, data=data, party_turn=party_turn)

    if event.kind == "opened":
        say("case.opened")
        return
    if event.kind in _ANSWERS:
        say("notice.answered", event.by, by=event.by, answer=str(event.data.get("answer", "")))
    if event.from_state != event.to_state:
        say("case.moved", **{"from": event.from_state, "to": event.to_state})
        if event.to_state == State.CLOSED:
            say("case.closed", disposition=case.disposition, finding=case.finding)


def tell_of_reminder(reminder: Reminder, now: datetime) -> None:
    """Called with every reminder of a legal term, in its transaction
    (pandok.fields.counterfeit.acts.cases.clocks.AFTER_REMINDER)."""
    clock = reminder.clock
    newest = CaseEvent.objects.filter(case_id=clock.case_id).order_by("-sequence")
    data: dict[str, str | int] = {
        "rule": clock.rule,
        "owner": clock.owner,
        "due_at": clock.due_at.isoformat(),
        "days_before": reminder.days_before,
    }
    sequence = newest.values_list("sequence", flat=True)[0]
    tell(clock.case, "clock.reminder", sequence=sequence, now=now, data=data, party_turn=clock.owner)


class Told(BaseModel):
    """One event as the job carries it. `party_turn`: only customs and the party of this turn are told; "": everybody
    who may see the case."""

    event_id: UUID
    event: str
    case: UUID
    sequence: int
    at: datetime
    state: str
    turn: str
    party_turn: str
    data: dict[str, str | int]


def tell(
    case: Case, event: str, *, sequence: int, now: datetime, data: dict[str, str | int], party_turn: str = ""
) -> None:
    """Ask for one event to be told, in the transaction of the change. A worker tells every endpoint that wants it."""
    if not any(
        event in wanted for wanted in WebhookEndpoint.objects.filter(removed_at=None).values_list("events", flat=True)
    ):
        return
    event_id = uuid5(case.id, f"{sequence}:{event}:{json.dumps(data, sort_keys=True)}")
    told = Told(
        event_id=event_id,
        event=event,
        case=case.id,
        sequence=sequence,
        at=now,
        state=case.state,
        turn=case.turn,
        party_turn=party_turn,
        data=data,
    )
    enqueue(KIND, told.model_dump(mode="json"), key=f"{KIND}:{event_id}", now=now)


@handles(KIND, Told)
def tell_endpoints(payload: Told, work: Work) -> None:
    """In one transaction with the end of its job: each endpoint is told once."""
    case = Case.objects.get(id=payload.case)
    for endpoint in WebhookEndpoint.objects.filter(removed_at=None).select_related("account"):
        if payload.event in endpoint.events and _may_know(endpoint.account, case, payload.party_turn):
            about = {"id": str(case.id), "number": case.number, "state": payload.state, "turn": payload.turn}
            body = body_of(payload.event_id, payload.event, payload.at, payload.sequence, about, payload.data)
            row = WebhookDelivery(
                endpoint=endpoint,
                event=payload.event,
                event_id=payload.event_id,
                case_id=case.pk,
                sequence=payload.sequence,
                at=work.now,
            )
            send(row, body, WORKER)


def _may_know(account: Account, case: Case, party_turn: str) -> bool:
    """Asked when the event is told: a party learns of a case with its notice, which comes with the event."""
    if not account.may(Action.USE_WEBHOOKS) or not cases_visible_to(account).filter(pk=case.pk).exists():
        return False
    return not party_turn or in_customs_hands(account, case) or Turn(party_turn) in turns_in(account, case)
