"""The officer confirms the holder's proof of a suit: the term for it is met, and the suspension goes on."""

from __future__ import annotations

from datetime import datetime

from django.db import transaction

from pandok.common.models import Account
from pandok.common.reasons import given_words
from pandok.core.errors import RequestError
from pandok.core.text import Text
from pandok.fields.counterfeit.acts.answering.acting_party import not_concerned
from pandok.fields.counterfeit.acts.cases.case_moves import locked, note
from pandok.fields.counterfeit.acts.cases.clocks import MET, SUIT_CLOCK, next_due
from pandok.fields.counterfeit.lists.visible import turns_in
from pandok.fields.counterfeit.models import Case, CaseClock, CaseDocument
from pandok.fields.counterfeit.states import Turn

CONFIRMED = "suit_confirmed"


def confirm_suit(*, case: Case, document: CaseDocument, actor: Account, reason: str, now: datetime) -> Case:
    """Stop the clock of the suit as met. Raises RequestError where it does not run, or the paper is another."""
    with transaction.atomic():
        case = locked(case.id)
        if Turn.OFFICER not in turns_in(actor, case):
            raise not_concerned()
        given_words(reason)
        clock = CaseClock.objects.filter(case=case, rule=SUIT_CLOCK, stopped_at=None).first()
        if clock is None or document.case_id != case.id or document.kind != "suit":
            raise RequestError(
                Text(ko="확인할 제소 증명이 없습니다.", en="There is no proof of a suit to confirm."),
                Text(ko="서류 목록과 기한을 확인하십시오.", en="Look at the papers and the running terms."),
                code="suit.none",
            )
        clock.stopped_at, clock.stopped_by = now, MET
        clock.save(update_fields=["stopped_at", "stopped_by"])
        note(
            case,
            CONFIRMED,
            by=Turn.OFFICER,
            actor=actor,
            reason=reason,
            now=now,
            data={"document": str(document.id)},
            changes={"due_at": next_due(case)},
        )
        return case
