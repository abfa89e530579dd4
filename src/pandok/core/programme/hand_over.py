"""What one site hands to the next of a proven reader, and what the next one says became of it there.

The statement is signed by the site that made it and names the proof by sha256. It says under which conditions the
proof holds (devices, season, how often what is looked for occurs), since that is where the next site differs.
"""

from __future__ import annotations

from datetime import date
from enum import StrEnum
from typing import Annotated, Literal

from pydantic import AwareDatetime, Field

from pandok.core.lab.strict_value import StrictValue
from pandok.core.programme.indicators import Line, Paragraph, Sha256
from pandok.core.text import Text

HAND_OVER_TYPE = "application/vnd.pandok.hand-over.v1+json"
ANSWER_TYPE = "application/vnd.pandok.hand-over-answer.v1+json"

Number = Annotated[str, Field(pattern=r"^[0-9]{4}-HO-[0-9]{6,}$")]
Said = Annotated[str, Field(max_length=2000)]


class Conditions(StrictValue):
    """Where and when it was tried: what has to be held against one's own place."""

    devices: Paragraph
    season: Paragraph
    prevalence: Paragraph


class OperatingSheet(StrictValue):
    """Who runs it and who pays, under which conditions it was proven, and what to look out for."""

    operated_by: Line
    paid_by: Line
    conditions: Conditions
    cautions: Said = ""


class HandedProblem(StrictValue):
    number: Line
    title: Line
    topic: Line
    region: Line
    who_suffers: Paragraph
    how_often: Line
    decision: Paragraph


class HandedKpi(StrictValue):
    """What was promised of a KPI and what came out; `value` None: nothing came into question."""

    key: Line
    name: Line
    unit: Line
    direction: Line
    baseline: float
    baseline_on: date
    target: float
    value: float | None
    interval: tuple[float, float] | None
    verdict: Line


class HandedProof(StrictValue):
    """The proof of the lab that lies in the package, and the question that an acceptance test asks again."""

    number: Line
    site: Line
    sha256: Sha256
    problem_id: Line
    metrics: Annotated[tuple[Line, ...], Field(min_length=1)]
    verdict: Line
    model_sha256: Sha256
    expires_on: date


class HandOver(StrictValue):
    """hand-over.json. `reader_sha256`: of reader.onnx in the package, "" where it is handed over another way."""

    kind: Literal["pandok hand-over 1"] = "pandok hand-over 1"
    number: Number
    site: Line
    region: Line
    made_at: AwareDatetime
    agreement: Line
    title: Line
    lead: Line
    lock: Sha256
    measurement: Line
    problem: HandedProblem
    kpis: Annotated[tuple[HandedKpi, ...], Field(min_length=1, max_length=40)]
    proof: HandedProof
    sheet: OperatingSheet
    reader_sha256: Annotated[str, Field(pattern=r"^([0-9a-f]{64})?$")] = ""


class Became(StrEnum):
    """What the next site says after its own acceptance test."""

    ACCEPTED = "accepted"
    REFUSED = "refused"

    @property
    def words(self) -> Text:
        return _BECAME[self]


_BECAME = {
    Became.ACCEPTED: Text(ko="검수해 받음", en="accepted"),
    Became.REFUSED: Text(ko="받지 않음", en="refused"),
}


class HandOverAnswer(StrictValue):
    """The answer of the site that received it, under its own key. `here`: its own conditions; `cases`: how many sealed
    ones its test was measured on; `verdict`: of that test."""

    kind: Literal["pandok hand-over answer 1"] = "pandok hand-over answer 1"
    hand_over: Number
    made_by: Line
    """The site that made the hand-over."""
    site: Line
    region: Line
    became: Became
    verdict: Line
    registration: Sha256
    cases: Annotated[int, Field(ge=1)]
    here: Conditions
    decided_on: date
    reason: Paragraph
    answered_at: AwareDatetime
