"""Whole numbers as somebody wrote them."""

from __future__ import annotations

import pytest

from pandok.core.natural_order import natural_key
from pandok.core.whole_number import MOST, whole_number


@pytest.mark.parametrize(("written", "read"), [("0", 0), ("007", 7), (str(MOST), MOST)])
def test_a_number_is_read(written: str, read: int) -> None:
    assert whole_number(written) == read


@pytest.mark.parametrize("written", ["", "-1", "+1", "1.5", "1e3", "½", "٣", " 1", "1_0", str(MOST + 1), "9" * 5000])
def test_what_is_none_is_none(written: str) -> None:
    assert whole_number(written) is None


def test_names_of_thousands_of_digits_are_put_in_order_too() -> None:
    names = ["9" * 5000, "b", "10", "2", "1" * 3999]
    assert sorted(names, key=natural_key) == ["2", "10", "1" * 3999, "9" * 5000, "b"]
