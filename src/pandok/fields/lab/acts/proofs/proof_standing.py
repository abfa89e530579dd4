"""Where a proof stands today: it holds, it is too old, or something has changed since."""

from __future__ import annotations

from datetime import date, datetime
from enum import StrEnum

from django.db import transaction

from pandok.common.audit import writing as audit
from pandok.common.models import Account
from pandok.common.models.locking import locked
from pandok.common.reasons import WHAT_CHANGED, checked_reason
from pandok.core.terms.zone import OFFICE_ZONE
from pandok.core.text import Text
from pandok.fields.lab.acts.proofs.refusals import refused
from pandok.fields.lab.models import ProofRecord
from pandok.fields.lab.roles import Action
from pandok.fields.lab.states.acceptance_states import AcceptanceState


class Standing(StrEnum):
    VALID = "valid"
    ACCEPTED = "accepted"
    NOT_TESTED = "not_tested"
    REFUSED = "refused"
    NOT_YET = "not_yet"
    EXPIRED = "expired"
    DRIFTED = "drifted"

    @property
    def words(self) -> Text:
        return _WORDS[self]

    @property
    def usable(self) -> bool:
        """Whether this site may rely on it."""
        return self in (Standing.VALID, Standing.ACCEPTED)


_WORDS = {
    Standing.VALID: Text(ko="유효", en="Valid"),
    Standing.ACCEPTED: Text(ko="수용함", en="Accepted here"),
    Standing.NOT_TESTED: Text(ko="수용시험 전", en="Not tested here yet"),
    Standing.REFUSED: Text(ko="수용하지 않음", en="Not accepted here"),
    Standing.NOT_YET: Text(ko="아직 효력 없음", en="Not in force yet"),
    Standing.EXPIRED: Text(ko="재검증 필요(기한 지남)", en="To be proven again: expired"),
    Standing.DRIFTED: Text(ko="재검증 필요(변화 확인)", en="To be proven again: things changed"),
}


def standing_of(proof: ProofRecord, today: date) -> Standing:
    if proof.drifted_at is not None:
        return Standing.DRIFTED
    if today > proof.expires_on:
        return Standing.EXPIRED
    if today < proof.statement.made_at.astimezone(OFFICE_ZONE).date():
        return Standing.NOT_YET
    if proof.origin == ProofRecord.MADE:
        return Standing.VALID
    decided = [one.state for one in proof.acceptances.all() if one.decided_at is not None]
    if AcceptanceState.REFUSED in decided:
        return Standing.REFUSED
    return Standing.ACCEPTED if AcceptanceState.ACCEPTED in decided else Standing.NOT_TESTED


def ask_for_new_proof(*, proof: ProofRecord, reason: str, actor: Account, now: datetime) -> ProofRecord:
    """Say that data, practice or model changed, so that the proof no longer speaks of what is there."""
    if not (actor.may(Action.MAKE_PROOFS) or actor.may(Action.DEFINE_PROBLEMS)):
        raise refused("role")
    reason = checked_reason(reason, WHAT_CHANGED)
    with transaction.atomic():
        proof = locked(ProofRecord, proof.id)
        if proof.drifted_at is not None:
            raise refused("state")
        proof.drifted_at, proof.drift_reason = now, reason
        proof.save(update_fields=["drifted_at", "drift_reason"])
        details = {"number": proof.number, "site": proof.site}
        audit.tell(actor, "proof.to_be_renewed", f"proof:{proof.id}", reason, now, details)
        return proof
