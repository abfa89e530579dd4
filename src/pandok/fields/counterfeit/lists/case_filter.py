"""What a person filters the work list by; every field may be empty."""

from __future__ import annotations

from datetime import date, datetime

from pydantic import BaseModel, ConfigDict, Field

from pandok.core.terms.office_days import day_begins, day_is_over
from pandok.fields.counterfeit.states import State, Turn

LONGEST_TEXT = 200


class CaseFilter(BaseModel):
    """Only cases that meet every condition. `locarno` is a class of two digits or with its subclass (09, 09-01)."""

    model_config = ConfigDict(frozen=True)

    text: str = Field(default="", max_length=LONGEST_TEXT)
    state: State | None = None
    turn: Turn | None = None
    holder: int | None = Field(default=None, ge=1)
    locarno: str = Field(default="", pattern=r"^([0-9]{2}(-[0-9]{2})?)?$")
    site: int | None = Field(default=None, ge=1)
    opened_from: date | None = None
    opened_to: date | None = None

    def set_fields(self) -> dict[str, str]:
        """The conditions as an address carries them and a saved filter keeps them."""
        values = self.model_dump(mode="json", exclude_defaults=True)
        return {name: str(value) for name, value in values.items() if value not in (None, "")}


def opened_after(day: date) -> datetime:
    """The first instant of a day at the office."""
    return day_begins(day)


def opened_before(day: date) -> datetime:
    """The instant at which a day at the office is over."""
    return day_is_over(day)
