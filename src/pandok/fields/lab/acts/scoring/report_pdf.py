"""The report as PDF with Korean type. The same report gives the same bytes."""

from __future__ import annotations

import re
from importlib.resources import files
from typing import Any

from pandok.common.papers.printing import printed
from pandok.core.dates import moment_short
from pandok.core.lab.comparison import Comparison
from pandok.core.lab.problem import Problem
from pandok.core.lab.result_report import Report
from pandok.core.terms.zone import OFFICE_ZONE
from pandok.core.text import Text
from pandok.fields.lab.acts.scoring.interval_picture import interval_svg

_RUN = re.compile(r"([^\s\u200b]{16})(?=[^\s\u200b])")
_KIND = Text(
    ko="실증랩 결과 보고서 · ISO/IEC TS 4213:2022를 따른 구성",
    en="Result report · shaped after ISO/IEC TS 4213:2022",
)
_FOOTER = Text(ko="사전등록 {sha} · 작성 {at}", en="Registration {sha} · made {at}")
_PICTURE = Text(ko="차이의 신뢰구간과 기준선", en="Intervals of the differences and their lines")


def report_pdf(report: Report, problem: Problem, comparison: Comparison, language: str) -> bytes:
    values = _values(report, language)
    picture = interval_svg(problem, comparison, language)
    values |= {"picture": "interval.svg" if picture else None, "picture_alt": _PICTURE.in_language(language)}
    pictures = {"interval.svg": picture.encode()} if picture else {}
    return printed(files("pandok.fields.lab.acts.scoring") / "report.typ", values, at=report.made_at, pictures=pictures)


def _values(report: Report, language: str) -> dict[str, Any]:
    def say(text: Text) -> str:
        """Long runs (hashes, names) get places to break."""
        return _RUN.sub("\\1\u200b", text.in_language(language))

    at = moment_short(report.made_at, OFFICE_ZONE).in_language(language)
    return {
        "language": language,
        "kind": say(_KIND),
        "title": say(report.title),
        "verdict": say(report.verdict_words),
        "said": [say(words) for words in report.said],
        "footer": _FOOTER.in_language(language).format(sha=report.registration_sha256[:16], at=at),
        "sections": [
            {
                "title": say(section.title),
                "paragraphs": [say(words) for words in section.paragraphs],
                "facts": [{"label": say(fact.label), "value": say(fact.value)} for fact in section.facts],
                "tables": [
                    {
                        "title": say(table.title),
                        "head": [say(cell) for cell in table.head],
                        "rows": [[say(cell) for cell in row] for row in table.rows],
                    }
                    for table in section.tables
                ],
            }
            for section in report.sections
        ],
    }
