"""One run from the queue to its score: taken, checked, run, scored. May be called again after a crash at any point."""

from __future__ import annotations

import logging
from collections.abc import Callable
from datetime import datetime
from typing import Any
from uuid import UUID

from pandok.common.records.lifecycle import Overtaken
from pandok.core.errors import PandokError
from pandok.fields.lab.acts.budget.lab_failures import charge_of_a_lab_failure
from pandok.fields.lab.acts.explained import explained
from pandok.fields.lab.acts.runs.holding import Held, take
from pandok.fields.lab.acts.runs.run_ends import RunEnds, charged_after, lab_failed
from pandok.fields.lab.acts.runs.run_tools import RunTools
from pandok.fields.lab.acts.runs.sealed_part import run_cases
from pandok.fields.lab.acts.runs.submission_checks import check_submission
from pandok.fields.lab.models import Run
from pandok.fields.lab.states.run_states import RunState

_log = logging.getLogger("pandok.fields.lab")


def do_run(*, run_id: UUID, tools: RunTools, clock: Callable[[], datetime]) -> Run | None:
    """Carry the run as far as it goes; None where there was nothing to do.

    Expected troubles of the lab (PandokError) put the run back into the queue and are raised, so that the job is tried
    again later; an unexpected one leaves the run to the next worker.
    """
    held = take(run_id, worker=tools.worker, now=clock(), lease_s=tools.lease_s)
    if held is None:
        return None
    try:
        with held.beating(clock) as beating:
            _carry(held, tools, clock, beating.check)
    except RunEnds as end:
        _end(held, end, clock())
    except Overtaken:
        _log.warning("run %s has gone to another worker, or was cancelled", run_id)
        return None
    except PandokError as error:
        held.move(RunState.QUEUED, now=clock(), reason=f"다시 시도함 / to be tried again: {error.error_code}")
        raise
    return held.run


def _carry(held: Held, tools: RunTools, clock: Callable[[], datetime], alive: Callable[[], None]) -> None:
    run = held.run
    problem = run.registration.registration.problem
    held.move(RunState.CHECKING, now=clock())
    if tools.sandboxes.level < problem.least_sandbox_level:
        raise lab_failed("lab.sandbox_level")
    if run.environment and (run.environment, run.sandbox_level) != (tools.environment, tools.sandboxes.level):
        raise lab_failed("lab.environment")
    model = tools.model(run.submission.model_sha256)
    if run.checked_at is None:
        check_submission(run.submission, problem, model, tools, alive)
    _open_sealed(held, tools, clock)
    run_cases(held=held, problem=problem, model=model, tools=tools, alive=alive, clock=clock)
    held.move(RunState.SCORING, now=clock())
    alive()
    tools.score(held.run, clock())
    held.move(RunState.AWAITING_RELEASE, now=clock(), ended_at=clock())


def _open_sealed(held: Held, tools: RunTools, clock: Callable[[], datetime]) -> None:
    """From here on sealed data are touched: which environment does it is written down first."""
    total = len(tools.inputs.sealed_ids(held.run))
    if total == 0:
        raise lab_failed("lab.data")
    held.move(
        RunState.RUNNING,
        now=clock(),
        checked_at=held.run.checked_at or clock(),
        environment=tools.environment,
        sandbox_level=tools.sandboxes.level,
        total=total,
        done=held.run.outputs.count(),
    )


def _end(held: Held, end: RunEnds, now: datetime) -> None:
    """Say where it ended and why; a fault that may be told goes with its place, anything of a sealed case does not."""
    died_at = held.run.state
    sealed = held.run.checked_at is not None
    first = end.refusals[0]
    facts: dict[str, Any] = {
        "reason": str(explained(first.as_dict()).what),
        "ended_at": now,
        "refusal_code": first.code,
        "refusals": [one.as_dict() for one in end.refusals],
        "died_at": died_at,
        "died_at_case": end.case_number,
    }
    if end.state is RunState.FAILED_LAB:
        with charge_of_a_lab_failure(held.run) as charged:
            held.move(end.state, now=now, charged=charged, **facts)
    else:
        held.move(end.state, now=now, charged=charged_after(end.state, reached_sealed=sealed), **facts)
