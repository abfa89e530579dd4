"""A trial ends once it was measured: what was promised has its verdict, whatever it is."""

from __future__ import annotations

from datetime import datetime
from uuid import UUID

from django.db import transaction

from pandok.common.models import Account
from pandok.common.reasons import checked_reason
from pandok.fields.programme.acts.agreements.agreement_moves import CYCLE, locked_agreement
from pandok.fields.programme.agreement_states import AgreementMover, AgreementState
from pandok.fields.programme.evidence_refusals import refusal
from pandok.fields.programme.lists.evidence import final_of
from pandok.fields.programme.models import Agreement


def end(agreement_id: UUID, *, reason: str, actor: Account, now: datetime) -> Agreement:
    """Raises RequestError: request.reason, evidence.not_measured, agreement.not_there, agreement.no_such_way."""
    reason = checked_reason(reason)
    with transaction.atomic():
        agreement = locked_agreement(agreement_id)
        CYCLE.must_go(agreement, AgreementState.ENDED, AgreementMover.OFFICE)
        if final_of(agreement) is None:
            raise refusal("not_measured")
        CYCLE.move(agreement, AgreementState.ENDED, by=AgreementMover.OFFICE, actor=actor, reason=reason, now=now)
    return agreement
