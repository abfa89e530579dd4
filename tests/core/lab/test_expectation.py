"""What is said of how long something takes: nothing below three, never more precise than what was seen."""

from __future__ import annotations

import random

import pytest

from pandok.core.lab.expectation import MOST_LOOKED_AT, Range, expected


@pytest.mark.parametrize("known", [[], [60.0], [60.0, 70.0]])
def test_too_few_say_nothing(known: list[float]) -> None:
    assert expected(known) is None


def test_the_range_is_what_was_seen() -> None:
    assert expected([50.0, 10.0, 30.0]) == Range(10.0, 50.0, 3)


def test_of_twenty_the_two_at_either_end_are_left_out() -> None:
    shuffled = [float(one) for one in range(1, 21)]
    random.Random(1).shuffle(shuffled)
    assert expected(shuffled) == Range(3.0, 18.0, 20)


def test_only_the_newest_are_looked_at() -> None:
    assert expected([10.0] * MOST_LOOKED_AT + [9999.0] * 50) == Range(10.0, 10.0, MOST_LOOKED_AT)


def test_ranges_add_up_end_by_end_and_stay_ranges() -> None:
    assert Range(1, 4, 5) + Range(10, 20, 3) == Range(11, 24, 3)
    assert Range(1, 4, 5).times(2) == Range(2, 8, 5)
