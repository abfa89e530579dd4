"""A case that was opened by mistake: taken back with a reason, and whoever was told of it is told so."""

from __future__ import annotations

from datetime import datetime

from django.db import transaction

from pandok.common.models import Account
from pandok.common.reasons import checked_reason
from pandok.core.errors import RequestError
from pandok.core.text import Text
from pandok.fields.counterfeit.acts.cases.case_moves import locked, move
from pandok.fields.counterfeit.acts.cases.offered_reasons import suspension_requested
from pandok.fields.counterfeit.acts.cases.refusals import too_far
from pandok.fields.counterfeit.models import Case
from pandok.fields.counterfeit.states import State, Turn

WITHDRAWN = State.WITHDRAWN.value
"""The kind of the event; pandok.fields.counterfeit.acts.notices.follow_up tells the parties."""


def withdraw_case(*, case: Case, actor: Account, reason: str, now: datetime) -> Case:
    """The case waits for nobody any more. It keeps its number, history and photographs, counts in no statistics, and
    can be taken up again (`deciding.reopen_choice`). Raises RequestError once a holder has requested suspension."""
    reason = checked_reason(reason)
    with transaction.atomic():
        case = locked(case.id)
        if suspension_requested(case):
            raise _requested()
        changes = {"closed_at": now}
        move(case, State.WITHDRAWN, by=Turn.OFFICER, actor=actor, reason=reason, now=now, changes=changes)
        return case


def _requested() -> RequestError:
    return too_far(
        Text(
            ko="권리자가 통관보류를 요청한 사건은 오접수로 취소할 수 없습니다.",
            en="The holder requested suspension, so this case cannot be withdrawn as a mistake.",
        ),
        Text(ko="요청을 심사하여 처분을 결정하십시오.", en="Decide on the request and the goods."),
    )
