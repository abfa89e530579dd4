"""USPTO design grants (`us-patent-grant`, v4.x), one file a grant, with TIFF or PNG sheets.

The XML names sheets `USD0907292-20210105-D00001.TIF`. A sheet is taken by that name (any suffix), else as
`USD0907292-01.png`, from the folder of the XML or a sibling `register` or `images` folder. A grant is in force when
published and ends after its term; what happened later is not in the grant. Documents cited by the examiner are kept;
the names of persons are not.
"""

from __future__ import annotations

import re
from collections.abc import Iterator
from pathlib import Path

from pandok.core.days import is_sensible
from pandok.fields.register.import_findings import finding
from pandok.fields.register.importers.nearby import beside
from pandok.fields.register.importers.unread import unread_of
from pandok.fields.register.importers.xml_stream import Node
from pandok.fields.register.paths import PathRefused
from pandok.fields.register.records import RawCitation, RawRecord, RawView, SourceFinding
from pandok.fields.register.row_checks import parse_date

NAME = "uspto"
STANDARD = "USPTO us-patent-grant, version 4.x"
FACTS = {
    "article": ("invention-title",),
    "holder": ("assignees/assignee/orgname", "us-applicants/us-applicant/orgname"),
    "registration_number": ("publication-reference/document-id/doc-number",),
    "application_number": ("application-reference/document-id/doc-number",),
    "locarno_class": ("classification-locarno/main-classification", "classification-locarno/further-classification"),
    "locarno_edition": ("classification-locarno/edition",),
    "filed_on": ("application-reference/document-id/date",),
    "registered_on": ("publication-reference/document-id/date",),
    "published_on": ("publication-reference/document-id/date",),
    "expires_on": ("length-of-grant",),
}
_READ = frozenset(
    {
        "invention-title",
        "length-of-grant",
        "main-classification",
        "further-classification",
        "edition",
        "country",
        "doc-number",
        "date",
        "kind",
    }
)
PASSED = frozenset(
    {
        "us-references-cited",
        "references-cited",
        "us-parties",
        "parties",
        "assignees",
        "examiners",
        "us-field-of-classification-search",
        "priority-claims",
        "us-related-documents",
        "publication-reference",
        "application-reference",
        "hague-agreement-data",
    }
)
"""Persons, and documents with numbers and dates of their own."""
RECORDS = frozenset({"us-patent-grant"})
_SHEET = re.compile(r"-D(\d{5})\.", re.IGNORECASE)


def is_mine(element: Node, *, is_root: bool) -> bool:  # noqa: ARG001  # whatever an office puts around its grants
    return element.name in RECORDS


def read_node(node: Node, file: Path, done: int) -> Iterator[RawRecord | SourceFinding]:
    grant = node.first("us-bibliographic-data-grant") or node
    publication = grant.at("publication-reference", "document-id") or Node("", "", {}, node.line)
    application = grant.at("application-reference", "document-id") or Node("", "", {}, node.line)
    number = publication.value("doc-number")
    design_id = f"{publication.value('country') or 'US'}{number}" if number else ""
    facts = {
        "article": grant.value("invention-title"),
        "holder": _holder(grant),
        "registration_number": number,
        "application_number": application.value("doc-number"),
        "locarno_class": "; ".join(_classes(grant)),
        "locarno_edition": grant.value_at("classification-locarno", "edition"),
        "status": "granted",
        "status_date": publication.value("date"),
        "filed_on": application.value("date"),
        "registered_on": publication.value("date"),
        "published_on": publication.value("date"),
        "expires_on": _expiry(publication.value("date"), grant.value("length-of-grant")),
    }
    views: list[RawView] = []
    for image in node.all("img"):
        written = image.attributes.get("file", "")
        match = _SHEET.search(written)
        sheet = int(match[1]) if match else len(views) + 1
        try:
            found = beside(file.parent, written) or beside(file.parent, f"{design_id}-{sheet:02d}.png")
        except PathRefused as refused:
            yield finding(refused.code, file.name, image.line, design_id, path=written)
            continue
        if found:
            name = str(sheet) if sheet else "front page"
            views.append(RawView(name, found.name, file.parent, image.line, found))
        else:
            yield finding("sheet.missing", file.name, image.line, design_id, path=written)
    unread = unread_of([grant], _READ, PASSED) if grant is not node else {}
    yield RawRecord(design_id, facts, file.name, node.line, tuple(views), tuple(_citations(grant)), done, unread)


def _holder(grant: Node) -> str:
    """Assignees, else applicants, by the names of organisations; persons are masked in the source."""
    for group, each in (("assignees", "assignee"), ("us-applicants", "us-applicant")):
        names = [party.value("orgname") for bag in grant.all(group) for party in bag.all(each)]
        if any(names):
            return "; ".join(dict.fromkeys(name for name in names if name))
    return ""


def _classes(grant: Node) -> list[str]:
    node = grant.at("classification-locarno")
    names = ("main-classification", "further-classification")
    return [one.text.strip() for one in (node.all(*names) if node else ()) if one.text.strip()]


def _expiry(granted: str, years: str) -> str:
    """The last day of the term (35 U.S.C. 173: years from the date of grant)."""
    day = parse_date(granted)
    if day is None or not is_sensible(day) or not re.fullmatch(r"[0-9]{1,2}", years.strip()):
        return ""
    last = day.replace(year=day.year + int(years), day=28 if (day.month, day.day) == (2, 29) else day.day)
    return last.isoformat()


def _citations(grant: Node) -> Iterator[RawCitation]:
    for citation in grant.all("us-citation"):
        document = citation.at("patcit", "document-id")
        if document and "examiner" in citation.value("category"):
            parts = (document.value(name) for name in ("country", "doc-number", "kind", "date"))
            yield RawCitation(*parts)
