"""Dates, terms and shares as they are said in a notice."""

from __future__ import annotations

from datetime import datetime

from pandok.core.cases.law import ClockRule, LawVersion
from pandok.core.text import Text
from pandok.desk.cases.clocks import last_day_of

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
NOTHING = Text(ko="–", en="–")


def same(words: str) -> Text:
    return Text(ko=words, en=words)


def last_day(due: datetime | None) -> Text:
    """The last day of a term that ends at `due`."""
    if due is None:
        return NOTHING
    day = last_day_of(due)
    korean, english = _WEEKDAYS[day.weekday()]
    return Text(
        ko=f"{day.year}년 {day.month}월 {day.day}일({korean})",
        en=f"{english} {day.day} {_MONTHS[day.month - 1]} {day.year}",
    )


def term(rule: ClockRule, *, recorded: bool) -> Text:
    days = rule.length_days(recorded=recorded)
    if rule.kind == "business":
        return Text(ko=f"{days}일(토요일·공휴일 제외)", en=f"{days} business days")
    return Text(ko=f"{days}일", en=f"{days} days")


def percent(number: int) -> Text:
    return Text(ko=f"{number}퍼센트", en=f"{number} per cent")


def business_days_left(days: int) -> Text:
    if days <= 0:
        return Text(ko="오늘까지입니다.", en="Today is the last day.")
    return Text(ko=f"{days}영업일 남았습니다.", en=f"{days} business day{'s' if days > 1 else ''} left.")


def source(law: LawVersion) -> Text:
    """Which law version the terms come from, and whether the agency has checked it."""
    ko = f"{law.title.ko} ({law.version}). 근거: {'; '.join(law.sources)}."
    en = f"{law.title.en} ({law.version}). Sources: {'; '.join(law.sources)}."
    if not law.checked_by:
        ko += " 이 기한은 기관의 확인을 받기 전입니다."
        en += " These terms have not been checked by the agency yet."
    return Text(ko=ko, en=en)
