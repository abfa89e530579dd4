"""Small whole packs of every kind, drawn here; tests break them."""

from __future__ import annotations

import csv
import io
from collections.abc import Iterable, Sequence
from pathlib import Path

from PIL import Image

HEAD = ["case_id", "part", "role", "path", "cluster", "site"]
PARTS = ("public", "feedback", "confirm")
TOML = """id = "{id}"
title = {{ ko = "과제", en = "Problem" }}
question = {{ ko = "질문", en = "Question" }}
owner = {{ ko = "담당", en = "Owner" }}
margin_reason = {{ ko = "까닭", en = "Reason" }}
licence = "MIT"
source = "drawn in a test"
planned_n = 10
plan = {{ ko = "계획", en = "Plan" }}
{head}
[input]
{input}

[output]
{output}

[truth]
how = {{ ko = "정답", en = "Truth" }}

[practice]
what = {{ ko = "현행", en = "Practice" }}
how = {{ ko = "방법", en = "How" }}

[[endpoints]]
metric = "{metric}"
aim = "superiority"
{groups}"""


def table_folder(folder: Path, *, each: int = 4, groups: str = "") -> Path:
    """Scores from two columns: mass (numbers, one empty) and origin (words)."""
    problem = TOML.format(
        id="small-table",
        head="",
        input='kind = "table"\ncolumns = ["mass", "origin"]',
        output='task = "score"',
        metric="auc",
        groups=groups,
    )
    cases, truth, practice = [], [], []
    for number in range(3 * each):
        case_id = f"t{number:03d}"
        mass = "" if number == 1 else f"{number}.5"
        cases.append([case_id, PARTS[number % 3], "query", "", f"c{number}", "A", mass, "KR" if number % 2 else "JP"])
        truth.append([case_id, str(number // 3 % 2)])
        practice.append([case_id, f"{number / 10}"])
    return _write(folder, problem, [[*HEAD, "mass", "origin"], *cases], truth, practice)


def picture_folder(folder: Path, *, each: int = 3) -> Path:
    """Retrieval: two register pictures, red and blue, and queries of both in three parts."""
    problem = TOML.format(
        id="small-pictures",
        head="",
        input='kind = "image"',
        output='task = "embedding"',
        metric="recall_at_1",
        groups="",
    )
    inputs = folder / "inputs"
    inputs.mkdir(parents=True)
    cases, truth, practice = [], [], []
    for name, colour in (("red", (200, 0, 0)), ("blue", (0, 0, 200))):
        (inputs / f"{name}.png").write_bytes(picture(colour))
        cases.append([f"r-{name}", "public", "register", f"inputs/{name}.png", "", ""])
        truth.append([f"r-{name}", name])
    for number in range(3 * each):
        name = "red" if number % 2 else "blue"
        colour = (150 + number, number, 0) if name == "red" else (number, 0, 150 + number)
        case_id = f"q{number:03d}"
        (inputs / f"{case_id}.png").write_bytes(picture(colour))
        cases.append([case_id, PARTS[number % 3], "query", f"inputs/{case_id}.png", name, ""])
        truth.append([case_id, name])
        practice.append([case_id, "red"])
    return _write(folder, problem, [HEAD, *cases], truth, practice)


def picture(colour: tuple[int, int, int], size: tuple[int, int] = (8, 6)) -> bytes:
    target = io.BytesIO()
    Image.new("RGB", size, colour).save(target, "PNG")
    return target.getvalue()


def append(folder: Path, name: str, *lines: str) -> None:
    with (folder / name).open("a", encoding="utf-8", newline="") as file:
        file.writelines(f"{line}\n" for line in lines)


def replace(folder: Path, name: str, old: str, new: str) -> None:
    text = (folder / name).read_text(encoding="utf-8")
    assert old in text
    (folder / name).write_text(text.replace(old, new, 1), encoding="utf-8")


def _write(
    folder: Path, problem: str, cases: Sequence[Sequence[str]], truth: list[list[str]], practice: list[list[str]]
) -> Path:
    folder.mkdir(parents=True, exist_ok=True)
    (folder / "problem.toml").write_text(problem, encoding="utf-8")
    (folder / "README.md").write_text("# Small\n", encoding="utf-8")
    _write_csv(folder / "cases.csv", cases)
    _write_csv(folder / "truth.csv", [["case_id", "truth"], *truth])
    _write_csv(folder / "practice.csv", [["case_id", "output"], *practice])
    return folder


def _write_csv(path: Path, lines: Iterable[Sequence[str]]) -> None:
    with path.open("w", encoding="utf-8", newline="") as file:
        csv.writer(file, lineterminator="\n").writerows(lines)
