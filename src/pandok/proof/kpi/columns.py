"""A formula held against its source: columns that exist, and hold what the figure can take."""

from __future__ import annotations

from collections.abc import Iterator, Mapping
from enum import StrEnum

from pandok.core.errors import RequestError
from pandok.core.text import Text
from pandok.proof.kpi.formula import (
    Among,
    Arithmetic,
    Comparison,
    Condition,
    Figure,
    Formula,
    Joined,
    Missing,
    Not,
    Over,
    Relation,
    Truth,
)


class Kind(StrEnum):
    """What a column holds. A value may be missing in each."""

    NUMBER = "number"
    TEXT = "text"
    TRUTH = "truth"

    @property
    def words(self) -> Text:
        return _WORDS[self]


_WORDS = {
    Kind.NUMBER: Text(ko="수", en="number"),
    Kind.TEXT: Text(ko="글자", en="text"),
    Kind.TRUTH: Text(ko="예·아니오", en="yes or no"),
}
_ORDERED = (Relation.BELOW, Relation.AT_MOST, Relation.ABOVE, Relation.AT_LEAST)


def figures_of(formula: Formula) -> Iterator[Figure]:
    """Every figure over rows, from left to right."""
    if isinstance(formula, Figure):
        yield formula
    elif isinstance(formula, Arithmetic):
        yield from figures_of(formula.left)
        yield from figures_of(formula.right)


def held_against(formula: Formula, columns: Mapping[str, Kind]) -> None:
    """Raises RequestError (`kpi.column`) at the first column that is not there or holds something else, and
    (`kpi.no_figure`) where the formula is a number that no row could change."""
    figures = list(figures_of(formula))
    if not figures:
        raise RequestError(
            Text(ko="산식이 기록을 하나도 보지 않습니다.", en="The formula looks at no record."),
            Text(ko="기록을 세는 함수를 넣으십시오.", en="Put in a figure over the records."),
            code="kpi.no_figure",
        )
    for figure in figures:
        if figure.column is not None and figure.over is not Over.DISTINCT:
            _needs(figure.column, Kind.NUMBER, columns)
        elif figure.column is not None:
            _kind(figure.column, columns)
        for condition in (figure.condition, figure.of):
            if condition is not None:
                _checked(condition, columns)


def _checked(condition: Condition, columns: Mapping[str, Kind]) -> None:
    match condition:
        case Comparison(column, relation, constant):
            kind = Kind.NUMBER if isinstance(constant, float) or relation in _ORDERED else Kind.TEXT
            _needs(column, kind, columns)
            if kind is Kind.NUMBER and isinstance(constant, str):
                raise _refused(column, Text(ko="크기를 수와만 견줍니다", en="order is compared with numbers alone"))
        case Among(column, values):
            for value in values:
                _needs(column, Kind.NUMBER if isinstance(value, float) else Kind.TEXT, columns)
        case Missing(column):
            _kind(column, columns)
        case Truth(column):
            _needs(column, Kind.TRUTH, columns)
        case Not(inner):
            _checked(inner, columns)
        case Joined(_, parts):
            for part in parts:
                _checked(part, columns)


def _kind(column: str, columns: Mapping[str, Kind]) -> Kind:
    if column not in columns:
        there = ", ".join(sorted(columns))
        raise _refused(
            column, Text(ko=f"그런 열이 없습니다. 있는 열: {there}", en=f"there is no such column, but {there}")
        )
    return columns[column]


def _needs(column: str, kind: Kind, columns: Mapping[str, Kind]) -> None:
    found = _kind(column, columns)
    if found is not kind:
        raise _refused(
            column,
            Text(
                ko=f"이 열은 {found.words.ko}인데 {kind.words.ko}로 쓰였습니다",
                en=f"it holds {found.words.en}, and is used as {kind.words.en}",
            ),
        )


def _refused(column: str, why: Text) -> RequestError:
    return RequestError(
        Text(ko=f"산식의 열 '{column}': {why.ko}.", en=f"Column '{column}' of the formula: {why.en}."),
        Text(ko="산식이나 자료원을 고치십시오.", en="Correct the formula, or choose another source."),
        code="kpi.column",
        column=column,
    )
