"""A further language: sentences are found by their English, filled or not; what is missing stays English."""

from __future__ import annotations

import pytest

from pandok.core.catalogue import DAY, Catalogue

SAID = {
    "Released": "放行",
    "Outcome: {what}": "结果：{what}",
    "{a} days": "{a} 日",
    "Within {term}, by {day}.": "{term}内，至 {day}。",
    "{a} and {a}": "{a}、{a}",
    "Suspended": "",
    DAY: "{year}年{month}月{day}日（{weekday}）",
    "Friday": "星期五",
}


@pytest.mark.parametrize(
    ("english", "said"),
    [
        ("Released", "放行"),
        ("Outcome: Released", "结果：放行"),
        ("Outcome: something new", "结果：something new"),
        ("Within 7 days, by Friday 3 July 2026.", "7 日内，至 2026年7月3日（星期五）。"),
        ("x and x", "x、x"),
        ("x and y", "x and y"),
        ("Suspended", "Suspended"),
        ("Nobody has said this.", "Nobody has said this."),
        ("3 July 2026", "3 July 2026"),
        ("{a} days", "{a} 日"),
    ],
)
def test_sentences_are_found_by_what_stands_around_their_places(english: str, said: str) -> None:
    assert Catalogue(SAID).say(english) == said


def test_what_was_filled_in_is_never_read_as_a_place() -> None:
    assert Catalogue(SAID).say("Outcome: {day}") == "结果：{day}"


def test_long_words_of_people_are_left_as_they_are() -> None:
    words = "Outcome: " * 100
    assert Catalogue(SAID).say(f"Outcome: {words}") == f"结果：{words}"
