"""Legal hold: a case in dispute keeps its files whatever the term says."""

from __future__ import annotations

from datetime import datetime

from django.db import transaction

from pandok.common.audit import writing as audit
from pandok.common.models import Account
from pandok.common.models.locking import locked
from pandok.common.reasons import checked_reason
from pandok.core.errors import RequestError
from pandok.core.text import Text
from pandok.fields.counterfeit.models import Case, LegalHold


def place_hold(*, case: Case, actor: Account, reason: str, now: datetime) -> LegalHold:
    """Keep the files of a case until the hold is lifted; a standing hold stays the one it is."""
    reason = checked_reason(reason)
    with transaction.atomic():
        hold, placed = LegalHold.objects.get_or_create(
            case=case, lifted_at=None, defaults={"reason": reason, "placed_by": actor, "placed_at": now}
        )
        if placed:
            _record("hold.placed", hold, actor, reason, now)
        return hold


def lift_hold(*, hold: LegalHold, actor: Account, reason: str, now: datetime) -> LegalHold:
    """End a hold. Raises RequestError where it has ended already."""
    reason = checked_reason(reason)
    with transaction.atomic():
        hold = locked(LegalHold, hold.id, "case")
        if hold.lifted_at is not None:
            raise RequestError(
                Text(ko="이 보존 조치는 이미 해제되었습니다.", en="This hold has been lifted already."),
                Text(ko="화면을 새로 고치십시오.", en="Reload the page."),
                code="request.hold_lifted",
            )
        hold.lifted_by, hold.lifted_at, hold.lift_reason = actor, now, reason
        hold.save(update_fields=["lifted_by", "lifted_at", "lift_reason"])
        _record("hold.lifted", hold, actor, reason, now)
        return hold


def _record(action: str, hold: LegalHold, actor: Account, reason: str, now: datetime) -> None:
    audit.tell(actor, action, f"case:{hold.case_id}", reason, now, {"hold": str(hold.id), "number": hold.case.number})
