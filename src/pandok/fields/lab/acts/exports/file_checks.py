"""The automatic checks of one file, before anybody votes."""

from __future__ import annotations

from collections import Counter
from collections.abc import Iterator

from pandok.engines.documents.values import PDF
from pandok.engines.near_copies.matching import Shelf
from pandok.engines.near_copies.prints import ASKED_SCALES, prints_of
from pandok.fields.lab.acts.exports.export_findings import ExportFinding
from pandok.fields.lab.acts.exports.personal import document_findings, hidden_in_picture
from pandok.fields.lab.acts.exports.texts_in_child import text_findings
from pandok.fields.lab.acts.exports.types import Looked
from pandok.fields.lab.acts.vault.uploads import NamedBytes

_JPEG_START, _JPEG_END = b"\xff\xd8\xff", b"\xff\xd9"
MOST_PDF_PICTURES = 200
LEAST_PICTURE_BYTES = 2_000


def findings_of(looked: Looked, shelf: Shelf, key: bytes) -> list[ExportFinding]:
    """Everything found in the file, and in the files inside it where it is a zip."""
    found = list(_copies(looked.name, looked.inside, shelf, key))
    for one in looked.inside:
        found += hidden_in_picture(one) if one.media_type.startswith("image/") else text_findings(one)
        if one.media_type == PDF:
            found += [*document_findings(one), ExportFinding("not_read", one.name)]
        if one.media_type == "model/onnx":
            found.append(ExportFinding("model", one.name))
    return found


def _copies(name: str, inside: tuple[NamedBytes, ...], shelf: Shelf, key: bytes) -> Iterator[ExportFinding]:
    for one in inside:
        pieces = [one.data, *_pictures_in(one)]
        counted: Counter[str] = Counter()
        for data in pieces:
            for match in shelf.matches(prints_of(data, key, scales=ASKED_SCALES)):
                counted[match.why] += match.shared if match.why == "rows" else 1
        for why, count in sorted(counted.items()):
            yield ExportFinding(f"copy_{why}", one.name or name, count)


def _pictures_in(one: NamedBytes) -> Iterator[bytes]:
    """JPEG pictures as they lie in a PDF, whole."""
    if one.media_type != "application/pdf":
        return
    place, given = one.data.find(_JPEG_START), 0
    while place >= 0 and given < MOST_PDF_PICTURES:
        end = one.data.find(_JPEG_END, place)
        if end < 0:
            return
        if end - place >= LEAST_PICTURE_BYTES:
            yield one.data[place : end + 2]
            given += 1
        place = one.data.find(_JPEG_START, end)
