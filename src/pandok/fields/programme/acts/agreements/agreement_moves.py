"""The one way to change where an agreement stands."""

from __future__ import annotations

from uuid import UUID

from pandok.common.records.lifecycle import History, Lifecycle
from pandok.core.audit import Detail
from pandok.core.errors import RequestError
from pandok.core.text import Text
from pandok.fields.programme.agreement_refusals import refusal
from pandok.fields.programme.agreement_states import AGREEMENTS, AgreementMover, AgreementState
from pandok.fields.programme.models import Agreement, AgreementEvent


def _no_way(_record: Agreement, start: AgreementState, to: AgreementState) -> RequestError:
    return RequestError(
        Text(
            ko=f"지금 '{start.words.ko}' 상태라 '{to.words.ko}'(으)로 바꿀 수 없습니다.",
            en=f"It is '{start.words.en}' now, and cannot become '{to.words.en}'.",
        ),
        Text(ko="화면을 새로 고쳐 지금 상태를 확인하십시오.", en="Reload the page to see where it stands."),
        code="agreement.no_such_way",
    )


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
    if not Agreement.objects.filter(pk=agreement_id).exists():
        raise refusal("not_there")
    agreement = CYCLE.locked(agreement_id)
    stands = AgreementState(agreement.state)
    if states and stands not in states:
        raise _no_way(agreement, stands, states[0])
    return agreement
