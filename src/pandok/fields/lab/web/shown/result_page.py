"""What the pages of results show, as values."""

from __future__ import annotations

from dataclasses import dataclass

from pandok.core.lab.comparison import Comparison
from pandok.core.lab.problem import Metric, Part, Problem
from pandok.core.lab.result_report import Report
from pandok.core.text import Text
from pandok.fields.lab.acts.scoring.interval_picture import both_widths, of_comparison
from pandok.fields.lab.models import LadderBoard, Run
from pandok.fields.lab.states.run_states import RunState
from pandok.proof.sentences import METRICS, number
from pandok.proof.verdict import Verdict

_HEARD = {
    True: Text(ko="지금까지의 가장 나은 점수를 올렸습니다.", en="This run raised the best score so far."),
    False: Text(
        ko="지금까지의 가장 나은 점수를 점수 공개 단위 이상 넘지 못하였습니다. 그 밖의 것은 알리지 않습니다.",
        en="This run did not beat the best score so far by a step; nothing else is told of it.",
    ),
}


@dataclass(frozen=True)
class ResultRow:
    run: Run
    problem: Text
    part: Part
    state: Text
    outcome: Text


@dataclass(frozen=True)
class LadderPage:
    metric: Text
    shown: Text
    step: Text
    heard: Text
    used: int
    most: int


@dataclass(frozen=True)
class VerdictPage:
    verdict: Verdict
    report: Report
    comparison: Comparison
    picture: str
    """SVG made here of numbers and escaped words."""


def result_row(run: Run) -> ResultRow:
    problem = run.registration.pack.problem
    part = Part(run.part)
    if part is Part.CONFIRM:
        outcome = Verdict(run.comparison.verdict).words
    else:
        page = ladder_page(problem, run.ladder)
        outcome = Text(ko=f"{page.metric.ko} {page.shown.ko}", en=f"{page.metric.en} {page.shown.en}")
    return ResultRow(run, problem.title, part, RunState(run.state).words, outcome)


def ladder_page(problem: Problem, board: LadderBoard) -> LadderPage:
    metric = problem.endpoints[0].metric
    value = -board.shown if metric is Metric.MEAN_ABSOLUTE_ERROR else board.shown
    unit = problem.output.unit
    return LadderPage(
        METRICS[metric],
        number(metric, value, unit=unit),
        number(metric, board.step, unit=unit),
        _HEARD[board.improved],
        board.number,
        problem.budget.submissions,
    )


def verdict_page(run: Run, language: str) -> VerdictPage:
    problem, comparison = run.registration.registration.problem, run.comparison.comparison
    return VerdictPage(
        Verdict(comparison.verdict),
        Report.model_validate(run.report.values),
        comparison,
        both_widths(of_comparison(problem, comparison), language),
    )
