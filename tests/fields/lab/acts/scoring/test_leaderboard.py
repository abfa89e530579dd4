"""The table that everybody in the lab sees tells when a place was released, not when it was scored."""

from __future__ import annotations

from datetime import timedelta

import pytest

from pandok.fields.lab.lists.leaderboard import leaderboard
from pandok.fields.lab.models import LadderBoard, Run
from pandok.fields.lab.states.run_states import RunState
from tests.fields.lab.acts.runs.fakes import START, make_registration, make_run

pytestmark = pytest.mark.django_db


def test_the_leaderboard_bears_the_time_of_release() -> None:
    registration = make_registration(leaderboard=True)
    run, scored, released = make_run(registration), START + timedelta(minutes=3), START + timedelta(days=2)
    LadderBoard.objects.create(
        run=run,
        registration=registration,
        submitter=run.submitter,
        number=1,
        step=0.1,
        shown=0.5,
        improved=True,
        at=scored,
    )
    assert leaderboard(registration) == []
    Run.objects.filter(pk=run.pk).update(state=RunState.RELEASED.value, ended_at=scored, state_since=released)
    assert [line.at for line in leaderboard(registration)] == [released]
