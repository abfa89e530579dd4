"""Which files of the store some record names, as each field says of its own: the rest is set aside and erased."""

from __future__ import annotations

from collections.abc import Callable, Iterable

OF_FIELDS: list[Callable[[set[str]], Iterable[str]]] = []
"""Of these sha256, those that a record of the field names; fields add theirs when they are ready."""


def named_by_fields(hashes: set[str]) -> set[str]:
    """Of these files, those that a record of some field names."""
    return {sha256 for say in OF_FIELDS for sha256 in say(hashes)} if hashes else set()
