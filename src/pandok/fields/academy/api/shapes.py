"""What the operations of the academy answer."""

from __future__ import annotations

from datetime import date, datetime
from typing import Annotated
from uuid import UUID

from pydantic import BaseModel

from pandok.fields.academy.kinds import CourseKind, SittingMode
from pandok.fields.academy.lists.results import Results
from pandok.fields.academy.models import Course, Sitting
from pandok.fields.academy.sensitivity import Told
from pandok.fields.academy.states import SittingState
from pandok.web.api.request_values import one_of


class CourseOut(BaseModel):
    """`due_on`: where a group of yours has it. `modes`: what you can begin now. `pass_d_a` null: no certificate."""

    id: UUID
    title_ko: str
    title_en: str
    kind: Annotated[str, one_of(*CourseKind)]
    seconds: int
    minutes: int
    threat_share: float
    test_pictures: int
    pass_d_a: float | None
    due_on: date | None
    modes: list[Annotated[str, one_of(*SittingMode)]]


class SittingOut(BaseModel):
    id: UUID
    course: UUID
    mode: Annotated[str, one_of(*SittingMode)]
    state: Annotated[str, one_of(*SittingState)]
    begun_at: datetime
    spent_s: float


class MeasureOut(BaseModel):
    """With its interval of 90 %."""

    value: float
    low: float
    high: float


class ReadingResultOut(BaseModel):
    """What is not known is null, never 0. `level` null: `why_no_level` is "few" or "alike". `d_a_05`, `d_a_06`: at
    these slopes of the zROC; `fitted_slope`, `fitted_d_a`, `a_z`: of the confidence."""

    threats: int
    hits: int
    located: int
    harmless: int
    false_alarms: int
    timed_out: int
    seconds_median: float | None
    ability: MeasureOut | None
    criterion_kappa: MeasureOut | None
    level: int | None
    why_no_level: str
    d_prime: MeasureOut | None
    criterion: MeasureOut | None
    d_a_05: MeasureOut | None
    d_a_06: MeasureOut | None
    fitted_slope: float | None
    fitted_d_a: float | None
    a_z: float | None


class TrainingLedgerOut(BaseModel):
    """`sound`: every row and answer gives the hash that is kept; `broken_row`: the first that does not."""

    rows: int
    seconds: int
    pictures: int
    sound: bool
    broken_row: int | None


def course_out(course: Course, due_on: date | None, modes: tuple[SittingMode, ...]) -> CourseOut:
    return CourseOut(
        id=course.pk,
        title_ko=course.title_ko,
        title_en=course.title_en,
        kind=course.kind,
        seconds=course.seconds,
        minutes=course.minutes,
        threat_share=course.threat_share,
        test_pictures=course.test_pictures,
        pass_d_a=course.pass_d_a,
        due_on=due_on,
        modes=[one.value for one in modes],
    )


def sitting_out(sitting: Sitting) -> SittingOut:
    return SittingOut(
        id=sitting.pk,
        course=sitting.course_id,
        mode=sitting.mode,
        state=sitting.state,
        begun_at=sitting.begun_at,
        spent_s=sitting.spent_s,
    )


def result_out(results: Results) -> ReadingResultOut:
    counts, ability, found = results.counts, results.ability, results.sensitivity
    fitted = found.fitted if found else None
    return ReadingResultOut(
        threats=counts.threats,
        hits=counts.hits,
        located=counts.located,
        harmless=counts.harmless,
        false_alarms=counts.false_alarms,
        timed_out=counts.timed_out,
        seconds_median=results.seconds.value if results.seconds else None,
        ability=_measure(ability.theta) if ability else None,
        criterion_kappa=_measure(ability.kappa) if ability else None,
        level=ability.level.number if ability else None,
        why_no_level=ability.level.why if ability else "few",
        d_prime=_measure(found.d_prime) if found else None,
        criterion=_measure(found.criterion) if found else None,
        d_a_05=_measure(found.at[0]) if found else None,
        d_a_06=_measure(found.at[1]) if found else None,
        fitted_slope=fitted[0] if fitted else None,
        fitted_d_a=fitted[1] if fitted else None,
        a_z=fitted[2] if fitted else None,
    )


def _measure(told: Told) -> MeasureOut:
    return MeasureOut(value=told.value, low=told.low, high=told.high)
