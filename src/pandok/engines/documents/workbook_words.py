"""A workbook (XLSX) by openpyxl: every cell of every sheet, hidden ones too, comments, formulas, names, properties."""

from __future__ import annotations

import io
import re
import zipfile
from collections.abc import Iterator
from datetime import date, datetime, time
from typing import Any
from xml.etree.ElementTree import ParseError

from openpyxl import load_workbook
from openpyxl.utils.exceptions import InvalidFileException

from pandok.engines.documents.pdf_words import Unreadable
from pandok.engines.documents.values import XLSX, Cell, Document, Place, Sheet, Words
from pandok.engines.files.damaged_zip import DAMAGED_ZIP

MOST_BYTES = 200_000_000
"""Unpacked."""
MOST_CELLS = 1_000_000
_CLOSED = re.compile(r"^xl/(?:vbaProject|embeddings/|externalLinks/externalLink|activeX/|ctrlProps/)|^customXml/item\d")
_PICTURE = re.compile(r"^xl/media/")
_THREADED = re.compile(r"^xl/(?:threadedComments/|persons/)|^docProps/|^xl/drawings/drawing|^xl/charts/chart")
_TEXT = re.compile(r">([^<>]+)<|(?:displayName|userId)=\"([^\"]+)\"")
_FAULTS = (
    InvalidFileException,
    ParseError,
    ValueError,
    KeyError,
    TypeError,
    AttributeError,
    IndexError,
    RecursionError,
)


def read_workbook(data: bytes) -> Document:
    try:
        archive = zipfile.ZipFile(io.BytesIO(data))
        entries = archive.infolist()
        if sum(one.file_size for one in entries) > MOST_BYTES:
            raise Unreadable
        beside = tuple(_beside(archive, entries))
        values = load_workbook(io.BytesIO(data), data_only=True)
        formulas = load_workbook(io.BytesIO(data), data_only=False)
    except (*DAMAGED_ZIP, *_FAULTS) as error:
        raise Unreadable from error
    sheets, words, cells, whole = [], list(beside), 0, True
    for sheet in values.worksheets:
        hidden = sheet.sheet_state != "visible"
        rows = []
        for row in sheet.iter_rows():
            cells += len(row)
            if cells > MOST_CELLS:
                whole = False
                break
            rows.append(tuple(_plain(one.value) for one in row))
            words += [Words(place=Place.COMMENT, text=_comment(one)) for one in row if one.comment is not None]
            words += [Words(place=Place.PROPERTY, text=one.hyperlink.target or "") for one in row if one.hyperlink]
        sheets.append(Sheet(name=sheet.title, hidden=hidden, rows=tuple(rows)))
        words.append(Words(place=Place.HIDDEN if hidden else Place.NAME, text=sheet.title))
        for part in (sheet.oddHeader, sheet.oddFooter, sheet.evenHeader, sheet.evenFooter, sheet.firstHeader):
            words += [
                Words(place=Place.PROPERTY, text=side.text)
                for side in ((part.left, part.center, part.right) if part else ())
                if side and side.text
            ]
    for sheet in formulas.worksheets:
        words += [
            Words(place=Place.FORMULA, text=one.value)
            for row in sheet.iter_rows()
            for one in row
            if one.data_type == "f" and isinstance(one.value, str)
        ]
    words += [
        Words(place=Place.NAME, text=f"{name} {one.attr_text or ''}") for name, one in values.defined_names.items()
    ]
    names = [one.filename for one in entries]
    return Document(
        kind=XLSX,
        words=tuple(one for one in words if one.text.strip()),
        sheets=tuple(sheets),
        pictures=sum(1 for name in names if _PICTURE.match(name)),
        closed=sum(1 for name in names if _CLOSED.match(name)),
        whole=whole,
    )


def _beside(archive: zipfile.ZipFile, entries: list[zipfile.ZipInfo]) -> Iterator[Words]:
    """Words of parts that openpyxl does not keep: properties, threaded comments and who wrote them, shapes, charts."""
    for one in entries:
        if _THREADED.match(one.filename):
            text = archive.read(one).decode("utf-8", "replace")
            place = Place.PROPERTY if one.filename.startswith("docProps/") else Place.COMMENT
            yield Words(place=place, text="\n".join("".join(found) for found in _TEXT.findall(text)))


def _comment(cell: Any) -> str:
    return f"{cell.comment.author or ''}\n{cell.comment.text or ''}"


def _plain(value: Any) -> Cell:
    if value is None or isinstance(value, (bool, int, float, str)):
        return value
    if isinstance(value, datetime):
        return value.isoformat(sep=" ")
    if isinstance(value, (date, time)):
        return value.isoformat()
    return str(value)
