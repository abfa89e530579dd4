"""Class codes: Locarno (WIPO) and the Korean design classes, in one spelling each."""

from __future__ import annotations

import re
import unicodedata
from dataclasses import dataclass

_EDITION = re.compile(r"LOC\s*[\[(]\s*(\d{1,2})\s*[\])]", re.IGNORECASE)
_WORDS = re.compile(
    r"LOC(?:ARNO)?\s*[\[(]\s*\d{1,2}\s*[\])]|\b(?:LOC(?:ARNO)?|Cl(?:ass(?:es)?)?)(?![a-z])\.?\s*:?", re.IGNORECASE
)
_LOCARNO = re.compile(r"(\d{1,2})\s*[-–—./ ]\s*(\d{1,2})|(\d{2})(\d{2})")
_NEXT = re.compile(r"(\d{1,2}[-.]\d{1,2})\s*[/\s]\s*(?=\d{1,2}[-.]\d)")
_SUBCLASS = re.compile(r"\d{1,2}")
_KOREAN = re.compile(r"[A-N]\d[0-9]*(?:-[0-9]+[A-Z]*)*", re.IGNORECASE)

LAST_LOCARNO_CLASS = 32
"""Class 32 (graphic symbols, logos) came with the 8th edition; there is no higher one up to the 15th."""


@dataclass(frozen=True, slots=True)
class LocarnoClasses:
    """`codes` as `28-03`, the first being the main one; `edition` of the classification; `unread`: parts that are no
    class."""

    codes: tuple[str, ...]
    edition: str = ""
    unread: tuple[str, ...] = ()


def locarno(code: str) -> str | None:
    """Class and subclass as `28-03`; None where `code` is no Locarno class.

    >>> locarno("2803"), locarno("LOC (13) Cl. 2-1"), locarno("33-01")
    ('28-03', '02-01', None)
    """
    read = locarno_classes(code)
    return read.codes[0] if len(read.codes) == 1 and not read.unread else None


def locarno_classes(written: str) -> LocarnoClasses:
    """All classes of a field. WIPO recommends `LOC (11) Cl. 8-05, 08; 11-01`: classes between semicolons, further
    subclasses of one class after commas.

    >>> locarno_classes("LOC (11) Cl. 8-05, 08; 11-01")
    LocarnoClasses(codes=('08-05', '08-08', '11-01'), edition='11', unread=())
    """
    written = unicodedata.normalize("NFKC", written)
    edition = _EDITION.search(written)
    codes: list[str] = []
    unread: list[str] = []
    for group in re.split(r"[;|\n]", _NEXT.sub(r"\1;", _WORDS.sub(";", written))):
        main = ""
        for part in (one.strip() for one in re.split(r",|\s+and\s+|\s*&\s*|\s+및\s+", group)):
            if not part:
                continue
            code = f"{main}-{int(part):02d}" if main and _SUBCLASS.fullmatch(part) and int(part) else _code(part)
            if code is None:
                unread.append(part)
            else:
                main = code[:2]
                codes.append(code)
    if not codes and not unread and written.strip():
        unread.append(written.strip())
    return LocarnoClasses(tuple(dict.fromkeys(codes)), edition[1] if edition else "", tuple(unread))


def _code(part: str) -> str | None:
    match = _LOCARNO.fullmatch(part)
    if not match:
        return None
    main, sub = (match[1], match[2]) if match[1] else (match[3], match[4])
    if not 1 <= int(main) <= LAST_LOCARNO_CLASS or int(sub) == 0:
        return None
    return f"{int(main):02d}-{int(sub):02d}"


def korean(code: str) -> str | None:
    """The Korean design class in capitals without blanks (`B5-20`); None where `code` is none.

    The form is checked (group A to N, number, form letters), not that the class is in the table of its year.
    """
    plain = re.sub(r"\s+", "", code).upper()
    return plain if _KOREAN.fullmatch(plain) and len(plain) <= 30 else None
