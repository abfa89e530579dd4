"""Which rows fulfil a condition, where values may be missing: true, false, or not known (Kleene 1938).

A comparison with a missing value is not known, neither is its opposite; only `is missing` and `is known` ask for it.
"""

from __future__ import annotations

from collections.abc import Callable, Mapping, Sequence
from dataclasses import dataclass
from functools import reduce
from typing import Any

import numpy as np
from numpy.typing import NDArray

from pandok.proof.kpi.formula import Among, Comparison, Condition, Joined, Missing, Not, Relation, Truth

Value = float | int | str | bool | None
Row = Mapping[str, Value]
Mask = NDArray[np.bool_]

_COMPARED: dict[Relation, Callable[[Any, Any], Any]] = {
    Relation.EQUAL: lambda a, b: a == b,
    Relation.UNEQUAL: lambda a, b: a != b,
    Relation.BELOW: lambda a, b: a < b,
    Relation.AT_MOST: lambda a, b: a <= b,
    Relation.ABOVE: lambda a, b: a > b,
    Relation.AT_LEAST: lambda a, b: a >= b,
}


@dataclass(frozen=True)
class Fulfilled:
    """`yes` and `no`, one value a row; neither where it is not known."""

    yes: Mask
    no: Mask


def fulfilled(condition: Condition, rows: Sequence[Row]) -> Fulfilled:
    match condition:
        case Comparison(column, relation, constant):
            compared = _COMPARED[relation]
            return _by_value(rows, column, lambda value: bool(compared(value, constant)))
        case Among(column, values):
            return _by_value(rows, column, lambda value: value in values)
        case Truth(column):
            return _by_value(rows, column, lambda value: value is True)
        case Missing(column):
            missing = np.fromiter((row.get(column) is None for row in rows), bool, len(rows))
            return Fulfilled(missing, ~missing)
        case Not(inner):
            found = fulfilled(inner, rows)
            return Fulfilled(found.no, found.yes)
        case Joined(every, parts):
            each = [fulfilled(part, rows) for part in parts]
            yes, no = [one.yes for one in each], [one.no for one in each]
            if every:
                return Fulfilled(reduce(np.logical_and, yes), reduce(np.logical_or, no))
            return Fulfilled(reduce(np.logical_or, yes), reduce(np.logical_and, no))


def _by_value(rows: Sequence[Row], column: str, holds: Callable[[Value], bool]) -> Fulfilled:
    values = [row.get(column) for row in rows]
    known = np.fromiter((value is not None for value in values), bool, len(rows))
    yes = np.fromiter((value is not None and holds(value) for value in values), bool, len(rows))
    return Fulfilled(yes, known & ~yes)
