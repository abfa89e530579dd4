"""A sheet is checked against its problem before any case."""

from __future__ import annotations

from typing import Any

from pandok.engines.feeding.sheet_check import check_sheet
from tests.engines.feeding.sheets import problem, sheet

NHWC = {"step": "layout", "order": "NHWC"}
RESIZE = {"step": "resize", "width_px": 9, "height_px": 7}
GRAY = {"step": "colours", "order": "gray"}


def fields(*steps: dict[str, Any], of: Any = None, **changes: Any) -> list[str]:
    return [fault.field for fault in check_sheet(sheet(*steps, **changes), of or problem())]


def test_a_fitting_sheet_has_no_fault() -> None:
    assert fields(RESIZE, GRAY, {"step": "scale", "mean": [0.5]}, NHWC) == []
    assert fields({"step": "tokens", "alphabet": "ab", "length": 4}, of=problem("text")) == []
    codes = {"step": "codes", "column": "origin", "words": ["KR"]}
    table = problem("table", columns=("mass", "origin"))
    scale = {"step": "scale", "mean": [0, 1], "deviation": [1, 2]}
    assert fields(codes, {"step": "fill", "value": 0}, scale, {"step": "layout", "order": "NC"}, of=table) == []


def test_every_fault_is_named() -> None:
    assert fields(RESIZE, NHWC, problem="other") == ["problem"]
    assert fields(NHWC, RESIZE) == ["preprocess.1"]
    assert fields(RESIZE, RESIZE, NHWC) == ["preprocess.1"]
    assert fields(RESIZE) == ["preprocess"]
    assert fields({"step": "fill", "value": 0}, NHWC) == ["preprocess.0"]
    assert fields({"step": "layout", "order": "NC"}) == ["preprocess.0"]
    assert fields(GRAY, {"step": "scale", "mean": [0, 0, 0]}, NHWC) == ["preprocess.1"]
    twice = [{"step": "codes", "column": name, "words": []} for name in ("mass", "mass", "other")]
    table = problem("table", columns=("mass",))
    assert fields(*twice, {"step": "layout", "order": "NC"}, of=table) == ["preprocess.1", "preprocess.2"]


def test_a_metric_that_needs_a_yes_needs_a_threshold() -> None:
    sensitive = problem(endpoints=[{"metric": "sensitivity", "aim": "superiority"}])
    assert fields(NHWC, of=sensitive) == ["threshold"]
    assert fields(NHWC, of=sensitive, threshold=0.5) == []
