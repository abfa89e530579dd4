"""What a material is made of: mass shares of elements, from a formula or from a mixture by mass.

>>> {element: round(share, 4) for element, share in mass_shares("H2O").items()}
{'H': 0.1119, 'O': 0.8881}
>>> {element: round(share, 3) for element, share in mixture({"Cu": 0.7, "Zn": 0.3}).items()}
{'Cu': 0.7, 'Zn': 0.3}
"""

from __future__ import annotations

import re
from collections.abc import Mapping
from functools import lru_cache

_TOKEN = re.compile(r"([A-Z][a-z]?)|(\()|(\))|([·.*](?=\d*[A-Z(]))|(\d+(?:\.\d+)?)")


@lru_cache(maxsize=512)
def _atoms(formula: str) -> tuple[tuple[str, float], ...]:
    """Atoms of each element. Raises `ValueError` for what is no formula."""
    from xraydb import atomic_number

    stack: list[dict[str, float]] = [{}]
    last: dict[str, float] = {}
    factor, at, total = 1.0, 0, dict[str, float]()

    def close(part: Mapping[str, float], times: float) -> None:
        for element, count in part.items():
            total[element] = total.get(element, 0.0) + times * count

    def add(part: Mapping[str, float], times: float) -> None:
        for element, count in part.items():
            stack[-1][element] = stack[-1].get(element, 0.0) + times * count

    while at < len(formula):
        match = _TOKEN.match(formula, at)
        if match is None:
            raise ValueError(f"{formula!r} is no chemical formula (at {formula[at:]!r})")
        element, opened, closed, joined, number = match.groups()
        at = match.end()
        if element:
            try:
                atomic_number(element)
            except (ValueError, KeyError, IndexError):
                raise ValueError(f"{element!r} in {formula!r} is no element") from None
            last = {element: 1.0}
            add(last, 1.0)
        elif opened:
            stack.append({})
            last = {}
        elif closed:
            if len(stack) == 1:
                raise ValueError(f"{formula!r} closes a bracket that it does not open")
            last = stack.pop()
            add(last, 1.0)
        elif joined:
            if len(stack) > 1:
                raise ValueError(f"{formula!r} joins parts inside a bracket")
            close(stack.pop(), factor)
            stack, last, factor = [{}], {}, 1.0
        elif last:
            add(last, float(number) - 1.0)
            last = {}
        elif not stack[-1] and len(stack) == 1:
            factor = float(number)
        else:
            raise ValueError(f"{formula!r} has a number without an element")
    if len(stack) > 1:
        raise ValueError(f"{formula!r} opens a bracket that it does not close")
    close(stack.pop(), factor)
    if not total or min(total.values()) <= 0:
        raise ValueError(f"{formula!r} names no element")
    return tuple(total.items())


def mass_shares(formula: str) -> dict[str, float]:
    """Mass share of each element, sum 1. "C17H21NO4·HCl", "Ca(OH)2", "CuSO4·5H2O"; raises `ValueError`."""
    from xraydb import atomic_mass

    mass = {element: count * float(atomic_mass(element)) for element, count in _atoms(formula)}
    whole = sum(mass.values())
    return {element: part / whole for element, part in mass.items()}


def mixture(parts: Mapping[str, float]) -> dict[str, float]:
    """Formulas with their share by mass, in any unit; mass share of each element, sum 1."""
    whole = sum(parts.values())
    if whole <= 0 or min(parts.values()) < 0:
        raise ValueError("shares by mass must not be negative, nor all zero")
    found: dict[str, float] = {}
    for formula, share in parts.items():
        for element, part in mass_shares(formula).items():
            found[element] = found.get(element, 0.0) + part * share / whole
    return found
