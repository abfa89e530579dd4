from __future__ import annotations

import random
from datetime import date

import pytest
from hypothesis import given
from hypothesis import strategies as st

from pandok.core.programme.indicators import Baseline, Direction, Indicator
from pandok.proof.kpi.columns import Kind
from pandok.proof.kpi.masks import Row
from pandok.proof.kpi.value_of import KpiValue, Method, value_of
from pandok.proof.kpi.verdicts import verdict_on
from pandok.proof.verdict import Verdict

COLUMNS = {"outcome": Kind.TEXT, "minutes": Kind.NUMBER, "missed": Kind.TRUTH, "device": Kind.TEXT}


def of(text: str, rows: list[Row], **how: object) -> KpiValue:
    return value_of(text, rows, COLUMNS, **how)  # type: ignore[arg-type]


def test_each_figure_is_what_a_person_would_count() -> None:
    rows: list[Row] = [
        {"outcome": "confirmed", "minutes": 4.0, "missed": False},
        {"outcome": "false alarm", "minutes": 10.0, "missed": False},
        {"outcome": "confirmed", "minutes": 1.0, "missed": True},
        {"outcome": None, "minutes": None, "missed": None},
    ]
    assert of("count()", rows).value == 4
    assert of('count(outcome == "confirmed")', rows).value == 2
    assert of('share(outcome == "confirmed")', rows).value == 0.5
    assert of('share(outcome == "confirmed", of: outcome is known)', rows).value == pytest.approx(2 / 3)
    assert of("distinct(outcome)", rows).value == 2
    assert of("sum(minutes)", rows).value == 15
    assert of("mean(minutes)", rows).value == 5
    assert of("median(minutes)", rows).value == 4
    assert of("quantile(minutes, 0.95)", rows).value == 10
    assert of("sum(minutes, of: missed) / count(missed)", rows).value == 1
    assert of("mean(minutes)", rows).left_out == 1


def test_a_missing_value_fulfils_neither_a_comparison_nor_its_opposite() -> None:
    rows: list[Row] = [{"minutes": None, "missed": None}, {"minutes": 2.0, "missed": False}]
    assert of("count(minutes > 1)", rows).value == 1
    assert of("count(not minutes > 1)", rows).value == 0
    assert of("count(not missed)", rows).value == 1
    assert of("count(missed or minutes is missing)", rows).value == 1
    assert of("count(minutes != 2)", rows).value == 0


def test_where_nothing_can_be_counted_there_is_no_value_and_no_error() -> None:
    assert of("share(missed)", []) == KpiValue(None, None, Method.SCORE, 0, 0)
    assert of("count() / count(missed)", [{"missed": False}]).value is None
    assert of("mean(minutes)", [{"minutes": None}]).value is None
    assert of("median(minutes, of: missed)", [{"minutes": 3.0, "missed": False}]).value is None


@pytest.mark.parametrize(
    "row",
    [
        {"minutes": "4"},
        {"minutes": True},
        {"minutes": float("nan")},
        {"minutes": float("inf")},
        {"missed": 1},
        {"missed": "yes"},
        {"outcome": 3},
    ],
)
def test_a_row_that_holds_something_else_is_refused_whatever_the_formula_looks_at(row: Row) -> None:
    with pytest.raises(ValueError, match=f"in column {next(iter(row))}"):
        of("count()", [{"minutes": 1.0}, row])


def test_intervals_are_those_of_their_method_and_clusters_widen_them() -> None:
    rng = random.Random(5)
    rows: list[Row] = []
    for device in range(20):
        bad = rng.random() < 0.3
        rows += [{"device": f"d{device}", "missed": bad, "minutes": rng.gauss(5, 1)} for _ in range(10)]
    alone, together = of("share(missed)", rows), of("share(missed)", rows, cluster="device")
    assert (alone.method, together.method) == (Method.SCORE, Method.RESAMPLED)
    assert alone.interval
    assert together.interval
    assert together.interval[1] - together.interval[0] > 1.5 * (alone.interval[1] - alone.interval[0])
    assert of("median(minutes)", rows).method is Method.ORDER
    assert of("mean(minutes)", rows).method is Method.STUDENT
    ratio = of("1 - count(missed) / count()", rows)
    assert ratio.method is Method.RESAMPLED
    assert ratio.interval
    assert ratio.value
    assert ratio.interval[0] < ratio.value < ratio.interval[1]
    assert of("count(missed)", rows).interval is None


@given(st.lists(st.tuples(st.floats(0, 1e6), st.booleans() | st.none()), min_size=1, max_size=20), st.randoms())
def test_the_order_of_rows_changes_no_bit(values: list[tuple[float, bool | None]], rng: random.Random) -> None:
    rows: list[Row] = [{"minutes": minutes, "missed": missed, "device": "a"} for minutes, missed in values]
    mixed = list(rows)
    rng.shuffle(mixed)
    for text in ("mean(minutes)", "sum(minutes) / count()", "share(missed) + 1"):
        assert of(text, rows, rounds=20) == of(text, mixed, rounds=20)


def indicator(direction: Direction = Direction.HIGHER, **other: object) -> Indicator:
    lower = direction is Direction.LOWER
    return Indicator(
        **{
            "key": "confirmed",
            "name": "확인된 경보 비율",
            "purpose": "헛출동을 줄인다",
            "formula": "share(missed)",
            "source": "alerts",
            "unit": "비율",
            "direction": direction,
            "baseline": Baseline(value=0.5, interval=(0.4, 0.6), counted_on=date(2026, 1, 1), how="2025년 기록"),
            "target": 0.3 if lower else 0.7,
            "margin": 0.1,
            "measured_by": "관제실",
            "measured_on": date(2026, 12, 1),
            "least_rows": 30,
            "weight": 1.0,
            **other,
        }  # type: ignore[arg-type]
    )


@pytest.mark.parametrize(
    ("direction", "value", "interval", "verdict"),
    [
        (Direction.HIGHER, 0.8, (0.7, 0.9), Verdict.PROVEN),
        (Direction.HIGHER, 0.8, (0.69, 0.9), Verdict.NOT_PROVEN),
        (Direction.HIGHER, 0.3, (0.2, 0.39), Verdict.INFERIOR),
        (Direction.HIGHER, 0.3, (0.2, 0.4), Verdict.NOT_PROVEN),
        (Direction.LOWER, 0.2, (0.1, 0.3), Verdict.PROVEN),
        (Direction.LOWER, 0.2, (0.1, 0.31), Verdict.NOT_PROVEN),
        (Direction.LOWER, 0.7, (0.61, 0.8), Verdict.INFERIOR),
        (Direction.HIGHER, 0.8, None, Verdict.UNDECIDABLE),
    ],
)
def test_the_verdict_follows_the_rule_that_was_locked(
    direction: Direction, value: float, interval: tuple[float, float] | None, verdict: Verdict
) -> None:
    assert verdict_on(indicator(direction), KpiValue(value, interval, Method.SCORE, 100, 0)) is verdict


def test_too_few_rows_or_no_value_decide_nothing_and_a_full_count_stands_for_itself() -> None:
    one = indicator()
    assert verdict_on(one, KpiValue(0.9, (0.8, 0.95), Method.SCORE, 29, 0)) is Verdict.UNDECIDABLE
    assert verdict_on(one, KpiValue(None, None, Method.SCORE, 100, 0)) is Verdict.UNDECIDABLE
    assert verdict_on(one, KpiValue(0.7, None, Method.COUNTED, 100, 0)) is Verdict.PROVEN
