"""`pandok xray`: what an operator sees, in both languages, and never a traceback."""

from __future__ import annotations

import json
from pathlib import Path

import pytest
from typer.testing import CliRunner

from pandok.cli.main import app
from tests.readers.xray.formats import samples

RUN = CliRunner()


@pytest.fixture
def folder(tmp_path: Path) -> Path:
    inside = tmp_path / "in"
    inside.mkdir()
    (inside / "bag_low.png").write_bytes(samples.png(samples.bag(seed=1)))
    (inside / "bag_high.png").write_bytes(samples.png(samples.bag(seed=2)))
    (inside / "truck.xml").write_text(samples.HCV, encoding="utf-8")
    return inside


def test_inspect_says_what_a_file_holds(folder: Path) -> None:
    korean = RUN.invoke(app, ["--language", "ko", "xray", "inspect", str(folder)])
    assert korean.exit_code == 0
    assert "계수(미보정)" in korean.stdout
    assert "CSQU3054383" in korean.stdout
    english = RUN.invoke(app, ["--language", "en", "xray", "inspect", str(folder / "truck.xml")])
    assert "report without pixels" in english.stdout
    told = json.loads(RUN.invoke(app, ["xray", "inspect", "--json", str(folder)]).stdout)
    bag = next(one for one in told if one["name"] == "bag")
    assert [one["energy"] for one in bag["images"]] == ["low", "high"]
    assert bag["images"][0]["shape"] == [48, 70]


def test_check_names_what_is_broken_and_leaves_with_one(folder: Path) -> None:
    whole = RUN.invoke(app, ["--language", "en", "xray", "check", str(folder)])
    assert whole.exit_code == 0
    assert "0 scans of 2 cannot be read." in whole.stdout
    (folder / "cut.png").write_bytes(samples.png(samples.bag())[:-9])
    broken = RUN.invoke(app, ["--language", "en", "xray", "check", str(folder)])
    assert broken.exit_code == 1
    assert "[scan.damaged]" in broken.stdout
    rows = json.loads(RUN.invoke(app, ["xray", "check", "--json", str(folder)]).stdout)
    assert {row["name"]: bool(row["refused"]) for row in rows} == {"bag": False, "cut": True, "truck": False}
    assert rows[1]["refused"]["what"]["ko"]


def test_convert_goes_on_where_it_stopped(folder: Path, tmp_path: Path) -> None:
    command = ["--language", "ko", "xray", "convert", str(folder), "--into", str(tmp_path / "out"), "--to", "tiff"]
    first = RUN.invoke(app, command)
    assert first.exit_code == 0
    assert "2건을 바꾸었습니다" in first.stdout
    assert "이미 있던 것 2건" in RUN.invoke(app, command).stdout
    assert sorted(one.name for one in (tmp_path / "out").iterdir()) == [
        *("bag.json", "bag.tif", "converted.jsonl", "truck.json"),
    ]
    assert RUN.invoke(app, ["xray", "check", str(tmp_path / "out")]).exit_code == 0


@pytest.mark.parametrize(
    ("arguments", "code"),
    [
        (["convert", "IN", "--into", "OUT", "--to", "bmp"], "request.scan_form"),
        (["convert", "IN", "--into", "OUT", "--mask-key-file", "OUT"], "request.mask_key"),
        (["convert", "IN", "--into", "IN"], "scan.target_in_use"),
        (["inspect", "OUT"], "scan.unreadable"),
    ],
)
def test_a_wrong_command_is_answered_in_both_languages(
    arguments: list[str], code: str, folder: Path, tmp_path: Path
) -> None:
    places = {"IN": str(folder), "OUT": str(tmp_path / "out")}
    done = RUN.invoke(app, ["xray", *(places.get(one, one) for one in arguments)])
    assert done.exit_code == 2
    assert f"[{code}]" in done.stderr
    assert "Traceback" not in done.output


def test_a_test_object_is_measured_into_the_report(folder: Path, tmp_path: Path) -> None:
    places, into = tmp_path / "places.json", tmp_path / "out"
    places.write_text('{"even": [2, 2, 34, 34]}', encoding="utf-8")
    bag = [str(folder / f"bag_{energy}.png") for energy in ("low", "high")]
    asked = ["--language", "en", "xray", "convert", *bag, "--to", "standard", "--air", "60000"]
    done = RUN.invoke(app, [*asked, "--into", str(into), "--test-object", str(places)])
    assert done.exit_code == 0, done.stdout
    report = json.loads((into / "bag.quality.json").read_text(encoding="utf-8"))
    assert [one["code"] for one in report["test_object"]] == ["uniformity"]
    places.write_text('{"even": [2, 2, 3400, 34]}', encoding="utf-8")
    outside = RUN.invoke(app, [*asked, "--into", str(tmp_path / "other"), "--test-object", str(places)])
    assert outside.exit_code == 1
    assert "[xray.test_object_outside]" in outside.stdout
