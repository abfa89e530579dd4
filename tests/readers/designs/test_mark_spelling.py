import random

import pytest
from hypothesis import given
from hypothesis import strategies as st

from pandok.readers.designs.mark_spelling import WordIndex, edit_distance, look, match_words, plain, similarity, sound


def levenshtein(left: str, right: str) -> int:
    """The textbook table, for comparison."""
    row = list(range(len(right) + 1))
    for i, a in enumerate(left, 1):
        new = [i]
        for j, b in enumerate(right, 1):
            new.append(min(new[-1] + 1, row[j] + 1, row[j - 1] + (a != b)))
        row = new
    return row[-1]


@given(st.text("abㄱ", max_size=12), st.text("abㄱ", max_size=12))
def test_edit_distance_agrees_with_the_table(left: str, right: str) -> None:
    assert edit_distance(left, right) == levenshtein(left, right)


@pytest.mark.parametrize(
    ("written", "meant"),
    [
        ("N1KE", "NIKE"),
        ("R0LEX", "ROLEX"),
        ("NIКЕ", "NIKE"),  # Cyrillic К and Е
        ("ΝΙΚΕ", "NIKE"),  # Greek capitals
        ("ＮＩＫＥ", "nike"),
        ("HERMÈS", "hermes"),
        ("아 디 다 스", "아디다스"),
        ("Nike®", "NIKE"),
    ],
)
def test_spellings_that_look_alike_have_one_skeleton(written: str, meant: str) -> None:
    assert look(written) == look(meant)
    assert similarity(written, meant) >= 0.96


def test_plain_keeps_letters_and_digits_only() -> None:
    assert plain("Nike® Air-Max 90!") == "nikeairmax90"


def test_exact_spelling_stands_before_a_look_alike() -> None:
    assert similarity("NIKE", "NIKE") == 1.0 > similarity("N1KE", "NIKE")


def test_one_wrong_jamo_costs_less_than_one_wrong_syllable() -> None:
    assert similarity("나이커", "나이키") > similarity("나이름", "나이키")


@pytest.mark.parametrize(("korean", "latin"), [("나이키", "NIKE"), ("아디다스", "adidas"), ("샤넬", "CHANEL")])
def test_korean_and_latin_spellings_meet_by_sound(korean: str, latin: str) -> None:
    assert sound(korean) == sound(latin)
    assert match_words([korean], ["ZEBRA", latin, "QUARTZ"], 1)[0][0] == latin


def test_a_mark_is_found_in_a_line_in_two_lines_and_inside_a_run_of_letters() -> None:
    lines = ["N1KE AIR MAX", "NEW", "BALANCE", "TOMMYHILFIGERDENIM"]
    found = {mark: line for mark, _, line in match_words(lines, ["Nike", "New Balance", "Tommy Hilfiger", "Puma"], 10)}
    assert found == {"Nike": 0, "New Balance": 1, "Tommy Hilfiger": 3}


def test_short_marks_are_not_found_inside_other_words() -> None:
    assert match_words(["MANDARINE"], ["AND"], 5) == []


def test_nothing_matches_nothing() -> None:
    assert match_words([], ["Nike"]) == []
    assert match_words(["", "!!!", "\x00"], ["Nike", "", "—"]) == []
    assert match_words(["Nike"], []) == []


def test_large_register_answers_as_a_full_scan_does() -> None:
    draw = random.Random(5)
    syllables = ["ka", "no", "ri", "sta", "mel", "vo", "tex", "pri", "son", "lu", "하", "나", "진"]
    marks = sorted({"".join(draw.choices(syllables, k=draw.randint(3, 5))) for _ in range(3000)})
    index = WordIndex(marks)
    for mark in draw.sample(marks, 6):
        place = draw.randrange(len(mark))
        read = mark[:place] + "z" + mark[place + 1 :]
        best = max(similarity(read, other) for other in marks)
        assert index.match([read], 1, minimum=0.0)[0][1] == pytest.approx(best)


@given(st.lists(st.text(max_size=30), max_size=4))
def test_any_line_is_answered_with_scores_in_order(lines: list[str]) -> None:
    found = match_words(lines, ["Nike", "나이키", "LV", "New Balance"], 3, minimum=0.0)
    scores = [score for _, score, _ in found]
    assert scores == sorted(scores, reverse=True)
    assert all(0.0 <= score <= 1.0 and 0 <= line < len(lines) for _, score, line in found)
