"""Put right what was declared of the goods: checked like the first entry, kept in the history with what it was."""

from __future__ import annotations

from datetime import datetime
from uuid import UUID

from django.db import transaction

from pandok.common.models import Account
from pandok.common.reasons import given_words
from pandok.common.records.forms_once import take_form
from pandok.core.declaration import OF_CASE, Declaration
from pandok.fields.counterfeit.acts.cases.as_seen import check_unchanged
from pandok.fields.counterfeit.acts.cases.case_moves import locked, note
from pandok.fields.counterfeit.acts.cases.opening import search_words
from pandok.fields.counterfeit.acts.cases.refusals import not_yours
from pandok.fields.counterfeit.lists.visible import turns_in
from pandok.fields.counterfeit.models import Case
from pandok.fields.counterfeit.states import Turn

FIELDS = tuple(one.name for one in OF_CASE)


def correct_declaration(
    *, case: Case, declared: Declaration, actor: Account, reason: str, now: datetime, seen: str, form: UUID
) -> Case:
    """Raises RequestError: case.not_yours, case.moved, case.no_reason. Nothing new is no event."""
    with transaction.atomic():
        case = locked(case.id)
        if Turn.OFFICER not in turns_in(actor, case):
            raise not_yours()
        if not take_form(form, actor, now):
            return case
        check_unchanged(case, seen)
        before = {name: getattr(case, name) for name in FIELDS}
        changed = {name: getattr(declared, name) for name in FIELDS if getattr(declared, name) != before[name]}
        if not changed:
            return case
        given_words(reason)
        for name, value in changed.items():
            setattr(case, name, value)
        note(
            case,
            "declaration_corrected",
            by=Turn.OFFICER,
            actor=actor,
            reason=reason,
            now=now,
            data={name: f"{before[name]} → {value}" for name, value in changed.items()},
            changes={"words": search_words(case)},
        )
        return case
