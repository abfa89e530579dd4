"""From the uploaded zip to the waiting score: with the real vault, pack, sandbox, worker and scorer."""

from __future__ import annotations

import random
from datetime import UTC, datetime
from pathlib import Path

import pytest

from benchmarks.lab_site import MARKER, LabSite, make_site, score_of, submit
from pandok.common.jobs.work import Work
from pandok.common.jobs.worker import Worker
from pandok.engines.bulk.sandboxes import LimitedSandboxes
from pandok.engines.mail.folder import FolderMail
from pandok.engines.sandbox.limits import Limits
from pandok.engines.sandbox.sandbox import open_sandbox
from pandok.engines.webhooks.sender import WebhookSender
from pandok.fields.lab.acts.runs import job
from pandok.fields.lab.acts.runs.open_run_tools import open_run_tools
from pandok.fields.lab.acts.runs.run_moves import JOB
from pandok.fields.lab.models import Use
from pandok.fields.lab.states.run_states import RunState
from tests.chosen import Choose

pytestmark = pytest.mark.django_db(transaction=True)
ROWS = 30


@pytest.fixture
def house(tmp_path: Path, choose: Choose, monkeypatch: pytest.MonkeyPatch) -> tuple[LabSite, Worker]:
    choose(home=tmp_path)
    level = min(2, open_sandbox().level)
    if level == 0:
        pytest.skip("no sandbox can be built on this machine")
    site = make_site(tmp_path, rows=ROWS, level=level)
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
    return site, Worker("worker", work, lease_s=60, alive_folder=tmp_path / "workers", kinds=[JOB])


def test_a_submission_is_run_sealed_and_scored(house: tuple[LabSite, Worker], tmp_path: Path) -> None:
    site, worker = house
    submission = submit(site, LimitedSandboxes(open_sandbox(), Limits()))
    assert submission.refusals == []
    assert worker.run_until_empty() == 1
    run = submission.runs.get()
    assert (run.stands, run.done, run.total, run.refusals) == (RunState.AWAITING_RELEASE, ROWS, ROWS, [])
    assert (run.score_rows.count(), run.ladder.number) == (ROWS, 1)
    found = {one.case_id: one.value[0] for one in run.outputs.all()}
    assert found == {f"f{one:06d}": pytest.approx(score_of(one, "feedback"), rel=1e-6) for one in range(ROWS)}
    assert run.environment["onnxruntime"]
    uses = Use.objects.filter(run_id=str(run.pk))
    assert [one.purpose.split(":")[0] for one in uses] == ["run", "scoring"]
    assert {one.model_sha256 for one in uses} == {submission.model_sha256}
    clear = [path for path in tmp_path.rglob("*") if path.is_file() and MARKER.encode() in path.read_bytes()]
    assert clear == []
