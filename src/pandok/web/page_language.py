"""Texts and enums of the house where Django asks for its own: labels, help, choices."""

from __future__ import annotations

from collections.abc import Callable, Iterable
from typing import Any

from django.utils.functional import lazy
from django.utils.translation import get_language

from pandok.core.text import InWords, Text


def language() -> str:
    """The language of the page."""
    return get_language() or "ko"


def say(text: Text) -> str:
    return text.in_language(language())


lazily: Callable[[Text], Any] = lazy(say, str)
"""A label that is said when the page is made."""


def choices(members: Iterable[InWords], *, any_of: Text | None = None) -> Callable[[], list[tuple[str, str]]]:
    """What a field offers: the members in words, when the page is made; before them, where given, none of them.

    >>> choices(())()
    []
    """

    def offered() -> list[tuple[str, str]]:
        first = [("", say(any_of))] if any_of else []
        return [*first, *((one.value, say(one.words)) for one in members)]

    return offered
