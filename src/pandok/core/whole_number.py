"""A whole number as somebody wrote it: in a form, in an address, in a header."""

from __future__ import annotations

MOST = 2**63 - 1
"""What a column of the database takes."""


def whole_number(written: str, most: int = MOST) -> int | None:
    """None for what is none, is negative, or is greater than `most`. Python itself refuses to read thousands of digits.

    >>> whole_number("85"), whole_number("101", most=100), whole_number("8.5"), whole_number("9" * 5000)
    (85, None, None, None)
    """
    if not (written.isascii() and written.isdecimal()) or len(written) > len(str(most)):
        return None
    number = int(written)
    return number if number <= most else None
