"""Days at the office as instants. Filters are asked for any day that a calendar knows: those at its ends lie outside
what databases and zones can hold, and are drawn in.
"""

from __future__ import annotations

from datetime import date, datetime, time, timedelta

from pandok.core.terms.zone import OFFICE_ZONE

FIRST, LAST = date(1900, 1, 1), date(2999, 12, 31)


def day_begins(day: date) -> datetime:
    """The first instant of a day.

    >>> day_begins(date(1, 1, 1)).year, day_begins(date(2026, 3, 1)).isoformat()
    (1900, '2026-03-01T00:00:00+09:00')
    """
    return datetime.combine(min(max(day, FIRST), LAST), time(), OFFICE_ZONE)


def day_is_over(day: date) -> datetime:
    """The instant at which a day is over.

    >>> day_is_over(date(9999, 12, 31)).year, day_is_over(date(2026, 3, 1)).isoformat()
    (3000, '2026-03-02T00:00:00+09:00')
    """
    return datetime.combine(min(max(day, FIRST), LAST) + timedelta(days=1), time(), OFFICE_ZONE)
