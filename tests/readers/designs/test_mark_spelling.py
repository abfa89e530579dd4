import pytest
from hypothesis import given
from hypothesis import strategies as st

from pandok.readers.designs.mark_spelling import edit_distance, look, plain


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


def test_plain_keeps_letters_and_digits_only() -> None:
    assert plain("Nike® Air-Max 90!") == "nikeairmax90"
