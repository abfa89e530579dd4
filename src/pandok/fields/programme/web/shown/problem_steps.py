"""What a person may do with a problem, as forms with a reason."""

from __future__ import annotations

from collections.abc import Callable
from dataclasses import dataclass
from typing import Any

from django import forms

from pandok.common.models import Account
from pandok.core.text import Text
from pandok.fields.programme.acts.problems import examining, proposing
from pandok.fields.programme.acts.problems.problem_moves import movers_of
from pandok.fields.programme.models import FieldProblem
from pandok.fields.programme.roles import Action
from pandok.fields.programme.states import OPEN_TO_PUBLIC, PROBLEMS, ProblemMover, ProblemState
from pandok.fields.programme.web.problem_forms import AcceptForm, MergeForm
from pandok.web.sent_fields import ReasonForm


@dataclass(frozen=True)
class Step:
    """`to`: where it leads; None: it stays where it is. `by`: as whom somebody takes it."""

    name: str
    words: Text
    to: ProblemState | None
    by: frozenset[ProblemMover]
    act: Callable[..., Any]
    form: type[forms.Form] = ReasonForm

    def may(self, account: Account, problem: FieldProblem) -> bool:
        """Whether it is theirs at all, wherever the problem stands now."""
        return bool(self.by & movers_of(account, problem))


@dataclass(frozen=True)
class StepShown:
    step: Step
    form: forms.Form
    open: bool
    """It was refused: shown as it was entered."""


_OFFICE, _COMMITTEE, _PROPOSER = (
    frozenset({ProblemMover.OFFICE}),
    frozenset({ProblemMover.COMMITTEE}),
    frozenset({ProblemMover.PROPOSER}),
)


def _publish(problem_id: Any, **said: Any) -> None:
    examining.publish_problem(problem_id, shown=True, **said)


def _hide(problem_id: Any, **said: Any) -> None:
    examining.publish_problem(problem_id, shown=False, **said)


STEPS = (
    Step("examine", Text(ko="검토 시작", en="Begin to examine it"), ProblemState.UNDER_REVIEW, _OFFICE,
         examining.examine_problem),
    Step("accept", Text(ko="채택", en="Take it up"), ProblemState.ACCEPTED, _COMMITTEE, examining.accept_problem,
         AcceptForm),
    Step("return", Text(ko="보완 요청", en="Return it to its proposer"), ProblemState.RETURNED, _OFFICE | _COMMITTEE,
         examining.return_problem),
    Step("merge", Text(ko="같은 문제와 합치기", en="Merge it with one that says the same"), ProblemState.MERGED,
         _OFFICE, examining.merge_problem, MergeForm),
    Step("answer", Text(ko="답을 얻음으로 기록", en="Record that it is answered"), ProblemState.ANSWERED, _OFFICE,
         examining.answer_problem),
    Step("publish", Text(ko="공개", en="Show it to everybody"), None, _OFFICE, _publish),
    Step("hide", Text(ko="비공개로 전환", en="Show it to nobody outside"), None, _OFFICE, _hide),
    Step("again", Text(ko="다시 제안", en="Propose it again"), ProblemState.PROPOSED, _PROPOSER,
         proposing.propose_again),
    Step("withdraw", Text(ko="제안 취소", en="Take the proposal back"), ProblemState.WITHDRAWN, _PROPOSER,
         proposing.withdraw_problem),
)  # fmt: skip


def steps_for(
    account: Account, problem: FieldProblem, sent: tuple[str, forms.Form | None] = ("", None)
) -> list[StepShown]:
    """In the order of their use."""
    state, movers = ProblemState(problem.state), movers_of(account, problem)
    ways = {to: by & movers for (start, to), by in PROBLEMS.moves.items() if start is state}
    found = []
    for step in STEPS:
        if step.to is None:
            there = state in OPEN_TO_PUBLIC and account.may(Action.EXAMINE_PROBLEMS)
            there = there and problem.published is (step.name == "hide")
        else:
            there = bool(ways.get(step.to, frozenset()) & step.by)
        # Nobody takes up a problem of their own.
        if there and not (step.name == "accept" and problem.proposed_by_id == account.pk):
            refused = sent[0] == step.name and sent[1] is not None
            form = sent[1] if refused and sent[1] is not None else step.form(auto_id=f"{step.name}_%s")
            found.append(StepShown(step, form, refused))
    return found
