from __future__ import annotations

import csv
from pathlib import Path

import cv2
import numpy as np
import polars as pl
import pytest

from pandok.core.programme.data_plan import ColumnPlan, DataPlan, Holds
from pandok.engines.data_quality.repeats import repeated_rows
from pandok.engines.data_quality.report import quality_of
from pandok.engines.data_quality.suspect_labels import nearest_label, suspects
from pandok.proof.kappa import agreement
from pandok.proof.no_trials import NoTrials

PLAN = DataPlan(
    name="물품 사진",
    split="split",
    label="label",
    second_label="second",
    counts={"cup": 30, "shoe": 10, "bag": 5},
    columns=(
        ColumnPlan(name="path", holds=Holds.FILE, unique=True),
        ColumnPlan(name="label", among=("cup", "shoe", "bag")),
        ColumnPlan(name="second", required=False),
        ColumnPlan(name="split", among=("train", "test")),
    ),
)


def picture(rng: np.random.Generator) -> np.ndarray:
    """Shapes on a ground: what a photograph keeps when it is saved again."""
    made = np.full((160, 200, 3), 255, np.uint8)
    for _ in range(9):
        x, y, w, h = (int(value) for value in rng.integers(5, 120, 4))
        cv2.rectangle(made, (x, y), (x + w, y + h), tuple(int(v) for v in rng.integers(0, 255, 3)), -1)
    return made


def data_set(folder: Path) -> tuple[Path, list[list[str]]]:
    rng = np.random.default_rng(3)
    rows = []
    for number in range(40):
        split = "test" if number % 4 == 0 else "train"
        cv2.imwrite(str(folder / f"{number}.png"), picture(rng))
        label = "cup" if number % 2 else "shoe"
        rows.append([f"{number}.png", label, label if number % 5 else "", split])
    first = cv2.imread(str(folder / "1.png"))
    small = cv2.resize(first, None, fx=0.7, fy=0.7, interpolation=cv2.INTER_AREA)
    cv2.imwrite(str(folder / "again.jpg"), small, [cv2.IMWRITE_JPEG_QUALITY, 70])
    (folder / "same.png").write_bytes((folder / "2.png").read_bytes())
    rows += [["again.jpg", "cup", "shoe", "test"], ["same.png", "shoe", "", "train"]]
    table = folder / "table.csv"
    with open(table, "w", newline="", encoding="utf-8") as file:
        csv.writer(file).writerows([["path", "label", "second", "split"], *rows])
    return table, rows


def test_the_whole_report_says_what_is_in_the_files_and_the_same_twice(tmp_path: Path) -> None:
    table, rows = data_set(tmp_path)
    rng = np.random.default_rng(5)
    middle = {"cup": 4.0, "shoe": -4.0}
    # One label is wrong: row 12 of the table lies among the shoes and is called a cup.
    features = np.array([rng.normal(middle[row[1]], 1, 6) for row in rows], np.float32)
    features[10 + 1] = rng.normal(-4, 1, 6)
    steps: list[int] = []
    found = quality_of(
        table, PLAN, folder=tmp_path, features_of=lambda _t: features, told=lambda _w, done, _of: steps.append(done)
    )
    assert found == quality_of(table, PLAN, folder=tmp_path, features_of=lambda _t: features)
    assert steps == list(range(1, 43))
    assert found.rows == 42
    assert found.syntactic.faulty == 0
    assert found.repeats.model_dump(exclude={"examples"}) == {
        "rows": 0,
        "files": 1,
        "near_copies": 1,
        "across_splits": 1,
    }
    assert [(one.first, one.second) for one in found.repeats.examples] == [
        ("1.png", "again.jpg"),
        ("2.png", "same.png"),
    ]
    assert found.diversity
    assert [(one.label, one.rows, one.lacking) for one in found.diversity.counts] == [
        ("cup", 21, 9),
        ("shoe", 21, 0),
        ("bag", 0, 5),
    ]
    assert found.diversity.even_labels == pytest.approx(2.0)
    assert found.semantic.read_twice == 33
    assert found.semantic.agree == pytest.approx(32 / 33)
    assert found.semantic.suspects == 1
    assert [(one.row, one.written, one.likely) for one in found.semantic.examples] == [(13, "cup", "shoe")]
    assert found.validity
    assert (found.validity.trained_on, found.validity.asked) == (31, 11)
    assert found.validity.right > 0.9


def test_without_labels_files_or_features_what_cannot_be_said_is_not_said(tmp_path: Path) -> None:
    table = tmp_path / "t.csv"
    table.write_text("a,b\n1,2\n1,2\n,\n,\n", encoding="utf-8")
    plan = DataPlan(name="x", columns=(ColumnPlan(name="a", required=False), ColumnPlan(name="b", required=False)))
    found = quality_of(table, plan)
    assert (found.diversity, found.validity, found.semantic.suspects) == (None, None, None)
    assert (found.repeats.rows, found.repeats.across_splits) == (1, 0)


def test_a_twin_in_another_split_is_told_before_one_in_its_own() -> None:
    table = pl.DataFrame(
        {"code": ["a", "a", "b", "a"], "mass": ["1", "1", "1", "1"], "split": ["train", "train", "train", "test"]}
    )
    found = repeated_rows(table, ["code", "mass"], first_row=2, split="split")
    assert [(one.first, one.second, one.across) for one in found] == [("2", "3", False), ("2", "5", True)]


def test_wrong_labels_are_found_and_rows_of_one_article_do_not_speak_for_each_other() -> None:
    rng = np.random.default_rng(7)
    middles = rng.normal(0, 3, (8, 32))
    labels = [f"c{row % 8}" for row in range(800)]
    features = np.array([middles[row % 8] + rng.normal(0, 1, 32) for row in range(800)], np.float32)
    changed = list(labels)
    planted = {int(row) for row in rng.choice(800, 40, replace=False)}
    for row in planted:
        changed[row] = f"c{(row + 1 + int(rng.integers(7))) % 8}"
    wrong = {row for row in planted if changed[row] != labels[row]}
    found = {one.row for one in suspects(features, changed)}
    assert len(found & wrong) >= 0.9 * len(wrong)
    assert len(found - wrong) <= 0.1 * len(found)
    # A whole article was called another one by its owner: its own photographs agree with each other.
    twelve = [f"c{0 if row < 12 else row % 8}" for row in range(800)]
    features[:12] = middles[3] + rng.normal(0, 0.01, (12, 32))
    groups = ["one" if row < 12 else str(row) for row in range(800)]
    assert {one.row for one in suspects(features, twelve, groups=groups)} >= set(range(12))
    assert not {one.row for one in suspects(features, twelve)} & set(range(12))


def test_one_label_alone_contradicts_nothing_and_counts_must_fit() -> None:
    assert suspects(np.zeros((4, 2), np.float32), ["a"] * 4) == []
    with pytest.raises(ValueError, match="each label"):
        suspects(np.zeros((4, 2), np.float32), ["a"] * 3)
    known = np.array([[0, 1], [1, 0]], np.float32)
    assert nearest_label(known, ["up", "right"], np.array([[0.1, 2], [3, 0.2]], np.float32)) == ["up", "right"]


def test_agreement_by_published_counts_and_where_there_is_none() -> None:
    # Landis and Koch 1977 is a scale; the counts are those of a common worked example, kappa .40.
    first, second = ["y"] * 25 + ["n"] * 25, ["y"] * 20 + ["n"] * 5 + ["y"] * 10 + ["n"] * 15
    found = agreement(first, second)
    assert found.kappa == pytest.approx(0.4)
    assert found.kappa_interval
    assert found.kappa_interval[0] < 0.2
    assert found.kappa_interval[1] > 0.6
    alone = agreement(["y"] * 5, ["y"] * 5)
    assert (alone.share, alone.kappa, alone.kappa_interval) == (1.0, None, None)
    with pytest.raises(NoTrials):
        agreement([], [])
    with pytest.raises(ValueError, match="as many"):
        agreement(["y"], [])
