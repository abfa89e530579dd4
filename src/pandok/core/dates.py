"""The forms in which days and moments are said to people: a long one for sentences, a short one for columns.

Both name the weekday, for terms count office days. Values for machines (API, CSV, form fields) stay ISO 8601.
"""

from __future__ import annotations

from datetime import date, datetime, tzinfo

from pandok.core.text import Text, counted

_WEEKDAYS = (
    ("월", "Monday"),
    ("화", "Tuesday"),
    ("수", "Wednesday"),
    ("목", "Thursday"),
    ("금", "Friday"),
    ("토", "Saturday"),
    ("일", "Sunday"),
)
_MONTHS = (
    "January",
    "February",
    "March",
    "April",
    "May",
    "June",
    "July",
    "August",
    "September",
    "October",
    "November",
    "December",
)


def day_words(day: date, *, weekday: bool = True) -> Text:
    """A day in a sentence; without its weekday where no term is counted from it, as in a citation of the law.

    >>> day_words(date(2026, 7, 3)).ko, day_words(date(2026, 7, 3)).en
    ('2026년 7월 3일(금)', 'Friday 3 July 2026')
    """
    korean, english = _WEEKDAYS[day.weekday()]
    ko, en = f"{day.year}년 {day.month}월 {day.day}일", f"{day.day} {_MONTHS[day.month - 1]} {day.year}"
    return Text(ko=f"{ko}({korean})", en=f"{english} {en}") if weekday else Text(ko=ko, en=en)


def day_short(day: date, *, weekday: bool = True) -> Text:
    """A day in a column or beside a name: always as wide as the others.

    >>> day_short(date(2026, 7, 3)).ko, day_short(date(2026, 7, 3)).en
    ('2026.07.03(금)', 'Fri 03 Jul 2026')
    """
    korean, english = _WEEKDAYS[day.weekday()]
    ko, en = f"{day.year}.{day.month:02}.{day.day:02}", f"{day.day:02} {_MONTHS[day.month - 1][:3]} {day.year}"
    return Text(ko=f"{ko}({korean})", en=f"{english[:3]} {en}") if weekday else Text(ko=ko, en=en)


def moment_words(at: datetime, zone: tzinfo) -> Text:
    """Day and minute at `zone`, in a sentence."""
    return _with_time(day_words(at.astimezone(zone).date()), f"{at.astimezone(zone):%H:%M}")


def moment_short(at: datetime, zone: tzinfo, *, seconds: bool = False) -> Text:
    """Day and minute (or second) at `zone`, in a column."""
    local = at.astimezone(zone)
    return _with_time(day_short(local.date()), f"{local:%H:%M:%S}" if seconds else f"{local:%H:%M}")


def month_words(month: date) -> Text:
    """
    >>> month_words(date(2026, 7, 1)).ko, month_words(date(2026, 7, 1)).en
    ('2026년 7월', 'July 2026')
    """
    return Text(ko=f"{month.year}년 {month.month}월", en=f"{_MONTHS[month.month - 1]} {month.year}")


def month_short(month: date) -> Text:
    """
    >>> month_short(date(2026, 7, 1)).ko, month_short(date(2026, 7, 1)).en
    ('2026.07', 'Jul 2026')
    """
    return Text(ko=f"{month.year}.{month.month:02}", en=f"{_MONTHS[month.month - 1][:3]} {month.year}")


def days_left(last: date, today: date) -> Text:
    """How many days of the calendar are left until the end of `last`.

    >>> [days_left(date(2026, 7, day), date(2026, 7, 3)).en for day in (2, 3, 4, 13)]
    ['over for 1 day', 'until today', '1 day left', '10 days left']
    """
    left = (last - today).days
    if left == 0:
        return Text(ko="오늘까지", en="until today")
    days = counted(abs(left), "day")
    return (
        Text(ko=f"{left}일 남음", en=f"{days} left") if left > 0 else Text(ko=f"{-left}일 지남", en=f"over for {days}")
    )


def _with_time(day: Text, time: str) -> Text:
    return Text(ko=f"{day.ko} {time}", en=f"{day.en}, {time}")
