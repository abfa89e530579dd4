"""A remark of an officer in the history of a case; it changes nothing else."""

from __future__ import annotations

from datetime import datetime

from django.db import transaction

from pandok.common.models import Account
from pandok.common.reasons import REMARK, given_words
from pandok.fields.counterfeit.acts.cases.case_moves import locked, note
from pandok.fields.counterfeit.models import Case
from pandok.fields.counterfeit.states import Turn


def add_note(*, case: Case, text: str, actor: Account, now: datetime) -> Case:
    """Raises RequestError for nothing, or more than fits."""
    text = given_words(text, REMARK)
    with transaction.atomic():
        case = locked(case.id)
        note(case, "noted", by=Turn.OFFICER, actor=actor, reason=text, now=now)
        return case
