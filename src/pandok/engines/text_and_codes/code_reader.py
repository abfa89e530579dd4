"""Barcodes and QR codes on the goods by zxing-cpp.

What a code holds was written by a stranger: it is text to show, never an address to open. Control and
direction characters are taken out and long contents are cut before anything else sees them.
"""

from __future__ import annotations

import importlib.util
import unicodedata
from typing import Any

import cv2
import numpy as np

from pandok.core.errors import Unavailable
from pandok.core.reading import Box, CodeFound
from pandok.core.text import Text
from pandok.readers.designs.marks import CodeReader, Pixels

__all__ = ["CodeReader", "ZxingCodeReader", "check_digit_is_right", "gs1_office", "gs1_prefix"]

CONTENT_CHARACTERS = 300
CODES = 20
_LONGEST_SIDE_PX = 1600
_NAMES = {
    "EAN13": "EAN-13",
    "EAN8": "EAN-8",
    "UPCA": "UPC-A",
    "UPCE": "UPC-E",
    "ISBN": "EAN-13",
    "Code128": "Code 128",
    "Code39": "Code 39",
    "Code93": "Code 93",
    "ITF": "ITF",
    "ITF14": "ITF-14",
    "Codabar": "Codabar",
    "QRCode": "QR Code",
    "QRCodeModel2": "QR Code",
    "MicroQRCode": "Micro QR Code",
    "DataMatrix": "Data Matrix",
    "Aztec": "Aztec Code",
    "PDF417": "PDF417",
    "DataBar": "GS1 DataBar",
}
_GTIN_LENGTH = {"EAN-13": 13, "UPC-A": 12, "UPC-E": 13, "EAN-8": 8, "ITF-14": 14}
"""A UPC-E comes expanded to 13 digits."""
_GS1_OFFICES = (
    (0, 19, "US"),
    (30, 39, "US"),
    (60, 139, "US"),
    (300, 379, "FR"),
    (400, 440, "DE"),
    (450, 459, "JP"),
    (471, 471, "TW"),
    (489, 489, "HK"),
    (490, 499, "JP"),
    (500, 509, "GB"),
    (690, 699, "CN"),
    (760, 769, "CH"),
    (800, 839, "IT"),
    (840, 849, "ES"),
    (870, 879, "NL"),
    (880, 880, "KR"),
    (885, 885, "TH"),
    (888, 888, "SG"),
    (890, 890, "IN"),
    (893, 893, "VN"),
    (899, 899, "ID"),
    (955, 955, "MY"),
)
"""First and last prefix, country of the GS1 office. Source: GS1, Company prefixes; the larger sources of goods."""


class ZxingCodeReader:
    """All retail, industrial and matrix symbologies that zxing-cpp knows, in any direction, also light on dark."""

    def read(self, pixels: Pixels) -> list[CodeFound]:
        """Codes on an RGB picture `(H, W, 3)`, top to bottom, at most CODES. Raises Unavailable without zxing-cpp."""
        if importlib.util.find_spec("zxingcpp") is None:
            raise Unavailable(
                Text(ko="바코드 인식 부품(zxing-cpp)이 없습니다.", en="The code reading part (zxing-cpp) is missing."),
                Text(ko="pip install zxing-cpp로 설치하십시오.", en="Install it with: pip install zxing-cpp"),
                code="unavailable.zxing",
            )
        import zxingcpp

        height, width = pixels.shape[:2]
        scale = min(1.0, _LONGEST_SIDE_PX / max(height, width))
        gray = cv2.cvtColor(pixels, cv2.COLOR_RGB2GRAY)
        if scale < 1.0:
            gray = cv2.resize(gray, None, fx=scale, fy=scale, interpolation=cv2.INTER_AREA)
        found = []
        for code in zxingcpp.read_barcodes(np.ascontiguousarray(gray)):
            text = clean(code.text)
            box = _box(code.position, scale, width, height)
            if text and box is not None:
                found.append(CodeFound(symbology=_name(code), text=text, box=box))
        return sorted(found, key=lambda code: (code.box.y1, code.box.x1))[:CODES]


def clean(text: str) -> str:
    """Without control, direction and private characters, at most CONTENT_CHARACTERS, "…" where it was cut."""
    head = text[: 4 * CONTENT_CHARACTERS]
    kept = "".join(" " if letter in "\r\n\t" else letter for letter in head if _is_safe(letter)).strip()
    cut = len(kept) > CONTENT_CHARACTERS or len(text) > len(head)
    return kept[: CONTENT_CHARACTERS - 1] + "…" if cut else kept


def check_digit_is_right(digits: str) -> bool:
    """GTIN check digit (GTIN-8, -12, -13, -14): weights 3 and 1 from the right. False for anything else."""
    if not (digits.isascii() and digits.isdigit()) or len(digits) not in (8, 12, 13, 14):
        return False
    weighted = sum(int(digit) * (3 if place % 2 else 1) for place, digit in enumerate(reversed(digits)))
    return weighted % 10 == 0


def gs1_prefix(code: CodeFound) -> str:
    """The first three digits of the GTIN-13 of a retail code, "" for other codes and wrong check digits."""
    length = _GTIN_LENGTH.get(code.symbology)
    if length is None or len(code.text) != length or not check_digit_is_right(code.text):
        return ""
    return code.text[:3] if length == 8 else code.text.zfill(14)[1:4]


def gs1_office(prefix: str) -> str:
    """Country code of the GS1 office that issued the prefix, "" unknown.

    It says where the number was licensed, not where the goods were made.
    """
    if not (prefix.isascii() and prefix.isdigit() and len(prefix) == 3):
        return ""
    return next((country for first, last, country in _GS1_OFFICES if first <= int(prefix) <= last), "")


def _is_safe(letter: str) -> bool:
    return letter in "\r\n\t" or unicodedata.category(letter)[0] != "C"


def _name(code: Any) -> str:
    name: str = code.format.name
    return _NAMES.get(name, name)


def _box(position: Any, scale: float, width: int, height: int) -> Box | None:
    corners = (position.top_left, position.top_right, position.bottom_right, position.bottom_left)
    xs, ys = [corner.x / scale for corner in corners], [corner.y / scale for corner in corners]
    box = Box(
        x1=max(0, int(min(xs))),
        y1=max(0, int(min(ys))),
        x2=min(width, int(max(xs)) + 1),
        y2=min(height, int(max(ys)) + 1),
    )
    return box if box.width > 0 and box.height > 0 else None
