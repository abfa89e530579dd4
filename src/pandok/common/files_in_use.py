"""Which files of the store some record names, as each field says of its own. The same bytes may belong to two fields:
what one lets go, another may still need."""

from __future__ import annotations

from collections.abc import Callable, Iterable

OF_FIELDS: list[tuple[str, Callable[[set[str]], Iterable[str]]]] = []
"""A field, and of these sha256 those that one of its records names; fields add theirs when they are ready."""


def named_by_fields(hashes: set[str], *, besides: str = "") -> set[str]:
    """Of these files, those that a record of some field names, the field `besides` left out."""
    if not hashes:
        return set()
    return {sha256 for field, say in OF_FIELDS if field != besides for sha256 in say(hashes)}
