"""Tables of a comparison: endpoints, groups and sites, with what they may show."""

from __future__ import annotations

from collections.abc import Sequence

from pandok.core.lab.comparison import Cell, Comparison, EndpointResult, Figure, GroupResult
from pandok.core.lab.problem import Metric, Problem
from pandok.core.lab.result_report import Table
from pandok.core.text import Text, counted
from pandok.fields.lab.acts.scoring import result_words as words
from pandok.fields.lab.acts.scoring.result_words import STATES, plain
from pandok.proof.sentences import METRICS, distance, number


def results_table(problem: Problem, comparison: Comparison) -> Table:
    """Each reader by itself."""
    return Table(
        title=Text(ko="지표별 결과", en="Results by metric"),
        head=(words.METRIC, words.CASES, words.MODEL, words.PRACTICE),
        rows=tuple(
            (
                METRICS[one.metric],
                plain(str(one.cases)),
                _figure(one.metric, one.model, problem),
                _figure(one.metric, one.practice, problem),
            )
            for one in comparison.endpoints
        ),
    )


def comparison_table(problem: Problem, comparison: Comparison) -> Table:
    """Model minus practice, and the line that was registered."""
    return Table(
        title=Text(ko="모델과 현행 업무의 차이", en="Model minus practice"),
        head=(words.METRIC, words.DIFFERENCE, words.INTERVAL, words.LINE, words.METHOD),
        rows=tuple(
            (
                METRICS[one.metric],
                _signed(one.metric, one.difference, problem),
                _between(one.metric, one.interval, problem),
                _signed(one.metric, one.line, problem),
                one.method.words,
            )
            for one in comparison.endpoints
        ),
    )


def noise_table(problem: Problem, endpoints: Sequence[EndpointResult]) -> Table | None:
    """None where no truth is taken for wrong."""
    bounds = [(one, one.noise) for one in endpoints if one.noise is not None]
    if not bounds:
        return None
    return Table(
        title=Text(ko="정답 표지 오차의 최악 경우", en="The worst that wrong truths could do"),
        head=(
            words.METRIC,
            Text(ko="뒤집은 정답", en="Truths turned"),
            words.INTERVAL,
            Text(ko="계산", en="Search"),
        ),
        rows=tuple(
            (
                METRICS[one.metric],
                plain(str(noise.turned)),
                _between(one.metric, noise.interval, problem),
                Text(ko="정확", en="exact") if noise.exact else Text(ko="단계별 탐색", en="step by step"),
            )
            for one, noise in bounds
        ),
    )


def group_table(problem: Problem, metric: Metric, group: GroupResult) -> Table:
    margin = distance(metric, group.margin, unit=problem.output.unit)
    return Table(
        title=Text(
            ko=f"{group.title.ko} (마진 {margin.ko}, 판단 최소 {group.least_cases}건)",
            en=f"{group.title.en} (margin {margin.en}, judged from {counted(group.least_cases, 'case')})",
        ),
        head=(words.GROUP, words.CASES, words.MODEL, words.PRACTICE, words.DIFFERENCE, words.STATE),
        rows=tuple(_cell(problem, metric, cell, STATES[cell.state]) for cell in group.cells),
    )


def site_table(problem: Problem, metric: Metric, cells: Sequence[Cell]) -> Table:
    return Table(
        title=Text(ko="장소별 (판단하지 않고 보이기만 합니다)", en="By site (shown, not judged)"),
        head=(words.SITE, words.CASES, words.MODEL, words.PRACTICE, words.DIFFERENCE, words.STATE),
        rows=tuple(_cell(problem, metric, cell, STATES[cell.state]) for cell in cells),
    )


def _cell(problem: Problem, metric: Metric, cell: Cell, state: Text) -> tuple[Text, ...]:
    name = plain(cell.name or "–")
    count = words.NONE if cell.cases is None else plain(str(cell.cases))
    if cell.model is None or cell.practice is None or cell.difference is None or cell.interval is None:
        return name, count, words.NONE, words.NONE, words.NONE, state
    apart, between = _signed(metric, cell.difference, problem), _between(metric, cell.interval, problem)
    return (
        name,
        count,
        number(metric, cell.model.value, unit=problem.output.unit),
        number(metric, cell.practice.value, unit=problem.output.unit),
        Text(ko=f"{apart.ko} ({between.ko})", en=f"{apart.en} ({between.en})"),
        state,
    )


def _figure(metric: Metric, figure: Figure, problem: Problem) -> Text:
    unit = problem.output.unit
    value, low, high = (number(metric, one, unit=unit) for one in (figure.value, *figure.interval))
    return Text(ko=f"{value.ko} ({low.ko} ~ {high.ko})", en=f"{value.en} ({low.en} to {high.en})")


def _signed(metric: Metric, value: float, problem: Problem) -> Text:
    return number(metric, value, unit=problem.output.unit, sign=True)


def _between(metric: Metric, interval: tuple[float, float], problem: Problem) -> Text:
    low, high = (_signed(metric, one, problem) for one in interval)
    return Text(ko=f"{low.ko} ~ {high.ko}", en=f"{low.en} to {high.en}")
