"""What help did to reading, for programs: the figures of the page."""

from __future__ import annotations

from django.http import HttpRequest
from ninja import Query, Router
from pydantic import BaseModel, Field

from pandok.core.terms.office_days import day_begins, day_is_over
from pandok.fields.xray.lists.help_figures import Arm, Share, by_similar, read_once, with_and_without
from pandok.fields.xray.lists.visible import inspections_visible_to
from pandok.fields.xray.refusals import refusal
from pandok.fields.xray.roles import Action
from pandok.settings import settings
from pandok.web.api.callers import actor_of, may
from pandok.web.api.refusals import answers
from pandok.web.api.request_values import Day

router = Router(tags=["X-ray figures"])


class ReadingShareOut(BaseModel):
    """`value`, `low`, `high` null where nothing was counted; the interval is that of Clopper and Pearson, 95 %."""

    hits: int
    count: int
    value: float | None
    low: float | None
    high: float | None


class SensitivityOut(BaseModel):
    """d′ with its interval, 95 %."""

    value: float
    low: float
    high: float


class ReadingArmOut(BaseModel):
    """What is not known is null, never 0."""

    readings: int
    stopped: ReadingShareOut
    found_when_stopped: ReadingShareOut
    found_when_cleared: ReadingShareOut
    pointed_and_stopped: ReadingShareOut
    missed_and_stopped: ReadingShareOut
    alarms_passed: ReadingShareOut
    detected: float | None
    d_prime: SensitivityOut | None
    seconds_median: float | None
    seconds_p90: float | None


class ReadingFiguresOut(BaseModel):
    """`with_help`, `without_help`: drawn beforehand. `similar_shown`, `similar_not_shown`: of what was read with help;
    not drawn. `uncounted`: readings that no program had read."""

    with_help: ReadingArmOut
    without_help: ReadingArmOut
    similar_shown: ReadingArmOut
    similar_not_shown: ReadingArmOut
    uncounted: int


class FiguresQuery(BaseModel):
    first: Day | None = Field(default=None, description="First day of the readings; from the beginning without it")
    last: Day | None = Field(default=None, description="Last day of the readings; up to now without it")
    computed: bool = Field(default=False, description="Of computed scans instead of scans of machines")


@router.get(
    "/figures",
    auth=may(Action.SEE_SCAN_FIGURES),
    response=answers(ReadingFiguresOut),
    summary="What help did to reading",
)
def get_reading_figures(request: HttpRequest, asked: Query[FiguresQuery]) -> ReadingFiguresOut:
    """Of the inspections that you may see."""
    if asked.first and asked.last and asked.last < asked.first:
        raise refusal("bad_period")
    seen = inspections_visible_to(actor_of(request)).filter(from_generator=asked.computed)
    begins = day_begins(asked.first) if asked.first else None
    rows = read_once(seen, begins, day_is_over(asked.last) if asked.last else None)
    (helped, alone), (shown, none) = with_and_without(rows), by_similar(rows)
    return ReadingFiguresOut(
        with_help=_arm(helped),
        without_help=_arm(alone),
        similar_shown=_arm(shown),
        similar_not_shown=_arm(none),
        uncounted=sum(one.with_help is None for one in rows),
    )


def _arm(arm: Arm) -> ReadingArmOut:
    drawn = settings().xray_opened_by_draw
    found = arm.d_prime(drawn)
    return ReadingArmOut(
        readings=arm.readings,
        stopped=_share(arm.stopped),
        found_when_stopped=_share(arm.found_when_stopped),
        found_when_cleared=_share(arm.found_when_cleared),
        pointed_and_stopped=_share(arm.pointed_and_stopped),
        missed_and_stopped=_share(arm.missed_and_stopped),
        alarms_passed=_share(arm.alarms_passed),
        detected=arm.detected(drawn),
        d_prime=None
        if found is None
        else SensitivityOut(value=found.value, low=found.interval[0], high=found.interval[1]),
        seconds_median=arm.seconds_median,
        seconds_p90=arm.seconds_p90,
    )


def _share(share: Share) -> ReadingShareOut:
    low, high = share.interval or (None, None)
    return ReadingShareOut(hits=share.hits, count=share.count, value=share.value, low=low, high=high)
