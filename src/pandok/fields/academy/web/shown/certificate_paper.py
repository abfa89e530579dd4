"""A certificate in words: the same facts on the page and on paper."""

from __future__ import annotations

from pandok.common.papers import certificates
from pandok.core.dates import day_short, moment_short
from pandok.core.terms.zone import OFFICE_ZONE
from pandok.core.text import Text, counted
from pandok.fields.academy.models import Certificate

_TITLE = Text(ko="X-ray 판독 자격증 {number}", en="Certificate of X-ray reading {number}")
_HEADER = (
    Text(ko="구분", en="Kind"),
    Text(ko="개장으로 답한 수", en="Stopped"),
    Text(ko="보인 수", en="Shown"),
    Text(ko="비율", en="Share"),
    Text(ko="뜻", en="What it is"),
)
_THREATS = (Text(ko="위협", en="Threats"), Text(ko="맞힘", en="hits"))
_HARMLESS = (Text(ko="정상", en="Harmless"), Text(ko="헛경보", en="false alarms"))


def facts_of(certificate: Certificate, language: str) -> list[tuple[Text, str]]:
    """Who, which course, until when, and the measure that was reached with its interval."""
    course = certificate.sitting.course
    title = course.title_ko if language == "ko" else course.title_en
    shown = certificate.threats + certificate.harmless
    measure = f"{certificate.d_a:.2f} ({certificate.d_a_low:.2f}–{certificate.d_a_high:.2f})"
    return [
        (Text(ko="성명", en="Name"), certificate.trainee.get_username()),
        (Text(ko="과정", en="Course"), title),
        (Text(ko="발급", en="Issued"), moment_short(certificate.issued_at, OFFICE_ZONE).in_language(language)),
        (Text(ko="유효기간", en="Holds until"), day_short(certificate.expires_on).in_language(language)),
        (Text(ko="민감도 d_a (90 % 구간)", en="Sensitivity d_a (interval of 90 %)"), measure),
        (Text(ko="zROC 기울기", en="Slope of the zROC"), f"{certificate.slope:.1f}"),
        (
            Text(ko="합격선 (구간의 아래 끝)", en="Pass mark (of the lower bound)"),
            f"{certificate.pass_d_a:.2f}",
        ),
        (
            Text(ko="시험", en="Test"),
            Text(
                ko=f"봉인된 영상 {shown}장, 처음 보는 것만",
                en=f"{counted(shown, 'sealed picture')}, none seen before",
            ).in_language(language),
        ),
    ]


def paper_of(certificate: Certificate, language: str) -> bytes:
    """As PDF. The same certificate gives the same bytes."""
    rows = [
        _row(_THREATS, certificate.hits, certificate.threats, language),
        _row(_HARMLESS, certificate.false_alarms, certificate.harmless, language),
    ]
    return certificates.certificate_pdf(
        title=_TITLE.in_language(language).format(number=certificate.number),
        facts=facts_of(certificate, language),
        header=_HEADER,
        rows=rows,
        at=certificate.issued_at,
        language=language,
    )


def _row(kind: tuple[Text, Text], some: int, of: int, language: str) -> tuple[str, ...]:
    share = f"{100 * some / of:.0f} %" if of else "–"
    return (kind[0].in_language(language), str(some), str(of), share, kind[1].in_language(language))
