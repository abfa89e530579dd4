"""The one way to change where an agreement stands."""

from __future__ import annotations

from uuid import UUID

from pandok.common.records.lifecycle import History, Lifecycle
from pandok.common.records.no_such_way import no_such_way
from pandok.core.audit import Detail
from pandok.fields.programme.agreement_refusals import refusal
from pandok.fields.programme.agreement_states import AGREEMENTS, AgreementMover, AgreementState
from pandok.fields.programme.models import Agreement, AgreementEvent

_no_way = no_such_way(code="agreement.no_such_way")


def _facts(agreement: Agreement, _row: AgreementEvent | None) -> dict[str, Detail]:
    return {"number": agreement.number}


CYCLE: Lifecycle[Agreement, AgreementState, AgreementMover] = Lifecycle(
    model=Agreement,
    table=AGREEMENTS,
    name="agreement",
    action="agreement",
    no_way=_no_way,
    facts=_facts,
    history=History(AgreementEvent, "agreement"),
)


def locked_agreement(agreement_id: UUID, *states: AgreementState) -> Agreement:
    """Standing in one of `states`. Raises RequestError: agreement.not_there, agreement.no_such_way."""
    return CYCLE.locked_in(agreement_id, states=states, missing=lambda: refusal("not_there"))
