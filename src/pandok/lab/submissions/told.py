"""What a submitter's program is told of a run: that it waits, that it is under way, that it is over. No step between
tells of sealed cases; that a run was scored is told by its release alone."""

from __future__ import annotations

from enum import StrEnum

from pandok.core.lab.run_states import RunState
from pandok.lab.models import Run


class Told(StrEnum):
    WAITING = "waiting"
    RUNNING = "running"
    RELEASED = "released"
    ENDED = "ended"


def told_of(run: Run) -> Told:
    state = run.stands
    if state is RunState.QUEUED:
        return Told.WAITING
    if state is RunState.RELEASED:
        return Told.RELEASED
    return Told.ENDED if state.ended else Told.RUNNING
