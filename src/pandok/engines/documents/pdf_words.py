"""A PDF by pypdf: text of every page, annotations, form fields, document properties; images and attachments counted."""

from __future__ import annotations

import io
from collections.abc import Iterator
from typing import Any

from pypdf import PdfReader
from pypdf.errors import PyPdfError
from pypdf.generic import ContentStream

from pandok.engines.documents.values import PDF, Document, Place, Words

MOST_PAGES = 2_000
MOST_LETTERS = 20_000_000


class Unreadable(Exception):
    """Damaged, encrypted, or no document of its kind."""


def read_pdf(data: bytes) -> Document:
    try:
        reader = PdfReader(io.BytesIO(data), strict=False)
        if reader.is_encrypted and not reader.decrypt(""):
            raise Unreadable
        pages = len(reader.pages)
    except (PyPdfError, ValueError, KeyError, TypeError, AttributeError, RecursionError, IndexError) as error:
        raise Unreadable from error
    words, letters, pictures, without, whole = [], 0, 0, 0, pages <= MOST_PAGES
    for number in range(min(pages, MOST_PAGES)):
        try:
            page = reader.pages[number]
            text = page.extract_text() or ""
            found = [Words(place=Place.PAGE, text=text), *_annotations(page)]
            pictures += _pictures(page, reader)
        except Exception:  # a foreign page breaks pypdf in any way; it is then counted as not looked through
            whole = False
            continue
        without += not text.strip()
        letters += sum(len(one.text) for one in found)
        words += [one for one in found if one.text.strip()]
        if letters > MOST_LETTERS:
            whole = False
            break
    words += [one for one in _about(reader) if one.text.strip()]
    return Document(
        kind=PDF,
        words=tuple(words),
        pages=pages,
        pages_without_text=without,
        pictures=pictures,
        closed=_attachments(reader),
        whole=whole,
    )


def _annotations(page: Any) -> Iterator[Words]:
    for one in page.get("/Annots") or ():
        values = one.get_object()
        for key in ("/Contents", "/T", "/RC"):
            if isinstance(values.get(key), str):
                yield Words(place=Place.COMMENT, text=str(values[key]))
        action = values.get("/A")
        if action is not None and isinstance(action.get_object().get("/URI"), str):
            yield Words(place=Place.COMMENT, text=str(action.get_object()["/URI"]))


def _pictures(page: Any, reader: PdfReader) -> int:
    """Images that the page draws from its resources, those in forms among them, and images inside its contents."""
    count, seen = 0, set()
    waiting = [page.get("/Resources")]
    while waiting:
        resources = waiting.pop()
        if resources is None or id(resources.get_object()) in seen:
            continue
        seen.add(id(resources.get_object()))
        for one in (resources.get_object().get("/XObject") or {}).values():
            values = one.get_object()
            count += values.get("/Subtype") == "/Image"
            waiting.append(values.get("/Resources") if values.get("/Subtype") == "/Form" else None)
    contents = page.get_contents()
    if contents is not None:
        operations = ContentStream(contents, reader).operations
        count += sum(1 for _, operator in operations if operator == b"INLINE IMAGE")
    return count


def _about(reader: PdfReader) -> Iterator[Words]:
    try:
        for value in (reader.metadata or {}).values():
            yield Words(place=Place.PROPERTY, text=str(value))
        xmp = reader.root_object.get("/Metadata")
        if xmp is not None:
            yield Words(place=Place.PROPERTY, text=xmp.get_object().get_data().decode("utf-8", "replace"))
        for value in (reader.get_form_text_fields() or {}).values():
            yield Words(place=Place.FORM, text=str(value or ""))
        for one in reader.outline if isinstance(reader.outline, list) else ():
            yield Words(place=Place.NAME, text=str(getattr(one, "title", "") or ""))
    except (PyPdfError, ValueError, KeyError, TypeError, AttributeError, RecursionError):
        return


def _attachments(reader: PdfReader) -> int:
    try:
        return len(reader.attachments)
    except (PyPdfError, ValueError, KeyError, TypeError, AttributeError, RecursionError):
        return 1
