"""What became known after a case was closed: kept beside it, with who says so and why."""

from __future__ import annotations

from datetime import datetime, timedelta

from django.db import transaction
from django.db.models import Max

from pandok.common.models import Account
from pandok.common.reasons import HOW_KNOWN, checked_reason
from pandok.core.errors import RequestError
from pandok.core.text import Text
from pandok.fields.counterfeit.acts.cases.case_moves import locked, note
from pandok.fields.counterfeit.acts.cases.refusals import unknown_design
from pandok.fields.counterfeit.acts.learning.confirming import take_back_untrue
from pandok.fields.counterfeit.models import Case, LaterFinding
from pandok.fields.counterfeit.states import State, Turn
from pandok.fields.register.models import Design


def record_later_finding(*, case: Case, design_id: str, actor: Account, reason: str, now: datetime) -> LaterFinding:
    """The design that a closed case really shows; "" where it is found to be in no registered design.

    Raises RequestError where the case is not closed, the design is unknown or the reason is missing.
    """
    reason = checked_reason(reason, HOW_KNOWN)
    with transaction.atomic():
        case = locked(case.id)
        if case.state != State.CLOSED.value:
            raise _not_closed(case)
        design = Design.objects.filter(design_id=design_id).first() if design_id else None
        if design_id and design is None:
            raise unknown_design(
                Text(
                    ko=f"등록부에 '{design_id[:60]}' 디자인이 없습니다.",
                    en=f"No design '{design_id[:60]}' is registered.",
                ),
                Text(ko="번호를 확인하십시오.", en="Check the number."),
            )
        last = LaterFinding.objects.filter(case=case).aggregate(last=Max("at"))["last"]
        # The last one counts, also where a clock gives two the same instant.
        at = now if last is None else max(now, last + timedelta(microseconds=1))
        found = LaterFinding.objects.create(case=case, design=design, found_by=actor, at=at, reason=reason)
        note(
            case,
            "found_later",
            by=Turn.OFFICER,
            actor=actor,
            reason=reason,
            now=now,
            data={"design_id": design_id or "not in the register"},
        )
        take_back_untrue(case, actor=actor, now=now)
        return found


def _not_closed(case: Case) -> RequestError:
    return RequestError(
        Text(ko=f"사건 {case.number}은(는) 아직 종결되지 않았습니다.", en=f"Case {case.number} is not closed yet."),
        Text(
            ko="진행 중인 사건에서는 후보를 다시 고르십시오.",
            en="While a case is open, choose another candidate in it instead.",
        ),
        code="case.not_closed",
    )
