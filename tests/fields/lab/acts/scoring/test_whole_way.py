"""From the uploaded zip to the released verdict: real vault, pack, sandbox, worker and scorer."""

from __future__ import annotations

import random
from datetime import UTC, datetime
from pathlib import Path

import pytest

from benchmarks.lab_site import MARKER, make_site, person, submit
from pandok.common.jobs.work import Work
from pandok.common.jobs.worker import Worker
from pandok.core.canonical import digest
from pandok.engines.bulk.sandboxes import LimitedSandboxes
from pandok.engines.mail.folder import FolderMail
from pandok.engines.sandbox.limits import Limits
from pandok.engines.sandbox.sandbox import open_sandbox
from pandok.engines.webhooks.sender import WebhookSender
from pandok.fields.lab.acts.runs import job
from pandok.fields.lab.acts.runs.open_run_tools import open_run_tools
from pandok.fields.lab.acts.runs.run_moves import JOB
from pandok.fields.lab.acts.scoring.recomputing import recompute
from pandok.fields.lab.acts.scoring.releasing import vote_on_release
from pandok.fields.lab.acts.submissions.sealed_runs import ask_confirmation
from pandok.fields.lab.acts.vault.site_vault import site_vault
from pandok.fields.lab.lists.results import results_visible_to
from pandok.fields.lab.models import Run
from pandok.fields.lab.states.run_states import RunState
from tests.chosen import Choose
from tests.roles import Role

pytestmark = pytest.mark.django_db(transaction=True)


def release(run: Run) -> Run:
    for role in (Role.EVALUATOR, Role.OUTPUT_CHECKER):
        run = vote_on_release(
            run=run, actor=person(role), approves=True, reason="figures and report agree", now=datetime.now(UTC)
        )
    return run


def test_a_model_is_run_scored_released_and_computed_once_more(
    tmp_path: Path, choose: Choose, monkeypatch: pytest.MonkeyPatch
) -> None:
    choose(home=tmp_path)
    sandbox = open_sandbox()
    if sandbox.level == 0:
        pytest.skip("no sandbox can be built on this machine")
    site = make_site(tmp_path, rows=40, level=min(2, sandbox.level))
    work = Work(
        clock=lambda: datetime.now(UTC),
        rng=random.Random(1),
        blobs=site.blobs,
        mail=FolderMail(tmp_path / "mail"),
        mail_from="desk@desk.example",
        webhooks=WebhookSender(),
    )
    tools = open_run_tools(work)
    monkeypatch.setattr(job, "_tools", lambda _: tools)
    worker = Worker("worker", work, lease_s=60, alive_folder=tmp_path / "workers", kinds=[JOB])
    submission = submit(site, LimitedSandboxes(sandbox, Limits()))
    assert submission.refusals == []
    worker.run_until_empty()
    feedback = submission.runs.get()
    assert (feedback.stands, feedback.ladder.number) == (RunState.AWAITING_RELEASE, 1)
    assert release(feedback).stands is RunState.RELEASED
    confirm = ask_confirmation(submission=submission, actor=site.company, now=datetime.now(UTC))
    worker.run_until_empty()
    run = Run.objects.get(pk=confirm.pk)
    assert run.stands is RunState.AWAITING_RELEASE, run.refusals
    comparison = run.comparison.comparison
    assert (comparison.reached, comparison.missing) == (40, 0)
    assert run.comparison.sha256 == digest(comparison)
    assert recompute(run=run, vault=site_vault(tmp_path)).agrees
    assert not results_visible_to(site.company).filter(pk=run.pk).exists()
    run = release(run)
    assert run.stands is RunState.RELEASED
    assert results_visible_to(site.company).filter(pk=run.pk).exists()
    clear = [path for path in tmp_path.rglob("*") if path.is_file() and MARKER.encode() in path.read_bytes()]
    assert clear == []
