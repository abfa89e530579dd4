"""The picture of the plan: power rises with the advantage and with the cases."""

from __future__ import annotations

from pathlib import Path

import pytest

from pandok.fields.lab.acts.packs import power
from pandok.fields.lab.acts.packs.pack_reader import read_pack
from pandok.fields.lab.acts.packs.power import power_picture
from tests.fields.lab.acts.packs.folders import picture_folder, replace, table_folder


def test_shares(tmp_path: Path) -> None:
    folder = picture_folder(tmp_path / "pack", each=40)
    replace(folder, "problem.toml", "planned_n = 10", "planned_n = 10\nclustered = true")
    picture = power_picture(read_pack(folder))
    assert picture is not None
    assert (picture.n, picture.clusters) == (40, 2)
    assert picture == power_picture(read_pack(folder))
    of_thirty = [line.cases for line in picture.lines if line.discordant == 0.3]
    assert of_thirty == sorted(of_thirty)
    assert of_thirty[-1] > 0.9
    assert all(line.clusters is not None and line.clusters <= line.cases + 0.02 for line in picture.lines)


def test_areas(tmp_path: Path, monkeypatch: pytest.MonkeyPatch) -> None:
    monkeypatch.setattr(power, "ROUNDS_AREAS", 40)
    few = power_picture(read_pack(table_folder(tmp_path / "few", each=20)))
    many = power_picture(read_pack(table_folder(tmp_path / "many", each=300)))
    assert few is not None
    assert many is not None
    assert few.clusters is None
    assert many.lines[-1].cases > few.lines[-1].cases
    assert [line.cases for line in many.lines] == sorted(line.cases for line in many.lines)


def test_one_kind_of_truth_gives_no_lines(tmp_path: Path) -> None:
    folder = table_folder(tmp_path / "pack", each=4)
    text = (folder / "truth.csv").read_text(encoding="utf-8").replace(",1\n", ",0\n")
    (folder / "truth.csv").write_text(text, encoding="utf-8")
    picture = power_picture(read_pack(folder))
    assert picture is not None
    assert picture.lines == ()
