"""A certificate of a trial on paper. The same facts give the same bytes, also once it was withdrawn."""

from __future__ import annotations

from datetime import datetime
from typing import Any
from urllib.parse import urlencode

from pandok.common.papers import certificates
from pandok.common.papers.certificates import breakable, in_words
from pandok.core.text import Text
from pandok.fields.programme.certificate_states import CertificateKind
from pandok.fields.programme.kpi_words import measured, promised

_HEADER = (
    Text(ko="성과지표", en="KPI"),
    Text(ko="약속", en="Promised"),
    Text(ko="측정값 (95 % 구간)", en="Measured (interval of 95 %)"),
    Text(ko="표본", en="Rows"),
    Text(ko="판정", en="Verdict"),
)
SAYS = {
    CertificateKind.TRIAL: Text(
        ko="이 협약에 따라 실증을 마쳤고 아래와 같이 측정되었음을 확인합니다. 성능을 보증하지 않습니다.",
        en="The trial was carried out under this agreement and measured as below. It vouches for no performance.",
    ),
    CertificateKind.PERFORMANCE: Text(
        ko="잠근 성과지표가 모두 입증되었음을 확인합니다. 측정한 장소와 기간에 한합니다.",
        en="Every locked KPI was proven, at the place and in the time that were measured.",
    ),
    CertificateKind.HONEST: Text(
        ko="실증을 끝까지 마치고 잠근 성과지표로 측정했음을 확인합니다. 성과지표는 입증되지 않았습니다.",
        en="The trial was carried to its end and measured by its locked KPIs. They were not proven.",
    ),
}
SQUARE = Text(
    ko="이 정사각 코드를 찍으면 확인서의 진위와 발급 취소 여부가 열립니다.",
    en="A camera that reads this square code opens whether the certificate holds, and whether it was withdrawn.",
)


def certificate_facts(content: dict[str, Any], language: str) -> list[tuple[Text, str]]:
    """The same on paper and on pages; the code is not among them."""
    agreement, measured = content["agreement"], content["measurement"]
    return [
        (Text(ko="뜻", en="What it says"), SAYS[CertificateKind(content["certificate"])].in_language(language)),
        (Text(ko="협약", en="Agreement"), f"{agreement['number']} {agreement['title']}"),
        (Text(ko="주관기관", en="Lead"), agreement["lead"]),
        *([(Text(ko="참여기관", en="Further bodies"), agreement["members"])] if agreement["members"] else []),
        (Text(ko="현업 책임 직위", en="Field owner: the post"), agreement["field_owner_post"]),
        (Text(ko="종합 판정", en="Verdict over all KPIs"), content["verdict"][language]),
        (Text(ko="발급", en="Issued"), in_words(content["issued_at"], language)),
        *([(Text(ko="발급 기관", en="Issued by"), content["issuer"])] if content["issuer"] else []),
        (Text(ko="측정", en="Measurement"), f"{measured['number']} · {in_words(measured['measured_at'], language)}"),
        (
            Text(ko="잠긴 시트", en="Locked sheet"),
            f"v{content['lock']['version']} {breakable(content['lock']['sha256'])}",
        ),
        (Text(ko="측정 sha256", en="sha256 of the measurement"), breakable(measured["sha256"])),
    ]


def kpi_rows(content: dict[str, Any], language: str) -> list[tuple[str, ...]]:
    return [
        (
            one["name"],
            promised(one["target"], one["unit"], one["baseline"], Text(**one["direction"])).in_language(language),
            measured(one["value"], one["interval"], one["unit"]).in_language(language),
            f"{one['rows']} / {one['records']}",
            one["verdict"][language],
        )
        for one in content["kpis"]
    ]


def certificate_pdf(content: dict[str, Any], sha256: str, language: str) -> bytes:
    title = f"{content['title'][language]} {content['number']}"
    return certificates.certificate_pdf(
        title=title,
        facts=[
            *certificate_facts(content, language),
            (Text(ko="확인 번호", en="Code"), grouped(content["code"])),
            (Text(ko="진위를 확인하는 곳", en="Check it at"), content["check_at"]),
            (Text(ko="확인서 sha256", en="sha256 of the certificate"), breakable(sha256)),
        ],
        header=_HEADER,
        rows=kpi_rows(content, language),
        at=datetime.fromisoformat(content["issued_at"]),
        language=language,
        square=(checked_at(content), SQUARE),
    )


def checked_at(content: dict[str, Any]) -> str:
    """The page on which anybody sees it, number and code filled in."""
    return f"{content['check_at']}?{urlencode({'number': content['number'], 'code': content['code']})}"


def grouped(code: str) -> str:
    """In fours, as people read it aloud."""
    return "-".join(code[start : start + 4] for start in range(0, len(code), 4))
