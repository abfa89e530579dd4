"""A month as a calendar of weeks, with the bookings of each day."""

from __future__ import annotations

import calendar
from collections.abc import Sequence
from dataclasses import dataclass
from datetime import date, datetime, time, timedelta

from pandok.core.days import is_sensible
from pandok.core.terms.zone import OFFICE_ZONE
from pandok.core.text import Text
from pandok.fields.street.models import Booking

WEEKDAYS = tuple(
    Text(ko=ko, en=en)
    for ko, en in zip("월화수목금토일", ("Mon", "Tue", "Wed", "Thu", "Fri", "Sat", "Sun"), strict=True)
)


@dataclass(frozen=True)
class Day:
    """`number`: in its month. `outside`: of the month before or after."""

    number: int
    outside: bool
    today: bool
    bookings: list[Booking]


@dataclass(frozen=True)
class Month:
    """`first`: its first day; `begins` and `ends`: the moments between which its weeks lie."""

    first: date
    begins: datetime
    ends: datetime

    @property
    def before(self) -> str:
        return f"{self.first - timedelta(days=1):%Y-%m}"

    @property
    def after(self) -> str:
        return f"{self.first + timedelta(days=31):%Y-%m}"

    @property
    def words(self) -> Text:
        return Text(ko=f"{self.first.year}년 {self.first.month}월", en=f"{self.first:%B %Y}")


def month_of(written: str, today: date) -> Month:
    """The month of today where nothing is written, or no month."""
    try:
        first = date.fromisoformat(f"{written}-01")
    except ValueError:
        first = today.replace(day=1)
    if not is_sensible(first):
        first = today.replace(day=1)
    days = [day for week in calendar.Calendar().monthdatescalendar(first.year, first.month) for day in week]
    return Month(first, _begins(days[0]), _begins(days[-1] + timedelta(days=1)))


def weeks_of(month: Month, bookings: Sequence[Booking], today: date) -> list[list[Day]]:
    weeks = calendar.Calendar().monthdatescalendar(month.first.year, month.first.month)
    return [[_day(day, month, bookings, today) for day in week] for week in weeks]


def _day(day: date, month: Month, bookings: Sequence[Booking], today: date) -> Day:
    first, end = _begins(day), _begins(day + timedelta(days=1))
    inside = [one for one in bookings if one.begins_at < end and one.ends_at > first]
    return Day(day.day, day.month != month.first.month, day == today, inside)


def _begins(day: date) -> datetime:
    return datetime.combine(day, time(), OFFICE_ZONE)
