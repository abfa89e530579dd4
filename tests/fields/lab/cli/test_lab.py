"""`pandok lab`: what a company and a field owner run at the command line."""

from __future__ import annotations

import json
import zipfile
from pathlib import Path

import pytest

from tests.cli.test_commands import pandok
from tests.fields.lab.acts.packs.folders import replace, table_folder
from tests.fields.lab.acts.packs.models import random_model, row_model, row_sheet


@pytest.fixture
def desk(tmp_path: Path) -> Path:
    """A company's folder: the pack, a model with its sheet, a card."""
    table_folder(tmp_path / "pack", each=12)
    (tmp_path / "model.onnx").write_bytes(row_model())
    (tmp_path / "submission.json").write_bytes(row_sheet())
    (tmp_path / "card.md").write_text("# Small\n", encoding="utf-8")
    return tmp_path


def test_a_model_is_checked_and_its_zip_made(desk: Path) -> None:
    done = pandok(desk, "lab", "check", "model.onnx", "--pack", "pack", "--json")
    assert done.returncode == 0, done.stderr
    told = json.loads(done.stdout)
    assert told["accepted"]
    assert told["cases"] == 12
    assert told["public_score"]["endpoints"][0]["metric"] == "auc"
    assert not (desk / "home").exists()  # no database is needed
    made = pandok(desk, "lab", "submission", "make", "model.onnx", "--pack", "pack", "--card", "card.md")
    assert made.returncode == 0, made.stderr
    with zipfile.ZipFile(desk / "submission.zip") as archive:
        names = {"model.onnx", "submission.json", "card.md", "sample_outputs.csv"}
        assert set(archive.namelist()) == names
        lines = archive.read("sample_outputs.csv").decode().splitlines()
    assert lines[0] == "case_id,output_1"
    assert len(lines) == 13
    assert "t003,4.0" in lines
    again = pandok(desk, "lab", "submission", "make", "model.onnx", "--pack", "pack", "--card", "card.md")
    assert again.returncode == 2
    assert "[request.file_exists]" in again.stderr


def test_a_refused_model_is_told_how_to_be_exported(desk: Path) -> None:
    (desk / "model.onnx").write_bytes(random_model())
    done = pandok(desk, "--language", "en", "lab", "check", "model.onnx", "--pack", "pack")
    assert done.returncode == 1
    assert "operator.random" in done.stdout
    assert "model.eval()" in done.stdout


def test_a_wrong_sheet_names_its_field(desk: Path) -> None:
    (desk / "submission.json").write_bytes(row_sheet(model_inputs="x"))
    done = pandok(desk, "lab", "check", "model.onnx", "--pack", "pack")
    assert done.returncode == 2
    assert "model_inputs" in done.stderr
    assert "Traceback" not in done.stderr


def test_a_sheet_to_begin_with_fits(desk: Path) -> None:
    from pandok.core.lab.submission import SubmissionSheet

    done = pandok(desk, "lab", "submission", "sheet", "--pack", "pack")
    assert done.returncode == 0, done.stderr
    assert SubmissionSheet.model_validate_json(done.stdout).problem == "small-table"


def test_a_pack_is_shown_and_its_faults_are_listed(desk: Path) -> None:
    done = pandok(desk, "--language", "en", "lab", "problems", "show", "pack")
    assert done.returncode == 0, done.stderr
    assert "confirm query 12" in done.stdout
    replace(desk / "pack", "truth.csv", "t002,0", "t002,7")
    done = pandok(desk, "--language", "en", "lab", "problems", "show", "pack")
    assert done.returncode == 2
    assert "truth.csv:4: The truth is 0 or 1." in done.stderr
    assert "[pack.refused]" in done.stderr


def test_unknown_packs_and_missing_data_are_told(desk: Path) -> None:
    done = pandok(desk, "lab", "problems", "build", "weather", "--to", "there")
    assert (done.returncode, "[pack.unknown]" in done.stderr) == (2, True)
    done = pandok(desk, "lab", "problems", "build", "declarations", "--to", "there", PANDOK_SHARED=str(desk / "no"))
    assert (done.returncode, "[pack.no_data]" in done.stderr) == (2, True)
    done = pandok(desk, "lab", "check", "model.onnx", "--pack", "absent")
    assert (done.returncode, "[request.file]" in done.stderr) == (2, True)


def test_the_list_names_the_shipped_problems(desk: Path) -> None:
    done = pandok(desk, "lab", "problems", "list", COLUMNS="200")
    assert done.returncode == 0, done.stderr
    for name in ("demo-articles", "declarations", "street-floods"):
        assert name in done.stdout
