"""Whether a certificate is as it was issued: its facts, their digest, the audit trail and the signature agree."""

from __future__ import annotations

from collections.abc import Iterable
from datetime import datetime
from enum import StrEnum
from pathlib import Path

from pandok.common.models import AuditEntry
from pandok.core.canonical import canonical, digest
from pandok.core.errors import RequestError
from pandok.core.text import Text
from pandok.engines.proof_pack.former_keys import public_keys_at
from pandok.engines.proof_pack.signing import key_id, opened
from pandok.fields.programme.acts.certificates.issuing import PAYLOAD
from pandok.fields.programme.certificate_states import CertificateState
from pandok.fields.programme.models import TrialCertificate


class Fault(StrEnum):
    DIGEST = "digest"
    TRAIL = "trail"
    SIGNATURE = "signature"
    STATE = "state"

    @property
    def words(self) -> Text:
        return _FAULTS[self]


_FAULTS = {
    Fault.DIGEST: Text(ko="내용과 sha256이 맞지 않습니다", en="the facts do not agree with their sha256"),
    Fault.TRAIL: Text(ko="감사 기록의 발급 내용과 다릅니다", en="the audit trail tells of other facts"),
    Fault.SIGNATURE: Text(ko="서명이 이 내용의 것이 아닙니다", en="the signature is not of these facts"),
    Fault.STATE: Text(ko="감사 기록의 상태와 다릅니다", en="the audit trail tells of another state"),
}


def keys_of(certificate: TrialCertificate, home: Path) -> list[str]:
    """Public keys that this site may have signed it with: the one in use, and the one of the day of its issue."""
    try:
        at = datetime.fromisoformat(certificate.content["issued_at"])
    except (KeyError, TypeError, ValueError):  # changed past reading; the digest says so
        return public_keys_at(home, None)
    return public_keys_at(home, at if at.tzinfo else None)


def faults_of(certificate: TrialCertificate, public_keys: Iterable[str]) -> list[Fault]:
    """Empty: it is as it was issued. `public_keys`: of this site, now and then (`keys_of`)."""
    found = []
    if (
        digest(certificate.content) != certificate.sha256
        or certificate.content.get("number") != certificate.number
        or certificate.content.get("code") != certificate.code
        or certificate.content.get("certificate") != certificate.kind
    ):
        found.append(Fault.DIGEST)
    entries = AuditEntry.objects.filter(object=f"trial-certificate:{certificate.pk}").order_by("sequence")
    told = [(one.action.split(".")[1], one.details.get("sha256", "")) for one in entries]
    issued = next((sha256 for state, sha256 in told if state == CertificateState.ISSUED.value), "")
    if issued != certificate.sha256:
        found.append(Fault.TRAIL)
    if not told or told[-1][0] != certificate.state:
        found.append(Fault.STATE)
    try:
        payload, _ = opened(certificate.envelope, PAYLOAD, public_keys)
        if payload != canonical(certificate.content):
            found.append(Fault.SIGNATURE)
    except RequestError:
        found.append(Fault.SIGNATURE)
    return found


def key_of(certificate: TrialCertificate, public_keys: Iterable[str]) -> str:
    """The public key that it is checked with. Raises RequestError where none of these signed it."""
    known = list(public_keys)
    _, named = opened(certificate.envelope, PAYLOAD, known)
    return next(one for one in known if key_id(one) == named)
