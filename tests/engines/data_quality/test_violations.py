from __future__ import annotations

from pathlib import Path

import pytest
from pydantic import ValidationError

from pandok.core.programme.data_plan import ColumnPlan, DataPlan, Holds
from pandok.engines.data_quality.data_files import FolderFiles
from pandok.engines.data_quality.violations import Fault, Violation, read_table, violations

PLAN = DataPlan(
    name="수입신고",
    columns=(
        ColumnPlan(name="id", unique=True, pattern=r"\d+"),
        ColumnPlan(name="day", holds=Holds.DATE),
        ColumnPlan(name="mass_kg", holds=Holds.NUMBER, least=0, most=1000),
        ColumnPlan(name="pieces", holds=Holds.WHOLE_NUMBER, required=False),
        ColumnPlan(name="origin", among=("KR", "CN")),
        ColumnPlan(name="photo", holds=Holds.FILE),
    ),
)
HEADER = "id,day,mass_kg,pieces,origin,photo\n"


def found(folder: Path, *rows: str, header: str = HEADER) -> list[Violation]:
    (folder / "table.csv").write_bytes((header + "\n".join(rows) + "\n").encode())
    (folder / "a.jpg").write_bytes(b"x")
    (folder / "empty.jpg").write_bytes(b"")
    return list(violations(read_table(folder / "table.csv"), PLAN, FolderFiles(folder)))


def test_a_table_as_planned_has_nothing_told_of_it(tmp_path: Path) -> None:
    rows = ("1,2026-01-31,12.5,3,KR,a.jpg", "2,2026-02-01T08:00:00,1e2,,CN,a.jpg", "3,2026-02-02 08:00, 7 ,-1,KR,a.jpg")
    assert found(tmp_path, *rows) == []


@pytest.mark.parametrize(
    ("row", "fault", "column"),
    [
        ("x,2026-01-31,1,1,KR,a.jpg", Fault.OTHER_FORM, "id"),
        ("7,2026-02-30,1,1,KR,a.jpg", Fault.NO_DATE, "day"),
        ("7,2026-01-31xyz,1,1,KR,a.jpg", Fault.NO_DATE, "day"),
        ("7,2026-01-31,1kg,1,KR,a.jpg", Fault.NO_NUMBER, "mass_kg"),
        ("7,2026-01-31,nan,1,KR,a.jpg", Fault.NO_NUMBER, "mass_kg"),
        ("7,2026-01-31,1e999,1,KR,a.jpg", Fault.OUT_OF_BOUNDS, "mass_kg"),
        ("7,2026-01-31,-0.1,1,KR,a.jpg", Fault.OUT_OF_BOUNDS, "mass_kg"),
        ("7,2026-01-31,1,1.5,KR,a.jpg", Fault.NO_NUMBER, "pieces"),
        ("7,2026-01-31,1,1,JP,a.jpg", Fault.NOT_AMONG, "origin"),
        ("7,2026-01-31,1,1,,a.jpg", Fault.VALUE_MISSING, "origin"),
        ("7,2026-01-31,1,1, ,a.jpg", Fault.VALUE_MISSING, "origin"),
        ("7,2026-01-31,1,1,K\ufffd,a.jpg", Fault.BROKEN_LETTERS, "origin"),
        ("7,2026-01-31,1,1,KR,b.jpg", Fault.FILE_MISSING, "photo"),
        ("7,2026-01-31,1,1,KR,empty.jpg", Fault.FILE_EMPTY, "photo"),
        ("7,2026-01-31,1,1,KR,../../etc/passwd", Fault.FILE_OUTSIDE, "photo"),
        ("7,2026-01-31,1,1,KR,/etc/passwd", Fault.FILE_OUTSIDE, "photo"),
        ("1,2026-01-31,1,1,KR,a.jpg", Fault.REPEATED, "id"),
    ],
)
def test_each_fault_is_told_with_its_row_and_column(tmp_path: Path, row: str, fault: Fault, column: str) -> None:
    told = found(tmp_path, "1,2026-01-31,12.5,3,KR,a.jpg", row)
    assert [(one.fault, one.column, one.row) for one in told] == [(fault, column, 3)]


def test_a_link_that_leads_out_of_the_folder_is_no_file_of_it(tmp_path: Path) -> None:
    outside = tmp_path / "outside.jpg"
    outside.write_bytes(b"secret")
    folder = tmp_path / "set"
    folder.mkdir()
    (folder / "link.jpg").symlink_to(outside)
    assert [one.fault for one in found(folder, "1,2026-01-31,1,1,KR,link.jpg")] == [Fault.FILE_OUTSIDE]


def test_columns_that_are_missing_or_unknown_are_told_once(tmp_path: Path) -> None:
    told = found(tmp_path, "1,2026-01-31,1,KR,a.jpg,?", header="id,day,mass_kg,origin,photo,remark\n")
    assert [(one.fault, one.column, one.row) for one in told] == [(Fault.COLUMN_UNKNOWN, "remark", None)]
    told = found(tmp_path, "1,2026-01-31,1,KR", header="id,day,mass_kg,origin\n")
    assert [(one.fault, one.column) for one in told] == [(Fault.COLUMN_MISSING, "photo")]


@pytest.mark.parametrize(
    "wrong",
    [
        {"columns": ()},
        {"columns": (ColumnPlan(name="a"), ColumnPlan(name="a"))},
        {"columns": (ColumnPlan(name="a"),), "label": "b"},
        {"columns": (ColumnPlan(name="a"),), "same_thing": ("b",)},
        {"columns": (ColumnPlan(name="a"),), "counts": {"x": 3}},
    ],
)
def test_a_plan_that_contradicts_itself_is_none(wrong: dict[str, object]) -> None:
    with pytest.raises(ValidationError):
        DataPlan(**{"name": "x", **wrong})  # type: ignore[arg-type]


@pytest.mark.parametrize("wrong", [{"pattern": "("}, {"least": 1}, {"holds": Holds.NUMBER, "least": 2, "most": 1}])
def test_a_column_that_cannot_be_checked_is_refused_in_the_plan(wrong: dict[str, object]) -> None:
    with pytest.raises(ValidationError):
        ColumnPlan(name="a", **wrong)  # type: ignore[arg-type]
