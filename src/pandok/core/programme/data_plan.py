"""What a data set was agreed to be: its columns, what they may hold, and how many of which label there shall be."""

from __future__ import annotations

import re
from enum import StrEnum
from typing import Annotated

from pydantic import Field, field_validator, model_validator

from pandok.core.lab.strict_value import StrictValue
from pandok.core.programme.data_targets import DataTarget
from pandok.core.text import Text

ColumnName = Annotated[str, Field(min_length=1, max_length=100)]


class Holds(StrEnum):
    """What a column holds."""

    NUMBER = "number"
    WHOLE_NUMBER = "whole_number"
    TEXT = "text"
    DATE = "date"
    FILE = "file"
    """A path below the data set's folder."""

    @property
    def words(self) -> Text:
        return _WORDS[self]


_WORDS = {
    Holds.NUMBER: Text(ko="수", en="number"),
    Holds.WHOLE_NUMBER: Text(ko="정수", en="whole number"),
    Holds.TEXT: Text(ko="글자", en="text"),
    Holds.DATE: Text(ko="날짜", en="date"),
    Holds.FILE: Text(ko="파일", en="file"),
}


class ColumnPlan(StrictValue):
    """`least`, `most`: bounds of a number, included. `among`: the only values there may be. `pattern`: the whole value,
    as a regular expression."""

    name: ColumnName
    holds: Holds = Holds.TEXT
    required: bool = True
    unique: bool = False
    least: float | None = None
    most: float | None = None
    among: tuple[str, ...] = ()
    pattern: Annotated[str, Field(max_length=200)] = ""

    @field_validator("pattern")
    @classmethod
    def _readable(cls, pattern: str) -> str:
        try:
            re.compile(pattern)
        except re.error as error:
            raise ValueError(f"no regular expression: {error}") from error
        return pattern

    @model_validator(mode="after")
    def _bounds(self) -> ColumnPlan:
        bounded = self.least is not None or self.most is not None
        if bounded and self.holds not in (Holds.NUMBER, Holds.WHOLE_NUMBER):
            raise ValueError("bounds are of numbers")
        if self.least is not None and self.most is not None and self.least > self.most:
            raise ValueError("least is no more than most")
        return self


class DataPlan(StrictValue):
    """`split`: the column that says what a row is for (train, test). `label`, `second_label`: the first and the
    independent second reading of the same thing. `counts`: how many rows of a label were agreed on, at least.
    `same_thing`: columns that make two rows one thing where they are equal; none: all columns but the unique ones.
    `targets`: what was agreed of its quality."""

    name: Annotated[str, Field(min_length=1, max_length=200)]
    columns: Annotated[tuple[ColumnPlan, ...], Field(min_length=1, max_length=500)]
    split: str = ""
    label: str = ""
    second_label: str = ""
    same_thing: tuple[ColumnName, ...] = ()
    counts: dict[str, Annotated[int, Field(ge=0)]] = Field(default_factory=dict)
    targets: Annotated[tuple[DataTarget, ...], Field(max_length=50)] = ()

    @model_validator(mode="after")
    def _known(self) -> DataPlan:
        names = [one.name for one in self.columns]
        if len(set(names)) != len(names):
            raise ValueError("each column stands in the plan once")
        for name in (self.split, self.label, self.second_label, *self.same_thing):
            if name and name not in names:
                raise ValueError(f"column {name} is not in the plan")
        if self.counts and not self.label:
            raise ValueError("counts are of labels: name the column")
        return self
