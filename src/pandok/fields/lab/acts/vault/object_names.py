"""Names of objects: relative ways with forward slashes, readable, that lead nowhere else when written out."""

from __future__ import annotations

import unicodedata

from pandok.fields.lab.acts.vault.refusals import refused

LONGEST = 300


def checked_name(name: str) -> str:
    """The name in NFC. Raises RequestError for empty, long, absolute, climbing or unreadable ones.

    >>> checked_name("사진/0001.jpg")
    '사진/0001.jpg'
    """
    name = unicodedata.normalize("NFC", name).strip()
    parts = name.split("/")
    if (
        not 0 < len(name) <= LONGEST
        or "\\" in name
        or ":" in parts[0]
        or any(part.strip(". ") == "" for part in parts)
        or any(unicodedata.category(letter)[0] == "C" for letter in name)
    ):
        raise refused("vault.name")
    return name
