"""What happened to an agreement where its state stays: its history and the audit trail, also from the command line."""

from __future__ import annotations

from collections.abc import Mapping
from datetime import datetime

from pandok.common.models import Account
from pandok.common.reasons import name_of
from pandok.core.audit import Detail
from pandok.fields.programme.acts.agreements.agreement_moves import CYCLE
from pandok.fields.programme.models import Agreement, AgreementEvent


def told(
    agreement: Agreement,
    action: str,
    reason: str,
    *,
    actor: Account | None,
    now: datetime,
    details: Mapping[str, Detail] | None = None,
    by_itself: bool = False,
) -> None:
    """`actor` None: the operator at the command line, or `by_itself` a job."""
    assert CYCLE.history is not None
    row: AgreementEvent = CYCLE.history.add(
        agreement,
        at=now,
        actor=actor,
        from_state=agreement.state,
        to_state=agreement.state,
        reason=reason,
        what=action.split(".")[1],
    )
    who = CYCLE.nobody if by_itself else name_of(actor)
    CYCLE.note(agreement, action, actor=actor or who, reason=reason, now=now, details=details, row=row)
