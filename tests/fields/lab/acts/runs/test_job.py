"""The job that carries runs: tried again, given up with the attempt returned, swept when its worker is silent."""

from __future__ import annotations

import random
from concurrent.futures import ThreadPoolExecutor
from contextlib import suppress
from dataclasses import dataclass
from datetime import datetime, timedelta
from pathlib import Path
from threading import Barrier, BrokenBarrierError
from typing import Any

import pytest
from django.db import connection

from pandok.common.jobs import registry
from pandok.common.jobs.work import Work
from pandok.common.jobs.worker import Worker
from pandok.common.models import Job, JobState
from pandok.core.errors import StoreError
from pandok.core.lab.problem import Part
from pandok.core.text import Text
from pandok.engines.files.blobs import FolderBlobs
from pandok.engines.mail.folder import FolderMail
from pandok.engines.webhooks.sender import WebhookSender
from pandok.fields.lab.acts.budget import lab_failures as given_back
from pandok.fields.lab.acts.budget.budget import budget_left
from pandok.fields.lab.acts.budget.disclosed_runs import Told, told_run
from pandok.fields.lab.acts.runs import job
from pandok.fields.lab.acts.runs.holding import take
from pandok.fields.lab.acts.runs.job import MOST_ATTEMPTS, WaitingRun, gave_up, sweep_runs
from pandok.fields.lab.acts.runs.run_moves import JOB, move, went_silent
from pandok.fields.lab.acts.runs.run_tools import RunTools
from pandok.fields.lab.lists.queue import waiting, workers_seen
from pandok.fields.lab.models import Run, RunEvent
from pandok.fields.lab.states.run_states import RunState
from tests.fields.lab.acts.runs.fakes import (
    START,
    FakeInputs,
    Scored,
    make_registration,
    make_run,
    make_submission,
    make_tools,
)

pytestmark = pytest.mark.django_db
SAID = Text(ko="안 됨", en="no")


@dataclass
class House:
    work: Work
    alive: Path
    now: datetime = START

    def worker(self, name: str = "worker-1") -> Worker:
        return Worker(name, self.work, lease_s=60, alive_folder=self.alive, kinds=[JOB])


@pytest.fixture
def house(tmp_path: Path, monkeypatch: pytest.MonkeyPatch) -> House:
    registry.kinds()
    monkeypatch.setattr(registry, "_periodic", {})
    work = Work(
        clock=lambda: made.now,
        rng=random.Random(1),
        blobs=FolderBlobs(tmp_path / "blobs"),
        mail=FolderMail(tmp_path / "mail"),
        mail_from="desk@desk.example",
        webhooks=WebhookSender(),
    )
    made = House(work, tmp_path / "workers")
    return made


def use(monkeypatch: pytest.MonkeyPatch, tools: RunTools) -> None:
    monkeypatch.setattr(job, "_tools", lambda _: tools)


def breaks(_: int) -> None:
    raise StoreError(SAID, SAID, code="store.vault_broken")


def test_runs_are_done_in_their_order(house: House, monkeypatch: pytest.MonkeyPatch) -> None:
    score = Scored()
    use(monkeypatch, make_tools(score=score))
    registration = make_registration()
    runs = [make_run(registration) for _ in range(3)]
    assert house.worker().run_until_empty() == 3
    assert score.runs == [run.pk for run in runs]


def test_a_lab_in_trouble_tries_again_later_and_gives_the_attempt_back_in_the_end(
    house: House, monkeypatch: pytest.MonkeyPatch
) -> None:
    use(monkeypatch, make_tools(inputs=FakeInputs(at=breaks)))
    run = make_run(make_registration())
    for tries in range(1, MOST_ATTEMPTS + 1):
        assert house.worker().run_until_empty() == 1
        run.refresh_from_db()
        assert run.attempts == tries
        if tries == 1:
            said = waiting(run, house.now)
            assert said is not None
            assert "tried again in about 1 min" in said.why.en
        house.now += timedelta(hours=1)
    assert (run.stands, run.refusal_code, run.charged) == (RunState.FAILED_LAB, "lab.data", False)
    assert house.worker().run_until_empty() == 0


def test_a_silent_worker_loses_its_run_and_the_next_carries_it_on(
    house: House, monkeypatch: pytest.MonkeyPatch
) -> None:
    use(monkeypatch, make_tools())
    run = make_run(make_registration())
    Job.objects.filter(key=f"{JOB}:{run.pk}").update(state=JobState.DONE)
    lost = take(run.pk, worker="silent", now=house.now, lease_s=60)
    assert lost is not None
    [seen] = workers_seen(house.now + timedelta(seconds=61))
    assert (seen.name, seen.silent) == ("silent", True)
    house.now += timedelta(seconds=61)
    sweep_runs(house.work)
    assert not lost.beat(house.now)
    assert house.worker().run_until_empty() == 1
    run.refresh_from_db()
    assert run.stands is RunState.AWAITING_RELEASE
    assert went_silent("silent") in RunEvent.objects.filter(run=run).values_list("reason", flat=True)


def test_the_sweep_leaves_a_living_worker_alone(house: House) -> None:
    run = make_run(make_registration())
    held = take(run.pk, worker="busy", now=house.now, lease_s=60)
    assert held is not None
    house.now += timedelta(seconds=30)
    sweep_runs(house.work)
    assert held.beat(house.now)


def test_a_run_whose_job_is_gone_gets_one_again(house: House, monkeypatch: pytest.MonkeyPatch) -> None:
    use(monkeypatch, make_tools())
    run = make_run(make_registration())
    Job.objects.all().delete()
    sweep_runs(house.work)
    assert house.worker().run_until_empty() == 1
    run.refresh_from_db()
    assert run.stands is RunState.AWAITING_RELEASE


def test_a_run_that_killed_every_worker_is_given_up(house: House, monkeypatch: pytest.MonkeyPatch) -> None:
    use(monkeypatch, make_tools())
    run = make_run(make_registration())
    held = take(run.pk, worker="killed", now=house.now, lease_s=60)
    assert held is not None
    Job.objects.update(state=JobState.RUNNING, attempts=MOST_ATTEMPTS, leased_by="killed", lease_until=house.now)
    assert house.worker().run_until_empty() == 1
    run.refresh_from_db()
    assert (run.stands, run.refusal_code, run.died_at, run.charged) == (
        RunState.FAILED_LAB,
        "lab.worker",
        "leased",
        False,
    )


def test_the_job_of_a_cancelled_run_does_nothing(house: House, monkeypatch: pytest.MonkeyPatch) -> None:
    score = Scored()
    use(monkeypatch, make_tools(score=score))
    run = make_run(make_registration())
    move(run, RunState.CANCELLED, now=house.now, reason="not wanted")
    assert house.worker().run_until_empty() == 1
    assert (score.runs, Job.objects.get().state) == ([], JobState.DONE)


def test_no_move_outside_the_table(house: House) -> None:
    run = make_run(make_registration())
    with pytest.raises(ValueError, match="no run goes"):
        move(run, RunState.RELEASED, now=house.now)


def test_the_page_of_a_waiting_run_tells_an_absent_worker(house: House) -> None:
    run = make_run(make_registration())
    said: Any = waiting(run, house.now + timedelta(minutes=10))
    assert "No worker is active" in said.why.en
    assert (said.position, said.starts, said.ends) == (1, None, None)
    soon: Any = waiting(run, house.now + timedelta(seconds=5))
    assert (soon.why.en, soon.starts.most_s) == ("It starts shortly.", 0)


def test_who_ends_the_lab_on_sealed_cases_gets_one_attempt_back_and_no_more(
    house: House, monkeypatch: pytest.MonkeyPatch
) -> None:
    """Else a model that kills its workers on some kind of case asks about sealed data for nothing, without end."""
    use(monkeypatch, make_tools())
    registration = make_registration()
    submission, charged, told = make_submission(registration), [], []
    for _ in range(3):
        run = make_run(registration, submission)
        assert take(run.pk, worker="killed", now=house.now, lease_s=60) is not None
        run.refresh_from_db()
        checking = move(run, RunState.CHECKING, now=house.now)
        move(checking, RunState.RUNNING, now=house.now, checked_at=house.now, started_at=house.now)
        mine = Job.objects.filter(key=f"{JOB}:{run.pk}")
        mine.update(
            state=JobState.RUNNING, attempts=MOST_ATTEMPTS, leased_by="killed", lease_until=house.now, finished_at=None
        )
        assert house.worker().run_until_empty() == 1
        run.refresh_from_db()
        assert run.stands is RunState.FAILED_LAB
        charged.append(run.charged)
        told.append(told_run(run, house.now + timedelta(days=2), timedelta(hours=1)).told)
    assert charged == [False, True, True]
    assert told == [Told.LAB_FAILED, Told.ENDED_ON_SEALED, Told.ENDED_ON_SEALED]
    left = budget_left(registration=registration, submitter=submission.submitter, part=Part.FEEDBACK)
    assert left.used == 2


@pytest.mark.django_db(transaction=True)
def test_of_two_runs_that_end_the_lab_at_one_moment_one_alone_is_given_back(
    house: House, monkeypatch: pytest.MonkeyPatch
) -> None:
    """Two workers ask at once whether it is the first; without taking turns both would hear yes."""
    use(monkeypatch, make_tools())
    registration = make_registration()
    submission, runs = make_submission(registration), []
    for _ in range(2):
        run = make_run(registration, submission)
        assert take(run.pk, worker="killed", now=house.now, lease_s=60) is not None
        run.refresh_from_db()
        checking = move(run, RunState.CHECKING, now=house.now)
        runs.append(move(checking, RunState.RUNNING, now=house.now, checked_at=house.now, started_at=house.now))
    both_asked, ask = Barrier(2), given_back.lab_failure_is_charged

    def asked(run: Run) -> bool:
        found = ask(run)
        with suppress(BrokenBarrierError):
            both_asked.wait(1.0)
        return found

    monkeypatch.setattr(given_back, "lab_failure_is_charged", asked)

    def give_up(run: Run) -> None:
        try:
            gave_up(WaitingRun(run=run.pk), house.work, "worker killed")
        finally:
            connection.close()

    with ThreadPoolExecutor(2) as workers:
        list(workers.map(give_up, runs))
    ended = Run.objects.filter(pk__in=[run.pk for run in runs])
    assert {run.stands for run in ended} == {RunState.FAILED_LAB}
    assert sorted(run.charged for run in ended) == [False, True]
