"""Days and moments as every page prints them, in the language of the page and the time of the office.

In sentences `day` and `moment`; in lists, tables and beside names `day_short` and `moment_short`, `moment_exact` where
the second counts. All give a `<time>` that programs read; inside an attribute put `|striptags` behind them. `day_field`
is the value of a date field.
"""

from __future__ import annotations

from collections.abc import Callable
from datetime import date, datetime

from django import template
from django.utils import timezone
from django.utils.html import format_html
from django.utils.safestring import SafeString
from django.utils.translation import get_language

from pandok.core import dates
from pandok.core.terms.zone import OFFICE_ZONE
from pandok.core.text import Text

register = template.Library()
Given = date | datetime | str | None
"""Text is ISO 8601, as certificates and the public register keep it."""


@register.filter
def day(given: Given) -> SafeString | str:
    return _day_as(dates.day_words, given)


@register.filter
def day_short(given: Given) -> SafeString | str:
    return _day_as(dates.day_short, given)


@register.filter
def moment(given: Given) -> SafeString | str:
    at = _moment_of(given)
    return "" if at is None else _time(at.isoformat(timespec="minutes"), dates.moment_words(at, OFFICE_ZONE))


@register.filter
def moment_short(given: Given) -> SafeString | str:
    at = _moment_of(given)
    return "" if at is None else _time(at.isoformat(timespec="minutes"), dates.moment_short(at, OFFICE_ZONE))


@register.filter
def moment_exact(given: Given) -> SafeString | str:
    at = _moment_of(given)
    if at is None:
        return ""
    return _time(at.isoformat(timespec="seconds"), dates.moment_short(at, OFFICE_ZONE, seconds=True))


@register.filter
def month(given: date) -> SafeString:
    return _time(f"{given:%Y-%m}", dates.month_words(given))


@register.filter
def days_left(given: Given) -> str:
    last = _day_of(given)
    return "" if last is None else _said(dates.days_left(last, timezone.now().astimezone(OFFICE_ZONE).date()))


@register.filter
def day_field(given: Given) -> str:
    found = _day_of(given)
    return "" if found is None else found.isoformat()


def _day_as(form: Callable[[date], Text], given: Given) -> SafeString | str:
    found = _day_of(given)
    return "" if found is None else _time(found.isoformat(), form(found))


def _day_of(given: Given) -> date | None:
    if not given:
        return None
    if isinstance(given, str):
        given = datetime.fromisoformat(given) if len(given) > len("2026-07-03") else date.fromisoformat(given)
    return given.astimezone(OFFICE_ZONE).date() if isinstance(given, datetime) else given


def _moment_of(given: Given) -> datetime | None:
    if not given:
        return None
    at = datetime.fromisoformat(given) if isinstance(given, str) else given
    assert isinstance(at, datetime), "a day has no minute"
    return at.astimezone(OFFICE_ZONE)


def _time(machine: str, words: Text) -> SafeString:
    return format_html('<time datetime="{}">{}</time>', machine, _said(words))


def _said(text: Text) -> str:
    return text.in_language(get_language() or "ko")
