"""The demonstration's folder of five makers becomes one standard with a report of quality, by the command it prints."""

from __future__ import annotations

import json
from pathlib import Path

import pytest
from typer.testing import CliRunner

from pandok.cli.main import app
from pandok.demo import makers_folder
from pandok.readers.xray.formats.reading import NamedBytes, read_files
from pandok.readers.xray.scan import ScanKind
from tests.chosen import Choose


def test_five_makers_become_one_standard(tmp_path: Path, choose: Choose, monkeypatch: pytest.MonkeyPatch) -> None:
    choose(home=tmp_path)
    monkeypatch.setattr(makers_folder, "BAGS_EACH", 1)
    folder = makers_folder.ensure_makers_folder(tmp_path)
    before = {one: one.stat().st_mtime_ns for one in folder.rglob("*.*")}
    makers_folder.ensure_makers_folder(tmp_path)
    assert {one: one.stat().st_mtime_ns for one in folder.rglob("*.*")} == before
    (folder / "cut.dcs").write_bytes(next(folder.rglob("*_low.dcs")).read_bytes()[:-900])
    out = tmp_path / "one-standard"
    asked = ["xray", "convert", str(folder), "--into", str(out), "--to", "standard", "--air", "60000"]
    said = CliRunner().invoke(app, ["--language", "en", *asked])
    assert said.exit_code == 1, said.stdout
    assert "5 scans converted; 0 stood there already, 1 could not be converted" in said.stdout
    for path in sorted(out.rglob("*.tif")):
        scan = read_files([NamedBytes(path.name, path.read_bytes()), *_beside(path)])
        report = json.loads(path.with_suffix(".quality.json").read_text(encoding="utf-8"))
        colours = "colours" in str(path)
        assert scan.kind == ScanKind.TRANSMISSION
        assert len(scan.images) == (1 if colours else 2)
        assert report["approximate"] is colours
        assert colours or {"air_snr_high", "opaque_share"} <= {one["code"] for one in report["views"][0]["findings"]}
        assert path.with_suffix(".png").is_file()
    assert len(list(out.rglob("*.tif"))) == 5
    assert "5 stood there already" in CliRunner().invoke(app, ["--language", "en", *asked]).stdout
    # Pictures and reports beside the scans are no scans of their own.
    checked = json.loads(CliRunner().invoke(app, ["xray", "check", "--json", str(out)]).stdout)
    assert [one["refused"] for one in checked] == [None] * 5


def _beside(path: Path) -> list[NamedBytes]:
    beside = path.with_suffix(".json")
    return [NamedBytes(beside.name, beside.read_bytes())]
