"""`pandok lab problems import`: the same use case as the page, for packs that are too large for it."""

from __future__ import annotations

import pytest
from typer.testing import CliRunner

from pandok.cli.main import app
from pandok.fields.lab.models import ProblemPack
from tests.chosen import Choose
from tests.fields.lab.acts.packs.conftest import Lab
from tests.fields.lab.acts.packs.folders import table_folder
from tests.roles import Role


def test_a_pack_is_brought_in_by_name_of_people_and_terms(
    lab: Lab, choose: Choose, monkeypatch: pytest.MonkeyPatch
) -> None:
    folder = table_folder(lab.home / "pack", each=12)
    monkeypatch.setattr("pandok.fields.lab.cli.problems.start_django", lambda: None)
    choose(home=lab.home)
    owner = lab.account(Role.FIELD_OWNER, "").username
    words = ["lab", "problems", "import", str(folder), "--reason", "tested here", "--project", "Project"]
    refused = CliRunner().invoke(app, [*words, "--by", "nobody", "--deposit", "x"], prog_name="pandok")
    assert refused.exit_code == 2
    assert not ProblemPack.objects.exists()
    done = CliRunner().invoke(app, [*words, "--by", owner, "--deposit", str(lab.deposit.pk)])
    assert done.exit_code == 0, done.output
    kept = ProblemPack.objects.get()
    assert f"small-table 1 {kept.root}" in done.output
    listed = CliRunner(env={"COLUMNS": "200"}).invoke(app, ["lab", "problems", "list", "--site"])
    assert "small-table" in listed.output
