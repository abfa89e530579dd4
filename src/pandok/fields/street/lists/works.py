"""Work orders as they are read: one's own, open ones, overdue ones, finished ones."""

from __future__ import annotations

from datetime import datetime
from enum import StrEnum

from django.db.models import QuerySet

from pandok.common.models import Account
from pandok.fields.street.models import WorkOrder
from pandok.fields.street.refusals import refusal
from pandok.fields.street.roles import Role
from pandok.fields.street.work_states import OPEN, WorkState


class WorkList(StrEnum):
    """MINE: of the crew that asks."""

    MINE = "mine"
    OPEN = "open"
    OVERDUE = "overdue"
    FINISHED = "finished"


_OPEN = [one.value for one in OPEN]
_FREE = [WorkState.MADE.value, WorkState.GIVEN_BACK.value]


def works(which: WorkList, account: Account, now: datetime) -> QuerySet[WorkOrder]:
    """What is due first stands first; of what is finished, the newest."""
    found = _whole()
    match which:
        case WorkList.MINE:
            return found.filter(state__in=_OPEN, crew=account).order_by("due_at", "number")
        case WorkList.OPEN:
            return found.filter(state__in=_OPEN).order_by("due_at", "number")
        case WorkList.OVERDUE:
            return found.filter(state__in=_OPEN, due_at__lt=now).order_by("due_at", "number")
        case WorkList.FINISHED:
            return found.exclude(state__in=_OPEN).order_by("-state_since", "-number")


def free_works() -> QuerySet[WorkOrder]:
    """What no crew has."""
    return _whole().filter(state__in=_FREE).order_by("due_at", "number")


def work_numbered(number: str) -> WorkOrder:
    """Raises RequestError where there is none."""
    found = _whole().filter(number=number).first()
    if found is None:
        raise refusal("no_work")
    return found


def crews() -> QuerySet[Account]:
    """Who may be given works."""
    return Account.objects.filter(is_active=True, groups__name=Role.CREW.value).order_by("username")


def open_and_overdue(now: datetime) -> tuple[int, int]:
    found = WorkOrder.objects.filter(state__in=_OPEN)
    return found.count(), found.filter(due_at__lt=now).count()


def _whole() -> QuerySet[WorkOrder]:
    return WorkOrder.objects.select_related("pole__test_bed", "alert", "device", "crew", "made_by")
