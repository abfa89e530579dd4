"""Numbers that people cite: drawn under a lock, so that two at once get two, without gaps and whatever their length."""

from __future__ import annotations

from datetime import datetime
from typing import Any

from django.db import transaction
from django.db.models import QuerySet

from pandok.common.models import NumberSeries
from pandok.core.terms.zone import OFFICE_ZONE


def next_number(series: str, *, width: int, given: QuerySet[Any, str]) -> str:
    """The next number of a series, as `2026-P-000001` for the series "2026-P" and a width of 6.

    `given`: the numbers of all records of this kind; only looked at when the series begins, so that a database from
    before this table goes on where it stood. Stands in the transaction that keeps the record: what is undone gives its
    number back. Others who ask meanwhile wait for that transaction. It is drawn before the first audit event of its
    transaction: who held the chain and waited for a number would wait for one who holds the number and waits for the
    chain.
    """
    with transaction.atomic():
        if not NumberSeries.objects.filter(name=series).exists():
            NumberSeries.objects.get_or_create(name=series, defaults={"last": _highest(series, given)})
        row = NumberSeries.objects.select_for_update(no_key=True).get(name=series)
        row.last += 1
        row.save(update_fields=["last"])
        return f"{series}-{row.last:0{width}}"


def next_of_year(kind: str, *, width: int, given: QuerySet[Any], now: datetime) -> str:
    """The next number of this year of the office, as `2026-X-000001` for the kind "X"; `given`: all records of it."""
    year = now.astimezone(OFFICE_ZONE).year
    return next_number(f"{year}-{kind}", width=width, given=given.values_list("number", flat=True))


def _highest(series: str, given: QuerySet[Any, str]) -> int:
    """By value: as text, 2026-V-9999 would stand after 2026-V-10000."""
    ends = (one.removeprefix(f"{series}-") for one in given.iterator() if one.startswith(f"{series}-"))
    return max((int(end) for end in ends if end.isdecimal()), default=0)
