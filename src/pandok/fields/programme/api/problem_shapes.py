"""What operations on problems of the field are sent and answer."""

from __future__ import annotations

from datetime import date, datetime
from typing import Annotated
from uuid import UUID

from pydantic import BaseModel, Field

from pandok.fields.programme.models import FieldProblem
from pandok.fields.programme.problem_text import NAMES, ROOM, ProblemSaid
from pandok.fields.programme.states import ProblemState
from pandok.fields.programme.topics import KoreanRegion, Topic
from pandok.web.api.request_values import Asked, Day, one_of

_Told = Annotated[str, Field(max_length=2000)]
_Line = Annotated[str, Field(max_length=ROOM["place"])]


class FieldProblemIn(Asked):
    """`today_value` may be left out while nobody has counted; a problem is taken up only with it."""

    title: str = Field(max_length=ROOM["title"], description="The problem in one line")
    topic: Topic
    region: KoreanRegion
    who_suffers: _Told = Field(description="Who suffers from it, and how")
    how_often: _Line
    decision: _Told = Field(description="The decision that would change")
    place: _Line = ""
    today_value: float | None = Field(None, allow_inf_nan=False)
    today_unit: str = Field("", max_length=ROOM["today_unit"])
    counted_on: Day | None = None
    counted_how: _Told = ""
    data_there: _Told = Field("", description="Data that exist")
    operator: _Line = Field("", description="Who would run it and pay for it")
    legal_limits: _Told = ""

    def said(self) -> ProblemSaid:
        sent = self.model_dump()
        return ProblemSaid(**sent | {"topic": self.topic.value, "region": self.region.value})


class FieldProblemOut(BaseModel):
    """`own`: proposed by you. No person is named."""

    id: UUID
    number: str
    state: Annotated[str, one_of(*ProblemState)]
    state_since: datetime
    title: str
    topic: Annotated[str, one_of(*Topic)]
    region: Annotated[str, one_of(*KoreanRegion)]
    who_suffers: str
    how_often: str
    decision: str
    place: str
    today_value: float | None
    today_unit: str
    counted_on: date | None
    counted_how: str
    data_there: str
    operator: str
    legal_limits: str
    proposed_at: datetime
    shared_by: int
    published: bool
    merged_into: UUID | None
    own: bool


class AlikeProblemsOut(BaseModel):
    problems: list[FieldProblemOut]


def problem_out(problem: FieldProblem, asker: int) -> FieldProblemOut:
    return FieldProblemOut(
        id=problem.pk,
        number=problem.number,
        state=problem.state,
        state_since=problem.state_since,
        proposed_at=problem.proposed_at,
        shared_by=problem.shared_by,
        published=problem.published,
        merged_into=problem.merged_into_id,
        own=problem.proposed_by_id == asker,
        **{name: getattr(problem, name) for name in NAMES},
    )
