"""What a person filters the work list by; every condition may be missing. Form, list, saved filters, export and API are
made from `FILTERS` and the shape `CaseFilter`."""

from __future__ import annotations

from collections.abc import Callable
from dataclasses import dataclass
from datetime import date, datetime
from typing import Any, Literal

from django.db.models import Q
from django.db.models.functions import Substr
from django.db.models.lookups import Exact
from pydantic import BaseModel, ConfigDict, Field

from pandok.core.terms.office_days import day_begins, day_is_over
from pandok.core.text import InWords, Text
from pandok.fields.counterfeit.states import State, Turn

LONGEST_TEXT = 200
LARGEST_KEY = 2**53


class CaseFilter(BaseModel):
    """Only cases that meet every condition. `locarno` is a class of two digits or with its subclass (09, 09-01)."""

    model_config = ConfigDict(frozen=True)

    text: str = Field(default="", max_length=LONGEST_TEXT)
    state: State | None = None
    turn: Turn | None = None
    holder: int | None = Field(default=None, ge=1, le=LARGEST_KEY)
    locarno: str = Field(default="", pattern=r"^([0-9]{2}(-[0-9]{2})?)?$")
    site: int | None = Field(default=None, ge=1, le=LARGEST_KEY)
    opened_from: date | None = None
    opened_to: date | None = None

    def set_fields(self) -> dict[str, str]:
        """The conditions as an address carries them and a saved filter keeps them."""
        values = self.model_dump(mode="json", exclude_defaults=True)
        return {name: str(value) for name, value in values.items() if value not in (None, "")}


@dataclass(frozen=True)
class Filter:
    """One condition of `CaseFilter`. `looks`: how the page asks for it; "words": one of `words_of`. `where`: which
    cases meet a value. `common`: many cases meet it, so that an index is led by it; else it is looked at row by row."""

    name: str
    words: Text
    looks: Literal["words", "holder", "class", "site", "day"]
    where: Callable[[Any], Q]
    words_of: tuple[InWords, ...] = ()
    common: bool = False


def opened_after(day: date) -> datetime:
    """The first instant of a day at the office."""
    return day_begins(day)


def opened_before(day: date) -> datetime:
    """The instant at which a day at the office is over."""
    return day_is_over(day)


def _of_class(locarno: str) -> Q:
    main = Q(Exact(Substr("locarno_class", 1, 2), locarno[:2]))
    return main & Q(locarno_class=locarno) if len(locarno) > 2 else main


FILTERS: tuple[Filter, ...] = (
    Filter(
        "state",
        Text(ko="상태", en="State"),
        "words",
        lambda state: Q(state=state.value),
        words_of=tuple(State),
        common=True,
    ),
    Filter(
        "turn",
        Text(ko="처리 대기", en="Whose turn"),
        "words",
        lambda turn: Q(turn=turn.value),
        words_of=(Turn.OFFICER, Turn.HOLDER, Turn.APPRAISER),
        common=True,
    ),
    Filter("holder", Text(ko="권리자", en="Holder"), "holder", lambda party: Q(holder_id=party)),
    Filter("locarno", Text(ko="물품류", en="Article class"), "class", _of_class),
    Filter("site", Text(ko="세관", en="Site"), "site", lambda site: Q(site_id=site), common=True),
    Filter(
        "opened_from", Text(ko="접수일 시작", en="Opened from"), "day", lambda day: Q(opened_at__gte=opened_after(day))
    ),
    Filter("opened_to", Text(ko="접수일 끝", en="Opened to"), "day", lambda day: Q(opened_at__lt=opened_before(day))),
)
"""In the order of the form. Free text is no condition of a column (`lists/search`)."""
