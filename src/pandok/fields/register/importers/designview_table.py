"""Tables of search results of DesignView (EUIPN), as CSV: one row a design, without views.

Columns by DesignView's own field names, with or without blanks, in capitals or not: `designNumber` or "Design number",
`indicationOfProduct`, `locarnoClass`, `ownerName`, `designStatus`. Its pictures are web addresses; put the files beside
the table as `<design number>*.jpg`. Days are written day first (31/05/2024).
"""

from __future__ import annotations

import csv
import re
from collections.abc import Iterator

from pandok.core.table_text import SEPARATORS, text_of
from pandok.core.text import Text
from pandok.fields.register.importers.csv_folder import CsvFolder
from pandok.fields.register.importers.nearby import pictures_named
from pandok.fields.register.importers.refusals import wrong_columns
from pandok.fields.register.records import DATE_FACTS, RawRecord, RawView

NAME = "designview"
STANDARD = "DesignView (EUIPN), list of results"
FACTS = {
    "registration_number": ("designNumber", "registrationNumber"),
    "application_number": ("applicationNumber",),
    "article": ("indicationOfProduct", "productIndication", "designName"),
    "holder": ("ownerName", "owner", "applicantName", "applicant", "holderName"),
    "locarno_class": ("locarnoClass", "locarnoClasses", "locarnoClassification"),
    "status": ("designStatus", "status"),
    "filed_on": ("applicationDate", "filingDate"),
    "published_on": ("publicationDate",),
    "registered_on": ("registrationDate",),
    "expires_on": ("expiryDate", "expirationDate"),
}
IDS = ("st13", "designOffice", "office")
"""The number of WIPO ST.13 is unique over all offices; else the office's code stands before the design's number."""
_PICTURES = ("preferredImageUrl", "imageUrls", "graphicRepresentation")
_DAY_FIRST = re.compile(r"(\d{1,2})[/.-](\d{1,2})[/.-](\d{4})")


def plain(name: str) -> str:
    """A heading as it is compared: `plain("Indication of product")` is `"indicationofproduct"`."""
    return re.sub(r"[^a-z0-9]", "", name.casefold())


_FACT_OF = {plain(name): fact for fact, names in FACTS.items() for name in names}
_KNOWN = frozenset({*_FACT_OF, *(plain(name) for name in (*IDS, *_PICTURES))})


def looks_like_designview(start: bytes) -> bool:
    """Whether a file that begins so has the headings of such a list."""
    line = text_of(start).split("\n", 1)[0]
    names = max(({plain(one) for one in line.split(mark)} for mark in SEPARATORS), key=len)
    return "designnumber" in names and "designid" not in names and len(names & _KNOWN) >= 3


class DesignViewTable(CsvFolder):
    name = NAME
    columns = frozenset(name.casefold() for names in (*FACTS.values(), IDS) for name in names)

    def _header(self, rows: Iterator[list[str]]) -> list[str]:
        try:
            return [field.strip() for field in next(rows)]
        except (StopIteration, csv.Error):
            raise wrong_columns(
                Text(ko=f"{self.file.name}의 머리글을 읽을 수 없습니다.", en=f"{self.file.name} has no header."),
                Text(ko="DesignView에서 다시 내보내십시오.", en="Export it from DesignView again."),
            ) from None

    def _record(self, row: dict[str, str], line: int) -> RawRecord:
        said: dict[str, str] = {}
        unread: dict[str, str] = {}
        for heading, value in row.items():
            known, text = plain(heading), value.strip()
            if known in _KNOWN and text:
                said.setdefault(known, text)
            elif heading and text:
                unread[heading] = text
        facts = {
            fact: next((said[plain(name)] for name in names if plain(name) in said), "")
            for fact, names in FACTS.items()
        }
        for fact in DATE_FACTS:
            facts[fact] = _iso(facts.get(fact, ""))
        number = facts["registration_number"]
        office = said.get("designoffice") or said.get("office", "")
        design_id = said.get("st13") or (f"{office}{number}" if number else "")
        found = pictures_named(self.folder, re.sub(r"[^0-9A-Za-z]", "", number)) if number else []
        views = tuple(RawView(str(place), one.name, self.folder, line, one) for place, one in enumerate(found, 1))
        return RawRecord(design_id, facts, self.file.name, line, views, done=line - 1, unread=unread)


def _iso(day: str) -> str:
    match = _DAY_FIRST.fullmatch(day.strip())
    return f"{match[3]}-{int(match[2]):02d}-{int(match[1]):02d}" if match else day
