"""Which letters of a text the shipped type can print: read from the type files' own tables, nothing else."""

from __future__ import annotations

import struct
import unicodedata
from functools import cache
from importlib.resources import files

FONT_FOLDER = files("pandok.common.papers") / "fonts"
"""The type of all papers; that of the system is never used."""
_SHOWN_BY_NOTHING = frozenset({"Cc", "Cf", "Zs", "Zl", "Zp"})
_VARIANTS = (*range(0xFE00, 0xFE10), *range(0xE0100, 0xE01F0))
"""Choose between forms of the letter before them; a type without that form shows the plain one."""


def unprintable(text: str) -> str:
    """The letters of `text` that would be printed as empty boxes, each once, in their order.

    >>> unprintable("홍길동(洪吉童) 深圳市")
    ''
    """
    return "".join(dict.fromkeys(letter for letter in text if not _has_sign(letter)))


def _has_sign(letter: str) -> bool:
    """Letters of private use have none: what the type draws there is not what the writer meant."""
    kind, number = unicodedata.category(letter), ord(letter)
    if kind in _SHOWN_BY_NOTHING or number in _VARIANTS:
        return True
    return kind != "Co" and number in _letters()


@cache
def _letters() -> frozenset[int]:
    return frozenset().union(
        *(letters_of(path.read_bytes()) for path in FONT_FOLDER.iterdir() if path.name.endswith(".otf"))
    )


def letters_of(font: bytes) -> frozenset[int]:
    """The code points that an OpenType file has a sign for: format 12 of its "cmap" table, else format 4."""
    (count,) = struct.unpack_from(">H", font, 4)
    tables = {font[at : at + 4]: struct.unpack_from(">I", font, at + 8)[0] for at in range(12, 12 + 16 * count, 16)}
    cmap = tables[b"cmap"]
    (maps,) = struct.unpack_from(">H", font, cmap + 2)
    places = [cmap + struct.unpack_from(">I", font, cmap + 8 + 8 * number)[0] for number in range(maps)]
    by_format = {struct.unpack_from(">H", font, place)[0]: place for place in places}
    if 12 in by_format:
        return _groups(font, by_format[12])
    return _segments(font, by_format[4])


def _groups(font: bytes, place: int) -> frozenset[int]:
    (count,) = struct.unpack_from(">I", font, place + 12)
    found: set[int] = set()
    for number in range(count):
        first, last, glyph = struct.unpack_from(">III", font, place + 16 + 12 * number)
        found.update(range(first + (glyph == 0), last + 1))
    return frozenset(found)


def _segments(font: bytes, place: int) -> frozenset[int]:
    """A file that maps a few letters of a segment to "no such letter" is not among those that are shipped."""
    (twice,) = struct.unpack_from(">H", font, place + 6)
    found: set[int] = set()
    for at in range(0, twice, 2):
        (last,) = struct.unpack_from(">H", font, place + 14 + at)
        (first,) = struct.unpack_from(">H", font, place + 16 + twice + at)
        found.update(range(first, last + 1))
    return frozenset(found - {0xFFFF})
