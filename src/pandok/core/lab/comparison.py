"""What a finished comparison says: every figure with its interval, and nothing of a single case.

One value with one byte form (pandok.core.canonical): from the same rows every machine makes the same sha256. Cells of
fewer than LEAST_CELL cases carry no figure, only that they are small.
"""

from __future__ import annotations

from datetime import date
from enum import StrEnum

from pydantic import Field

from pandok.core.lab.evidence import Measured
from pandok.core.lab.problem import Aim, Metric
from pandok.core.lab.strict_value import StrictValue
from pandok.core.text import Text

LEAST_CELL = 5
Bounds = tuple[float, float]


class ScoredRow(StrictValue):
    """One query as it is compared. `truth`: the true values, none where nothing of the register is right.

    `model` and `practice`: a score or an estimate as number, a class or the id of what was found as text; None where
    there is no readable answer.
    """

    case_id: str
    cluster: str = ""
    site: str = ""
    groups: dict[str, str] = Field(default_factory=dict)
    truth: tuple[str, ...]
    model: float | str | None
    practice: float | str | None


class Method(StrEnum):
    """How an interval of the difference was found."""

    SCORE = "score"
    EXACT = "exact"
    CLUSTERED_SCORE = "clustered_score"
    AREAS = "areas"
    CLUSTERED_AREAS = "clustered_areas"
    MEAN = "mean"
    CLUSTERED_MEAN = "clustered_mean"
    TRIAL = "trial"
    READERS = "readers"

    @property
    def words(self) -> Text:
        return _METHODS[self]


_METHODS = {
    Method.SCORE: Text(ko="짝지은 비율의 Tango 점수 구간", en="Tango's score interval of paired shares"),
    Method.EXACT: Text(
        ko="짝지은 비율의 Tango 점수 구간과 정확 구간 가운데 넓은 것",
        en="the wider of Tango's score interval and the exact one",
    ),
    Method.CLUSTERED_SCORE: Text(
        ko="군집 평균의 t 구간과 설계효과를 반영한 점수 구간 가운데 넓은 것",
        en="the wider of the t interval of cluster means and the score interval with design effect",
    ),
    Method.AREAS: Text(
        ko="짝지은 AUC의 점수 구간과 DeLong 구간 가운데 넓은 것",
        en="the wider of the score interval of paired areas and DeLong's",
    ),
    Method.CLUSTERED_AREAS: Text(
        ko="군집 공분산(Obuchowski)에 따른 짝지은 AUC의 점수 구간",
        en="the score interval of paired areas with the covariance of clusters (Obuchowski)",
    ),
    Method.MEAN: Text(ko="짝지은 차이의 t 구간", en="the t interval of paired differences"),
    Method.TRIAL: Text(
        ko="시험 중 언제 멈추어도 맞는 베팅 구간과, 계획한 건수에서의 구간 가운데 좁은 쪽",
        en="the tighter of the betting bounds, which hold whenever a trial stops, and the interval at the planned n",
    ),
    Method.READERS: Text(
        ko="담당자와 물품을 모두 표본으로 본 Obuchowski–Rockette 구간과 물품 군집 구간 가운데 넓은 것",
        en="the wider of Obuchowski and Rockette's interval, readers and cases random, and that clustered by case",
    ),
    Method.CLUSTERED_MEAN: Text(ko="군집 평균의 t 구간", en="the t interval of cluster means"),
}


class Figure(StrictValue):
    """One reader's figure, with its interval at the registered confidence."""

    value: float
    interval: Bounds


class NoiseBound(StrictValue):
    """The worst that `turned` wrong truths could do to an endpoint: its interval then. `exact`: no choice of truths is
    worse; else the choice is the worst that a step by step search finds."""

    turned: int
    interval: Bounds
    exact: bool


class EndpointResult(StrictValue):
    """`difference` is model minus practice, turned so that larger is better for the model. `line`: it must lie above.
    `p_value` (two-sided, of no difference) only where a test for it is registered with the method."""

    metric: Metric
    aim: Aim
    margin: float
    line: float
    cases: int
    model: Figure
    practice: Figure
    difference: float
    interval: Bounds
    method: Method
    p_value: float | None = None
    noise: NoiseBound | None = None


class CellState(StrEnum):
    HIDDEN = "hidden"
    """Fewer cases than may be shown; their number is not told either."""
    TOO_SMALL = "too_small"
    """Fewer cases than registered, or figures that so few cases do not give: never judged."""
    HARMED = "harmed"
    SAFE = "safe"
    """Shown not to fall below practice by the margin."""
    OPEN = "open"
    """Neither shown."""
    SHOWN = "shown"
    """A site: described, not judged."""


class Cell(StrictValue):
    """A group or a site, by the first registered metric."""

    name: str
    state: CellState
    cases: int | None = None
    model: Figure | None = None
    practice: Figure | None = None
    difference: float | None = None
    interval: Bounds | None = None


class GroupResult(StrictValue):
    column: str
    title: Text
    margin: float
    least_cases: int
    cells: tuple[Cell, ...]


class Comparison(StrictValue):
    """`measured` is what may leave the lab: verdict and intervals can be computed from it and the registration."""

    kind: str = "pandok comparison 1"
    problem: str
    version: int
    registered_on: date | None
    alpha: float
    planned: int
    reached: int
    left_out: int
    """Queries that enter no endpoint by the registered metric (recall: nothing of the register is right)."""
    missing: int
    practice_missing: int
    endpoints: tuple[EndpointResult, ...]
    groups: tuple[GroupResult, ...]
    sites: tuple[Cell, ...]
    verdict: str
    broken: tuple[Text, ...]
    said: tuple[Text, ...]
    """What was proven and what was not, in plain sentences."""
    measured: Measured | None
    """None where the cases do not give the evidence of every endpoint."""
