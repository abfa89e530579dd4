"""The office drafts a certificate of a final measurement; the programme manager, another person, issues it."""

from __future__ import annotations

import base64
import secrets
from collections.abc import Callable
from datetime import datetime
from uuid import UUID

from django.db import transaction

from pandok.common.models import Account
from pandok.common.people.two_persons import must_be_another
from pandok.common.people.votes import must_vote_freely
from pandok.common.reasons import checked_reason
from pandok.common.records.numbering import next_of_year
from pandok.core.canonical import canonical, digest
from pandok.core.programme.evidence import Occasion
from pandok.engines.proof_pack.signing import SigningKey
from pandok.fields.programme.acts.agreements.agreement_moves import locked_agreement
from pandok.fields.programme.acts.certificates.certificate_moves import CYCLE, locked_certificate
from pandok.fields.programme.acts.certificates.content import content_of
from pandok.fields.programme.acts.evidence.measuring import recompute
from pandok.fields.programme.agreement_states import AgreementState
from pandok.fields.programme.certificate_states import CertificateKind, CertificateMover, CertificateState
from pandok.fields.programme.evidence_refusals import refusal
from pandok.fields.programme.known_time import must_know_the_time
from pandok.fields.programme.models import Measurement, TrialCertificate
from pandok.fields.programme.overall import overall
from pandok.proof.verdict import Verdict

PAYLOAD = "application/vnd.pandok.trial-certificate+json"
CODE_BYTES = 15
"""120 random bits: as 24 letters in groups of four."""
_LIVE = ("drafted", "issued", "withdrawing")


def draft_certificate(measurement_id: UUID, kind: str, *, actor: Account, now: datetime) -> TrialCertificate:
    """Raises RequestError: evidence.not_there, .not_final, .bad_kind, .kind_and_verdict, .not_the_same,
    .certified_already, agreement.no_such_way."""
    if kind not in set(CertificateKind):
        raise refusal("bad_kind")
    with transaction.atomic():
        measurement = Measurement.objects.select_related("agreement", "version").filter(pk=measurement_id).first()
        if measurement is None:
            raise refusal("not_there")
        agreement = locked_agreement(measurement.agreement_id, AgreementState.RUNNING, AgreementState.ENDED)
        _must_stand(measurement, CertificateKind(kind), now)
        if measurement.certificates.filter(kind=kind, state__in=_LIVE).exists():
            raise refusal("certified_already")
        made: TrialCertificate = TrialCertificate.objects.create(
            number=next_of_year("TC", width=6, given=TrialCertificate.objects.all(), now=now),
            agreement=agreement,
            measurement=measurement,
            kind=kind,
            state=CertificateState.DRAFTED.value,
            state_since=now,
            drafted_by=actor,
            drafted_at=now,
        )
        CYCLE.begin(made, actor=actor, reason=measurement.number, now=now)
    return made


def issue_certificate(
    certificate_id: UUID,
    *,
    reason: str,
    key: SigningKey,
    issuer: str,
    check_at: str,
    actor: Account,
    now: datetime,
    random: Callable[[int], bytes] = secrets.token_bytes,
) -> TrialCertificate:
    """By another than who drafted it. Raises RequestError: request.reason, request.votes_paused,
    request.second_person, evidence.no_certificate, .clock, .not_the_same, certificate.no_such_way."""
    reason = checked_reason(reason)
    with transaction.atomic():
        certificate = locked_certificate(certificate_id)
        CYCLE.must_go(certificate, CertificateState.ISSUED, CertificateMover.MANAGER)
        if certificate.state != CertificateState.DRAFTED.value:
            raise CYCLE.no_way(certificate, CYCLE.stands(certificate), CertificateState.ISSUED)
        must_be_another(actor, certificate.drafted_by_id, refused=refusal("own_draft"))
        must_vote_freely(actor, now)
        must_know_the_time(now)  # the day of issue says with which key it is checked
        _must_stand(certificate.measurement, CertificateKind(certificate.kind), now)
        code = base64.b32encode(random(CODE_BYTES)).decode()
        content = content_of(certificate, code=code, issuer=issuer, check_at=check_at, at=now)
        changes = {
            "code": code,
            "content": content,
            "sha256": digest(content),
            "envelope": key.sign(canonical(content), PAYLOAD),
            "issued_by": actor,
            "issued_at": now,
        }
        CYCLE.move(
            certificate, CertificateState.ISSUED, by=CertificateMover.MANAGER, actor=actor, reason=reason, now=now,
            changes=changes,
        )  # fmt: skip
    return certificate


def drop_draft(certificate_id: UUID, *, reason: str, actor: Account, now: datetime) -> TrialCertificate:
    """Raises RequestError: request.reason, evidence.no_certificate, certificate.no_such_way."""
    reason = checked_reason(reason)
    with transaction.atomic():
        certificate = locked_certificate(certificate_id)
        CYCLE.move(
            certificate, CertificateState.DROPPED, by=CertificateMover.OFFICE, actor=actor, reason=reason, now=now
        )
    return certificate


def _must_stand(measurement: Measurement, kind: CertificateKind, now: datetime) -> None:
    """Nothing is certified of a measurement that is not final, or that no longer comes out as it was kept."""
    if measurement.occasion != Occasion.FINAL.value or measurement.version.version != measurement.agreement.version:
        raise refusal("not_final")
    if not recompute(measurement, now).same:
        raise refusal("not_the_same")
    verdict = overall(one.verdict for one in measurement.evidence.kpis)
    if not kind.fits(proven=verdict is Verdict.PROVEN):
        raise refusal("kind_and_verdict")
