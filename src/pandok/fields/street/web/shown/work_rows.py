"""Work orders in words."""

from __future__ import annotations

from collections.abc import Set
from dataclasses import dataclass
from datetime import datetime

from pandok.common.models import Account
from pandok.core.text import Text
from pandok.fields.street.models import WorkOrder
from pandok.fields.street.roles import Action
from pandok.fields.street.web.shown.alert_rows import place_of
from pandok.fields.street.work_states import OPEN, TABLE, WorkKind, WorkMover, WorkState

BADGES = {
    WorkState.DONE: "badge-good",
    WorkState.GIVEN_BACK: "badge-bad",
    WorkState.MADE: "badge-unsure",
}


@dataclass(frozen=True)
class WorkRow:
    work: WorkOrder
    kind: Text
    place: Text
    state: Text
    badge: str
    late: bool
    open: bool


@dataclass(frozen=True)
class WorkStep:
    words: Text
    at: datetime
    who: str
    crew: str
    reason: str


def work_row(work: WorkOrder, now: datetime) -> WorkRow:
    place = place_of(work.pole) if work.pole else Text(ko=f"선로 {work.feeder}", en=f"Feeder {work.feeder}")
    stands = work.stands
    late = stands in OPEN and work.due_at < now
    return WorkRow(
        work, WorkKind(work.kind).words, place, stands.words, BADGES.get(stands, "badge-plain"), late, stands in OPEN
    )


def work_steps(work: WorkOrder) -> list[WorkStep]:
    """Oldest first."""
    return [
        WorkStep(
            WorkState(one.to_state).words,
            one.at,
            one.actor.shown_name if one.actor else "",
            one.crew.shown_name if one.crew else "",
            one.reason,
        )
        for one in work.events.select_related("actor", "crew")
    ]


def ways_of(work: WorkOrder, account: Account) -> Set[str]:
    """Where this person may lead it: a crew only its own, or what nobody has."""
    movers = set()
    if account.may(Action.ORDER_WORKS):
        movers.add(WorkMover.KEEPER)
    if account.may(Action.DO_WORKS) and work.crew_id in (None, account.pk):
        movers.add(WorkMover.CREW)
    return {one.value for one in TABLE.ways_from(work.stands, frozenset(movers))}
