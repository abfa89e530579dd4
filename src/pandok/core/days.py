"""The one rule for a day that somebody enters, at every door: a day of the calendar, within what makes sense here."""

from __future__ import annotations

from datetime import date

from pandok.core.errors import RequestError
from pandok.core.text import Text

FIRST_DAY, LAST_DAY = date(1900, 1, 1), date(2200, 12, 31)
"""No paper, right, term or case lies outside, and every sum of days with them stays within the calendar."""
OPEN_ENDED_YEAR = 9999
"""Sources write 9999-12-31 for a term without an end."""
NO_DAY = Text(ko="날짜가 없거나 날짜가 아닙니다.", en="The day is missing or is not a date.")
OUT_OF_SENSE = Text(
    ko=f"날짜는 {FIRST_DAY.isoformat()}부터 {LAST_DAY.isoformat()}까지입니다.",
    en=f"A day lies between {FIRST_DAY.isoformat()} and {LAST_DAY.isoformat()}.",
)
LIKE_THIS = Text(ko="2026-03-02처럼 적으십시오.", en="Write it like 2026-03-02.")


def is_sensible(day: date) -> bool:
    """Whether a day lies within what makes sense.

    >>> is_sensible(date(2026, 3, 2)), is_sensible(date(1, 1, 1)), is_sensible(date(9999, 12, 31))
    (True, False, False)
    """
    return FIRST_DAY <= day <= LAST_DAY


def checked_day(day: date, *, code: str = "request.day") -> date:
    """The day itself. Raises RequestError where it lies outside."""
    if not is_sensible(day):
        raise RequestError(OUT_OF_SENSE, LIKE_THIS, code=code)
    return day


def day_from(text: str, *, code: str = "request.day") -> date:
    """The day that somebody wrote as 2026-03-02. Raises RequestError for anything else."""
    try:
        day = date.fromisoformat(text.strip())
    except ValueError as error:
        raise RequestError(NO_DAY, LIKE_THIS, code=code) from error
    return checked_day(day, code=code)
