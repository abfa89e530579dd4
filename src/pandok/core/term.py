"""A term of the field: what it is called, which standard calls it so, and what it means in one sentence."""

from __future__ import annotations

from dataclasses import dataclass

from pandok.core.text import Text


@dataclass(frozen=True)
class Term:
    """`key` is what pages name it by. `standard` is the standard, law or paper that the word is taken from, or ""."""

    key: str
    words: Text
    meaning: Text
    standard: str = ""
