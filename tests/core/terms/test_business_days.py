"""Terms: the first day never counts, holidays and substitute holidays are stepped over."""

from __future__ import annotations

from datetime import UTC, date, datetime, timedelta
from functools import partial
from zoneinfo import ZoneInfo

import pytest
from hypothesis import given
from hypothesis import strategies as st

from pandok.core.terms.business_days import business_days_left, due_at, is_business_day, last_day
from pandok.fields.counterfeit.law.law_versions import current_law, is_holiday

SEOUL = ZoneInfo("Asia/Seoul")
KOREA = partial(is_holiday, law=current_law(date(2026, 6, 1)))


@pytest.mark.parametrize(
    ("day", "why"),
    [
        (date(2026, 2, 16), "the day before Seollal"),
        (date(2026, 2, 17), "Seollal"),
        (date(2026, 3, 2), "substitute for Independence Movement Day on a Sunday"),
        (date(2026, 5, 1), "Labour Day, which the customs law adds"),
        (date(2026, 5, 25), "substitute for Buddha's Birthday on a Sunday"),
        (date(2026, 9, 25), "Chuseok"),
        (date(2026, 10, 5), "substitute for National Foundation Day on a Saturday"),
    ],
)
def test_korean_holidays(day: date, why: str) -> None:
    assert not is_business_day(day, KOREA), why


def test_seven_business_days_over_seollal() -> None:
    # Friday 13 February 2026; 16 to 18 are Seollal: 19, 20, 23, 24, 25, 26, 27.
    assert last_day(date(2026, 2, 13), 7, "business", KOREA) == date(2026, 2, 27)


def test_calendar_term_that_ends_on_a_holiday_ends_on_the_next_business_day() -> None:
    # 1 March 2026 is a Sunday and a holiday, Monday its substitute.
    assert last_day(date(2026, 2, 22), 7, "calendar", KOREA) == date(2026, 3, 3)


def test_a_term_ends_at_midnight_in_seoul() -> None:
    started = datetime(2026, 11, 20, 15, 30, tzinfo=UTC)  # already the 21st, a Saturday, in Seoul
    assert due_at(started, 5, "business", KOREA, SEOUL) == datetime(2026, 11, 28, 0, 0, tzinfo=SEOUL)


def test_days_left_count_down_and_go_below_zero_only_after_the_end() -> None:
    due = due_at(datetime(2026, 11, 23, 1, tzinfo=UTC), 5, "business", KOREA, SEOUL)
    morning = datetime(2026, 11, 23, 9, tzinfo=SEOUL)
    assert [business_days_left(morning + timedelta(days=n), due, KOREA, SEOUL) for n in (0, 1, 2, 3, 4, 5, 7)] == [
        5,
        4,
        3,
        2,
        1,
        1,
        0,
    ]
    assert business_days_left(due, due, KOREA, SEOUL) == -1


def test_refused_terms() -> None:
    with pytest.raises(ValueError, match="a term has"):
        last_day(date(2026, 1, 1), 0, "business", KOREA)
    with pytest.raises(ValueError, match="time zone"):
        due_at(datetime(2026, 1, 1), 1, "business", KOREA, SEOUL)


@given(st.dates(date(2024, 1, 1), date(2030, 12, 31)), st.integers(1, 30))
def test_a_business_term_ends_on_a_business_day_and_has_just_its_days(start: date, days: int) -> None:
    end = last_day(start, days, "business", KOREA)
    assert is_business_day(end, KOREA)
    counted = sum(is_business_day(start + timedelta(days=n), KOREA) for n in range(1, (end - start).days + 1))
    assert counted == days
