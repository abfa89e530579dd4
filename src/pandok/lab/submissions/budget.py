"""How many sealed runs an organisation has left under a registration. Every answer of sealed data is paid for."""

from __future__ import annotations

from dataclasses import dataclass

from pandok.core.errors import RequestError
from pandok.core.lab.problem import Part
from pandok.core.text import Text
from pandok.lab.models import LockedRegistration, Run


@dataclass(frozen=True)
class BudgetLeft:
    used: int
    most: int

    @property
    def left(self) -> int:
        return max(0, self.most - self.used)


def budget_left(*, registration: LockedRegistration, submitter: str, part: Part) -> BudgetLeft:
    """Runs that wait or are under way count; those that the lab failed, cancelled or refused before sealed data were
    opened do not."""
    budget = registration.registration.problem.budget
    used = Run.objects.filter(registration=registration, submitter=submitter, part=part.value, charged=True).count()
    return BudgetLeft(used, budget.confirmations if part is Part.CONFIRM else budget.submissions)


def check_budget(*, registration: LockedRegistration, submitter: str, part: Part) -> None:
    """Raises RequestError where nothing is left. Call it in the transaction that queues the run, with the registration
    locked."""
    budget = budget_left(registration=registration, submitter=submitter, part=part)
    if budget.left:
        return
    if part is Part.CONFIRM:
        raise RequestError(
            Text(ko="확인 세트를 이미 열었습니다.", en="The confirm set was opened already."),
            Text(
                ko="확인 세트는 등록마다 정해진 횟수만 엽니다. 새 등록을 기다리십시오.",
                en="It is opened so often and no more under one registration; wait for a new one.",
            ),
            code="lab.confirm_spent",
        )
    raise RequestError(
        Text(
            ko=f"이 등록에서 쓸 수 있는 제출 {budget.most}회를 모두 썼습니다.",
            en=f"All {budget.most} submissions under this registration are spent.",
        ),
        Text(
            ko="가장 나은 모델로 확인 세트 실행을 요청하거나, 새 등록을 기다리십시오.",
            en="Ask for the confirm run of your best model, or wait for a new registration.",
        ),
        code="lab.budget_spent",
        used=budget.used,
        most=budget.most,
    )
