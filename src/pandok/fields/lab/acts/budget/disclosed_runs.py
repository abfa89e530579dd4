"""What a submitter is told of a run, and when: nothing that sealed inputs decide, but the result that two released.

A model may be built to be slow, to crash or to grow on cases of a certain kind. Whatever shows its pace then tells
something of sealed cases: progress, the time of a step, the end of a run, a place in the queue, who gets free first.
So a run is "under way" from its asking to its release. One that ends otherwise is told at the next full half hour; one
that had opened the seal not before the longest time that any run may take has passed, and without saying how it ended.
Everything that a submitter can see: docs/understand/what-a-submitter-can-see.md.
"""

from __future__ import annotations

from dataclasses import dataclass
from datetime import date, datetime, timedelta
from enum import StrEnum
from typing import Any

from pandok.core.lab.refusals import SubmissionRefusal
from pandok.core.terms.zone import OFFICE_ZONE
from pandok.core.text import Text
from pandok.fields.lab.models import Run
from pandok.fields.lab.states.run_states import RunState
from pandok.settings import settings

STEP = timedelta(minutes=30)
"""Ends are told at full half hours only."""
_PAST_THE_SEAL = {RunState.RUNNING.value, RunState.SCORING.value}
UNTOLD = frozenset({RunState.REFUSED, RunState.TIMED_OUT, RunState.FAILED_LAB})
"""Ends by a machine: told late. Those by a person are told at once."""


class Told(StrEnum):
    UNDER_WAY = "under_way"
    RELEASED = "released"
    WITHHELD = "withheld"
    NOT_RUN = "not_run"
    ENDED_ON_SEALED = "ended_on_sealed"
    LAB_FAILED = "lab_failed"
    CANCELLED = "cancelled"

    @property
    def words(self) -> Text:
        return _WORDS[self]


_WORDS = {
    Told.UNDER_WAY: Text(ko="진행 중", en="Under way"),
    Told.RELEASED: Text(ko="결과 공개", en="Released"),
    Told.WITHHELD: Text(ko="결과 비공개 결정", en="Result withheld"),
    Told.NOT_RUN: Text(ko="점검에서 멈춤", en="Stopped at the checks"),
    Told.ENDED_ON_SEALED: Text(ko="봉인 자료에서 끝까지 실행하지 못함", en="Not carried through on sealed data"),
    Told.LAB_FAILED: Text(ko="실증랩 장애", en="The lab failed"),
    Told.CANCELLED: Text(ko="취소", en="Cancelled"),
}


@dataclass(frozen=True)
class ToldRun:
    """`day`: of the release or decision, never a time. `refusals` as stored, of public cases only."""

    told: Told
    day: date | None = None
    refusals: tuple[dict[str, Any], ...] = ()
    charged: bool = True


def told_run(run: Run, now: datetime, longest: timedelta) -> ToldRun:
    """`longest`: the most time that a run may take at this site."""
    state = run.stands
    day = run.state_since.astimezone(OFFICE_ZONE).date()
    if state is RunState.RELEASED:
        return ToldRun(Told.RELEASED, day)
    if state is RunState.WITHHELD:
        return ToldRun(Told.WITHHELD, day)
    if state is RunState.CANCELLED:
        return ToldRun(Told.CANCELLED, day, charged=run.charged)
    if state not in UNTOLD or not is_told(run, now, longest):
        return ToldRun(Told.UNDER_WAY)
    if state is RunState.FAILED_LAB and not (run.charged and past_the_seal(run)):
        return ToldRun(Told.LAB_FAILED, charged=run.charged)
    if past_the_seal(run):
        return ToldRun(
            Told.ENDED_ON_SEALED, refusals=(SubmissionRefusal("run.on_sealed").as_dict(),), charged=run.charged
        )
    return ToldRun(Told.NOT_RUN, refusals=tuple(run.refusals), charged=run.charged)


def is_told(run: Run, now: datetime, longest: timedelta) -> bool:
    """Whether a run that ended without a result has its end told by now."""
    edge = last_edge(now)
    if (run.ended_at or run.state_since) >= edge:
        return False
    return not past_the_seal(run) or (run.started_at or run.queued_at) + longest < edge


def past_the_seal(run: Run) -> bool:
    return run.checked_at is not None or run.died_at in _PAST_THE_SEAL


def longest_run() -> timedelta:
    """The most time that all cases of a run may take at this site."""
    return timedelta(minutes=settings().run_minutes)


def last_edge(now: datetime) -> datetime:
    """The last full half hour."""
    since = timedelta(minutes=now.minute % 30, seconds=now.second, microseconds=now.microsecond)
    return now - since
