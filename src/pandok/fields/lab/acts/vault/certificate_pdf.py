"""The certificate of a deletion in the vault (파기확인서) as PDF. The same certificate gives the same bytes."""

from __future__ import annotations

from datetime import datetime
from importlib.resources import files
from typing import Any

from pandok.common.papers.printing import printed
from pandok.core.dates import moment_short
from pandok.core.terms.zone import OFFICE_ZONE
from pandok.core.text import Text

_TITLE = Text(ko="파기확인서 {number}", en="Certificate of destruction {number}")
_GROUNDS = {
    "request": Text(ko="요청에 따른 파기", en="on request"),
    "term": Text(ko="기탁 기간 만료", en="the deposit's term is over"),
}
_FACTS = (
    ("deposit", Text(ko="기탁", en="Deposit")),
    ("owner", Text(ko="소유 기관", en="Owner")),
    ("ground", Text(ko="파기 근거", en="Ground")),
    ("reason", Text(ko="사유", en="Reason")),
    ("planned", Text(ko="제안", en="Proposed")),
    ("confirmed", Text(ko="확인(입회)", en="Confirmed by a second person")),
    ("keys_destroyed_at", Text(ko="키 파기 시각", en="Key destroyed")),
    ("done_at", Text(ko="완료", en="Done")),
    ("audit_before", Text(ko="감사 사슬", en="Audit chain")),
    ("sha256", Text(ko="확인서 sha256", en="sha256 of the certificate")),
)
_HEADER = (
    Text(ko="자료 번호", en="Object"),
    Text(ko="단계와 판", en="Kind, version"),
    Text(ko="기록 해시(키 적용)", en="Keyed hash"),
    Text(ko="봉인 파일 sha256", en="sha256 of the sealed file"),
    Text(ko="크기", en="Bytes"),
)


def certificate_pdf(content: dict[str, Any], sha256: str, language: str) -> bytes:
    """Of a deletion that is done. Only hashes and facts are printed."""
    template = files("pandok.fields.counterfeit.acts.retention") / "certificate.typ"
    at = datetime.fromisoformat(content["done_at"])
    return printed(template, _values(content, sha256, language), at=at)


def _values(content: dict[str, Any], sha256: str, language: str) -> dict[str, Any]:
    def say(text: Text) -> str:
        return text.in_language(language)

    head = content["audit_before"]
    facts = {
        "deposit": content["deposit"]["name"],
        "owner": content["deposit"]["owner"],
        "ground": say(_GROUNDS[content["ground"]]),
        "reason": content["reason"],
        "planned": _person(content["planned"], language),
        "confirmed": _person(content["confirmed"], language),
        "keys_destroyed_at": _local(content["keys_destroyed_at"], language),
        "done_at": _local(content["done_at"], language),
        "audit_before": f"#{head['sequence']} {_broken(head['hash'])}",
        "sha256": _broken(sha256),
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
                _broken(one["id"]),
                f"{one['kind']} v{one['version']}",
                _broken(one["keyed_hash"]),
                _broken(one["sealed_sha256"]),
                f"{one['size_bytes']:,}",
            ]
            for one in content["objects"]
        ],
    }


def _person(said: dict[str, str], language: str) -> str:
    return f"{said['by'] or '–'} · {_local(said['at'], language)}"


def _local(iso: str, language: str) -> str:
    return moment_short(datetime.fromisoformat(iso), OFFICE_ZONE, seconds=True).in_language(language) if iso else "–"


def _broken(text: str) -> str:
    """With places to break the line."""
    return "\u200b".join(text[start : start + 16] for start in range(0, len(text), 16))
