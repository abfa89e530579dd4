"""Further languages: a folder of `pandok/languages` each, with one catalogue for sentences of pages and of the house.

They are for reading: Korean stays the text that counts, and English stands in for what a catalogue lacks.
"""

from __future__ import annotations

import gettext
from collections.abc import Iterator, Mapping
from contextlib import contextmanager
from dataclasses import dataclass
from functools import cache
from pathlib import Path

from django.utils import translation
from django.utils.translation import trans_real

from pandok.core.catalogue import Catalogue
from pandok.core.text import FURTHER, Text

FOLDER = Path(__file__).resolve().parents[1] / "languages"
CHECKED = Text(
    ko="번역 참고용입니다. 한국어 원문이 효력을 가집니다.",
    en="This translation is for reference. The Korean text is the one that counts.",
)
UNCHECKED = Text(
    ko="번역 참고용 – 검수 필요. 번역가가 확인하지 않은 번역이며, 한국어 원문이 효력을 가집니다.",
    en="For reference – needs a translator's check. No translator has checked this text; the Korean one counts.",
)


@dataclass(frozen=True)
class FurtherLanguage:
    """`name`: what its speakers call it. `checked_by`: the translator that checked the catalogue, "" nobody."""

    code: str
    name: str
    catalogue: Catalogue
    checked_by: str

    @property
    def mark(self) -> Text:
        """What stands on everything that is said in it."""
        return CHECKED if self.checked_by else UNCHECKED


@cache
def further_languages() -> Mapping[str, FurtherLanguage]:
    """By their codes, as browsers write them: "vi", "zh-hans"."""
    found = {}
    for file in sorted(FOLDER.glob("*/LC_MESSAGES/django.mo")):
        with file.open("rb") as opened:
            kept = gettext.GNUTranslations(opened)
        code = translation.to_language(file.parent.parent.name)
        sentences = {key: said for key, said in kept._catalog.items() if isinstance(key, str) and key}  # type: ignore[attr-defined]  # private to gettext
        about = kept.info()
        found[code] = FurtherLanguage(
            code, about.get("x-language-name", code), Catalogue(sentences), about.get("x-checked-by", "")
        )
    return found


def teach() -> None:
    """From here on every Text can be said in the further languages; once, when the program starts."""
    FURTHER.update({code: one.catalogue.say for code, one in further_languages().items()})


@contextmanager
def speaking(code: str) -> Iterator[None]:
    """Pages and Texts in this language; what it lacks reads English, not the language of the site."""
    if code in further_languages():
        trans_real.translation(code)._fallback = None  # type: ignore[attr-defined]  # private to gettext  # gettext's own; not in the stubs
    with translation.override(code):
        yield
