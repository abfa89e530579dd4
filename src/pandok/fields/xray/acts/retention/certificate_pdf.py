"""The certificate of a deletion of images as PDF. The same certificate gives the same bytes."""

from __future__ import annotations

from datetime import date, datetime
from typing import Any

from pandok.common.papers import certificates
from pandok.common.papers.certificates import breakable
from pandok.core.dates import day_short
from pandok.core.text import Text, counted
from pandok.fields.xray.models import ScanDeletionItem

OUTCOMES: dict[str, Text] = {
    ScanDeletionItem.OPEN: Text(ko="대기", en="waiting"),
    ScanDeletionItem.ERASED: Text(ko="삭제 완료", en="erased"),
    ScanDeletionItem.HELD: Text(ko="보존 조치로 남음", en="kept: on hold"),
    ScanDeletionItem.NEEDED: Text(ko="다시 판독 중이라 남음", en="kept: being read again"),
}
_TITLE = Text(ko="X-ray 영상 삭제 증명서 {number}", en="Certificate of deletion of X-ray images {number}")
_KEPT = Text(
    ko="판독, 개장 결과, 표시한 곳, 잰 값은 남습니다.", en="Readings, openings, marks and what was measured are kept."
)
_HEADER = (
    Text(ko="검사 번호", en="Inspection"),
    Text(ko="종류와 영상 sha256", en="Kind, sha256 of the scan"),
    Text(ko="근거", en="Basis"),
    Text(ko="기한", en="Term ended"),
    Text(ko="결과", en="Outcome"),
)


def certificate_pdf(content: dict[str, Any], sha256: str, language: str) -> bytes:
    """`content` and `sha256` as the deletion keeps them; `sha256` is "" before it is done."""
    rows = [
        (
            one["inspection"],
            f"{one['what'][language]}\n{breakable(one['sha256'])}\n{_files(len(one['files'])).in_language(language)}",
            one["basis"][language],
            day_short(date.fromisoformat(one["term_ended_on"])).in_language(language),
            OUTCOMES[one["outcome"]].in_language(language),
        )
        for one in content["scans"]
    ]
    return certificates.certificate_pdf(
        title=_TITLE.in_language(language).format(number=content["number"]),
        facts=certificates.facts_of_deletion(
            content, sha256, language, (Text(ko="남는 것", en="What is kept"), _KEPT.in_language(language))
        ),
        header=_HEADER,
        rows=rows,
        at=datetime.fromisoformat(content["done_at"] or content["planned"]["at"]),
        language=language,
    )


def _files(count: int) -> Text:
    return Text(ko=f"파일 {count}개", en=counted(count, "file"))
