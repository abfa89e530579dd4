"""The officer asks an association for an appraisal: it is named in the case, told, and it is its turn."""

from __future__ import annotations

from datetime import datetime

from django.db import transaction

from pandok.common.models import Account, Party
from pandok.common.reasons import given_words
from pandok.core.errors import RequestError
from pandok.core.text import Text
from pandok.fields.counterfeit.acts.cases.case_moves import locked, note
from pandok.fields.counterfeit.acts.cases.deciding import name_parties
from pandok.fields.counterfeit.acts.cases.done_before import done_before
from pandok.fields.counterfeit.acts.notices.drafting import draft
from pandok.fields.counterfeit.acts.notices.notice_record import keep_notice, keep_pdf, numbered
from pandok.fields.counterfeit.acts.notices.office import Office
from pandok.fields.counterfeit.lists.visible import turns_in
from pandok.fields.counterfeit.models import Case, Notice
from pandok.fields.counterfeit.states import State, Turn

ASKED = "appraisal_asked"


def ask_for_appraisal(
    *, case: Case, association: Party, actor: Account, reason: str, now: datetime, office: Office, nonce: str
) -> Notice | None:
    """Name the association and tell it; None where the same form was sent before. Raises RequestError."""
    if Turn.OFFICER not in turns_in(actor, case) or not State(case.state).means.may_ask_appraisal:
        raise RequestError(
            Text(ko="지금은 감정을 요청할 수 없습니다.", en="An appraisal cannot be asked for now."),
            Text(
                ko="통지한 뒤, 처분을 결정하기 전에 요청하십시오.",
                en="Ask after the notice and before the decision.",
            ),
            code="appraisal.not_now",
        )
    given_words(reason)
    worded = draft(case=case, party=association, template="appraisal_request", now=now, address=office.address)
    drafted = numbered(worded, case, now)
    pdf = keep_pdf(drafted.content, association.language, office.blobs)
    with transaction.atomic():
        case = locked(case.id)
        if done_before(case, nonce) or not State(case.state).means.may_ask_appraisal:
            return None
        case = name_parties(case=case, actor=actor, now=now, appraiser=association)
        event = note(
            case,
            ASKED,
            by=Turn.OFFICER,
            actor=actor,
            reason=reason,
            now=now,
            data={"nonce": nonce, "party": association.name},
            changes={"turn": Turn.APPRAISER.value},
        )
        notice, _ = keep_notice(
            drafted, case=case, sequence=event.sequence, pdf_sha256=pdf, actor=actor, now=now, office=office
        )
        return notice
