"""What a formula comes to on recorded rows, how sure that is, and on how many rows it stands.

The same rows in any order give the same value to the last bit: sums are exact (`math.fsum`), rows are put in one order
before anything is drawn, and what is drawn follows from the formula and the number of rows.
"""

from __future__ import annotations

import hashlib
import math
from collections.abc import Callable, Mapping, Sequence
from dataclasses import dataclass
from enum import StrEnum
from operator import add, mul, sub, truediv

import numpy as np
from numpy.typing import NDArray
from scipy.stats import t

from pandok.core.canonical import canonical
from pandok.core.text import Text
from pandok.proof.bootstrap import Interval, bootstrap_intervals
from pandok.proof.kpi.columns import Kind, figures_of, held_against
from pandok.proof.kpi.formula import Arithmetic, Figure, Formula, Number, Operation, Over
from pandok.proof.kpi.grammar import parsed
from pandok.proof.kpi.masks import Mask, Row, fulfilled
from pandok.proof.no_trials import NoTrials
from pandok.proof.shares import counted_quantile, wilson_interval

ROUNDS = 1000
_ARITHMETIC = {Operation.ADD: add, Operation.SUBTRACT: sub, Operation.MULTIPLY: mul, Operation.DIVIDE: truediv}
Rows = NDArray[np.intp]


class Method(StrEnum):
    """How the interval was found."""

    SCORE = "score"
    ORDER = "order"
    STUDENT = "student"
    RESAMPLED = "resampled"
    COUNTED = "counted"

    @property
    def words(self) -> Text:
        return _METHODS[self]


_METHODS = {
    Method.SCORE: Text(ko="비율의 윌슨 점수 구간", en="Wilson's score interval of a share"),
    Method.ORDER: Text(ko="순서통계량에 따른 구간", en="bounds from order statistics"),
    Method.STUDENT: Text(ko="평균의 t 구간", en="the t interval of a mean"),
    Method.RESAMPLED: Text(ko="재표집(부트스트랩) 구간", en="a percentile bootstrap"),
    Method.COUNTED: Text(ko="센 값 그대로: 구간 없음", en="counted as it is: no interval"),
}


@dataclass(frozen=True)
class KpiValue:
    """`value` None: no row came into question, or something was divided by nothing. `rows`: the fewest that a figure
    of the formula stands on. `left_out`: rows in question whose value is missing."""

    value: float | None
    interval: Interval | None
    method: Method
    rows: int
    left_out: int


def value_of(
    formula: str,
    rows: Sequence[Row],
    columns: Mapping[str, Kind],
    *,
    cluster: str | None = None,
    confidence: float = 0.95,
    rounds: int = ROUNDS,
) -> KpiValue:
    """Raises RequestError where the formula cannot be read or does not fit the columns, ValueError for a row that holds
    another kind than its column, or a number that nothing can be computed from.

    cluster: a column whose rows belong together (days of one device); whole clusters are then drawn again.

    >>> rows = [{"outcome": "confirmed"}] * 8 + [{"outcome": "false alarm"}] * 2
    >>> found = value_of('share(outcome == "confirmed")', rows, {"outcome": Kind.TEXT})
    >>> found.value, [round(bound, 3) for bound in found.interval], found.rows
    (0.8, [0.49, 0.943], 10)
    """
    tree = parsed(formula)
    held_against(tree, columns)
    for row in rows:
        _held_to(row, columns)
    ordered = sorted(rows, key=lambda row: canonical({key: row.get(key) for key in sorted(columns)}))
    figures = {figure: _Computed(figure, ordered) for figure in figures_of(tree)}
    everything: Rows = np.arange(len(ordered))
    method = _method(tree, cluster)
    stands_on = min(one.stands_on for one in figures.values())
    left_out = max(one.left_out for one in figures.values())
    try:
        value = _value(tree, figures, everything)
    except NoTrials:
        return KpiValue(None, None, method, stands_on, left_out)
    interval = None
    if method is Method.RESAMPLED:
        seed = hashlib.sha256(f"{formula}\n{len(ordered)}".encode()).digest()
        interval = bootstrap_intervals(
            {"kpi": lambda picks: _value(tree, figures, picks)},
            len(ordered),
            rounds=rounds,
            rng=np.random.default_rng(list(seed)),
            clusters=[str(row.get(cluster)) for row in ordered] if cluster else None,
            confidence=confidence,
        )["kpi"]
    elif isinstance(tree, Figure) and method is not Method.COUNTED:
        interval = figures[tree].interval(method, confidence)
    return KpiValue(value, interval, method, stands_on, left_out)


def _held_to(row: Row, columns: Mapping[str, Kind]) -> None:
    for name, kind in columns.items():
        value = row.get(name)
        if value is None:
            continue
        if kind is Kind.NUMBER:
            fits = isinstance(value, int | float) and not isinstance(value, bool) and math.isfinite(value)
        else:
            fits = isinstance(value, str if kind is Kind.TEXT else bool)
        if not fits:
            raise ValueError(f"{value!r} in column {name} is no {kind.value}")


def _method(tree: Formula, cluster: str | None) -> Method:
    if all(figure.over in (Over.COUNT, Over.DISTINCT, Over.SUM) for figure in figures_of(tree)) and not _divides(tree):
        return Method.COUNTED
    if cluster is None and isinstance(tree, Figure):
        if tree.over is Over.SHARE:
            return Method.SCORE
        if tree.over in (Over.MEDIAN, Over.QUANTILE):
            return Method.ORDER
        if tree.over is Over.MEAN:
            return Method.STUDENT
    return Method.RESAMPLED


def _divides(tree: Formula) -> bool:
    return isinstance(tree, Arithmetic) and (
        tree.operation is Operation.DIVIDE or _divides(tree.left) or _divides(tree.right)
    )


class _Computed:
    """A figure with its masks and numbers, ready for any choice of rows."""

    def __init__(self, figure: Figure, rows: Sequence[Row]):
        self.figure = figure
        self.of: Mask = np.ones(len(rows), bool) if figure.of is None else fulfilled(figure.of, rows).yes
        self.yes: Mask = self.of if figure.condition is None else fulfilled(figure.condition, rows).yes & self.of
        known = self.of
        self.numbers: NDArray[np.float64] = np.zeros(0)
        self.codes: NDArray[np.intp] = np.zeros(0, np.intp)
        if figure.column is not None:
            values = [row.get(figure.column) for row in rows]
            known = self.of & np.fromiter((value is not None for value in values), bool, len(rows))
            if figure.over is Over.DISTINCT:
                numbered: dict[object, int] = {}
                self.codes = np.array([numbered.setdefault(value, len(numbered)) for value in values], np.intp)
            else:
                self.numbers = np.array([0.0 if value is None else float(value) for value in values])
        self.known: Mask = known
        self.stands_on = int(known.sum())
        self.left_out = int(self.of.sum()) - self.stands_on

    def at(self, picks: Rows) -> float:
        """Raises NoTrials where nothing of these rows comes into question."""
        known = picks[self.known[picks]]
        over = self.figure.over
        if over is Over.COUNT:
            return float(self.yes[picks].sum())
        if over is Over.SHARE:
            if not len(known):
                raise _nothing()
            return float(self.yes[known].sum() / len(known))
        if over is Over.DISTINCT:
            return float(len(np.unique(self.codes[known])))
        numbers = self.numbers[known]
        if over is Over.SUM:
            return math.fsum(numbers)
        if not len(numbers):
            raise _nothing()
        if over is Over.MEAN:
            return math.fsum(numbers) / len(numbers)
        quantile = 0.5 if over is Over.MEDIAN else self.figure.quantile or 0.5
        return float(np.sort(numbers)[max(1, math.ceil(quantile * len(numbers) - 1e-9)) - 1])

    def interval(self, method: Method, confidence: float) -> Interval | None:
        numbers = self.numbers[self.known] if len(self.numbers) else self.numbers
        if method is Method.SCORE:
            return wilson_interval(int(self.yes.sum()), self.stands_on, confidence=confidence)
        if method is Method.ORDER:
            quantile = 0.5 if self.figure.over is Over.MEDIAN else self.figure.quantile or 0.5
            found = counted_quantile([(float(value), 1) for value in numbers], quantile, confidence=confidence)
            return None if found is None or found.low is None or found.high is None else (found.low, found.high)
        if len(numbers) < 2:
            return None
        middle = math.fsum(numbers) / len(numbers)
        spread = math.sqrt(math.fsum((numbers - middle) ** 2) / (len(numbers) - 1) / len(numbers))
        half = float(t.ppf((1 + confidence) / 2, len(numbers) - 1)) * spread
        return middle - half, middle + half


def _value(tree: Formula, figures: Mapping[Figure, _Computed], picks: Rows) -> float:
    if isinstance(tree, Number):
        return tree.value
    if isinstance(tree, Figure):
        return figures[tree].at(picks)
    left, right = _value(tree.left, figures, picks), _value(tree.right, figures, picks)
    if tree.operation is Operation.DIVIDE and right == 0:
        raise _nothing()
    compute: Callable[[float, float], float] = _ARITHMETIC[tree.operation]
    found = compute(left, right)
    if not math.isfinite(found):
        raise _nothing()
    return found


def _nothing() -> NoTrials:
    return NoTrials(
        Text(ko="산식이 볼 기록이 없습니다.", en="There is no record that the formula could look at."),
        Text(ko="기간과 조건을 확인하십시오.", en="Look at the period and at the conditions."),
    )
