from __future__ import annotations

import string

import pytest
from hypothesis import given
from hypothesis import strategies as st

from pandok.core.errors import RequestError
from pandok.proof.kpi.columns import Kind, held_against
from pandok.proof.kpi.grammar import DEEPEST, LONGEST, MOST_PARTS, parsed
from pandok.proof.kpi.value_of import value_of

COLUMNS = {"outcome": Kind.TEXT, "minutes": Kind.NUMBER, "missed": Kind.TRUTH, "device_days": Kind.NUMBER}
GOOD = (
    "count()",
    "count(of: missed)",
    "count(missed)",
    "count(missed, of: minutes > 3)",
    'share(outcome == "confirmed", of: outcome is known)',
    "1 - count(missed) / count()",
    "quantile(minutes, 0.95, of: not missed)",
    "sum(minutes) / sum(device_days)",
    'share((outcome in ("a", "b") or minutes >= -2.5) and not (missed or minutes is missing))',
    "-(2 * mean(minutes)) + 3",
    "distinct(outcome)",
    "median(minutes)",
)


@pytest.mark.parametrize("text", GOOD)
def test_what_the_language_says_can_be_written_is_read_and_computed(text: str) -> None:
    held_against(parsed(text), COLUMNS)
    rows = [{"outcome": "a", "minutes": 4.0, "missed": False, "device_days": 1.0}] * 3
    assert value_of(text, rows, COLUMNS).value is not None


@pytest.mark.parametrize(
    ("text", "at"),
    [
        ("", 1),
        ("share()", 7),
        ("share(outcome ==)", 17),
        ("count() +", 10),
        ("count() count()", 9),
        ("quantile(minutes, 1.5)", 19),
        ("quantile(minutes)", 17),
        ("mean(of)", 6),
        ("sum(minutes", 12),
        ("minutes", 1),
        ("__import__('os')", 12),
        ("count().__class__", 8),
        ("share(outcome == 'confirmed')", 18),
        ("1e400", 1),
        ("2 ** 3", 4),
        ("share(a := 1)", 10),
        ('share(outcome == "a\nb")', 18),
    ],
)
def test_what_is_no_formula_is_refused_where_reading_ended(text: str, at: int) -> None:
    with pytest.raises(RequestError) as refused:
        parsed(text)
    assert refused.value.error_code == "kpi.formula"
    assert refused.value.fields["at"] == at
    assert f"{at}번째" in refused.value.what.ko


def test_length_depth_and_number_of_parts_are_bounded() -> None:
    for text in (
        "(" * (DEEPEST + 1) + "1" + ")" * (DEEPEST + 1),
        "-" * (DEEPEST + 1) + "count()",
        "share(" + "not " * (DEEPEST + 1) + "missed)",
        "count()" + "+1" * (MOST_PARTS + 1),
        "count()" + " " * LONGEST,
    ):
        with pytest.raises(RequestError):
            parsed(text)


@pytest.mark.parametrize(
    ("text", "code"),
    [
        ("count(colour == 3)", "kpi.column"),
        ("mean(outcome)", "kpi.column"),
        ("share(minutes)", "kpi.column"),
        ('share(outcome < "b")', "kpi.column"),
        ("share(outcome == 3)", "kpi.column"),
        ('share(minutes in (1, "a"))', "kpi.column"),
        ("count(not (missed and wrong is known))", "kpi.column"),
        ("1 + 2", "kpi.no_figure"),
    ],
)
def test_a_formula_that_its_source_cannot_answer_is_refused(text: str, code: str) -> None:
    with pytest.raises(RequestError) as refused:
        held_against(parsed(text), COLUMNS)
    assert refused.value.error_code == code


@given(st.text(string.printable, max_size=80) | st.text(max_size=30))
def test_any_text_is_read_or_refused_in_words(text: str) -> None:
    code = ""
    try:
        parsed(text)
    except RequestError as refused:
        code = refused.error_code
    assert code in ("", "kpi.formula")


PIECES = ["share(", "count(", "sum(", "minutes", "missed", "==", "(", ")", ",", "of:", "not ", "and ", "3", '"a"', "/"]


@given(st.lists(st.sampled_from(PIECES), max_size=25))
def test_pieces_of_formulas_in_any_order_are_computed_or_refused(pieces: list[str]) -> None:
    code = ""
    try:
        value_of(" ".join(pieces), [{"minutes": 1.0, "missed": True}], COLUMNS, rounds=5)
    except RequestError as refused:
        code = refused.error_code
    assert code in ("", "kpi.formula", "kpi.column", "kpi.no_figure")
