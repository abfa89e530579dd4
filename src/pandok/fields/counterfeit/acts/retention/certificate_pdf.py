"""The certificate of a deletion of files as PDF. The same certificate gives the same bytes."""

from __future__ import annotations

from datetime import date, datetime
from typing import Any

from pandok.common.papers import certificates
from pandok.common.papers.certificates import breakable
from pandok.core.dates import day_short
from pandok.core.text import Text
from pandok.fields.counterfeit.acts.retention.deletion_words import OUTCOMES

_TITLE = Text(ko="삭제 증명서 {number}", en="Certificate of deletion {number}")
_HEADER = (
    Text(ko="파일 sha256", en="sha256 of the file"),
    Text(ko="종류와 소속", en="Kind, belongs to"),
    Text(ko="근거", en="Basis"),
    Text(ko="기한", en="Term ended"),
    Text(ko="결과", en="Outcome"),
)


def certificate_pdf(content: dict[str, Any], sha256: str, language: str) -> bytes:
    """`content` and `sha256` as the deletion keeps them; `sha256` is "" before it is done."""
    return certificates.certificate_pdf(
        title=_TITLE.in_language(language).format(number=content["number"]),
        facts=certificates.facts_of_deletion(content, sha256, language),
        header=_HEADER,
        rows=[
            (
                breakable(one["sha256"]),
                f"{one['what'][language]}\n{', '.join(one['belongs_to'])}",
                one["basis"][language],
                day_short(date.fromisoformat(one["term_ended_on"])).in_language(language),
                OUTCOMES[one["outcome"]].in_language(language),
            )
            for one in content["files"]
        ],
        at=datetime.fromisoformat(content["done_at"] or content["planned"]["at"]),
        language=language,
    )
