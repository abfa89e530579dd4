"""Terms in months end on the same day, or on the last of their month."""

from __future__ import annotations

from datetime import date

import pytest

from pandok.core.terms.months import months_later


@pytest.mark.parametrize(
    ("day", "months", "ends"),
    [
        (date(2026, 1, 31), 1, date(2026, 2, 28)),
        (date(2027, 12, 31), 2, date(2028, 2, 29)),
        (date(2026, 12, 15), 12, date(2027, 12, 15)),
        (date(2028, 2, 29), 12, date(2029, 2, 28)),
        (date(2026, 11, 30), 24, date(2028, 11, 30)),
    ],
)
def test_months_end_on_their_day_or_the_last_one(day: date, months: int, ends: date) -> None:
    assert months_later(day, months) == ends
