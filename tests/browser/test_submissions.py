"""A company hands a model in with a browser: refused with how to mend it, then taken; and the operator's queue."""

from __future__ import annotations

import re
from collections.abc import Callable
from pathlib import Path
from typing import Any

import pytest
from django.contrib.auth.models import Group
from django.utils import timezone

from pandok.common.models import Account
from pandok.core.lab.refusals import SubmissionRefusal
from pandok.engines.onnx_gate.gate import check_model
from pandok.fields.lab.acts.runs.carry_run import do_run
from pandok.fields.lab.acts.runs.holding import take
from pandok.fields.lab.models import Run, Submission
from pandok.fields.lab.states.run_states import RunState
from tests.browser.conftest import PASSWORD
from tests.browser.test_first_page import no_sideways_scroll
from tests.browser.waited import expect
from tests.fields.designs.fakes import FakeDesk
from tests.fields.lab.acts.runs.fakes import (
    START,
    FakeSandboxes,
    make_registration,
    make_run,
    make_submission,
    make_tools,
)
from tests.fields.lab.acts.submissions.zips import files, loop_model, zipped
from tests.roles import Role

pytestmark = pytest.mark.browser
LOST = "() => document.querySelector('[data-upload-said]').textContent.length > 40"
"""The page says that sending goes on by itself; else it says a share."""
PUBLIC = frozenset(f"p{one:03d}" for one in range(30))


@pytest.fixture
def signed_in(desk: FakeDesk, page: Any, monkeypatch: pytest.MonkeyPatch) -> Callable[[Role], Any]:  # noqa: ARG001
    monkeypatch.setattr("pandok.fields.lab.web.sandbox_tools.check", check_model)
    monkeypatch.setattr("pandok.fields.lab.web.sandbox_tools.public_ids", lambda _: PUBLIC)

    def sign_in(role: Role) -> Any:
        account = Account.objects.create_user(f"one-{role.value}", password=PASSWORD)
        account.groups.add(Group.objects.get(name=role.value))
        page.goto("/sign-in/")
        page.fill("#id_username", account.username)
        page.fill("#id_password", PASSWORD)
        page.press("#id_password", "Enter")
        page.wait_for_selector(".top-links")
        return page

    return sign_in


def test_a_refused_and_a_taken_submission(
    signed_in: Callable[[Role], Any],
    tmp_path: Path,
    accessible: Callable[[Any], None],
    keep_picture: Callable[[Any, str], None],
) -> None:
    make_registration()
    page = signed_in(Role.SUBMITTER)
    bad, good = tmp_path / "bad.zip", tmp_path / "good.zip"
    bad.write_bytes(zipped(files(model__onnx=loop_model())))
    good.write_bytes(zipped())
    for name, path in (("refused", bad), ("taken", good)):
        page.goto("/lab/submissions/new/")
        accessible(page)
        no_sideways_scroll(page)
        page.set_input_files("#upload", str(path))
        page.click("main form button[type=submit]")
        page.wait_for_url(re.compile("/lab/submissions/[0-9a-f-]{36}/"))
        page.wait_for_selector("main h1")
        accessible(page)
        no_sideways_scroll(page)
        keep_picture(page, f"submission-{name}")
        expect(page.locator("text=graph.subgraph")).to_have_count(int(name == "refused"))
    expect(page.locator(".steps li")).to_have_count(4)
    assert Submission.objects.count() == 2
    page.goto("/lab/submissions/")
    accessible(page)
    keep_picture(page, "submissions")


def test_the_operator_looks_at_the_queue_and_cancels(
    signed_in: Callable[[Role], Any],
    accessible: Callable[[Any], None],
    keep_picture: Callable[[Any, str], None],
) -> None:
    registration = make_registration()
    runs = [make_run(registration, make_submission(registration, name=name)) for name in ("first", "second")]
    failed = make_run(registration)
    do_run(run_id=failed.pk, tools=make_tools(sandboxes=FakeSandboxes(level=1)), clock=lambda: START)
    take(runs[0].pk, worker="lab-1", now=timezone.now(), lease_s=600)
    make_submission(registration, refusals=[SubmissionRefusal("upload.code", "preprocess.py").as_dict()], name="third")
    page = signed_in(Role.LAB_OPERATOR)
    for address, name in (("/lab/queue/", "queue"), (f"/lab/runs/{failed.pk}/", "run")):
        page.goto(address)
        accessible(page)
        no_sideways_scroll(page)
        keep_picture(page, f"lab-{name}")
    page.goto(f"/lab/runs/{runs[1].pk}/")
    page.fill("#cancel-reason", "the wrong pack")
    page.click("form[action$='cancel/'] button")
    page.wait_for_selector(".step-failed")
    assert Run.objects.get(pk=runs[1].pk).stands is RunState.CANCELLED


def test_an_upload_goes_on_after_a_lost_connection_and_after_the_page_was_closed(
    signed_in: Callable[[Role], Any], tmp_path: Path, monkeypatch: pytest.MonkeyPatch
) -> None:
    good = tmp_path / "good.zip"
    good.write_bytes(zipped())
    piece = good.stat().st_size // 6
    monkeypatch.setattr("pandok.fields.lab.acts.submissions.partial.PIECE_BYTES", piece)
    make_registration()
    page = signed_in(Role.SUBMITTER)
    begins: list[int] = []

    def cut(after: int) -> None:
        """The connection breaks once `after` pieces have come, until the route is taken away."""

        def piece_on_its_way(route: Any) -> None:
            begins.append(int(route.request.headers["upload-offset"]))
            route.abort("connectionreset") if len(begins) > after else route.continue_()

        page.route(
            "**/api/v1/lab/uploads/*",
            lambda route: piece_on_its_way(route) if route.request.method == "PATCH" else route.continue_(),
        )

    def submit() -> None:
        page.goto("/lab/submissions/new/")
        page.set_input_files("#upload", str(good))
        page.click("main form button[type=submit]")

    cut(after=2)
    submit()
    page.wait_for_function(LOST)
    expect(page.locator("progress")).to_be_visible()
    assert 0 < float(page.evaluate("document.querySelector('progress').value")) < 1
    assert begins[:3] == [0, piece, 2 * piece]
    page.unroute_all()
    seen: list[int] = []
    page.on("request", lambda one: seen.append(int(one.headers["upload-offset"])) if one.method == "PATCH" else None)
    submit()  # the page was closed, and the same file is chosen again
    page.wait_for_url(re.compile("/lab/submissions/[0-9a-f-]{36}/"))
    assert seen[0] == 2 * piece
    assert Submission.objects.count() == 1
    begins.clear()
    seen.clear()
    good.write_bytes(zipped(files(card__md=b"# Another card\n\nThe same model, told again.")))
    cut(after=1)
    submit()
    page.wait_for_function(LOST)
    page.unroute_all()
    page.wait_for_url(re.compile("/lab/submissions/[0-9a-f-]{36}/"))  # by itself, on the open page
    assert Submission.objects.count() == 2
