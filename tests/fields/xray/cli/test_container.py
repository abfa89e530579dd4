"""`pandok xray container`, and a megavolt scan all the way onto the desk."""

from __future__ import annotations

import json
from pathlib import Path

import cv2
import numpy as np
import pytest
from typer.testing import CliRunner

from pandok.cli.main import app
from pandok.demo.scans.container_structures import structure_scan
from pandok.demo.scans.rendering import AIR_COUNTS, rendered
from pandok.demo.scans.scenes import Recipe
from pandok.fields.xray.models import Inspection, ScanView
from tests.chosen import Choose
from tests.fields.xray.hall import Hall

RUN = CliRunner()
CARGO = ("--spectrum", "cargo-4mv-6mv", "--air", str(AIR_COUNTS))


def write(path: Path, high: np.ndarray) -> None:
    cv2.imwrite(str(path), np.rint(high * AIR_COUNTS).astype(np.uint16))


@pytest.fixture(scope="module")
def yard(tmp_path_factory: pytest.TempPathFactory) -> Path:
    """Ten empty containers, one with a mass in its wall, one not, and what is none."""
    folder = tmp_path_factory.mktemp("yard")
    for name in ("empties", "seen"):
        (folder / name).mkdir()
    for seed in range(10):
        write(folder / "empties" / f"e{seed}.png", structure_scan("22G1", seed).high)
    write(folder / "seen" / "hidden.png", structure_scan("22G1", 900, visit=1, place="wall", thick_mm=120.0).high)
    write(folder / "seen" / "wall.png", np.full((80, 90), 0.4, np.float32))
    (folder / "seen" / "cut.png").write_bytes((folder / "seen" / "hidden.png").read_bytes()[:900])
    return folder


@pytest.fixture
def here(choose: Choose, tmp_path: Path) -> None:
    choose(home=tmp_path / "home")


def ask(yard: Path, *more: str, code: str = "22G1") -> list[str]:
    return ["xray", "container", str(yard / "seen"), "--type", code, "--empties", str(yard / "empties"), *CARGO, *more]


@pytest.mark.usefixtures("here")
def test_a_mass_is_named_with_its_place_and_what_is_no_container_is_said(yard: Path, tmp_path: Path) -> None:
    done = RUN.invoke(app, ask(yard, "--json", "--pictures", str(tmp_path / "pictures")))
    assert done.exit_code == 1, done.output
    told = {one["name"]: one for one in json.loads(done.stdout)}
    assert told["cut"]["refused"]["code"] == "scan.damaged"
    assert told["wall"]["refused"]["code"] == "xray.container_not_found"
    of_bank = [one for one in told["hidden"]["differences"] if one["against"] == "bank"]
    assert of_bank[0]["zone"] == "wall"
    [picture] = (tmp_path / "pictures").iterdir()
    assert cv2.imread(str(picture)).shape[2] == 3


@pytest.mark.usefixtures("here")
@pytest.mark.parametrize(
    ("language", "words"), [("ko", ("옆벽", "계산으로 만든")), ("en", ("side walls", "computed images"))]
)
def test_it_says_places_in_words_and_that_rates_are_computed(yard: Path, language: str, words: tuple[str, str]) -> None:
    done = RUN.invoke(app, ["--language", language, *ask(yard)])
    assert all(word in done.output for word in words), done.output


@pytest.mark.usefixtures("here")
@pytest.mark.parametrize(
    ("more", "code", "wanted"),
    [
        ((), "99X9", "xray.container_type"),
        (("--spectrum", "nobody's"), "22G1", "xray.spectrum_unknown"),
        (("--same", "nowhere.png"), "22G1", "scan.unreadable"),
    ],
)
def test_what_is_wrong_is_said(yard: Path, more: tuple[str, ...], code: str, wanted: str) -> None:
    done = RUN.invoke(app, ask(yard, *more, code=code))
    assert done.exit_code != 0
    assert wanted in done.output + str(getattr(done.exception, "error_code", ""))


@pytest.mark.usefixtures("here")
def test_few_empties_and_a_broken_empty_make_no_bank(yard: Path, tmp_path: Path) -> None:
    few = tmp_path / "few"
    few.mkdir()
    write(few / "e.png", structure_scan("22G1", 1).high)
    asked = ["xray", "container", str(yard / "seen"), "--type", "22G1", "--empties", str(few), *CARGO]
    done = RUN.invoke(app, asked)
    assert "xray.container_bank" in done.output + str(getattr(done.exception, "error_code", ""))
    (few / "broken.png").write_bytes(b"\x89PNG\r\n\x1a\n")
    done = RUN.invoke(app, asked)
    assert "scan." in done.output + str(getattr(done.exception, "error_code", ""))


@pytest.mark.django_db
def test_a_megavolt_scan_comes_onto_the_desk_on_the_one_scale(hall: Hall, choose: Choose, tmp_path: Path) -> None:
    choose(home=hall.blobs.folder.parent)
    made = rendered(Recipe("container", 5, items=2), "cargo-1")
    folder = tmp_path / "in"
    folder.mkdir()
    cv2.imwrite(str(folder / "box_low.png"), made.low)
    cv2.imwrite(str(folder / "box_high.png"), made.high)
    done = RUN.invoke(app, ["xray", "import", str(folder), "--site", "ICN", *CARGO, "--json"])
    assert done.exit_code == 0, done.output
    [inspection] = Inspection.objects.all()
    [view] = ScanView.objects.filter(scan__inspection=inspection)
    assert view.planes == ["low", "high", "material"]
    said = view.scan.quality
    assert said["response"] == "cargo-4mv-6mv"
    assert said["views"][0]["air_level"] == pytest.approx(1, abs=0.002)
    assert said["views"][0]["marked_share"] < 0.01
