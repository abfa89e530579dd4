"""Class codes: Locarno (WIPO) and the Korean design classes, in one spelling each."""

from __future__ import annotations

import re

_LOCARNO = re.compile(r"(?:LOC\s*\(\d+\)\s*(?:Cl\.)?\s*)?(\d{1,2})\s*[-–./ ]\s*(\d{1,2})|(\d{2})(\d{2})", re.IGNORECASE)
_KOREAN = re.compile(r"[A-N]\d[0-9]*(?:-[0-9]+[A-Z]*)*", re.IGNORECASE)

LAST_LOCARNO_CLASS = 32
"""Class 32 (graphic symbols, logos) came with the 8th edition; there is no higher one up to the 15th."""


def locarno(code: str) -> str | None:
    """Class and subclass as `28-03`; None where `code` is no Locarno class.

    >>> locarno("2803"), locarno("LOC (13) Cl. 2-1"), locarno("33-01")
    ('28-03', '02-01', None)
    """
    match = _LOCARNO.fullmatch(code.strip())
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
