"""A sentence in Korean and English, and in further languages where a catalogue says it."""

from __future__ import annotations

from collections.abc import Callable
from typing import Literal, Protocol

from pydantic import BaseModel, ConfigDict

Language = Literal["ko", "en"]
FURTHER: dict[str, Callable[[str], str]] = {}
"""Further languages by their code in small letters, each with what says an English sentence in it
(`pandok.common.languages`)."""


class Text(BaseModel):
    """One sentence for people, in both languages of the house; Korean first."""

    model_config = ConfigDict(frozen=True)

    ko: str
    en: str

    def in_language(self, language: str) -> str:
        """The sentence in `language`; an unknown one reads Korean."""
        if FURTHER and (said := FURTHER.get(language.lower())):
            return said(self.en)
        return self.en if language.lower().startswith("en") else self.ko

    def __str__(self) -> str:
        return f"{self.ko} / {self.en}"


class InWords(Protocol):
    """A member of an enum that says itself."""

    @property
    def value(self) -> str: ...
    @property
    def words(self) -> Text: ...


def counted(number: int, one: str, many: str = "") -> str:
    """A number with its English noun. `many` where it is not `one` with an s, or where a verb goes along.

    >>> counted(1, "case"), counted(1200, "case"), counted(0, "entry holds", "entries hold")
    ('1 case', '1,200 cases', '0 entries hold')
    """
    return f"{number:,} {one if abs(number) == 1 else many or one + 's'}"
