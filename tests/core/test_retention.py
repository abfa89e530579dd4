from __future__ import annotations

from datetime import date

import pytest
from pydantic import ValidationError

from pandok.core.retention import Period, due_on
from pandok.core.text import Text

WORDS = Text(ko="가", en="a")


def period(**length: int) -> Period:
    return Period(id="abc", title=WORDS, starts="case_closed", basis=WORDS, source="x", **length)


@pytest.mark.parametrize(
    ("start", "length", "end"),
    [
        (date(2026, 3, 2), {"days": 90}, date(2026, 5, 31)),
        (date(2026, 3, 2), {"years": 5}, date(2031, 3, 2)),
        (date(2024, 2, 29), {"years": 1}, date(2025, 3, 1)),
        (date(2024, 2, 29), {"years": 4}, date(2028, 2, 29)),
    ],
)
def test_the_day_from_which_a_file_may_go(start: date, length: dict[str, int], end: date) -> None:
    assert due_on(start, period(**length)) == end


def test_a_period_without_length_is_refused() -> None:
    with pytest.raises(ValidationError, match="at least one day"):
        period()
