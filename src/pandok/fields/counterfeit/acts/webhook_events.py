"""Which events of a case webhooks are told of."""

from __future__ import annotations

from datetime import datetime

from pandok.common.messages.webhooks import tell
from pandok.fields.counterfeit.acts.answering.importer import RELEASE_ASKED, STATED
from pandok.fields.counterfeit.acts.cases.clocks import Reminder
from pandok.fields.counterfeit.acts.notices.follow_up import ANSWERED
from pandok.fields.counterfeit.models import Case, CaseEvent
from pandok.fields.counterfeit.states import State

_ANSWERS = frozenset({ANSWERED, STATED, RELEASE_ASKED})


def tell_of_event(case: Case, event: CaseEvent) -> None:
    """Called with every new event of a case, in its transaction (pandok.fields.counterfeit.acts.cases.moving.AFTER_EVENT)."""

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
    """Called with every reminder of a legal term, in its transaction (pandok.fields.counterfeit.acts.cases.clocks.AFTER_REMINDER)."""
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
