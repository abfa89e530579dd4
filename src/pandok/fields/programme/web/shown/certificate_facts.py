"""A certificate in words: its facts as they were issued, its state, and whether it is as it was issued."""

from __future__ import annotations

from datetime import datetime
from typing import Any

from django.utils.safestring import mark_safe
from django.utils.translation import get_language

from pandok.common.backup.gaps import gaps_of_restoring
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
    told = certificate_row(one) | {"gaps": gaps_told(since=one.issued_at)}
    if not one.issued_at:
        return told | {"faults": [], "facts": [], "kpis": []}
    faults = [fault.words for fault in faults_of(one, keys_of(one, settings().home))]
    return told | {"faults": faults} | _facts(one.content)


def gaps_told(*, since: datetime | None = None) -> list[Text]:
    """What a restored older backup may not know, and who does. `since`: of what was issued then; None: of anything."""
    found = [one for one in gaps_of_restoring() if since is None or since <= one.restored_at]
    return [
        Text(
            ko=f"이 기관은 이전 백업을 복원했습니다({one.words.ko}). 그 사이의 발급과 발급 취소는 여기에"
            " 없을 수 있습니다. 종이와 서명된 파일을 가지고 발급 기관의 사업단에 확인하십시오.",
            en=f"This site restored an older backup ({one.words.en}): what was issued or withdrawn in between may be"
            " missing here. Ask the programme office of the issuing body, with the paper and the signed file.",
        )
        for one in found
    ]


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
