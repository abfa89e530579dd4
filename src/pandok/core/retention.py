"""How long files are kept: periods as values, and when a file's term is over."""

from __future__ import annotations

from datetime import date, timedelta
from typing import Literal

from pydantic import Field, model_validator

from pandok.core.reading import Value
from pandok.core.text import Text

Starts = Literal["case_closed", "photographed", "delivered", "inspection_ended"]


class Period(Value):
    """One kind of file. `basis` and `source` say on what ground."""

    id: str = Field(pattern=r"^[a-z_]{3,40}$")
    title: Text
    starts: Starts
    years: int = Field(default=0, ge=0, le=100)
    days: int = Field(default=0, ge=0, le=36500)
    basis: Text
    source: str
    checked_by: str = ""
    """The agency that confirmed the period; "" nobody yet."""

    @model_validator(mode="after")
    def _has_a_length(self) -> Period:
        if not self.years and not self.days:
            raise ValueError("a period has at least one day")
        return self


class RetentionPolicy(Value):
    """All periods of one version."""

    version: str = Field(pattern=r"^[A-Z]{2}-[0-9]{4}(\.[0-9]+)?$")
    valid_from: date
    title: Text
    periods: tuple[Period, ...]

    def period(self, period_id: str) -> Period:
        """Raises KeyError."""
        for period in self.periods:
            if period.id == period_id:
                return period
        raise KeyError(period_id)


def due_on(start: date, period: Period) -> date:
    """The first day on which a file may be deleted. 29 February counts as 1 March in other years.

    >>> from pandok.core.text import Text
    >>> words = Text(ko="", en="")
    >>> period = Period(id="abc", title=words, starts="photographed", years=1, days=2, basis=words, source="")
    >>> due_on(date(2024, 2, 29), period)
    datetime.date(2025, 3, 3)
    """
    year = start.year + period.years
    try:
        moved = start.replace(year=year)
    except ValueError:
        moved = date(year, 3, 1)
    return moved + timedelta(days=period.days)
