"""The law of a site as values: clocks with their length, owner and source, in versions with a first day.

A change of law is a new version; a case keeps the version under which it was opened.
"""

from __future__ import annotations

from collections.abc import Sequence
from datetime import date
from typing import Literal

from pydantic import Field, model_validator

from pandok.core.cases.states import State, Turn
from pandok.core.reading import Value
from pandok.core.text import Text


class ClockRule(Value):
    """One legal clock. It starts when a case comes into `starts_in` and stops when the case leaves `runs_in`."""

    id: str = Field(pattern=r"^[a-z_]{3,40}$")
    title: Text
    days: int = Field(ge=1, le=3650)
    days_unrecorded: int | None = Field(default=None, ge=1, le=3650)
    """Where the right is not recorded with customs, in place of `days`."""
    kind: Literal["business", "calendar"]
    starts_in: State
    runs_in: tuple[State, ...]
    owner: Turn
    at_expiry: State | None = None
    """Where the case goes by itself when the term is over; None: only people are reminded."""
    remind_days_before: tuple[int, ...] = ()
    source: str

    def length_days(self, *, recorded: bool) -> int:
        return self.days if recorded or self.days_unrecorded is None else self.days_unrecorded


class LawVersion(Value):
    """All terms of one jurisdiction from `valid_from` on. `checked_by` names the agency that checked it, "" nobody."""

    version: str = Field(pattern=r"^[A-Z]{2}-[0-9]{4}(-[0-9]{2})?(\.[0-9]+)?$")
    valid_from: date
    title: Text
    clocks: tuple[ClockRule, ...]
    security_percent: int = Field(ge=0, le=1000)
    """Security of holder (suspension) and importer (release), in percent of the value of the goods."""
    advance_request_days_before_arrival: int = Field(ge=0, le=365)
    extra_holidays: tuple[str, ...] = ()
    """Month and day, "05-01", of days that do not count beside the public holidays."""
    sources: tuple[str, ...] = ()
    checked_by: str = ""

    @model_validator(mode="after")
    def _ids_are_unique(self) -> LawVersion:
        ids = [clock.id for clock in self.clocks]
        if len(ids) != len(set(ids)):
            raise ValueError("two clocks have the same id")
        return self

    def starting_in(self, state: State) -> tuple[ClockRule, ...]:
        return tuple(clock for clock in self.clocks if clock.starts_in is state)

    def clock(self, rule_id: str) -> ClockRule:
        """Raises KeyError for an unknown id."""
        for clock in self.clocks:
            if clock.id == rule_id:
                return clock
        raise KeyError(rule_id)


def law_on(versions: Sequence[LawVersion], day: date) -> LawVersion:
    """The version in force on `day`. Raises LookupError where none is yet."""
    past = [version for version in versions if version.valid_from <= day]
    if not past:
        raise LookupError(f"no law version is in force on {day}")
    return max(past, key=lambda version: version.valid_from)
