"""A certificate in words: its facts as they were issued, its state, and whether it is as it was issued."""

from __future__ import annotations

from typing import Any

from django.utils.safestring import mark_safe
from django.utils.translation import get_language

from pandok.core.text import Text
from pandok.engines.text_and_codes.square_code import square_code_svg
from pandok.fields.programme.acts.certificates.certificate_pdf import SQUARE, certificate_facts, checked_at, kpi_rows
from pandok.fields.programme.acts.certificates.checking import faults_of, keys_of
from pandok.fields.programme.certificate_states import VALID, CertificateKind, CertificateState
from pandok.fields.programme.models import TrialCertificate
from pandok.fields.programme.web.shown.evidence_facts import BADGES
from pandok.proof.verdict import Verdict
from pandok.settings import settings


def certificate_row(one: TrialCertificate) -> dict[str, Any]:
    state = CertificateState(one.state)
    return {
        "certificate": one,
        "kind": CertificateKind(one.kind).words,
        "state": state.words,
        "holds": state in VALID,
        "withdrawn": state is CertificateState.WITHDRAWN,
        "badge": "badge-good" if state in VALID else "badge-bad" if one.withdrawn_at else "badge-plain",
    }


def certificate_shown(one: TrialCertificate) -> dict[str, Any]:
    """With its facts once it was issued, and what is wrong with them."""
    told = certificate_row(one)
    if not one.issued_at:
        return told | {"faults": [], "facts": [], "kpis": []}
    faults = [fault.words for fault in faults_of(one, keys_of(one, settings().home))]
    return told | {"faults": faults} | _facts(one.content)


def _facts(content: dict[str, Any]) -> dict[str, Any]:
    language = get_language() or "ko"
    side = "en" if language.startswith("en") else "ko"
    try:
        rows = kpi_rows(content, side)
        address = checked_at(content)
        badges = [BADGES[Verdict(one["verdict"]["name"])] for one in content["kpis"]]
        facts: list[tuple[Text, str]] = certificate_facts(content, side)
    except (KeyError, TypeError, ValueError, IndexError):  # changed past reading; the faults say so
        return {"facts": [], "kpis": []}
    square = square_code_svg(address, sized=False).decode().partition("?>")[2]
    return {
        "facts": facts,
        "kpis": list(zip(rows, badges, strict=True)),
        "square": mark_safe(square),  # drawn by the library from an address that is encoded
        "square_words": SQUARE,
    }
