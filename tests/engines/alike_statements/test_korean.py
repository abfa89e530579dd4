"""Kiwi itself, and what the pairs of statements written for it say of the way that is used."""

from __future__ import annotations

from benchmarks.alike_problems import measured
from pandok.engines.alike_statements.korean import korean_words


def test_words_are_morphemes_without_endings_and_other_words_of_one_thing_are_alike() -> None:
    korean = korean_words()
    said = korean.words("지하차도에 빗물이 차오르면 늦게 통제합니다.")
    forms = [one.form for one in said]
    assert "빗물" in forms
    assert not {"에", "이", "습니다"} & set(forms)
    rain, snow, paper = (korean.words(one)[0] for one in ("빗물", "침수", "서류"))
    assert korean.likeness(rain, rain) == 1
    assert korean.likeness(rain, snow) > korean.likeness(rain, paper)


def test_what_is_no_korean_and_what_is_nothing_is_no_error() -> None:
    korean = korean_words()
    for text in ("", " ", "\x00", "🙂" * 50, "a" * 5_000, "가" * 5_000, "\ud7a3\u1100\u1161"):
        assert isinstance(korean.words(text), list)


def test_the_same_problem_in_other_words_is_among_three_offered_for_eight_in_ten() -> None:
    found = measured()
    assert found["pairs"] >= 60
    ours = found["methods"]["meaning (Pandok)"]["with field"]["recall_at_3"]
    assert ours >= 0.8
    assert all(
        ours > each["with field"]["recall_at_3"] for name, each in found["methods"].items() if "Pandok" not in name
    )
