"""Words for values, and that every text of the pages has its Korean."""

from __future__ import annotations

import gettext
import re
from pathlib import Path

import pytest

import pandok
from pandok.core.reading import Box
from pandok.core.rights import LegalStatus
from pandok.fields.designs.web.shown import value_words as words
from pandok.fields.designs.web.shown.drawing import drawn

SOURCE = Path(pandok.__file__).parent
LOCALE = SOURCE / "web" / "locale" / "ko" / "LC_MESSAGES"


@pytest.mark.parametrize(
    ("probability", "ko", "number"),
    [
        (1.0, "유사 가능성 매우 높음", "> 99%"),
        (0.83, "유사 가능성 높음", "83%"),
        (0.5, "유사 가능성 보통", "50%"),
        (0.0, "유사 가능성 매우 낮음", "< 1%"),
    ],
)
def test_probabilities_are_words_and_numbers_without_certainty(probability: float, ko: str, number: str) -> None:
    assert words.likelihood(probability).ko == ko
    assert words.per_cent(probability) == number


@pytest.mark.parametrize("status", LegalStatus)
def test_every_legal_status_has_its_words(status: LegalStatus) -> None:
    tone, text = words.legal_status(status.value)
    assert re.search("[가-힣]", text.ko)
    assert (tone == "good") == (status is LegalStatus.IN_FORCE)


def test_places_are_thirds_of_the_picture() -> None:
    assert words.place(Box(x1=0, y1=0, x2=10, y2=10), 90, 90).en == "top left"
    assert words.place(Box(x1=40, y1=40, x2=50, y2=50), 90, 90).ko == "가운데"
    assert words.place(Box(x1=85, y1=85, x2=99, y2=99), 90, 90).ko == "오른쪽 아래"


def test_boxes_are_cut_to_the_picture_and_never_vanish() -> None:
    outside, tiny = drawn([Box(x1=-50, y1=-50, x2=500, y2=500), Box(x1=50, y1=50, x2=51, y2=51)], 100, 80)
    assert outside.box.as_tuple() == (0, 0, 100, 80)
    assert tiny.box.width >= 2
    assert 0 < outside.label_x < 100


def test_every_sentence_of_the_pages_is_translated() -> None:
    with (LOCALE / "django.mo").open("rb") as file:
        korean = gettext.GNUTranslations(file)
    sources = "\n".join(path.read_text(encoding="utf-8") for path in [*SOURCE.rglob("*.html"), *SOURCE.rglob("*.py")])
    simple = re.findall(r"""\{% translate (["'])((?:(?!\1).)+)\1(?! context)""", sources)
    in_context = set(re.findall(r'\{% translate "([^"]+)" context "([^"]+)"', sources))
    assert {one for one in in_context if korean.pgettext(one[1], one[0]) == one[0]} == set()
    lazy = re.findall(r"""\b_\(\s*"(.+?)"\s*\)""", sources)
    said = {text for _, text in simple} | set(lazy)
    assert len(said) > 50
    assert {text for text in said if korean.gettext(text) == text} == set()


def test_the_compiled_texts_are_those_of_the_source() -> None:
    with (LOCALE / "django.mo").open("rb") as file:
        korean = gettext.GNUTranslations(file)
    source = (LOCALE / "django.po").read_text(encoding="utf-8")
    pairs = re.findall(r'(?:^msgctxt "(.+)"\n)?^msgid "(.+)"\nmsgstr "(.*)"$', source, re.M)
    assert len(pairs) > 50
    found = [
        (korean.pgettext(context, key) if context else korean.gettext(key), value) for context, key, value in pairs
    ]
    assert [one for one in found if one[0] != one[1]] == []
