"""The same act on many cases: each in its own transaction with its own event, and a report of what failed and why."""

from __future__ import annotations

from collections.abc import Callable, Sequence
from dataclasses import dataclass
from datetime import datetime
from uuid import UUID

from django.db import transaction

from pandok.common.models import Account
from pandok.common.reasons import given_words
from pandok.common.records.forms_once import take_form
from pandok.core.errors import RequestError
from pandok.core.text import Text, counted
from pandok.fields.counterfeit.acts.cases.assigning import assign_case
from pandok.fields.counterfeit.acts.cases.deciding import close_case
from pandok.fields.counterfeit.acts.cases.refusals import not_yours
from pandok.fields.counterfeit.lists.visible import cases_of_customs, turns_in
from pandok.fields.counterfeit.models import Case
from pandok.fields.counterfeit.states import Turn

MOST_AT_ONCE = 200


@dataclass(frozen=True)
class Failure:
    case: Case
    error: RequestError


@dataclass(frozen=True)
class BulkReport:
    """`done` and `failed` in the order of the numbers. `again`: this form was sent before, nothing was done now."""

    done: tuple[Case, ...]
    failed: tuple[Failure, ...]
    missing: int = 0
    """Cases that this person does not see, or that do not exist."""
    again: bool = False


def assign_all(
    *, cases: Sequence[UUID], officer: Account, actor: Account, reason: str, now: datetime, form: UUID
) -> BulkReport:
    """Put one officer in charge of all. Raises RequestError for too many or no cases, or an empty reason."""
    return _each(
        cases,
        lambda case: assign_case(case=case, officer=officer, actor=actor, reason=reason, now=now),
        actor,
        reason,
        now,
        form,
    )


def close_all(*, cases: Sequence[UUID], actor: Account, reason: str, now: datetime, form: UUID) -> BulkReport:
    """Close those that may be closed now; the others are told of. Raises like `assign_all`."""

    def close(case: Case) -> Case:
        if Turn.OFFICER not in turns_in(actor, case):
            raise not_yours()
        return close_case(case=case, actor=actor, reason=reason, now=now)

    return _each(cases, close, actor, reason, now, form)


def _each(
    ids: Sequence[UUID], act: Callable[[Case], Case], actor: Account, reason: str, now: datetime, form: UUID
) -> BulkReport:
    wanted = list(dict.fromkeys(ids))
    if not wanted or len(wanted) > MOST_AT_ONCE:
        raise RequestError(
            Text(
                ko=f"고른 사건이 {len(wanted)}건입니다.", en=f"{counted(len(wanted), 'case was', 'cases were')} chosen."
            ),
            Text(ko=f"1건에서 {MOST_AT_ONCE}건까지 고르십시오.", en=f"Choose 1 to {MOST_AT_ONCE}."),
            code="cases.how_many",
        )
    given_words(reason)
    with transaction.atomic():
        if not take_form(form, actor, now):
            return BulkReport((), (), again=True)
    seen = list(cases_of_customs(actor).filter(id__in=wanted).order_by("serial"))
    done, failed = [], []
    for case in seen:
        try:
            done.append(act(case))
        except RequestError as error:
            failed.append(Failure(case, error))
    return BulkReport(tuple(done), tuple(failed), missing=len(wanted) - len(seen))
