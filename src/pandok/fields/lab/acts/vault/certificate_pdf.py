"""The certificate of a deletion in the vault (파기확인서) as PDF. The same certificate gives the same bytes."""

from __future__ import annotations

from datetime import datetime
from typing import Any

from pandok.common.papers import certificates
from pandok.common.papers.certificates import breakable, in_words, person
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
    head = content["audit_before"]
    facts = {
        "deposit": content["deposit"]["name"],
        "owner": content["deposit"]["owner"],
        "ground": _GROUNDS[content["ground"]].in_language(language),
        "reason": content["reason"],
        "planned": person(content["planned"], language, seconds=True),
        "confirmed": person(content["confirmed"], language, seconds=True),
        "keys_destroyed_at": in_words(content["keys_destroyed_at"], language, seconds=True),
        "done_at": in_words(content["done_at"], language, seconds=True),
        "audit_before": f"#{head['sequence']} {breakable(head['hash'])}",
        "sha256": breakable(sha256),
    }
    return certificates.certificate_pdf(
        title=_TITLE.in_language(language).format(number=content["number"]),
        facts=[(label, facts[key]) for key, label in _FACTS],
        header=_HEADER,
        rows=[
            (
                breakable(one["id"]),
                f"{one['kind']} v{one['version']}",
                breakable(one["keyed_hash"]),
                breakable(one["sealed_sha256"]),
                f"{one['size_bytes']:,}",
            )
            for one in content["objects"]
        ],
        at=datetime.fromisoformat(content["done_at"]),
        language=language,
    )
