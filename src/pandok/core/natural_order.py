"""The order in which people number things: view 2 before view 10."""

from __future__ import annotations

import re

MOST_DIGITS = 4000
"""Python reads no number of more than 4,300."""
_PARTS = re.compile(r"(\d+)")


def natural_key(name: str) -> tuple[tuple[int, int, str], ...]:
    """A key for `sorted`: digits by their number, all else by its letters without regard to case.

    >>> sorted(["10.jpg", "2.jpg", "1.jpg", "a.jpg"], key=natural_key)
    ['1.jpg', '2.jpg', '10.jpg', 'a.jpg']
    """
    parts = _PARTS.split(name)
    key = [
        (0, int(part), part) if part.isdecimal() and len(part) < MOST_DIGITS else (1, 0, part.casefold())
        for part in parts
        if part
    ]
    return (*key, (-1, 0, name))
