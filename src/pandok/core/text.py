"""A sentence in Korean and English."""

from __future__ import annotations

from typing import Literal

from pydantic import BaseModel, ConfigDict

Language = Literal["ko", "en"]


class Text(BaseModel):
    """One sentence for people, in both languages of the house; Korean first."""

    model_config = ConfigDict(frozen=True)

    ko: str
    en: str

    def in_language(self, language: str) -> str:
        """The sentence in `language`; anything that does not start with "en" reads Korean."""
        return self.en if language.lower().startswith("en") else self.ko

    def __str__(self) -> str:
        return f"{self.ko} / {self.en}"
