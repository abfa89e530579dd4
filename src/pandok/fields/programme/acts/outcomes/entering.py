"""An outcome is entered with the file that shows it, and counts once another person has looked at that."""

from __future__ import annotations

from collections.abc import Mapping
from datetime import datetime
from uuid import UUID

from django.db import transaction

from pandok.common.audit import writing as audit
from pandok.common.models import Account
from pandok.common.papers.content import media_type_of, safe_filename
from pandok.common.people.two_persons import must_be_another
from pandok.common.people.votes import must_vote_freely
from pandok.common.reasons import checked_reason
from pandok.common.records.numbering import next_of_year
from pandok.core.terms.zone import OFFICE_ZONE
from pandok.engines.files.blobs import FolderBlobs
from pandok.fields.programme.agreement_refusals import refusal as agreement_refusal
from pandok.fields.programme.models import Agreement, Outcome, OutcomeCheck
from pandok.fields.programme.outcome_refusals import refusal
from pandok.fields.programme.outcome_text import columns_of

ENTERED, CHECKED, REFUSED = "outcome.entered", "outcome.checked", "outcome.refused"


def enter_outcome(
    agreement_id: UUID,
    written: Mapping[str, str],
    *,
    data: bytes,
    filename: str,
    blobs: FolderBlobs,
    actor: Account,
    now: datetime,
) -> Outcome:
    """Raises RequestError or PhotographError for a file that is no paper, RequestError: outcome.words, .registration,
    .figure, .day, .known, .not_signed, agreement.not_there."""
    columns = columns_of(written, now.astimezone(OFFICE_ZONE).date())
    media_type = media_type_of(data)
    name = safe_filename(filename, media_type)
    sha256 = blobs.put(data)
    with transaction.atomic():
        # The number is drawn first: who draws one waits for whoever enters at the same moment.
        number = next_of_year("OC", width=6, given=Outcome.objects.all(), now=now)
        agreement = Agreement.objects.filter(pk=agreement_id).first()
        if agreement is None:
            raise agreement_refusal("not_there")
        if agreement.version == 0:
            raise refusal("not_signed")
        if columns["registration"] and _same(columns["kind"], columns["registration"]):
            raise refusal("known")
        made: Outcome = Outcome.objects.create(
            number=number,
            agreement=agreement,
            filename=name,
            media_type=media_type,
            sha256=sha256,
            entered_by=actor,
            entered_at=now,
            **columns,
        )
        details = {"agreement": agreement.number, "outcome_kind": made.kind, "sha256": sha256}
        audit.tell(actor, ENTERED, f"outcome:{number}", "", now, details)
    return made


def check_outcome(outcome_id: UUID, *, holds: bool, reason: str, actor: Account, now: datetime) -> OutcomeCheck:
    """Raises RequestError: request.reason, request.votes_paused, outcome.not_there, .own, .checked."""
    reason = checked_reason(reason)
    with transaction.atomic():
        outcome = Outcome.objects.select_for_update().filter(pk=outcome_id).first()
        if outcome is None:
            raise refusal("not_there")
        must_be_another(actor, outcome.entered_by_id, refused=refusal("own"))
        must_vote_freely(actor, now)
        if OutcomeCheck.objects.filter(outcome=outcome).exists():
            raise refusal("checked")
        made: OutcomeCheck = OutcomeCheck.objects.create(
            outcome=outcome, holds=holds, reason=reason, checked_by=actor, checked_at=now
        )
        audit.tell(actor, CHECKED if holds else REFUSED, f"outcome:{outcome.number}", reason, now, {})
    return made


def _same(kind: str, registration: str) -> bool:
    """What was checked and did not hold is no longer in the way."""
    known = Outcome.objects.filter(kind=kind, registration=registration)
    return known.exclude(check_made__holds=False).exists()
