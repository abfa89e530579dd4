"""The worker's part: one commit a case, whoever dies, and however often the work is asked for."""

from __future__ import annotations

import random
from pathlib import Path

import pytest

from pandok.common.jobs import registry
from pandok.common.jobs.work import Work
from pandok.common.jobs.worker import Worker
from pandok.common.models import Job, JobState
from pandok.core.errors import ModelError
from pandok.core.text import Text
from pandok.engines.mail.folder import FolderMail
from pandok.engines.webhooks.sender import WebhookSender
from pandok.fields.lab.acts.shadow import jobs
from pandok.fields.lab.acts.shadow.deciding import LOOK_JOB
from pandok.fields.lab.acts.shadow.drafting import PREPARE_JOB
from pandok.fields.lab.acts.shadow.enrolling import COMMIT_JOB
from pandok.fields.lab.acts.trials.candidates import CaseInput
from pandok.fields.lab.models import MonitorLook, ShadowCase, ShadowCommit, ShadowTrial
from tests.fields.lab.acts.shadow.trial_fixtures import Trials, build_trials

pytestmark = pytest.mark.django_db
KINDS = (COMMIT_JOB, PREPARE_JOB, LOOK_JOB)


class Killed(BaseException):
    """The process ends here."""


@pytest.fixture
def trials(tmp_path: Path, monkeypatch: pytest.MonkeyPatch) -> Trials:
    made = build_trials(tmp_path)
    monkeypatch.setattr(jobs, "candidate_of", lambda _: made.candidate)
    registry.kinds()
    monkeypatch.setattr(registry, "_periodic", {})
    return made


def worker(trials: Trials, name: str = "one") -> Worker:
    folder = trials.settings.home
    work = Work(
        clock=trials.clock,
        rng=random.Random(1),
        blobs=trials.blobs,
        mail=FolderMail(folder / "mail"),
        mail_from="desk@desk.example",
        webhooks=WebhookSender(),
    )
    return Worker(name, work, lease_s=60, alive_folder=folder / "alive", kinds=KINDS)


def test_a_reading_is_committed_by_the_worker(trials: Trials) -> None:
    trials.read()
    trials.read()
    worker(trials).run_until_empty()
    assert [one.sequence for one in ShadowCommit.objects.all()] == [1, 2]
    assert Job.objects.filter(kind=COMMIT_JOB, state=JobState.DONE).count() == 2


def test_a_worker_killed_after_the_answer_loses_nothing_and_commits_once(trials: Trials) -> None:
    trials.read()
    honest, calls = trials.candidate.answer, []

    def die_once(given: CaseInput) -> dict[str, object]:
        output = honest(given)
        calls.append(output)
        if len(calls) == 1:
            raise Killed
        return output

    trials.candidate.answer = die_once  # type: ignore[method-assign]
    with pytest.raises(Killed):
        worker(trials).run_until_empty()
    assert not ShadowCommit.objects.exists()
    trials.now = Job.objects.get(kind=COMMIT_JOB).lease_until or trials.now
    worker(trials, "two").run_until_empty()
    assert ShadowCommit.objects.count() == 1
    assert len(calls) == 2


def test_two_at_once_leave_the_first_commit(trials: Trials) -> None:
    record = trials.read()
    honest, depth = trials.candidate.answer, []

    def overtaken(given: CaseInput) -> dict[str, object]:
        if not depth:
            depth.append(1)
            trials.commit(record)  # another worker, between the answer and its commit
        return honest(given)

    trials.candidate.answer = overtaken  # type: ignore[method-assign]
    trials.commit(record)
    assert ShadowCommit.objects.count() == 1


def test_a_candidate_that_never_answers_is_an_outcome(trials: Trials) -> None:
    trials.read()

    def broken(given: CaseInput) -> dict[str, object]:
        assert given.photographs
        raise ModelError(Text(ko="모델", en="model"), Text(ko="설치", en="install"))

    trials.candidate.answer = broken  # type: ignore[method-assign]
    for _ in range(5):
        worker(trials).run_until_empty()
        trials.now += __import__("datetime").timedelta(minutes=3)
    assert Job.objects.get(kind=COMMIT_JOB).state == JobState.FAILED
    from pandok.fields.lab.acts.trials.sealing import opened_answer

    assert opened_answer(ShadowCommit.objects.get().sealed)[0]["outcome"] == "failed"


def test_the_last_planned_decision_asks_for_a_look(trials: Trials) -> None:
    for _ in range(10):
        trials.one(model="30-0001", officer="30-0001", truth="30-0001")
    worker(trials).run_until_empty()
    assert ShadowTrial.objects.get().state == "completed"
    assert MonitorLook.objects.count() == 1


def test_the_job_says_nothing_but_which_case(trials: Trials) -> None:
    trials.read()
    assert Job.objects.get(kind=COMMIT_JOB).payload == {"case": str(ShadowCase.objects.get().id)}


def test_preparing_indexes_once(tmp_path: Path, monkeypatch: pytest.MonkeyPatch) -> None:
    made = build_trials(tmp_path, start=False)
    ShadowTrial.objects.update(prepared_at=None)
    asked = []
    monkeypatch.setattr(jobs, "candidate_of", lambda _: made.candidate)
    monkeypatch.setattr(type(made.candidate), "prepare", lambda _: asked.append(1))
    monkeypatch.setattr(registry, "_periodic", {})
    worker(made).run_until_empty()
    worker(made).run_until_empty()
    assert asked == [1]
    assert ShadowTrial.objects.get().prepared_at is not None
