"""What a crew does with a work order: takes it, says what it found and replaced, or gives it back."""

from __future__ import annotations

from datetime import datetime

from django.db import transaction

from pandok.common.audit import writing as audit
from pandok.common.models import Account
from pandok.common.models.locking import locked as locked_row
from pandok.common.reasons import STEP, Asked, checked_reason, given_words
from pandok.core.terms.zone import OFFICE_ZONE
from pandok.fields.street.acts.alert_moves import ALERTS, locked
from pandok.fields.street.acts.silencing import hold_quiet, wake
from pandok.fields.street.acts.work_moves import WORKS, locked_work
from pandok.fields.street.models import Pole, WorkOrder
from pandok.fields.street.refusals import refusal
from pandok.fields.street.work_states import OPEN, WorkMover, WorkState

FOUND = Asked("현장에서 확인한 내용이", "What was found", code=STEP.code)
REPLACED = Asked("교체한 것이", "What was replaced", code=STEP.code)


def take_work(number: str, *, actor: Account, now: datetime) -> WorkOrder:
    """Whoever is assigned, or any crew where nobody is. Raises RequestError for the order of another crew."""
    with transaction.atomic():
        work = locked_work(number)
        if work.stands is WorkState.ASSIGNED:
            _must_be_mine(work, actor)
        _move(work, WorkState.TAKEN, actor, "", now, crew=actor)
    return work


def give_back_work(number: str, *, actor: Account, reason: str, now: datetime) -> WorkOrder:
    """It waits for somebody else to be assigned, with the reason; nobody has it then."""
    reason = checked_reason(reason)
    with transaction.atomic():
        work = locked_work(number)
        _must_be_mine(work, actor)
        _move(work, WorkState.GIVEN_BACK, actor, reason, now, crew=None)
    return work


def finish_work(number: str, *, found: str, replaced: str, actor: Account, now: datetime) -> WorkOrder:
    """The work is done. The maintenance of its pole ends, unless another work there is open, and the alert that it was
    made from says what was found; its condition is still the readers' to clear, and the room's to close."""
    found = given_words(found, FOUND)
    replaced = given_words(replaced, REPLACED) if replaced.strip() else ""
    with transaction.atomic():
        work = locked_work(number)
        _must_be_mine(work, actor)
        pole = locked_row(Pole, work.pole_id) if work.pole_id else None
        hold_quiet()
        alert = locked(work.alert_id) if work.alert_id else None
        changes = {"found": found, "replaced": replaced}
        _move(work, WorkState.DONE, actor, found, now, crew=work.crew, **changes)
        if work.device is not None:
            work.device.maintained_on = now.astimezone(OFFICE_ZONE).date()
            work.device.save(update_fields=["maintained_on"])
        if pole is not None:
            _end_maintenance(pole, work, actor, now)
        if alert is not None:
            said = f"{work.number}: {found}"
            ko, en = (f"{said} {word}: {replaced}" if replaced else said for word in ("교체", "Replaced"))
            columns = {"change": "worked", "level": alert.case_level, "reason_en": en}
            ALERTS.happened(alert, actor=actor, reason=ko, now=now, action="alert.worked", columns=columns)
    return work


def _end_maintenance(pole: Pole, work: WorkOrder, actor: Account, now: datetime) -> None:
    others = WorkOrder.objects.filter(pole=pole, state__in=[one.value for one in OPEN]).exclude(pk=work.pk)
    if pole.maintenance_until is None or pole.maintenance_until <= now or others.exists():
        return
    pole.maintenance_until = None
    pole.save(update_fields=["maintenance_until"])
    audit.tell(actor, "pole.in_service", f"pole:{pole.key}", work.number, now, {"number": work.number})
    wake(now)


def _must_be_mine(work: WorkOrder, actor: Account) -> None:
    if work.stands in OPEN and work.crew_id != actor.pk:
        raise refusal("not_your_work")


def _move(
    work: WorkOrder, to: WorkState, actor: Account, reason: str, now: datetime, *, crew: Account | None, **more: str
) -> None:
    WORKS.move(
        work, to, by=WorkMover.CREW, actor=actor, reason=reason, now=now, changes={"crew": crew, **more},
        columns={"crew": crew},
    )  # fmt: skip
