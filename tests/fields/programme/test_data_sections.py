"""Suspect labels and validity by training, from files to words: of a table, of photographs, inside and public."""

from __future__ import annotations

import json
from pathlib import Path
from typing import Any

import cv2
import numpy as np
import pytest

from pandok.core.programme.data_plan import DataPlan
from pandok.core.programme.data_quality import MOST_COMPARED, ComparedBy, DataQuality
from pandok.engines.data_quality.in_child import of_folder
from pandok.fields.programme.data_sections import PRECISION, TOO_MANY, quality_sections

ROOT = Path(__file__).resolve().parents[3]
COLUMNS: list[dict[str, Any]] = [{"name": "id", "unique": True}, {"name": "label"}, {"name": "split"}]
TURNED = 13


def looked(folder: Path, rows: list[str], *more: dict[str, Any]) -> tuple[DataPlan, DataQuality]:
    names = [one["name"] for one in (*COLUMNS, *more)]
    (folder / "t.csv").write_text("\n".join([",".join(names), *rows]) + "\n", encoding="utf-8")
    plan = {"name": "x", "label": "label", "split": "split", "columns": [*COLUMNS, *more]}
    *_, last = of_folder(folder=str(folder), table="t.csv", plan=plan)
    return DataPlan.model_validate_json(json.dumps(plan)), DataQuality.model_validate(last["quality"])


def row(number: int, *values: object) -> str:
    label = ("dry", "wet")[(number + (number == TURNED)) % 2]
    return ",".join(str(one) for one in (f"r{number}", label, ("train", "test")[number % 3 == 0], *values))


def said(plan: DataPlan, quality: DataQuality, *, inside: bool, language: str = "en") -> str:
    told: list[str] = []
    for section in quality_sections(plan, quality, inside=inside):
        told += [f"{one.in_language(language)}: {two.in_language(language)}" for one, two in section.facts]
        for table in section.tables:
            told.append(table.title.in_language(language))
            told += [" | ".join(cell.in_language(language) for cell in one) for one in table.rows]
    return "\n".join(told)


def test_the_columns_of_a_table_name_the_turned_row_to_those_inside_alone(tmp_path: Path) -> None:
    rows = [row(n, 100 * (n % 2) + n % 7, "010-1234-5678") for n in range(60)]
    plan, found = looked(tmp_path, rows, {"name": "depth", "holds": "number"}, {"name": "phone"})
    assert (found.semantic.compared_by, found.semantic.suspects, found.semantic.labelled) == (ComparedBy.COLUMNS, 1, 60)
    assert [one.row for one in found.semantic.examples] == [TURNED + 2]
    assert found.validity
    assert (found.validity.asked, found.validity.trained_on, found.validity.right) == (20, 40, 1.0)
    inside, public = said(plan, found, inside=True), said(plan, found, inside=False)
    assert f"{TURNED + 2} | dry | wet" in inside
    assert "The 1 most suspect of 1 suspect label" in inside
    for told in (inside, public):
        assert "Suspect labels: 1 / 60" in told
        assert "turned on purpose): 18 %" in told
        assert "Right: 100 % [83.89 %, 100 %]" in told
        assert "Model: a vote of the 12 nearest rows" in told
    assert "most suspect" not in public
    assert "| wet" not in public
    assert "010-1234-5678" not in inside
    assert "틀" not in said(plan, found, inside=True, language="ko").replace("틀린 라벨의 추정 비율", "")


def test_photographs_are_compared_as_the_design_reader_sees_them(tmp_path: Path) -> None:
    rng = np.random.default_rng(3)
    for number in range(32):
        picture = rng.integers(215, 255, (128, 128, 3)).astype(np.uint8)
        if number % 2:
            cv2.circle(picture, (64, 64), 40 + int(rng.integers(9)), (20, 20, 200), -1)
        else:
            cv2.rectangle(picture, (10, 50), (118, 70 + int(rng.integers(9))), (200, 90, 0), -1)
        cv2.imwrite(str(tmp_path / f"{number}.png"), picture)
    (tmp_path / "30.png").write_bytes(b"no picture")
    rows = [row(n, f"{n}.png") for n in range(32)]
    _, found = looked(tmp_path, rows, {"name": "path", "holds": "file"})
    assert found.semantic.compared_by is ComparedBy.PICTURES
    assert found.semantic.labelled == 31
    assert [one.row for one in found.semantic.examples] == [TURNED + 2]
    assert found.validity
    assert found.validity.right > found.validity.largest_label_alone


def test_nothing_to_compare_and_too_much_are_told_as_such(tmp_path: Path) -> None:
    plan, bare = looked(tmp_path, [row(n) for n in range(6)])
    assert (bare.semantic.suspects, bare.validity) == (None, None)
    assert "Suspect labels: not assessed" in said(plan, bare, inside=True)
    plan, empty = looked(tmp_path, [row(n, "") for n in range(6)], {"name": "memo", "required": False})
    assert (empty.semantic.suspects, empty.validity) == (None, None)
    plan, large = looked(tmp_path, [row(n, n) for n in range(MOST_COMPARED + 1)], {"name": "depth", "holds": "number"})
    assert large.semantic.suspects is None
    assert f"Validity by training: {TOO_MANY.en}" in said(plan, large, inside=False)


@pytest.mark.parametrize(("by", "sets"), [(ComparedBy.PICTURES, 3), (ComparedBy.COLUMNS, 1)])
def test_the_precisions_told_are_those_that_were_measured(by: ComparedBy, sets: int) -> None:
    measured = json.loads((ROOT / "benchmarks/results/data_quality.json").read_text(encoding="utf-8"))["sets"]
    pictured = {name for name, one in measured.items() if "labels_by_colour_histogram" in one["planted"]}
    found = [
        one["planted"]["labels"]["precision"]
        for name, one in measured.items()
        if "labels" in one["planted"] and (name in pictured) == (by is ComparedBy.PICTURES)
    ]
    assert (len(found), (min(found), max(found))) == (sets, PRECISION[by])
