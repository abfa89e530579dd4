"""A certificate is withdrawn with a reason by two persons; number, facts and reason stay for everybody to see."""

from __future__ import annotations

from datetime import datetime
from uuid import UUID

from django.db import transaction

from pandok.common.models import Account
from pandok.common.people.two_persons import must_be_another
from pandok.common.people.votes import must_vote_freely
from pandok.common.reasons import checked_reason
from pandok.fields.programme.acts.certificates.certificate_moves import CYCLE, locked_certificate
from pandok.fields.programme.certificate_states import CertificateMover, CertificateState
from pandok.fields.programme.evidence_refusals import refusal
from pandok.fields.programme.models import TrialCertificate


def propose_withdrawal(certificate_id: UUID, *, reason: str, actor: Account, now: datetime) -> TrialCertificate:
    """The reason is shown to everybody once it is confirmed. Raises RequestError: request.reason,
    evidence.no_certificate, certificate.no_such_way."""
    reason = checked_reason(reason)
    with transaction.atomic():
        certificate = locked_certificate(certificate_id)
        CYCLE.move(
            certificate, CertificateState.WITHDRAWING, by=CertificateMover.OFFICE, actor=actor, reason=reason, now=now,
            changes={"withdrawal_reason": reason, "withdrawal_by": actor},
        )  # fmt: skip
    return certificate


def settle_withdrawal(
    certificate_id: UUID, *, confirmed: bool, reason: str, actor: Account, now: datetime
) -> TrialCertificate:
    """Confirmed, or turned down: it holds as before. Raises RequestError: request.reason, request.votes_paused,
    evidence.own_withdrawal, evidence.no_certificate, certificate.no_such_way."""
    reason = checked_reason(reason)
    with transaction.atomic():
        certificate = locked_certificate(certificate_id)
        to = CertificateState.WITHDRAWN if confirmed else CertificateState.ISSUED
        if certificate.state != CertificateState.WITHDRAWING.value:
            raise CYCLE.no_way(certificate, CYCLE.stands(certificate), to)
        must_be_another(actor, certificate.withdrawal_by_id, refused=refusal("own_withdrawal"))
        must_vote_freely(actor, now)
        changes = {"withdrawn_at": now} if confirmed else {"withdrawal_reason": "", "withdrawal_by": None}
        CYCLE.move(certificate, to, by=CertificateMover.MANAGER, actor=actor, reason=reason, now=now, changes=changes)
    return certificate
