"""`pandok lab strips read`: photographs of strips at the command line, and what is none."""

from __future__ import annotations

import json
from pathlib import Path

import cv2
import numpy as np
import pytest

from tests.cli.test_commands import pandok
from tests.readers.strips.drawn import card


@pytest.fixture
def desk(tmp_path: Path) -> Path:
    cv2.imwrite(str(tmp_path / "card.png"), card([(0.5, 0.4), (0.5, 0.0), (0.0, 0.4)], tilt_degrees=3)[:, :, ::-1])
    cv2.imwrite(str(tmp_path / "wall.png"), np.full((200, 300, 3), 180, np.uint8))
    (tmp_path / "letter.jpg").write_text("no photograph", encoding="utf-8")
    (tmp_path / "cut.png").write_bytes((tmp_path / "card.png").read_bytes()[:4000])
    return tmp_path


def test_a_card_is_read_under_the_rule_of_its_assay(desk: Path) -> None:
    done = pandok(desk, "lab", "strips", "read", "card.png", "--assay", "competitive", "--json")
    assert done.returncode == 0, done.stderr
    assert [one["result"] for one in json.loads(done.stdout)] == ["negative", "presumptive_positive", "invalid"]
    done = pandok(desk, "lab", "strips", "read", "card.png", "--assay", "sandwich", "--json")
    assert [one["result"] for one in json.loads(done.stdout)] == ["presumptive_positive", "negative", "invalid"]
    assert not (desk / "home").exists()


@pytest.mark.parametrize(("language", "word"), [("ko", "물질의 판정이 아닙니다"), ("en", "identifies no substance")])
def test_it_says_that_it_names_no_substance(desk: Path, language: str, word: str) -> None:
    done = pandok(
        desk, "--language", language, "lab", "strips", "read", "card.png", "--assay", "competitive", COLUMNS="200"
    )
    assert word in done.stdout


@pytest.mark.parametrize(
    ("options", "code"),
    [
        (("wall.png",), "strips.no_window"),
        (("letter.jpg",), "photograph."),
        (("cut.png",), "photograph."),
        (("absent.png",), "request.file"),
        (("card.png", "--not-before", "300"), "strips.no_time"),
    ],
)
def test_what_cannot_be_read_is_told(desk: Path, options: tuple[str, ...], code: str) -> None:
    done = pandok(desk, "lab", "strips", "read", *options, "--assay", "competitive")
    assert done.returncode == 2, done.stdout + done.stderr
    assert code in done.stderr
    assert "Traceback" not in done.stderr
    without = pandok(desk, "lab", "strips", "read", "card.png")
    assert without.returncode == 2  # which assay it is is nobody's guess
