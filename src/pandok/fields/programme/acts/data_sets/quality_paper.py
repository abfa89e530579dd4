"""A report on a data set's quality as PDF. The same report gives the same bytes."""

from __future__ import annotations

import re
from importlib.resources import files

from pandok.common.papers.printing import printed
from pandok.core.dates import moment_short
from pandok.core.terms.zone import OFFICE_ZONE
from pandok.core.text import Text
from pandok.fields.programme.acts.data_sets.reports import plan_of, quality_of_report
from pandok.fields.programme.data_sections import quality_sections, verdict
from pandok.fields.programme.data_states import DataSource
from pandok.fields.programme.models import DataSet, QualityReport

_RUN = re.compile(r"([^\s\u200b]{16})(?=[^\s\u200b])")
_KIND = Text(ko="데이터 품질 보고서", en="Report on the quality of a data set")
_FOOTER = Text(ko="보고서 {sha} · 작성 {at}", en="Report {sha} · made {at}")
_FACTS = Text(ko="무엇을 살펴보았는가", en="What was looked at")


def quality_pdf(data_set: DataSet, report: QualityReport, language: str, *, inside: bool) -> bytes:
    plan, quality = plan_of(report.version), quality_of_report(report)

    def say(text: Text | str) -> str:
        """Long runs (hashes, names) get places to break."""
        return _RUN.sub("\\1\u200b", text if isinstance(text, str) else text.in_language(language))

    at = moment_short(report.made_at, OFFICE_ZONE).in_language(language)
    values = {
        "language": language,
        "kind": say(_KIND),
        "title": f"{data_set.number} {data_set.title}",
        "verdict": say(verdict(plan, quality)),
        "said": [],
        "footer": _FOOTER.in_language(language).format(sha=report.sha256[:16], at=at),
        "picture": None,
        "picture_alt": "",
        "sections": [
            {
                "title": say(_FACTS),
                "paragraphs": [],
                "facts": [{"label": say(label), "value": say(value)} for label, value in report_facts(report)],
                "tables": [],
            },
            *(
                {
                    "title": say(section.title),
                    "paragraphs": [],
                    "facts": [{"label": say(label), "value": say(value)} for label, value in section.facts],
                    "tables": [
                        {
                            "title": say(table.title),
                            "head": [say(cell) for cell in table.head],
                            "rows": [[say(cell) for cell in row] for row in table.rows],
                        }
                        for table in section.tables
                    ],
                }
                for section in quality_sections(plan, quality, inside=inside)
            ),
        ],
    }
    return printed(files("pandok.fields.lab.acts.scoring") / "report.typ", values, at=report.made_at)


def report_facts(report: QualityReport) -> list[tuple[Text, Text | str]]:
    quality = quality_of_report(report)
    return [
        (Text(ko="판", en="Version"), f"v{report.version.version}"),
        (Text(ko="파일이 있던 곳", en="Where the files were"), DataSource(report.source).words),
        (Text(ko="표의 행", en="Rows of the table"), f"{quality.rows:,}"),
        (Text(ko="표 sha256", en="sha256 of the table"), report.table_sha256),
        (Text(ko="파일 sha256", en="sha256 of the files"), report.files_sha256 or "–"),
        (Text(ko="계획 sha256", en="sha256 of the plan"), report.version.plan_sha256),
        (Text(ko="보고서 sha256", en="sha256 of the report"), report.sha256),
    ]
