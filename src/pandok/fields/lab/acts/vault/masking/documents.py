"""Personal data in PDF and XLSX: the same patterns as in tables, wherever words stand; workbooks masked, PDFs reported.

A workbook's masked copy is a new file of its sheets alone: whole columns become pseudonyms, single finds are removed;
comments, formulas, names, properties, pictures and everything else that can hide something is not carried over. A PDF
cannot be masked with certainty: it is reported, and held back from sharing until a person has looked.
"""

from __future__ import annotations

import io
from collections import Counter
from collections.abc import Iterator, Sequence

from openpyxl import Workbook
from openpyxl.cell import WriteOnlyCell
from openpyxl.cell.cell import ILLEGAL_CHARACTERS_RE
from openpyxl.worksheet._write_only import WriteOnlyWorksheet

from pandok.core.lab.personal_data import Found, PersonalDataReport, PersonalKind, Sureness, Treatment
from pandok.core.text import Text, counted
from pandok.engines.documents.parser import DocumentNotRead, Reader
from pandok.engines.documents.values import XLSX, Cell, Document, Place, Sheet
from pandok.engines.personal_data.patterns import KINDS, spans
from pandok.fields.lab.acts.vault.masking.table_form import Table
from pandok.fields.lab.acts.vault.masking.tables import mask_table, without_personal_data

LONGEST_LINE = 20_000
_HELD = Text(
    ko="사람이 확인하기 전에는 이 문서를 내어 주지 않습니다.",
    en="The document is held back until a person has looked at it.",
)
_LIMITS = Text(
    ko="이름과 주소는 형식으로만 찾습니다. 글 속의 이름은 남을 수 있습니다.",
    en="Names and addresses are found by form only; a name within a sentence may remain.",
)
_PLACES = {
    Place.PAGE: "page text",
    Place.CELL: "cells",
    Place.FORMULA: "formulas",
    Place.COMMENT: "comments",
    Place.HIDDEN: "hidden sheets",
    Place.NAME: "names",
    Place.PROPERTY: "properties",
    Place.FORM: "form fields",
}


PLACE_WORDS = {
    "page text": Text(ko="본문", en="page text"),
    "cells": Text(ko="칸", en="cells"),
    "formulas": Text(ko="수식", en="formulas"),
    "comments": Text(ko="메모·주석", en="comments"),
    "hidden sheets": Text(ko="숨긴 시트", en="hidden sheets"),
    "names": Text(ko="시트·책갈피 이름", en="names"),
    "properties": Text(ko="문서 속성", en="properties"),
    "form fields": Text(ko="입력란", en="form fields"),
}
"""Where a find of a document's report stands; any other text in its place is the heading of a column."""


def mask_document(data: bytes, media_type: str, key: bytes, *, read: Reader) -> tuple[bytes | None, PersonalDataReport]:
    """The masked workbook, or None with a report that holds the document back."""
    try:
        document = read(data, media_type)
    except DocumentNotRead as error:
        return None, PersonalDataReport(looked_for=(), remarks=(error.what, _HELD), held=True)
    if media_type == XLSX and document.whole:
        return _masked_workbook(document, key)
    return None, _report(document)


def kinds_in(document: Document) -> Counter[PersonalKind]:
    """Finds by kind, in words and cells."""
    counts: Counter[PersonalKind] = Counter()
    for _, text in _texts(document):
        counts.update(kind for kind, _ in _found(text))
    return counts


def _report(document: Document) -> PersonalDataReport:
    counts: Counter[tuple[PersonalKind, Sureness, Place]] = Counter()
    for place, text in _texts(document):
        counts.update((kind, sureness, place) for kind, sureness in _found(text))
    found = tuple(
        Found(kind=kind, sureness=sureness, count=count, treatment=Treatment.LEFT, columns=(_PLACES[place],))
        for (kind, sureness, place), count in sorted(counts.items())
    )
    remarks = (*_remarks(document), _LIMITS, _HELD)
    return PersonalDataReport(looked_for=KINDS, found=found, remarks=remarks, held=True)


def _masked_workbook(document: Document, key: bytes) -> tuple[bytes, PersonalDataReport]:
    book = Workbook(write_only=True)
    found: Counter[tuple[PersonalKind, Sureness, Treatment, str]] = Counter()
    for number, sheet in enumerate(document.sheets, start=1):
        rows, columns = _masked_sheet(sheet, key)
        for one in columns:
            where = "hidden sheets" if sheet.hidden else (one.columns or ("",))[0]
            found[(one.kind, one.sureness, one.treatment, where)] += one.count
        title = f"Sheet{number}" if _found(sheet.name) else sheet.name
        target = book.create_sheet(title)
        target.sheet_state = "hidden" if sheet.hidden else "visible"
        for row in rows:
            target.append([_written(target, cell) for cell in row])
    for words in document.words:
        for kind, sureness in _found(words.text):
            found[(kind, sureness, Treatment.REMOVED, _PLACES[words.place])] += 1
    if not document.sheets:
        book.create_sheet("Sheet1")
    out = io.BytesIO()
    book.save(out)
    report = PersonalDataReport(
        looked_for=KINDS,
        found=tuple(
            Found(kind=kind, sureness=sureness, count=count, treatment=treatment, columns=(where,))
            for (kind, sureness, treatment, where), count in sorted(found.items())
        ),
        remarks=(*_remarks(document), _LIMITS),
    )
    return out.getvalue(), report


def _masked_sheet(sheet: Sheet, key: bytes) -> tuple[list[list[Cell]], Sequence[Found]]:
    """The heading is the first row that is filled at least half as far as the widest; what stands above it is text."""
    width = max((len(row) for row in sheet.rows), default=0)
    rows = [tuple(row) + (None,) * (width - len(row)) for row in sheet.rows]
    filled = [sum(cell is not None for cell in row) for row in rows]
    widest = max(filled, default=0)
    heading = next((place for place, count in enumerate(filled) if count >= max(1, widest / 2)), 0)
    above: list[list[Cell]] = []
    found: list[Found] = []
    for row in rows[:heading]:
        masked: list[Cell] = []
        for cell in row:
            text, kinds = without_personal_data(_text(cell))
            found += [Found(kind=kind, sureness=sure, count=1, treatment=Treatment.REMOVED) for kind, sure in kinds]
            masked.append(text if kinds else cell)
        above.append(masked)
    if not rows[heading:]:
        return above, found
    header = tuple(without_personal_data(_text(cell))[0] for cell in rows[heading])
    below = rows[heading + 1 :]
    table, report = mask_table(Table(header, tuple(tuple(_text(cell) for cell in row) for row in below)), key)
    kept = [
        [cell if masked == _text(cell) else masked for cell, masked in zip(row, line, strict=True)]
        for row, line in zip(below, table.rows, strict=True)
    ]
    return [*above, list(header), *kept], [*found, *report.found]


def _texts(document: Document) -> Iterator[tuple[Place, str]]:
    for words in document.words:
        yield words.place, words.text
    for sheet in document.sheets:
        place = Place.HIDDEN if sheet.hidden else Place.CELL
        for row in sheet.rows:
            yield from ((place, _text(cell)) for cell in row if cell is not None)


def _found(text: str) -> list[tuple[PersonalKind, Sureness]]:
    return [
        (span.kind, span.sureness)
        for line in text.splitlines()
        for start in range(0, len(line), LONGEST_LINE)
        for span in spans(line[start : start + LONGEST_LINE])
    ]


def _remarks(document: Document) -> Iterator[Text]:
    if document.pictures:
        yield Text(
            ko=f"문서에 들어 있는 그림 {document.pictures}개의 안은 살펴보지 않았습니다.",
            en=f"Nothing looked into {counted(document.pictures, 'picture')} inside the document.",
        )
    if document.pages_without_text:
        yield Text(
            ko=f"글자가 없는 쪽 {document.pages_without_text}개(스캔한 그림일 수 있음)는 살펴보지 못했습니다.",
            en=f"{counted(document.pages_without_text, 'page holds', 'pages hold')} no text (perhaps scans) and "
            "could not be looked through.",
        )
    if document.closed:
        yield Text(
            ko=f"첨부, 매크로, 다른 파일로의 연결 등 열지 않는 부분이 {document.closed}개 있습니다.",
            en=f"{counted(document.closed, 'part is', 'parts are')} not opened: attachments, macros, links to other "
            "files.",
        )
    if not document.whole:
        yield Text(ko="문서의 일부만 살펴보았습니다.", en="Only a part of the document was looked through.")


def _text(cell: Cell) -> str:
    return "" if cell is None else str(cell)


def _written(sheet: WriteOnlyWorksheet, cell: Cell) -> object:
    """Text stays text: what begins like a formula is not turned into one."""
    if not isinstance(cell, str):
        return cell
    made = WriteOnlyCell(sheet, value=ILLEGAL_CHARACTERS_RE.sub("", cell))
    made.data_type = "s"
    return made
