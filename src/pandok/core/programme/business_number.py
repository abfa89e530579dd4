"""A Korean business registration number (사업자등록번호): ten digits, the last of which checks the others.

The check says that the number was written without a slip; whether such a firm exists, the tax office knows.
"""

from __future__ import annotations

import re

_WEIGHTS = (1, 3, 7, 1, 3, 7, 1, 3, 5)
_WRITTEN = re.compile(r"\d{3}-?\d{2}-?\d{5}", re.ASCII)


def business_number(written: str) -> str | None:
    """Its ten digits; None where it is none, or its last digit does not fit.

    >>> business_number("000-00-00015"), business_number("000-00-00016"), business_number("00-000-00015")
    ('0000000015', None, None)
    """
    text = written.strip()
    if not _WRITTEN.fullmatch(text):
        return None
    digits = [int(one) for one in text if one != "-"]
    total = sum(weight * digit for weight, digit in zip(_WEIGHTS, digits, strict=False)) + digits[8] * 5 // 10
    return "".join(map(str, digits)) if (10 - total % 10) % 10 == digits[9] else None


def shown_number(digits: str) -> str:
    """
    >>> shown_number("0000000015")
    '000-00-00015'
    """
    return f"{digits[:3]}-{digits[3:5]}-{digits[5:]}" if len(digits) == 10 else digits
