"""Days that count: when a term that starts today ends.

The first day does not count (Civil Act of Korea, article 157); a term in calendar days that ends on a holiday ends on
the next day that is none (article 161). A term in business days counts only those. A term ends at midnight after its
last day, in the time zone of the office.
"""

from __future__ import annotations

from collections.abc import Callable
from datetime import date, datetime, time, timedelta, tzinfo
from typing import Literal

Kind = Literal["business", "calendar"]
IsHoliday = Callable[[date], bool]
LONGEST_DAYS = 3650


def is_business_day(day: date, is_holiday: IsHoliday) -> bool:
    """Neither Saturday, Sunday nor holiday. `is_holiday` says which days the law adds."""
    return day.weekday() < 5 and not is_holiday(day)


def last_day(start: date, days: int, kind: Kind, is_holiday: IsHoliday) -> date:
    """The last day of a term of `days` that starts on `start`. Raises ValueError for less than 1 day.

    >>> last_day(date(2026, 3, 2), 7, "calendar", lambda day: False)
    datetime.date(2026, 3, 9)
    """
    if not 1 <= days <= LONGEST_DAYS:
        raise ValueError(f"a term has 1 to {LONGEST_DAYS} days, not {days}")
    day = start
    if kind == "calendar":
        day = start + timedelta(days=days)
        while not is_business_day(day, is_holiday):
            day += timedelta(days=1)
        return day
    counted = 0
    while counted < days:
        day += timedelta(days=1)
        counted += is_business_day(day, is_holiday)
    return day


def due_at(started_at: datetime, days: int, kind: Kind, is_holiday: IsHoliday, zone: tzinfo) -> datetime:
    """The instant at which the term is over: midnight after its last day in `zone`. Needs an aware `started_at`."""
    if started_at.tzinfo is None:
        raise ValueError("started_at needs a time zone")
    end = last_day(started_at.astimezone(zone).date(), days, kind, is_holiday)
    return datetime.combine(end + timedelta(days=1), time(), zone)


def business_days_left(now: datetime, due: datetime, is_holiday: IsHoliday, zone: tzinfo) -> int:
    """Business days after today up to the last day of the term; 0 on the last day, negative after it."""
    today = now.astimezone(zone).date()
    last = (due - timedelta(microseconds=1)).astimezone(zone).date()
    step = 1 if last >= today else -1
    day, count = today, 0
    while day != last:
        day += timedelta(days=step)
        count += step if is_business_day(day, is_holiday) else 0
    return count if now < due else min(count, -1)
