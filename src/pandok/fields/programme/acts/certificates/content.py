"""What a certificate says: facts of agreement, lock and measurement, as one value that is hashed and signed."""

from __future__ import annotations

from datetime import datetime
from typing import Any

from pandok.core.programme.lock import Lock
from pandok.fields.programme.certificate_states import CertificateKind
from pandok.fields.programme.models import Measurement, TrialCertificate
from pandok.fields.programme.overall import overall
from pandok.fields.programme.sources.known_sources import SOURCES
from pandok.proof.kpi.value_of import Method
from pandok.proof.verdict import Verdict

KIND = "pandok certificate of a trial 1"
_PROMISED = ("name", "formula", "unit", "target", "margin", "least_rows")
_FOUND = ("value", "interval", "rows", "records", "left_out", "sha256", "since", "until")


def content_of(certificate: TrialCertificate, *, code: str, issuer: str, check_at: str, at: datetime) -> dict[str, Any]:
    """Ready for JSON. `issuer`: the agency of this site; `check_at`: where anybody checks it. It names posts and
    bodies, no person."""
    measurement, agreement = certificate.measurement, certificate.agreement
    terms = measurement.version.terms
    evidence = measurement.evidence
    return {
        "kind": KIND,
        "number": certificate.number,
        "code": code,
        "certificate": certificate.kind,
        "title": CertificateKind(certificate.kind).words.model_dump(),
        "issuer": issuer,
        "check_at": check_at,
        "issued_at": at.isoformat(),
        "agreement": {
            "number": agreement.number,
            "title": terms["title"],
            "lead": terms["lead"],
            "members": terms["members"],
            "field_owner_post": terms["field_owner_post"],
            "problem": agreement.problem.number,
        },
        "lock": {"version": evidence.version, "sha256": evidence.lock},
        "measurement": {
            "number": measurement.number,
            "sha256": measurement.sha256,
            "measured_at": evidence.measured_at.isoformat(),
            "code": evidence.code,
        },
        "verdict": _verdict(overall(one.verdict for one in evidence.kpis)),
        "kpis": _kpis(measurement),
    }


def _kpis(measurement: Measurement) -> list[dict[str, Any]]:
    lines = {one.key: one for one in Lock.model_validate(measurement.version.lock).sheet.indicators}
    found = []
    for one in measurement.evidence.kpis:
        line, told = lines[one.key], one.model_dump(mode="json")
        promised = line.model_dump(mode="json")
        words = SOURCES[one.source].words if one.source in SOURCES else None
        found.append(
            {name: promised[name] for name in _PROMISED}
            | {name: told[name] for name in _FOUND}
            | {
                "source": words.model_dump() if words else {"ko": one.source, "en": one.source},
                "direction": line.direction.words.model_dump(),
                "baseline": line.baseline.value,
                "method": Method(one.method).words.model_dump(),
                "verdict": _verdict(Verdict(one.verdict)),
            }
        )
    return found


def _verdict(verdict: Verdict) -> dict[str, str]:
    return {"name": verdict.value, **verdict.words.model_dump()}
