"""A period of days as somebody wrote it, and the moments between which it lies at the office."""

from __future__ import annotations

from dataclasses import dataclass
from datetime import date, datetime, time, timedelta

from pandok.core.days import day_from, is_sensible
from pandok.core.terms.zone import OFFICE_ZONE
from pandok.fields.street.refusals import refusal

USUAL = timedelta(days=29)
LONGEST = timedelta(days=366)


@dataclass(frozen=True)
class Period:
    """From the first moment of `first` to the last of `last`."""

    first: date
    last: date

    @property
    def begins(self) -> datetime:
        return datetime.combine(self.first, time(), OFFICE_ZONE)

    @property
    def ends(self) -> datetime:
        return datetime.combine(self.last + timedelta(days=1), time(), OFFICE_ZONE)


def period_of(first: str, last: str, *, now: datetime) -> Period:
    """The last 30 days where nothing is said. Raises RequestError for what is no day, ends before it begins, or is
    longer than a year."""
    until = day_from(last) if last else now.astimezone(OFFICE_ZONE).date()
    since = day_from(first) if first else until - USUAL
    if not (is_sensible(since) and is_sensible(until)) or since > until or until - since > LONGEST:
        raise refusal("bad_period")
    return Period(since, until)


def moment_from(text: str) -> datetime:
    """A moment as 2026-07-01T03:20, at the office where no zone is said. Raises RequestError for anything else."""
    try:
        found = datetime.fromisoformat(text.strip())
    except ValueError:
        raise refusal("bad_moment") from None
    if not is_sensible(found.date()):
        raise refusal("bad_moment")
    return found if found.tzinfo else found.replace(tzinfo=OFFICE_ZONE)
