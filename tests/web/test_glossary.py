"""One catalogue of terms: behind the words of the pages, on a page of its own, and in docs/glossary.md."""

from __future__ import annotations

import re
from html.parser import HTMLParser
from pathlib import Path

import pytest
from django.template import engines
from django.test import Client, RequestFactory

from pandok.common.declared import glossary
from pandok.core.lab.problem import Metric
from pandok.fields.counterfeit.web.shown import design_page, statistics_page
from pandok.fields.designs.cli import show_evaluation
from pandok.fields.lab.web.shown import trial_page

TEMPLATES = sorted((Path(__file__).parents[2] / "src" / "pandok").rglob("templates/**/*.html"))
HOLD_NOTHING_TO_PRESS = "a|button|label|summary"


def made(template: str, **values: str) -> str:
    request = RequestFactory().get("/")
    return str(engines["django"].from_string("{% load glossary %}" + template).render(values, request))


def test_every_term_that_a_page_names_is_in_the_glossary() -> None:
    named = {key for path in TEMPLATES for key in re.findall(r'{% term "(\w+)"', path.read_text(encoding="utf-8"))}
    assert len(named) > 25
    looked_up = {
        *design_page._TERMS.values(),
        *statistics_page._TERMS,
        *show_evaluation._TERMS.values(),
        *trial_page._TERMS.values(),
        *Metric,
    }
    assert named | looked_up <= set(glossary())


def test_words_that_are_looked_up_are_words_of_the_page() -> None:
    """A label that was changed without its term would lose its explanation."""
    shown = "".join(
        (Path(trial_page.__file__).parent / name).read_text(encoding="utf-8")
        for name in ("trial_page.py", "assisted_page.py")
    )
    assert [words for words in trial_page._TERMS if f'en="{words}"' not in shown] == []


def test_a_term_shows_its_meaning_without_scripts() -> None:
    page = made("{% term 'margin' words %}", words="Δ <5>")
    button = re.search(r'<button type="button" class="term-word" popovertarget="([\w-]+)">Δ &lt;5&gt;</button>', page)
    assert button is not None
    assert f'id="{button[1]}" popover>' in page
    assert glossary()["margin"].meaning.ko in page
    assert 'href="/glossary/#margin"' in page


def test_a_term_that_stands_twice_on_a_page_is_two_places() -> None:
    places = re.findall(r'id="(term-\d+)"', made("{% term 'margin' %}{% term 'margin' %}"))
    assert len(set(places)) == 2


def test_what_is_no_term_is_only_its_words() -> None:
    assert made("{% term '' words %}", words="<b>") == "&lt;b&gt;"


class _Nested(HTMLParser):
    """Tags that hold a term; template tags are text to it."""

    def __init__(self) -> None:
        super().__init__()
        self.inside: list[str] = []
        self.wrong: list[str] = []

    def handle_starttag(self, tag: str, _attributes: object) -> None:
        if re.fullmatch(HOLD_NOTHING_TO_PRESS, tag):
            self.inside.append(tag)

    def handle_endtag(self, tag: str) -> None:
        if tag in self.inside:
            self.inside.remove(tag)

    def handle_data(self, data: str) -> None:
        if self.inside and "{% term " in data:
            self.wrong.append(data)


@pytest.mark.parametrize("path", TEMPLATES, ids=lambda path: path.name)
def test_no_term_stands_in_something_that_is_pressed_itself(path: Path) -> None:
    parser = _Nested()
    parser.feed(path.read_text(encoding="utf-8"))
    assert parser.wrong == []


@pytest.mark.django_db
@pytest.mark.parametrize("language", ["ko", "en"])
def test_everybody_reads_all_terms(language: str) -> None:
    page = Client().get("/glossary/", headers={"accept-language": language}).content.decode()
    text = re.sub(r"&#x27;", "'", page)
    for term in glossary().values():
        assert f'id="{term.key}"' in page
        assert term.meaning.in_language(language) in text
    assert 'href="/glossary/"' in page, "every page leads to it"


def test_every_term_is_told_in_both_languages() -> None:
    for term in glossary().values():
        for text in (term.words, term.meaning):
            assert re.search("[가-힣]", text.ko) or text.ko in {"AUC"}, term.key
            assert not re.search("[가-힣]", text.en), term.key
        assert term.meaning.en.endswith("."), term.key
        assert term.meaning.ko.endswith("."), term.key
