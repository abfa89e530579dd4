"""The post answers what became of a trial; the KPIs are measured again by the same formulas in the same step."""

from __future__ import annotations

from datetime import datetime

from django.db import transaction

from pandok.common.models import Account
from pandok.common.reasons import checked_reason
from pandok.core.errors import RequestError
from pandok.fields.programme.acts.agreements.agreement_moves import locked_agreement
from pandok.fields.programme.acts.evidence.agreement_told import told
from pandok.fields.programme.acts.evidence.computing import end_of
from pandok.fields.programme.acts.evidence.measuring import measure_again
from pandok.fields.programme.agreement_states import AgreementState
from pandok.fields.programme.evidence_refusals import refusal
from pandok.fields.programme.models import Measurement, Remeasurement, UseAnswer
from pandok.fields.programme.roles import Action
from pandok.fields.programme.use_states import UseState

ANSWERED = "agreement.use_answered"


def answer_use(again_id: int, *, use: str, reason: str, actor: Account, now: datetime) -> UseAnswer:
    """By the named field owner or the office; a later answer stands beside the first. Raises RequestError:
    request.reason, evidence.bad_use, .not_due, .not_yours, .no_term, agreement.no_such_way."""
    reason = checked_reason(reason)
    if use not in set(UseState):
        raise refusal("bad_use")
    with transaction.atomic():
        again = Remeasurement.objects.select_related("agreement").filter(pk=again_id).first()
        if again is None:
            raise refusal("no_term")
        agreement = locked_agreement(again.agreement_id, AgreementState.RUNNING, AgreementState.ENDED)
        if agreement.field_owner_id != actor.pk and not actor.may(Action.KEEP_AGREEMENTS):
            raise refusal("not_yours")
        if end_of(again.due_on) > now:
            raise refusal("not_due")
        measurement = again.measurements.first() or _measured(again, actor, now)
        made: UseAnswer = UseAnswer.objects.create(
            again=again, use=use, reason=reason, measurement=measurement, answered_by=actor, answered_at=now
        )
        told(agreement, ANSWERED, reason, actor=actor, now=now, details={"use": use, "months": again.months})
    return made


def _measured(again: Remeasurement, actor: Account, now: datetime) -> Measurement | None:
    """None where it cannot be measured: that nobody can tell is no reason not to answer."""
    try:
        with transaction.atomic():
            return measure_again(again, actor=actor, now=now)
    except RequestError:
        return None
