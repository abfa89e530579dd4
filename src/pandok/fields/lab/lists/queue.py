"""The queue as people see it: who waits where and why, which worker was last heard when, and an honest expectation."""

from __future__ import annotations

from collections.abc import Sequence
from dataclasses import dataclass
from datetime import datetime, timedelta

from django.db.models import F

from pandok.common.models import Job, JobState
from pandok.core.lab.expectation import MOST_LOOKED_AT, Range, expected
from pandok.core.text import Text
from pandok.fields.lab.acts.runs.run_moves import JOB
from pandok.fields.lab.models import Run
from pandok.fields.lab.models.runs import IN_HANDS
from pandok.fields.lab.states.run_states import RunState

HEARD_LATELY = timedelta(minutes=2)
LEAST_DONE = 10
"""Cases of the sealed part before its pace says anything."""
_PACE_MAY_CHANGE = 1.5
_SCORED = (RunState.AWAITING_RELEASE.value, RunState.RELEASED.value)
_HELD = [state.value for state in IN_HANDS]


@dataclass(frozen=True)
class Waiting:
    """`position` counts from 1. `starts` and `ends` are None where it is not known yet."""

    run: Run
    position: int
    why: Text
    starts: Range | None
    ends: Range | None


@dataclass(frozen=True)
class WorkerSeen:
    name: str
    run: Run
    heard_at: datetime | None
    silent: bool


def waiting_runs(now: datetime) -> list[Waiting]:
    """The queue in its order."""
    workers = len(workers_seen(now))
    queued = list(_queued())
    return [_waiting(run, place, queued[:place], workers, now) for place, run in enumerate(queued)]


def waiting(run: Run, now: datetime) -> Waiting | None:
    """Where this run waits; None where it does not."""
    return next((one for one in waiting_runs(now) if one.run.pk == run.pk), None)


def workers_seen(now: datetime) -> list[WorkerSeen]:
    """Who holds a run now."""
    held = Run.objects.filter(state__in=_HELD).select_related("submission").order_by("leased_by")
    return [WorkerSeen(run.leased_by, run, run.heartbeat_at, (run.lease_until or now) <= now) for run in held]


def time_left(run: Run, now: datetime) -> Range | None:
    """Of a run in a worker's hands: what runs of its kind took, less what it has had; None where that is not known."""
    kind = expected(durations(run))
    if kind is None or run.started_at is None or run.state not in _HELD:
        return None
    had = (now - run.started_at).total_seconds()
    return Range(max(0.0, kind.least_s - had), max(0.0, kind.most_s - had), kind.seen)


def time_left_by_pace(run: Run, now: datetime) -> Range | None:
    """For the people of the lab, where no run of its kind has ended yet: what is left at the pace of this lease, from
    half as fast again to half as slow. None before enough cases are done. A submitter is never told of it: the pace of
    a run tells of sealed cases.
    """
    if run.stands is not RunState.RUNNING or not run.total:
        return None
    done = run.outputs.filter(fencing=run.fencing).count()
    began = run.events.filter(to_state=RunState.RUNNING.value, fencing=run.fencing).last()
    if done < LEAST_DONE or began is None:
        return None
    left = (now - began.at).total_seconds() / done * max(0, run.total - run.done)
    return Range(left / _PACE_MAY_CHANGE, left * _PACE_MAY_CHANGE, done)


def durations(run: Run) -> Sequence[float]:
    """Seconds that the last scored runs of the same registration and part took in workers' hands, newest first."""
    scored = Run.objects.filter(
        registration=run.registration_id,
        part=run.part,
        state__in=_SCORED,
        started_at__isnull=False,
        ended_at__isnull=False,
    )
    spans = scored.order_by("-ended_at").annotate(span=F("ended_at") - F("started_at")).values_list("span", flat=True)
    return [span.total_seconds() for span in spans[:MOST_LOOKED_AT]]


def _queued() -> Sequence[Run]:
    queued = Run.objects.filter(state=RunState.QUEUED.value).select_related("submission__pack")
    return list(queued.order_by("queued_at", "pk"))


def _waiting(run: Run, place: int, before: Sequence[Run], workers: int, now: datetime) -> Waiting:
    starts = (
        None if _nobody_works(before[0] if before else run, now) or _later(run, now) else _starts(before, workers, now)
    )
    own = expected(durations(run))
    ends = starts + own if starts is not None and own is not None else None
    return Waiting(run, place + 1, _why(run, place, workers, now), starts, ends)


def _starts(before: Sequence[Run], workers: int, now: datetime) -> Range | None:
    """When the runs before it are through: as many side by side as workers are busy now. None where one is unknown."""
    held = Run.objects.filter(state__in=_HELD)
    parts = [time_left(run, now) for run in held] + [expected(durations(run)) for run in before]
    if not parts:
        return Range(0.0, 0.0, 0)
    if any(part is None for part in parts):
        return None
    known = [part for part in parts if part is not None]
    side_by_side = max(1, workers)
    return Range(
        sum(one.least_s for one in known) / side_by_side,
        sum(one.most_s for one in known) / side_by_side,
        min(one.seen for one in known),
    )


def _why(run: Run, place: int, workers: int, now: datetime) -> Text:
    later = _later(run, now)
    if later is not None:
        minutes = max(1, round((later - now).total_seconds() / 60))
        return Text(
            ko=f"지난번에 실증랩의 문제로 멈추어 약 {minutes}분 뒤 다시 합니다.",
            en=f"It stopped for a fault of the lab and is tried again in about {minutes} min.",
        )
    if place:
        return Text(ko=f"앞에 {place}건이 있습니다.", en=f"{place} before it.")
    if workers:
        return Text(ko="실행기가 다른 건을 하고 있습니다.", en="The workers are busy with other runs.")
    if _nobody_works(run, now):
        return Text(
            ko="일하는 실행기가 보이지 않습니다. 운영기관에 알리십시오.",
            en="No worker is active; tell the lab's operator.",
        )
    return Text(ko="곧 시작합니다.", en="It starts shortly.")


def _later(run: Run, now: datetime) -> datetime | None:
    """When a run that the lab has failed before is tried again."""
    job = Job.objects.filter(key=f"{JOB}:{run.pk}", state=JobState.QUEUED, run_after__gt=now).first()
    return job.run_after if job is not None and run.attempts else None


def _nobody_works(first: Run, now: datetime) -> bool:
    """Whether the first in the queue has waited for long, and no worker was heard of in that time."""
    lately = now - HEARD_LATELY
    return first.queued_at < lately and not Run.objects.filter(heartbeat_at__gt=lately).exists()
