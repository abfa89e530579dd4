"""The certificate of a deletion as PDF with Korean type. The same certificate gives the same bytes."""

from __future__ import annotations

from datetime import date, datetime
from importlib.resources import files
from typing import Any

from pandok.common.papers.printing import printed
from pandok.core.dates import day_short, moment_short
from pandok.core.terms.zone import OFFICE_ZONE
from pandok.core.text import Text
from pandok.fields.counterfeit.acts.retention.words import OUTCOMES

_TITLE = Text(ko="삭제 증명서 {number}", en="Certificate of deletion {number}")
_FACTS = (
    ("state", Text(ko="상태", en="State")),
    ("reason", Text(ko="사유", en="Reason")),
    ("policy", Text(ko="보존기간 판", en="Version of the periods")),
    ("planned", Text(ko="제안", en="Proposed")),
    ("confirmed", Text(ko="확인", en="Confirmed")),
    ("done_at", Text(ko="완료", en="Done")),
    ("audit_before", Text(ko="감사 사슬", en="Audit chain")),
    ("sha256", Text(ko="증명서 sha256", en="sha256 of the certificate")),
)
_STATES = {"planned": Text(ko="계획", en="planned"), "done": Text(ko="완료", en="done")}
_HEADER = (
    Text(ko="파일 sha256", en="sha256 of the file"),
    Text(ko="종류와 소속", en="Kind, belongs to"),
    Text(ko="근거", en="Basis"),
    Text(ko="기한", en="Term ended"),
    Text(ko="결과", en="Outcome"),
)


def certificate_pdf(content: dict[str, Any], sha256: str, language: str) -> bytes:
    """`content` and `sha256` as the deletion keeps them; `sha256` is "" before it is done."""
    template = files("pandok.fields.counterfeit.acts.retention") / "certificate.typ"
    at = datetime.fromisoformat(content["done_at"] or content["planned"]["at"])
    return printed(template, _values(content, sha256, language), at=at)


def _values(content: dict[str, Any], sha256: str, language: str) -> dict[str, Any]:
    def say(text: Text) -> str:
        return text.in_language(language)

    head = content.get("audit_before")
    facts = {
        "state": say(_STATES[content["state"]]),
        "reason": content["reason"],
        "policy": content["policy"],
        "planned": _person(content["planned"], language),
        "confirmed": _person(content["confirmed"], language),
        "done_at": _local(content["done_at"], language),
        "audit_before": f"#{head['sequence']} {_broken(head['hash'])}" if head else "–",
        "sha256": _broken(sha256) or "–",
    }
    title = say(_TITLE).format(number=content["number"])
    return {
        "language": language,
        "title": title,
        "footer": title,
        "facts": [{"label": say(label), "value": facts[key]} for key, label in _FACTS],
        "header": [say(one) for one in _HEADER],
        "rows": [
            [
                _broken(one["sha256"]),
                f"{one['what'][language]}\n{', '.join(one['belongs_to'])}",
                one["basis"][language],
                day_short(date.fromisoformat(one["term_ended_on"])).in_language(language),
                say(OUTCOMES[one["outcome"]]),
            ]
            for one in content["files"]
        ],
    }


def _person(said: dict[str, str], language: str) -> str:
    return f"{said['by']} · {_local(said['at'], language)}" if said["by"] else "–"


def _local(iso: str, language: str) -> str:
    return moment_short(datetime.fromisoformat(iso), OFFICE_ZONE).in_language(language) if iso else "–"


def _broken(sha256: str) -> str:
    """With places to break the line."""
    return "\u200b".join(sha256[start : start + 16] for start in range(0, len(sha256), 16))
