"""What a model says of itself runs in no browser and moves no terminal: names, notes, producer, sheet and card."""

from __future__ import annotations

import re
from collections.abc import Callable
from pathlib import Path

import onnx
import pytest
from onnx import helper
from typer.testing import CliRunner

from pandok.cli.main import app
from pandok.core.lab.refusals import SubmissionRefusal
from pandok.core.lab.submission import is_plain_name
from pandok.engines.onnx_gate.gate import check_model
from pandok.fields.lab.acts.submissions.sheet_file import read_sheet
from pandok.fields.lab.acts.submissions.unpacking import UploadRefused
from pandok.fields.lab.models import Submission
from tests.fields.lab.acts.packs.folders import table_folder
from tests.fields.lab.acts.packs.models import row_model, row_sheet
from tests.fields.lab.acts.runs.fakes import make_submission
from tests.fields.lab.web.result_samples import make_result
from tests.roles import Role
from tests.world import Site

SCRIPT = "<script>alert(1)</script><img src=x onerror=alert(2)>"
HOSTILE = {
    "clears the screen": "\x1b[2J\x1b[H",
    "sets the title": "\x1b]0;owned\x07",
    "by one letter": "\x9b2J",
    "overwrites the line": "accepted\rREFUSED",
    "goes back": "\x08" * 9,
    "turns the reading": "\u202egnp.exe",
    "shows nothing": "in\u200bput",
    "a link": "\x1b]8;;https://evil.example\x1b\\here\x1b]8;;\x1b\\",
    "marks up": "[bold red]ok[/bold red][/x][link=https://evil.example]here",
    "a script": SCRIPT,
}
OBEYED = re.compile(r"[\x00-\x08\x0b-\x1f\x7f-\x9f\u200b-\u200f\u202a-\u202e\u2066-\u2069\ufeff]")
"""What a terminal acts on, or a reader does not see; tab and line end are the command's own."""


def described(words: str) -> onnx.ModelProto:
    """A good model that says these words wherever a file may say something that the runtime does not need."""
    model = onnx.load_from_string(row_model())
    model.producer_name = model.producer_version = model.doc_string = model.domain = words
    model.graph.name = model.graph.doc_string = words
    for part in (*model.graph.node, *model.graph.input, *model.graph.output, *model.graph.initializer):
        part.doc_string = words
    helper.set_model_props(model, {words: words, "author": words})
    return model


def named(model: onnx.ModelProto, words: str) -> None:
    model.graph.input[0].name = model.graph.node[0].input[0] = words


def node(model: onnx.ModelProto, words: str) -> None:
    model.graph.node[0].name = words


def operator(model: onnx.ModelProto, words: str) -> None:
    model.graph.node[0].op_type = words


def operators_domain(model: onnx.ModelProto, words: str) -> None:
    model.graph.node[0].domain = words
    model.opset_import.append(helper.make_opsetid(words, 1))


def function(model: onnx.ModelProto, words: str) -> None:
    model.functions.append(helper.make_function("d", words, [], [], [], [helper.make_opsetid("", 17)]))


def value_of_no_numbers(model: onnx.ModelProto, words: str) -> None:
    model.graph.output[0].name = model.graph.node[0].output[0] = words
    model.graph.output[0].type.tensor_type.elem_type = onnx.TensorProto.STRING


def weights_outside(model: onnx.ModelProto, words: str) -> None:
    weights = model.graph.initializer[0]
    weights.name = model.graph.node[0].input[1] = words
    weights.data_location = onnx.TensorProto.EXTERNAL
    weights.external_data.add(key="location", value=words)


PLACES = [named, node, operator, operators_domain, function, value_of_no_numbers, weights_outside]
Place = Callable[[onnx.ModelProto, str], None]


@pytest.mark.parametrize("place", PLACES)
@pytest.mark.parametrize("words", HOSTILE.values(), ids=HOSTILE)
def test_what_is_kept_and_told_of_a_model_is_plain(words: str, place: Place) -> None:
    model = described(words)
    place(model, words)
    found = check_model(model.SerializeToString())
    kept = [*(one.where for one in found.refusals), *(found.inputs + found.outputs if not found.refusals else ())]
    assert not [one for one in kept if OBEYED.search(one)]
    if not found.refusals:
        assert is_plain_name(words), "what the gate lets through can be shown"


@pytest.fixture
def desk(tmp_path: Path, monkeypatch: pytest.MonkeyPatch) -> Path:
    table_folder(tmp_path / "pack", each=12)
    (tmp_path / "submission.json").write_bytes(row_sheet())
    monkeypatch.setattr("pandok.engines.sandbox.sandbox.open_sandbox", lambda: type("No", (), {"level": 0})())
    return tmp_path


def command(desk: Path, *words: str) -> str:
    done = CliRunner().invoke(app, [*words])
    assert not isinstance(done.exception, Exception) or isinstance(done.exception, SystemExit), done.exception
    assert desk.exists()
    return done.output + done.stderr


@pytest.mark.parametrize("words", HOSTILE.values(), ids=HOSTILE)
def test_the_check_at_the_command_line_obeys_nothing(desk: Path, words: str) -> None:
    file = desk / "model.onnx"
    asked = ("--language", "en", "lab", "check", str(file), "--pack", str(desk / "pack"))
    for place in (None, operator, value_of_no_numbers, function):
        model = described(words)
        if place is not None:
            place(model, words)
        file.write_bytes(model.SerializeToString())
        told = command(desk, *asked)
        assert not OBEYED.search(told), told
        assert "evil" not in told or place is not None
    file.write_bytes(row_model())
    (desk / "submission.json").write_bytes(row_sheet(model_input=words, name=words))
    assert not OBEYED.search(command(desk, *asked))


@pytest.mark.parametrize("words", HOSTILE.values(), ids=HOSTILE)
def test_no_command_obeys_what_it_prints(words: str, capsys: pytest.CaptureFixture[str]) -> None:
    """Tables, lines and errors of every command go through the same two consoles and the same edge."""
    from rich.table import Table

    from pandok.cli.error_edge import leave_with
    from pandok.cli.terminal import console, error_console
    from pandok.core.errors import RequestError
    from pandok.core.text import Text

    table = Table("a", words, title=words)
    table.add_row("1", words)
    for screen in (console(), error_console()):
        screen.print(table)
        screen.print(f"{words}\t{words}", style="red")
    with pytest.raises(SystemExit):
        leave_with(RequestError(Text(ko=words, en=words), Text(ko=words, en=words), code="request.file"))
    printed = "".join(capsys.readouterr())
    assert not OBEYED.search(printed)
    assert "evil.example" in printed or "evil" not in words, "what somebody wrote is shown, not styled away"


PAGES = ("/lab/", "/lab/queue/", "/lab/submissions/", "/lab/results/", "/lab/problems/", "/lab/proofs/", "/audit/")
READERS = (Role.EVALUATOR, Role.LAB_OPERATOR, Role.OUTPUT_CHECKER, Role.AUDITOR, Role.SUBMITTER)
ALIVE = re.compile(r"<script>alert|<img src=x")


def test_no_page_of_the_lab_runs_what_a_submission_says_of_itself(site: Site) -> None:
    run = make_result()
    refusals = [
        SubmissionRefusal("model.functions", SCRIPT).as_dict(),
        SubmissionRefusal("sheet.value", SCRIPT).as_dict(),
    ]
    said = {"name": SCRIPT, "version": SCRIPT[:40], "refusals": refusals}
    words = {"name": SCRIPT, "licence": SCRIPT, "training_data": SCRIPT, "model_input": SCRIPT, "model_output": SCRIPT}
    values = run.submission.sheet_values | words
    refused = make_submission(run.registration, "company", **said, sheet_values=values, submitter_name=SCRIPT)
    Submission.objects.filter(pk=run.submission_id).update(name=SCRIPT, version=SCRIPT[:40], submitter_name=SCRIPT)
    own = [f"/lab/submissions/{one.pk}/" for one in (refused, run.submission)]
    shown = 0
    for role in READERS:
        client = site.client(role)
        if role is Role.SUBMITTER:
            run.submission.by.groups.add(*site.account(role).groups.all())
            client.force_login(run.submission.by)
        for address in (
            *PAGES,
            *own,
            f"/lab/results/{run.pk}/",
            f"/lab/runs/{run.pk}/",
            f"/lab/problems/{run.registration.pack_id}/",
        ):
            page = client.get(address)
            assert page.status_code < 500, address
            text = page.content.decode()
            assert not ALIVE.search(text), (role, address)
            shown += "&lt;script&gt;alert" in text
    assert shown >= 4, "the words did not come to the pages"


def test_a_sheet_brings_no_letter_that_shows_nothing_or_a_terminal_obeys() -> None:
    words = {"name": "\u202egnp.exe", "licence": "MIT\x1b[2J", "training_data": "not\u200bhing:\nwritten by hand\x9b"}
    said = read_sheet(row_sheet(**words), problem="small-table")
    assert (said.name, said.licence, said.training_data) == ("gnp.exe", "MIT[2J", "nothing:\nwritten by hand")
    with pytest.raises(UploadRefused):
        read_sheet(row_sheet(name="\u200b\u202e"), problem="small-table")
