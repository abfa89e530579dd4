"""Work lists of X-ray: what waits to be read, what waits to be opened, and what was."""

from __future__ import annotations

from datetime import datetime
from enum import StrEnum

from django.db.models import QuerySet

from pandok.common.declared import Waiting
from pandok.common.models import Account
from pandok.core.text import Text
from pandok.fields.xray.lists.visible import inspections_visible_to
from pandok.fields.xray.lists.waiting import readable_by
from pandok.fields.xray.models import Inspection
from pandok.fields.xray.roles import Action
from pandok.fields.xray.states import READABLE, InspectionState

MOST_COUNTED = 1000


class Tab(StrEnum):
    TO_READ = "to_read"
    TO_OPEN = "to_open"
    READ = "read"

    @property
    def words(self) -> Text:
        return _TABS[self]


_TABS = {
    Tab.TO_READ: Text(ko="판독 대기", en="To be read"),
    Tab.TO_OPEN: Text(ko="개장 대기", en="To be opened"),
    Tab.READ: Text(ko="끝난 검사", en="Done"),
}
_STATES: dict[Tab, frozenset[InspectionState]] = {
    Tab.TO_READ: READABLE,
    Tab.TO_OPEN: frozenset({InspectionState.OPENING}),
    Tab.READ: frozenset({InspectionState.CLEARED, InspectionState.OPENED}),
}


def inspections_in(account: Account, tab: Tab) -> QuerySet[Inspection]:
    """What is to be done stands in the order in which it is due; what is done, the newest first."""
    found = inspections_visible_to(account).filter(state__in=[one.value for one in _STATES[tab]])
    found = found.select_related("site").prefetch_related("scans__views")
    if tab is Tab.READ:
        return found.order_by("-state_since", "-number")
    return (
        found.order_by("due_at", "begun_at", "number") if tab is Tab.TO_OPEN else found.order_by("begun_at", "number")
    )


def waiting(account: Account, now: datetime) -> dict[str, Waiting]:
    """What waits under the links, for the menu."""
    found: dict[str, Waiting] = {}
    if account.may(Action.READ_SCANS):
        found["xray_desk"] = Waiting(readable_by(account, now).values("pk")[: MOST_COUNTED + 1].count())
    if account.may(Action.RECORD_OPENINGS):
        to_open = inspections_in(account, Tab.TO_OPEN).order_by()
        late = to_open.filter(due_at__lt=now).values("pk")[: MOST_COUNTED + 1].count()
        found["xray_inspections"] = Waiting(to_open.values("pk")[: MOST_COUNTED + 1].count(), late)
    return found
