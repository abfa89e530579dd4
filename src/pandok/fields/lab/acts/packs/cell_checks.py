"""Whether a truth or an answer of today's practice fits the task, as functions of the cell."""

from __future__ import annotations

import math
from collections.abc import Set as AbstractSet

from pandok.core.lab.problem import OutputSpec, Task
from pandok.core.text import Text

SEVERAL = ";"


def truths(cell: str) -> tuple[str, ...]:
    """The true values of a cell.

    >>> truths("a; b"), truths("")
    (('a', 'b'), ())
    """
    return tuple(one.strip() for one in cell.split(SEVERAL) if one.strip())


def truth_fault(values: tuple[str, ...], output: OutputSpec, known: AbstractSet[str]) -> Text | None:
    """What is wrong with a truth. `known`: the ids that the register shows."""
    if output.task is Task.EMBEDDING:
        strange = [one for one in values if one not in known]
        return _unknown(strange[0]) if strange else None
    if len(values) != 1:
        return Text(ko="정답이 꼭 하나여야 합니다.", en="There must be exactly one truth.")
    if output.task is Task.SCORE:
        return None if values[0] in ("0", "1") else Text(ko="정답은 0이나 1이어야 합니다.", en="The truth is 0 or 1.")
    return _value_fault(values[0], output)


def practice_fault(cell: str, output: OutputSpec, known: AbstractSet[str]) -> Text | None:
    """What is wrong with an answer of practice; an empty one means that there was none."""
    if not cell:
        return None
    if output.task is Task.EMBEDDING:
        return None if cell in known else _unknown(cell)
    return _value_fault(cell, output)


def _value_fault(cell: str, output: OutputSpec) -> Text | None:
    if output.task is Task.CLASSES:
        if cell in output.classes:
            return None
        return Text(ko=f"등록하지 않은 부류입니다: {cell[:60]!r}.", en=f"Not one of the classes: {cell[:60]!r}.")
    return None if is_number(cell) else Text(ko=f"숫자가 아닙니다: {cell[:60]!r}.", en=f"Not a number: {cell[:60]!r}.")


def is_number(cell: str) -> bool:
    """Whether it reads as a finite number.

    >>> is_number("1e-3"), is_number("nan"), is_number("1_0")
    (True, False, False)
    """
    if "_" in cell:
        return False
    try:
        return math.isfinite(float(cell))
    except ValueError:
        return False


def _unknown(value: str) -> Text:
    return Text(ko=f"등록부에 없는 번호입니다: {value[:60]!r}.", en=f"No register picture shows {value[:60]!r}.")
