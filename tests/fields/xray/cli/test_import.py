"""`pandok xray import`: a folder onto the desk, once, each with its declaration."""

from __future__ import annotations

import json
from pathlib import Path

import pytest
from typer.testing import CliRunner

from pandok.cli.main import app
from pandok.fields.xray.decisions import Decision
from pandok.fields.xray.models import Inspection
from tests.chosen import Choose
from tests.fields.xray.acts.test_importing import two_energies
from tests.fields.xray.acts.test_similar import goods
from tests.fields.xray.hall import Hall

RUN = CliRunner()
pytestmark = pytest.mark.django_db


@pytest.fixture
def folder(hall: Hall, choose: Choose, tmp_path: Path) -> Path:
    choose(home=hall.blobs.folder.parent)
    inside = tmp_path / "in"
    inside.mkdir()
    for one in two_energies():
        (inside / one.name).write_bytes(one.data)
    (inside / "cut.png").write_bytes(two_energies()[0].data[:-9])
    return inside


def test_a_folder_comes_once_and_what_is_broken_is_said(folder: Path, tmp_path: Path) -> None:
    table = tmp_path / "declared.csv"
    table.write_text('\ufeffname,goods,hs_code,mass_g\nbag,"용기, 플라스틱",3924.10,1200\n', encoding="utf-8")
    asked = ["xray", "import", str(folder), "--site", "ICN", "--declarations", str(table)]
    first = RUN.invoke(app, ["--language", "ko", *asked])
    assert first.exit_code == 1
    assert "1건을 가져왔습니다" in first.stdout
    assert "[scan.damaged]" in first.stdout
    inspection = Inspection.objects.get()
    assert inspection.site is not None
    assert (inspection.goods, inspection.mass_g, inspection.site.code) == ("용기, 플라스틱", 1200, "ICN")
    told = json.loads(RUN.invoke(app, [*asked, "--json"]).stdout)
    assert [(one["name"], one["again"], bool(one["refused"])) for one in told] == [
        ("bag", True, False),
        ("cut", False, True),
    ]
    assert Inspection.objects.count() == 1


@pytest.mark.parametrize(
    ("more", "code"),
    [
        (["--site", "NOWHERE"], "xray.no_site"),
        (["--spectrum", "nobody's"], "xray.spectrum_unknown"),
        (["--declarations", "not there"], "xray.declarations_unreadable"),
        (["nowhere"], "scan.unreadable"),
    ],
)
def test_what_is_wrong_is_said_before_anything_is_kept(folder: Path, more: list[str], code: str) -> None:
    said = RUN.invoke(app, ["--language", "en", "xray", "import", str(folder), *more])
    assert said.exit_code != 0
    assert code in said.stdout + said.stderr + str(getattr(said.exception, "error_code", ""))
    assert not Inspection.objects.exists()


@pytest.mark.parametrize(
    ("text", "row"), [("goods\nx\n", 1), ("name,hs_code\na,8471\nb,84\n", 3), ("name,who\na,b\n", 2)]
)
def test_a_wrong_row_is_named(folder: Path, tmp_path: Path, text: str, row: int) -> None:
    table = tmp_path / "wrong.csv"
    table.write_text(text, encoding="utf-8")
    said = RUN.invoke(app, ["xray", "import", str(folder), "--declarations", str(table)])
    assert said.exit_code != 0
    assert getattr(said.exception, "fields", {}).get("row", row) == row
    assert not Inspection.objects.exists()


def test_past_scans_are_indexed_and_found_by_number(hall: Hall, choose: Choose) -> None:
    choose(home=hall.blobs.folder.parent)
    first = hall.inspection(image=goods("bottles", 1), goods="생수")
    hall.read("one", Decision.CLEAR)
    second = hall.inspection(image=goods("bottles", 2))
    waits = RUN.invoke(app, ["--language", "en", "xray", "similar", second.number])
    assert waits.exit_code != 0
    assert "waits to be read" in waits.output
    hall.read("one", Decision.CLEAR)
    done = json.loads(RUN.invoke(app, ["xray", "index", "--json"]).stdout)
    assert done == {"embedded": 0, "indexed": 2, "failed": []}
    told = json.loads(RUN.invoke(app, ["xray", "similar", second.number, "--json"]).stdout)
    assert [(one["number"], one["goods"], one["found"]) for one in told] == [(first.number, "생수", None)]
    assert RUN.invoke(app, ["xray", "similar", second.number, "--heading", "08"]).exit_code != 0
    assert RUN.invoke(app, ["xray", "similar", "2026-X-999999"]).exit_code != 0
