"""One tap on a reading: the case is opened, the candidate chosen (or "nothing close" said), nothing typed twice."""

from __future__ import annotations

from datetime import datetime
from uuid import UUID

from django.db import transaction

from pandok.common.models import Account
from pandok.common.records.forms_once import take_form
from pandok.fields.counterfeit.acts.cases.case_moves import locked
from pandok.fields.counterfeit.acts.cases.deciding import choose_candidate, say_nothing_close
from pandok.fields.counterfeit.acts.cases.opening import attach_reading, open_case
from pandok.fields.counterfeit.acts.cases.refusals import not_yours
from pandok.fields.counterfeit.lists.visible import turns_in
from pandok.fields.counterfeit.models import Case
from pandok.fields.counterfeit.states import State, Turn
from pandok.fields.designs.acts.captures import declaration_of
from pandok.fields.designs.models import ReadingRecord


def case_from_reading(
    *,
    reading: ReadingRecord,
    actor: Account,
    now: datetime,
    form: UUID,
    reason: str = "",
    design_id: str = "",
    nothing_close: bool = False,
) -> Case:
    """Open the case of this reading with what was declared at the capture; then choose `design_id`, or say that
    nothing is close, where one of both is asked for. The same `form` again gives the case as it is.

    A case that rests on an older reading of the same photographs takes this one first. Raises RequestError, and then
    opens nothing.
    """
    with transaction.atomic():
        case = open_case(reading=reading, actor=actor, now=now, **declaration_of(reading.signal).of_case())
        case = locked(case.id)
        if Turn.OFFICER not in turns_in(actor, case):
            raise not_yours()
        if not take_form(form, actor, now):
            return case
        if case.reading_id != reading.id and State(case.state) is State.READ:
            case = attach_reading(case=case, reading=reading, actor=actor, now=now)
        if design_id:
            return choose_candidate(case=case, design_id=design_id, actor=actor, reason=reason, now=now)
        if nothing_close:
            return say_nothing_close(case=case, actor=actor, reason=reason, now=now)
        return case
