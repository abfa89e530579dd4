"""Events of single objects in the audit log."""

from __future__ import annotations

from datetime import datetime

from pandok.common.audit import writing as audit
from pandok.core.audit import Detail
from pandok.fields.lab.models import VaultObject


def note(
    who: str, action: str, object: VaultObject, reason: str, now: datetime, details: dict[str, Detail] | None = None
) -> None:
    audit.tell(who, action, f"vault:{object.pk}", reason, now, {"deposit": str(object.deposit_id), **(details or {})})
