"""The one way to change where a certificate stands."""

from __future__ import annotations

from uuid import UUID

from pandok.common.records.lifecycle import History, Lifecycle
from pandok.common.records.no_such_way import no_such_way
from pandok.core.audit import Detail
from pandok.fields.programme.certificate_states import CERTIFICATES, CertificateMover, CertificateState
from pandok.fields.programme.evidence_refusals import refusal
from pandok.fields.programme.models import TrialCertificate, TrialCertificateEvent

_no_way = no_such_way(code="certificate.no_such_way")


def _facts(certificate: TrialCertificate, _row: TrialCertificateEvent | None) -> dict[str, Detail]:
    told: dict[str, Detail] = {"number": certificate.number}
    return told | {"sha256": certificate.sha256} if certificate.sha256 else told


CYCLE: Lifecycle[TrialCertificate, CertificateState, CertificateMover] = Lifecycle(
    model=TrialCertificate,
    table=CERTIFICATES,
    name="trial-certificate",
    action="trial-certificate",
    no_way=_no_way,
    facts=_facts,
    history=History(TrialCertificateEvent, "certificate"),
)


def locked_certificate(certificate_id: UUID) -> TrialCertificate:
    """Raises RequestError: evidence.no_certificate."""
    return CYCLE.locked_in(certificate_id, "measurement", "agreement", missing=lambda: refusal("no_certificate"))
