"""Check digits of numbers that name a person or an account. Pure functions of digits."""

from __future__ import annotations

from datetime import date

_WEIGHTS = (2, 3, 4, 5, 6, 7, 8, 9, 2, 3, 4, 5)
_CENTURIES = {"9": 1800, "0": 1800, "1": 1900, "2": 1900, "5": 1900, "6": 1900, "3": 2000, "4": 2000} | {
    "7": 2000,
    "8": 2000,
}


def resident_number_has_date(digits: str) -> bool:
    """The first six digits are a day in the century that the seventh names."""
    try:
        date(_CENTURIES[digits[6]] + int(digits[:2]), int(digits[2:4]), int(digits[4:6]))
    except (KeyError, ValueError):
        return False
    return True


def is_foreigner(digits: str) -> bool:
    return digits[6] in "5678"


def resident_number_holds(digits: str) -> bool:
    """Numbers given before October 2020 carry a check digit; later ones do not.

    >>> resident_number_holds("8001011234568")
    False
    """
    rest = sum(weight * int(digit) for weight, digit in zip(_WEIGHTS, digits, strict=False)) % 11
    return ((13 if is_foreigner(digits) else 11) - rest) % 10 == int(digits[12])


def luhn_holds(digits: str) -> bool:
    """ISO/IEC 7812-1, annex B.

    >>> luhn_holds("4111111111111111")
    True
    """
    total = 0
    for place, digit in enumerate(reversed(digits)):
        value = int(digit) * (1 + place % 2)
        total += value - 9 if value > 9 else value
    return total % 10 == 0
