"""Events of single objects in the audit log."""

from __future__ import annotations

from datetime import datetime

from pandok.common.audit import writing as audit
from pandok.core.audit import AuditEvent, Detail
from pandok.fields.lab.models import VaultObject


def note(
    who: str, action: str, object: VaultObject, reason: str, now: datetime, details: dict[str, Detail] | None = None
) -> None:
    audit.record(
        AuditEvent(
            actor=who,
            action=action,
            object=f"vault:{object.pk}",
            reason=reason,
            at=now,
            details={"deposit": str(object.deposit_id), **(details or {})},
        )
    )
