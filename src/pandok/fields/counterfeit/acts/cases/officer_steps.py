"""What an officer can do in a case now, and doing it: once for a form, and only while the case is as it was seen."""

from __future__ import annotations

from collections.abc import Callable
from dataclasses import dataclass
from datetime import datetime
from enum import StrEnum
from functools import partial
from typing import TypeVar
from uuid import UUID

from django.db import transaction

from pandok.common.declared import named
from pandok.common.models import Account
from pandok.common.reasons import checked_reason, given_words
from pandok.common.records.forms_once import take_form
from pandok.core.errors import RequestError
from pandok.core.text import Text
from pandok.fields.counterfeit.acts.cases import clocks, terms
from pandok.fields.counterfeit.acts.cases.as_seen import check_unchanged
from pandok.fields.counterfeit.acts.cases.case_moves import locked, move
from pandok.fields.counterfeit.acts.cases.offered_reasons import check_can_be_true, suspension_requested
from pandok.fields.counterfeit.acts.cases.opening import newer_reading
from pandok.fields.counterfeit.acts.cases.refusals import not_yours
from pandok.fields.counterfeit.lists.visible import turns_in
from pandok.fields.counterfeit.models import Case
from pandok.fields.counterfeit.states import State, Turn, ways_from
from pandok.fields.counterfeit.steps import Step

Kind = TypeVar("Kind", bound=StrEnum)


@dataclass(frozen=True)
class Details:
    """What a step needs beside its reason; each only for its own step."""

    design_id: str = ""
    finding: str = ""
    disposition: str = ""


def steps_for(account: Account, case: Case) -> tuple[Step, ...]:
    """The steps that this person may take now, in the order of the loop; the table of states is the only source."""
    if Turn.OFFICER not in turns_in(account, case):
        return ()
    return tuple(step for step in Step if _open_now(step, case))


def _open_now(step: Step, case: Case) -> bool:
    leads_to = step.means.leads_to
    if leads_to is not None and leads_to not in ways_from(State(case.state), Turn.OFFICER):
        return False
    return step not in _ONLY_WHERE or _ONLY_WHERE[step](case)


def _may_decide(case: Case) -> bool:
    waits = bool(clocks.running(case, clocks.REQUEST_CLOCK)) and terms.holders_own_word(case) is None
    return terms.pending_request(case) is None and not waits


_ONLY_WHERE: dict[Step, Callable[[Case], bool]] = {
    Step.WITHDRAW: lambda case: not suspension_requested(case),
    Step.REOPEN: lambda case: State(case.state) is not State.READ,
    Step.READ_AGAIN: lambda case: State(case.state) is State.READ and newer_reading(case) is not None,
    Step.ACKNOWLEDGE: lambda case: bool(clocks.running(case, clocks.LOOK_CLOCK)),
    Step.SUSPEND: lambda case: terms.pending_request(case) is not None,
    Step.REFUSE_SUSPENSION: lambda case: terms.pending_request(case) is not None,
    Step.EXTEND_SUIT: lambda case: any(not one.extended_days for one in clocks.running(case, clocks.SUIT_CLOCK)),
    Step.GO_ON: lambda case: terms.holders_own_word(case) is not None and terms.pending_request(case) is None,
    Step.REFUSE_RELEASE: lambda case: bool(clocks.running(case, clocks.REVIEW_CLOCK)),
    Step.DECIDE: _may_decide,
}
"""What has to hold beside the table of states; each act asks again under the lock of the case."""


def take_step(
    *,
    case: Case,
    step: Step,
    details: Details,
    actor: Account,
    reason: str,
    now: datetime,
    seen: str,
    form: UUID,
) -> Case:
    """Take one step. The same `form` again changes nothing and gives the case as it is.

    Raises RequestError: case.not_yours, case.moved where it is no longer as `seen` (a stamp), and what the step raises.
    """
    with transaction.atomic():
        case = locked(case.id)
        if Turn.OFFICER not in turns_in(actor, case):
            raise not_yours()
        if not take_form(form, actor, now):
            return case
        check_unchanged(case, seen)
        return act_of(step)(case=case, actor=actor, reason=reason, now=now, **_chosen_with(step, details))


def check_step(*, case: Case, step: Step, details: Details, actor: Account, reason: str, seen: str) -> None:
    """Whether a step may be asked for once more: all that can be told without taking it. Raises as `take_step`."""
    if Turn.OFFICER not in turns_in(actor, case):
        raise not_yours()
    check_unchanged(case, seen)
    given_words(reason)
    check_can_be_true(case, reason)
    _chosen_with(step, details)


def act_of(step: Step) -> Callable[..., Case]:
    """What does a step: its own act, or leading the case on and nothing more."""
    means = step.means
    if means.act:
        return named(f"pandok.fields.counterfeit.acts.cases.{means.act}")
    if means.leads_to is None:
        raise LookupError(f"{step.value} has no act and leads nowhere")
    return partial(_lead_on, to=means.leads_to)


def _lead_on(*, case: Case, to: State, actor: Account, reason: str, now: datetime) -> Case:
    reason = checked_reason(reason)
    with transaction.atomic():
        case = locked(case.id)
        move(case, to, by=Turn.OFFICER, actor=actor, reason=reason, now=now)
        return case


def _chosen_with(step: Step, details: Details) -> dict[str, str]:
    """What was chosen with a step. Raises RequestError where nothing was."""
    if step is Step.CHOOSE:
        return {"design_id": details.design_id.strip()}
    choice = step.means.choice
    return {choice.name: _chosen(choice.kind, getattr(details, choice.name))} if choice else {}


def _chosen(kind: type[Kind], value: str) -> Kind:
    try:
        return kind(value)
    except ValueError as error:
        raise RequestError(
            Text(ko="결과를 고르지 않았습니다.", en="No outcome was chosen."),
            Text(ko="목록에서 하나를 고르십시오.", en="Choose one of the list."),
            code="case.no_outcome",
        ) from error
