"""What stands in a document, wherever it hides: pages, cells, comments, hidden sheets, properties, embedded things."""

from __future__ import annotations

from enum import StrEnum

from pydantic import BaseModel, ConfigDict

PDF = "application/pdf"
XLSX = "application/vnd.openxmlformats-officedocument.spreadsheetml.sheet"
DOCUMENTS = frozenset({PDF, XLSX})
Cell = str | int | float | bool | None


class _Value(BaseModel):
    model_config = ConfigDict(frozen=True)


class Place(StrEnum):
    """Where words stand in a document."""

    PAGE = "page"
    CELL = "cell"
    FORMULA = "formula"
    COMMENT = "comment"
    HIDDEN = "hidden"
    NAME = "name"
    PROPERTY = "property"
    FORM = "form"


class Words(_Value):
    place: Place
    text: str


class Sheet(_Value):
    name: str
    hidden: bool
    rows: tuple[tuple[Cell, ...], ...]


class Document(_Value):
    """`whole`: everything was read. `pictures`: embedded images, into which nothing here looks. `closed`: parts that
    cannot be read at all (attachments, macros, links to other files, embedded objects), counted."""

    kind: str
    words: tuple[Words, ...] = ()
    sheets: tuple[Sheet, ...] = ()
    pages: int = 0
    pages_without_text: int = 0
    pictures: int = 0
    closed: int = 0
    whole: bool = True
