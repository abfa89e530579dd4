"""The one way to change where a certificate stands."""

from __future__ import annotations

from uuid import UUID

from pandok.common.records.lifecycle import History, Lifecycle
from pandok.core.audit import Detail
from pandok.core.errors import RequestError
from pandok.core.text import Text
from pandok.fields.programme.certificate_states import CERTIFICATES, CertificateMover, CertificateState
from pandok.fields.programme.evidence_refusals import refusal
from pandok.fields.programme.models import TrialCertificate, TrialCertificateEvent


def _no_way(_record: TrialCertificate, start: CertificateState, to: CertificateState) -> RequestError:
    return RequestError(
        Text(
            ko=f"지금 '{start.words.ko}' 상태라 '{to.words.ko}'(으)로 바꿀 수 없습니다.",
            en=f"It is '{start.words.en}' now, and cannot become '{to.words.en}'.",
        ),
        Text(ko="화면을 새로 고쳐 지금 상태를 확인하십시오.", en="Reload the page to see where it stands."),
        code="certificate.no_such_way",
    )


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
    if not TrialCertificate.objects.filter(pk=certificate_id).exists():
        raise refusal("no_certificate")
    return CYCLE.locked(certificate_id, "measurement", "agreement")
