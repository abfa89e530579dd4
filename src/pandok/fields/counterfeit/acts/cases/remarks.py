"""A remark of an officer in the history of a case; it changes nothing else."""

from __future__ import annotations

from datetime import datetime

from django.db import transaction

from pandok.common.models import Account
from pandok.core.errors import RequestError
from pandok.core.text import Text, counted
from pandok.fields.counterfeit.acts.cases.case_moves import locked, no_reason, note
from pandok.fields.counterfeit.models import Case
from pandok.fields.counterfeit.states import Turn

LONGEST_NOTE = 2000


def add_note(*, case: Case, text: str, actor: Account, now: datetime) -> Case:
    """Raises RequestError for nothing, or more than fits."""
    text = text.strip()
    if not text:
        raise no_reason()
    if len(text) > LONGEST_NOTE:
        raise RequestError(
            Text(
                ko=f"메모가 {len(text)}자로 너무 깁니다.",
                en=f"The note is too long ({counted(len(text), 'character')}).",
            ),
            Text(ko=f"{LONGEST_NOTE}자까지 적으십시오.", en=f"Write at most {LONGEST_NOTE} characters."),
            code="case.note_too_long",
        )
    with transaction.atomic():
        case = locked(case.id)
        note(case, "noted", by=Turn.OFFICER, actor=actor, reason=text, now=now)
        return case
