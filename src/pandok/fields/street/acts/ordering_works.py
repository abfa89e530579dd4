"""A work order is made, from an alert or by hand, and goes to a crew."""

from __future__ import annotations

from dataclasses import dataclass
from datetime import datetime, timedelta

from django.db import transaction
from django.db.models import QuerySet

from pandok.common.models import Account
from pandok.common.models.locking import locked as locked_row
from pandok.common.reasons import STEP, Asked, checked_reason, given_words
from pandok.common.records.numbering import next_of_year
from pandok.fields.street.acts.alert_moves import ALERTS, locked
from pandok.fields.street.acts.registering import pole_named
from pandok.fields.street.acts.work_moves import WORKS, locked_work
from pandok.fields.street.models import Alert, Device, Pole, WorkOrder
from pandok.fields.street.periods import moment_from
from pandok.fields.street.refusals import refusal
from pandok.fields.street.roles import Role
from pandok.fields.street.work_states import OPEN, WorkKind, WorkMover, WorkState

LONGEST = timedelta(days=366)
"""How far ahead a work may be due."""
WHAT = Asked("할 일이", "What has to be done", code=STEP.code)


@dataclass(frozen=True)
class WorkSaid:
    """As it was written. With an alert its pole or feeder counts; `due_at` "": the usual term of the kind."""

    kind: str
    what: str
    alert: str = ""
    pole: str = ""
    feeder: str = ""
    device: str = ""
    due_at: str = ""
    crew: str = ""
    ends_with_fault: bool = False
    """A repair: withdrawn by itself when the fault is gone before a crew was at it."""


def order_work(said: WorkSaid, *, actor: Account | None, now: datetime) -> WorkOrder:
    """Raises RequestError for no place, a term that cannot be, a crew that is none, and a fault with an open order."""
    try:
        kind = WorkKind(said.kind)
    except ValueError:
        raise refusal("bad_work") from None
    what = given_words(said.what, WHAT)
    due = moment_from(said.due_at) if said.due_at.strip() else now + kind.due_in
    if not now < due <= now + LONGEST:
        raise refusal("bad_due")
    crew = crew_named(said.crew) if said.crew.strip() else None
    with transaction.atomic():
        alert = _alert(said.alert.strip())
        pole, feeder = _place(said, alert)
        device = _device(said.device.strip(), pole)
        work = WorkOrder.objects.create(
            number=next_of_year("W", width=6, given=WorkOrder.objects.all(), now=now),
            alert=alert, pole=pole, feeder=feeder, device=device, kind=kind.value, what=what, made_at=now,
            made_by=actor, due_at=due, state=WorkState.MADE.value, state_since=now,
            ends_with_fault=said.ends_with_fault and alert is not None,
        )  # fmt: skip
        due_told = {"due": due.isoformat(timespec="minutes")}
        WORKS.begin(work, actor=actor, reason=what, now=now, details=due_told)
        if alert is not None:
            columns = {"change": "work", "level": alert.case_level}
            reason = f"{work.number}: {what}"
            ALERTS.happened(alert, actor=actor, reason=reason, now=now, action="alert.work", columns=columns)
        if crew is not None:
            _assign(work, crew, actor, "", now)
    return work


def assign_work(number: str, crew: str, *, actor: Account | None, reason: str, now: datetime) -> WorkOrder:
    """To a crew, or from one to another. Raises RequestError for a crew that is none."""
    found = crew_named(crew)
    with transaction.atomic():
        work = locked_work(number)
        _assign(work, found, actor, reason.strip(), now)
    return work


def withdraw_work(number: str, *, actor: Account | None, reason: str, now: datetime) -> WorkOrder:
    """Before a crew is at it."""
    reason = checked_reason(reason)
    with transaction.atomic():
        work = locked_work(number)
        columns = {"crew": work.crew}
        WORKS.move(work, WorkState.WITHDRAWN, by=WorkMover.KEEPER, actor=actor, reason=reason, now=now, columns=columns)
    return work


def crew_named(username: str) -> Account:
    """Raises RequestError where nobody of this name works in a crew."""
    found = Account.objects.filter(username=username.strip(), is_active=True, groups__name=Role.CREW.value).first()
    if found is None:
        raise refusal("no_crew")
    return found


def _assign(work: WorkOrder, crew: Account, actor: Account | None, reason: str, now: datetime) -> None:
    WORKS.move(
        work, WorkState.ASSIGNED, by=WorkMover.KEEPER, actor=actor, reason=reason, now=now, changes={"crew": crew},
        columns={"crew": crew},
    )  # fmt: skip


def open_works_of(alert: Alert) -> QuerySet[WorkOrder]:
    """Of its fault: ordered from it, or from another alert of the same reader at the same place."""
    return WorkOrder.objects.filter(
        state__in=[one.value for one in OPEN], alert__reader=alert.reader, alert__pole=alert.pole_id,
        alert__feeder=alert.feeder,
    )  # fmt: skip


def _alert(alert_id: str) -> Alert | None:
    """Locked with its pole, so that two who order for one fault at once are asked one after the other."""
    if not alert_id:
        return None
    alert = Alert.objects.filter(pk=alert_id).first()
    if alert is not None and alert.pole_id:
        locked_row(Pole, alert.pole_id)
    alert = locked(alert_id)
    if open_works_of(alert).exists():
        raise refusal("work_there")
    return alert


def _place(said: WorkSaid, alert: Alert | None) -> tuple[Pole | None, str]:
    if alert is not None:
        return alert.pole, "" if alert.pole_id else alert.feeder
    if said.pole.strip():
        return pole_named(said.pole.strip()), ""
    feeder = said.feeder.strip()
    if not feeder:
        raise refusal("no_work_place")
    if not Pole.objects.filter(feeder=feeder).exists():
        raise refusal("no_feeder")
    return None, feeder


def _device(key: str, pole: Pole | None) -> Device | None:
    if not key:
        return None
    found = Device.objects.filter(pole=pole, key=key, gone_at=None).first() if pole is not None else None
    if found is None:
        raise refusal("no_device_there")
    return found
