"""By what a firm is known again: its registration number, and its name without its legal form and blanks."""

from __future__ import annotations

import re
import unicodedata

from pandok.core.programme.business_number import business_number

_FORMS = re.compile(r"주식회사|유한회사|\(주\)|㈜|\(유\)|\b(co|inc|ltd|corp|llc)\b\.?", re.IGNORECASE)
_BETWEEN = re.compile(r"[\s.,·()]+")


def firm_keys(name: str, number: str = "") -> tuple[str, ...]:
    """
    >>> firm_keys("주식회사 가온 센서", "000-00-00015")
    ('no:0000000015', 'name:가온센서')
    >>> firm_keys("㈜가온센서") == firm_keys("가온센서(주)")
    True
    """
    digits = business_number(number)
    plain = _BETWEEN.sub("", _FORMS.sub("", unicodedata.normalize("NFC", name).casefold()))
    found = [f"no:{digits}"] if digits else []
    return (*found, *([f"name:{plain[:190]}"] if plain else []))
