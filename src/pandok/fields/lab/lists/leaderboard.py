"""The public table of a problem whose protocol allows one: what the Ladder showed, of released runs alone."""

from __future__ import annotations

from dataclasses import dataclass
from datetime import datetime

from pandok.fields.lab.models import LadderBoard, LockedRegistration
from pandok.fields.lab.states.run_states import RunState


@dataclass(frozen=True)
class Line:
    """`place` counts from 1; equal scores share one. `shown` is rounded to the Ladder's step, larger is better.
    `at`: when it was released; when it was scored would tell how long the run took."""

    place: int
    organisation: str
    submitter: str
    shown: float
    at: datetime


def leaderboard(registration: LockedRegistration) -> list[Line]:
    """The best released place of each organisation; nothing where the registered protocol has no table."""
    if not registration.registration.problem.leaderboard:
        return []
    boards = LadderBoard.objects.filter(registration=registration, run__state=RunState.RELEASED.value)
    best: dict[str, LadderBoard] = {}
    for one in boards.select_related("run__submission").order_by("number"):
        known = best.get(one.submitter)
        if known is None or one.shown > known.shown:
            best[one.submitter] = one
    ranked = sorted(best.values(), key=lambda one: (-one.shown, one.run.state_since))
    return [
        Line(
            1 + sum(other.shown > one.shown for other in ranked),
            one.run.submission.submitter_name,
            one.submitter,
            one.shown,
            one.run.state_since,
        )
        for one in ranked
    ]
