"""Container numbers after ISO 6346."""

from __future__ import annotations

import re

_NUMBER = re.compile(r"[A-Z]{3}[UJZ]\d{7}")
# Letters count from 10, without multiples of 11.
_VALUES = dict(zip("ABCDEFGHIJKLMNOPQRSTUVWXYZ", (n for n in range(10, 39) if n % 11), strict=True))


def check_digit_fits(number: str) -> bool | None:
    """None where it does not have the form of a container number.

    >>> check_digit_fits("CSQU3054383"), check_digit_fits("CSQU3054384"), check_digit_fits("12A3456")
    (True, False, None)
    """
    if not _NUMBER.fullmatch(number):
        return None
    total = sum((_VALUES[c] if c.isalpha() else int(c)) << place for place, c in enumerate(number[:10]))
    return total % 11 % 10 == int(number[10])


def plain_number(text: str) -> str:
    """As people compare them: capitals, without blanks and dashes.

    >>> plain_number(" csqu 305438-3 ")
    'CSQU3054383'
    """
    return re.sub(r"[\s\-]", "", text).upper()
