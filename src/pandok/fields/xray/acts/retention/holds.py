"""A hold: an inspection in dispute keeps its images whatever the term says."""

from __future__ import annotations

from datetime import datetime

from django.db import transaction

from pandok.common.audit import writing as audit
from pandok.common.models import Account
from pandok.common.models.locking import locked
from pandok.common.people.allowed import must
from pandok.common.reasons import checked_reason
from pandok.fields.xray.models import Inspection, ScanHold
from pandok.fields.xray.refusals import refusal
from pandok.fields.xray.roles import Action


def place_hold(*, inspection: Inspection, actor: Account, reason: str, now: datetime) -> ScanHold:
    """Until it is lifted; a standing hold stays the one it is."""
    must(actor, Action.HOLD_SCANS)
    reason = checked_reason(reason)
    with transaction.atomic():
        hold, placed = ScanHold.objects.get_or_create(
            inspection=inspection, lifted_at=None, defaults={"reason": reason, "placed_by": actor, "placed_at": now}
        )
        if placed:
            _record("scan.held", hold, actor, reason, now)
        return hold


def lift_hold(*, hold: ScanHold, actor: Account, reason: str, now: datetime) -> ScanHold:
    """Raises RequestError where it has ended already."""
    must(actor, Action.HOLD_SCANS)
    reason = checked_reason(reason)
    with transaction.atomic():
        hold = locked(ScanHold, hold.pk, "inspection")
        if hold.lifted_at is not None:
            raise refusal("hold_lifted")
        hold.lifted_by, hold.lifted_at, hold.lift_reason = actor, now, reason
        hold.save(update_fields=["lifted_by", "lifted_at", "lift_reason"])
        _record("scan.hold_lifted", hold, actor, reason, now)
        return hold


def _record(action: str, hold: ScanHold, actor: Account, reason: str, now: datetime) -> None:
    inspection = hold.inspection
    audit.tell(actor, action, f"inspection:{inspection.pk}", reason, now, {"number": inspection.number})
