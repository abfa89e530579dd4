"""What a formula becomes when it is read: arithmetic of numbers and of figures over rows, with their conditions."""

from __future__ import annotations

from dataclasses import dataclass
from enum import StrEnum


class Operation(StrEnum):
    ADD = "+"
    SUBTRACT = "-"
    MULTIPLY = "*"
    DIVIDE = "/"


class Over(StrEnum):
    """A figure over rows."""

    COUNT = "count"
    SHARE = "share"
    DISTINCT = "distinct"
    SUM = "sum"
    MEAN = "mean"
    MEDIAN = "median"
    QUANTILE = "quantile"


class Relation(StrEnum):
    EQUAL = "=="
    UNEQUAL = "!="
    BELOW = "<"
    AT_MOST = "<="
    ABOVE = ">"
    AT_LEAST = ">="


@dataclass(frozen=True)
class Comparison:
    column: str
    relation: Relation
    constant: float | str


@dataclass(frozen=True)
class Among:
    column: str
    values: tuple[float | str, ...]


@dataclass(frozen=True)
class Missing:
    column: str


@dataclass(frozen=True)
class Truth:
    """A column of yes and no."""

    column: str


@dataclass(frozen=True)
class Not:
    inner: Condition


@dataclass(frozen=True)
class Joined:
    every: bool
    """`and`; else `or`."""
    parts: tuple[Condition, ...]


Condition = Comparison | Among | Missing | Truth | Not | Joined


@dataclass(frozen=True)
class Number:
    value: float


@dataclass(frozen=True)
class Figure:
    """`condition`: of the rows counted (count, share). `of`: the rows that come into question; None: all."""

    over: Over
    column: str | None = None
    condition: Condition | None = None
    of: Condition | None = None
    quantile: float | None = None


@dataclass(frozen=True)
class Arithmetic:
    operation: Operation
    left: Formula
    right: Formula


Formula = Number | Figure | Arithmetic
