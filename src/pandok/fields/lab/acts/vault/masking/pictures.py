"""Pictures masked: faces, plates and lines of text with personal data filled with one colour, everything else that a
file can carry (EXIF, place, XMP, comments, thumbnails, profiles) left behind by writing the pixels again.

A fill, not a blur: a blur can be undone.
"""

from __future__ import annotations

import io
import re
from collections import Counter
from collections.abc import Callable, Sequence
from functools import partial

import numpy as np
from numpy.typing import NDArray
from PIL import Image

from pandok.common.decoding import parsing_pool
from pandok.core.errors import Unavailable
from pandok.core.lab.personal_data import Found, PersonalDataReport, PersonalKind, Sureness, Treatment
from pandok.core.reading import Box
from pandok.core.text import Text
from pandok.engines.decoding.hidden_data import hidden_kinds
from pandok.engines.decoding.picture import decode_picture
from pandok.engines.personal_data.patterns import KINDS, spans
from pandok.engines.text_and_codes.text_reader import LineReader
from pandok.fields.lab.acts.vault.masking.faces import FaceFinder
from pandok.readers.designs.marks import TextReader

FILL = 0
LARGEST_SIDE_PX = 12_000
JPEG_QUALITY = 95
_GROWN = 0.15
"""Of a box's size, on each side: a finder marks eyes and mouth, not hair and chin."""
_MAYBE_PLATE = re.compile(r"\D{0,4}\d{2,4}\s?\S{0,3}\s?\d{4}\D{0,2}")
"""What a reader of Latin letters and digits makes of a plate: the syllable is lost, or taken for a digit."""
_PLATE_BY_GAP = re.compile(r"\D{0,4}\d{2,3}(?:\s|\s?\d?[^\s\d/.:,~-]{1,3}\s?)\d{4}\D{0,2}")
"""Sure enough where nobody reads Hangul."""
_MARGIN_PX = 8
_LIMITS = Text(
    ko="글자는 긴 변의 1/40보다 작거나 기울고 흐리면 읽지 못합니다. 사람이 일부를 골라 확인하십시오.",
    en="Lettering under 1/40 of the longer side, slanted or blurred is not read. Have a person look at a sample.",
)


def mask_picture(
    data: bytes, *, faces: FaceFinder, reader: TextReader, hangul: LineReader | None = None
) -> tuple[bytes, str, PersonalDataReport]:
    """The masked picture, its media type and the report. `hangul` is asked where a line may be a plate.

    Raises PhotographError for what cannot be decoded.
    """
    photograph = decode_picture(
        parsing_pool(), data, max_bytes=len(data), max_megapixels=64, longest_side_px=LARGEST_SIDE_PX
    )
    pixels = photograph.pixels.copy()
    found: Counter[tuple[PersonalKind, Sureness]] = Counter()
    boxes = faces.find(photograph.pixels)
    found[(PersonalKind.FACE, Sureness.FINDER)] = len(_merged(boxes))
    for line in reader.read(photograph.pixels):
        kinds = kinds_in_line(line.text, partial(_read_again, photograph.pixels, line.box, hangul))
        found.update(kinds)
        if kinds:
            boxes.append(line.box)
    for box in boxes:
        _fill(pixels, box)
    hidden = hidden_kinds(parsing_pool(), data)
    rows = [
        Found(kind=kind, sureness=sureness, count=count, treatment=Treatment.FILLED)
        for (kind, sureness), count in sorted(found.items())
        if count
    ]
    if hidden:
        rows.append(
            Found(kind=PersonalKind.METADATA, sureness=Sureness.FORM, count=hidden, treatment=Treatment.REMOVED)
        )
    written, media_type = _written(pixels, lossy=photograph.format in ("JPEG", "HEIF", "WEBP", "AVIF"))
    remarks = (faces.remark, _LIMITS, *reader.remarks(), *(one.text for one in photograph.remarks))
    looked_for = (PersonalKind.FACE, PersonalKind.METADATA, *KINDS)
    return written, media_type, PersonalDataReport(looked_for=looked_for, found=tuple(rows), remarks=remarks)


def kinds_in_line(text: str, again: Callable[[], str | None]) -> list[tuple[PersonalKind, Sureness]]:
    """`again` gives the line as a reader of Hangul sees it, None where there is none."""
    kinds = [(one.kind, one.sureness) for one in spans(text)]
    if kinds or not _MAYBE_PLATE.fullmatch(text.strip()):
        return kinds
    second = again()
    if second is None:
        return [(PersonalKind.PLATE, Sureness.FORM)] if _PLATE_BY_GAP.fullmatch(text.strip()) else []
    return [(one.kind, one.sureness) for one in spans(second) if one.kind is PersonalKind.PLATE]


def _read_again(pixels: NDArray[np.uint8], box: Box, hangul: LineReader | None) -> str | None:
    if hangul is None:
        return None
    top, left = max(0, box.y1 - _MARGIN_PX), max(0, box.x1 - _MARGIN_PX)
    crop = np.ascontiguousarray(pixels[top : box.y2 + _MARGIN_PX, left : box.x2 + _MARGIN_PX])
    try:
        return hangul.read_line(crop)[0]
    except Unavailable:
        return None


def _fill(pixels: NDArray[np.uint8], box: Box) -> None:
    height, width = pixels.shape[:2]
    by_x, by_y = round(box.width * _GROWN), round(box.height * _GROWN)
    pixels[max(0, box.y1 - by_y) : min(height, box.y2 + by_y), max(0, box.x1 - by_x) : min(width, box.x2 + by_x)] = FILL


def _merged(boxes: Sequence[Box]) -> list[Box]:
    """One of each group whose centres lie in one another: the four turns see one face more than once."""
    kept: list[Box] = []
    for box in sorted(boxes, key=lambda one: -one.width * one.height):
        x, y = (box.x1 + box.x2) / 2, (box.y1 + box.y2) / 2
        if not any(one.x1 <= x < one.x2 and one.y1 <= y < one.y2 for one in kept):
            kept.append(box)
    return kept


def _written(pixels: NDArray[np.uint8], *, lossy: bool) -> tuple[bytes, str]:
    target = io.BytesIO()
    if lossy:
        Image.fromarray(pixels).save(target, "JPEG", quality=JPEG_QUALITY)
        return target.getvalue(), "image/jpeg"
    Image.fromarray(pixels).save(target, "PNG")
    return target.getvalue(), "image/png"
