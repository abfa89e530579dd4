"""A KPI as it is agreed on before the run, and the sheet of an agreement; its digest is what is locked."""

from __future__ import annotations

from datetime import date
from enum import StrEnum
from typing import Annotated

from pydantic import Field, model_validator

from pandok.core.canonical import digest
from pandok.core.lab.strict_value import StrictValue
from pandok.core.text import Text

Line = Annotated[str, Field(min_length=1, max_length=200)]
Paragraph = Annotated[str, Field(min_length=1, max_length=2000)]
Sha256 = Annotated[str, Field(pattern=r"^[0-9a-f]{64}$")]


class Direction(StrEnum):
    HIGHER = "higher"
    LOWER = "lower"

    @property
    def words(self) -> Text:
        return _DIRECTIONS[self]


_DIRECTIONS = {
    Direction.HIGHER: Text(ko="높을수록 좋음", en="higher is better"),
    Direction.LOWER: Text(ko="낮을수록 좋음", en="lower is better"),
}


class Baseline(StrictValue):
    """Today's number, and how it was counted. `interval` None: counted in full, not from a sample."""

    value: float
    interval: tuple[float, float] | None
    counted_on: date
    how: Paragraph

    @model_validator(mode="after")
    def _in_order(self) -> Baseline:
        if self.interval is not None and not self.interval[0] <= self.value <= self.interval[1]:
            raise ValueError("the baseline lies within its interval")
        return self


class Indicator(StrictValue):
    """One line of the sheet. `formula`: in the language of `pandok.proof.kpi.grammar`, over the rows of `source`.

    `margin`: how much worse than the baseline still is no harm, in the indicator's unit. `least_rows`: fewer are no
    evidence. `cluster`: the column whose rows belong together, or "".
    """

    key: Annotated[str, Field(pattern=r"^[a-z][a-z0-9_]{1,39}$")]
    name: Line
    purpose: Paragraph
    formula: Annotated[str, Field(min_length=1, max_length=500)]
    source: Line
    cluster: str = ""
    unit: Line
    direction: Direction
    baseline: Baseline
    target: float
    margin: Annotated[float, Field(ge=0)]
    measured_by: Line
    measured_on: date
    least_rows: Annotated[int, Field(ge=1)]
    weight: Annotated[float, Field(gt=0, le=1)]

    @model_validator(mode="after")
    def _better_than_today(self) -> Indicator:
        ahead = self.target - self.baseline.value
        if (ahead if self.direction is Direction.HIGHER else -ahead) < 0:
            raise ValueError("a target is no worse than today's number")
        if self.measured_on <= self.baseline.counted_on:
            raise ValueError("the measuring day comes after the day of the baseline")
        return self


class Sheet(StrictValue):
    """The KPIs of one agreement, in the order that was agreed on. No satisfaction alone: see `opening`."""

    indicators: Annotated[tuple[Indicator, ...], Field(min_length=1, max_length=40)]

    @model_validator(mode="after")
    def _each_once(self) -> Sheet:
        keys = [one.key for one in self.indicators]
        if len(set(keys)) != len(keys):
            raise ValueError("each indicator stands on the sheet once")
        if abs(sum(one.weight for one in self.indicators) - 1) > 1e-9:
            raise ValueError("weights come to 1")
        return self

    @property
    def sha256(self) -> str:
        return digest(self)
