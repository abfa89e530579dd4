"""Codes on a picture of a label: for phones whose browser cannot read barcodes itself. The picture is not kept."""

from __future__ import annotations

from pandok.common.decoding import decode_sent
from pandok.core.errors import PhotographError
from pandok.core.reading import CodeFound
from pandok.core.text import Text
from pandok.readers.designs.marks import CodeReader

_NUMBERS_FIRST = ("Code 128", "Code 39", "Code 93", "ITF", "Codabar")
"""Carriers print their numbers in these; retail codes and links follow."""


def read_codes(*, still: bytes, reader: CodeReader, max_bytes: int, max_megapixels: float) -> list[CodeFound]:
    """The codes on one picture, a carrier's number first. Raises PhotographError where there is none to be read."""
    photograph = decode_sent(still, max_bytes=max_bytes, max_megapixels=max_megapixels)
    found = reader.read(photograph.pixels)
    if not found:
        raise PhotographError(
            Text(ko="사진에서 바코드를 찾지 못했습니다.", en="No barcode was found on the picture."),
            Text(
                ko="바코드를 화면에 크게 담아 다시 찍거나 번호를 직접 입력하십시오.",
                en="Fill the picture with the barcode and try again, or type the number.",
            ),
            code="photograph.no_code",
        )
    return sorted(found, key=lambda code: code.symbology not in _NUMBERS_FIRST)
