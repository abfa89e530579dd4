"""Values that requests carry, with the limits that keep them storable."""

from __future__ import annotations

from datetime import UTC, date, datetime
from typing import Annotated, Generic, TypeVar

from pydantic import AfterValidator, AwareDatetime, BaseModel, ConfigDict, Field, GetPydanticSchema
from pydantic_core.core_schema import literal_schema

from pandok.common.reasons import LEAST_REASON, MOST_REASON
from pandok.core.days import OUT_OF_SENSE, is_sensible

Row = TypeVar("Row")
EARLIEST, LATEST = datetime(1990, 1, 1, tzinfo=UTC), datetime(2200, 1, 1, tzinfo=UTC)


class Asked(BaseModel):
    """A body: what it does not know it refuses, so that a misspelt field is not lost silently."""

    model_config = ConfigDict(extra="forbid", str_strip_whitespace=True)


class Page(BaseModel, Generic[Row]):
    """`next` is the cursor of the following page; null: this was the last one."""

    items: list[Row]
    next: str | None


def _in_our_time(value: datetime) -> datetime:
    if not EARLIEST <= value <= LATEST:
        raise ValueError("the year must be between 1990 and 2200")
    return value


Moment = Annotated[AwareDatetime, AfterValidator(_in_our_time)]
Reason = Annotated[
    str, Field(min_length=1, max_length=MOST_REASON, description="Why, in one sentence; kept in the history.")
]
FullReason = Annotated[
    str,
    Field(
        min_length=LEAST_REASON,
        max_length=MOST_REASON,
        description="Why, in words. For what cannot be undone or touches somebody else; some parties are told it.",
    ),
]

Key = Annotated[int, Field(ge=1, le=2**53)]
Limit = Annotated[int, Field(ge=1, le=200)]
Sha256 = Annotated[str, Field(pattern=r"^[0-9a-f]{64}$")]
DesignId = Annotated[str, Field(min_length=1, max_length=100, pattern=r"^[^\x00-\x1f/]+$")]
Cursor = Annotated[str, Field(max_length=300, pattern=r"^[A-Za-z0-9_=-]*$", description="`next` of the page before.")]


def _day_in_our_time(value: date) -> date:
    if not is_sensible(value):
        raise ValueError(OUT_OF_SENSE.en)
    return value


Day = Annotated[date, AfterValidator(_day_in_our_time)]


def one_of(*words: str) -> GetPydanticSchema:
    """For `Annotated[str, one_of(…)]`: a text from the database, which an answer gives as one of these words only."""
    return GetPydanticSchema(lambda _source, _handler: literal_schema([*words]))
