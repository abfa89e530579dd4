"""The importer's side: heard before a decision, with a statement and, where wanted, a request for release."""

from __future__ import annotations

from datetime import datetime

from django.db import transaction

from pandok.common.models import Account
from pandok.common.reasons import STATEMENT, given_words
from pandok.fields.counterfeit.acts.answering.acting_party import acting_party
from pandok.fields.counterfeit.acts.cases.case_moves import locked, note
from pandok.fields.counterfeit.acts.cases.done_before import done_before
from pandok.fields.counterfeit.law.law_versions import law_version
from pandok.fields.counterfeit.models import Case, ImporterStatement
from pandok.fields.counterfeit.states import Turn

STATED, RELEASE_ASKED = "importer_stated", "release_asked"


def make_statement(*, case: Case, text: str, asks_release: bool, actor: Account, now: datetime, nonce: str) -> Case:
    """Keep what the importer says; `asks_release` also asks for the goods against security. Several may follow."""
    with transaction.atomic():
        case = locked(case.id)
        if done_before(case, nonce):
            return case
        party = acting_party(case, actor, Turn.IMPORTER)
        text = given_words(text, STATEMENT)
        ImporterStatement.objects.create(
            case=case, party=party, text=text, asks_release=asks_release, made_by=actor, at=now
        )
        note(
            case,
            RELEASE_ASKED if asks_release else STATED,
            by=Turn.IMPORTER,
            actor=actor,
            reason=text,
            now=now,
            data={
                "nonce": nonce,
                "party": party.name,
                "asks_release": asks_release,
                "security_percent": law_version(case.law_version).security_percent if asks_release else 0,
            },
        )
        return case
