"""A company sees before it submits what the lab would say: refusals with the way to mend them, outputs, a score."""

from __future__ import annotations

import itertools
from pathlib import Path

import pytest

from pandok.core.lab.problem import Part
from pandok.core.lab.submission import SubmissionSheet
from pandok.engines.onnx_gate.gate import check_model
from pandok.engines.sandbox.unsandboxed import PlainSession
from pandok.fields.lab.acts.packs.local_check import LocalCheck, check_locally
from pandok.fields.lab.acts.packs.pack_reader import read_pack
from tests.fields.lab.acts.packs.folders import picture_folder, table_folder
from tests.fields.lab.acts.packs.models import colour_model, colour_sheet, random_model, row_model, row_sheet


def checked(folder: Path, model: bytes, sheet: bytes) -> LocalCheck:
    ticks = itertools.count()
    return check_locally(
        checked=check_model(model),
        load=lambda: PlainSession(model),
        sheet=SubmissionSheet.model_validate_json(sheet),
        pack=read_pack(folder, whole=False),
        clock=lambda: next(ticks) / 1000,
    )


def test_a_table_model_answers_every_public_case_and_is_scored(tmp_path: Path) -> None:
    found = checked(table_folder(tmp_path / "pack", each=12), row_model(), row_sheet())
    assert found.accepted
    assert found.same_twice
    assert found.answers["t003"].values == (4.0,)  # 3.5 + 0.5 · place of KR
    assert found.ms == [pytest.approx(1.0)] * 12
    assert found.comparison is not None
    assert found.comparison.reached == 12
    assert found.comparison.endpoints[0].model.value == found.comparison.endpoints[0].practice.value


def test_an_embedding_is_scored_by_its_nearest_register_picture(tmp_path: Path) -> None:
    folder = picture_folder(tmp_path / "pack", each=12)
    found = checked(folder, colour_model(), colour_sheet())
    assert set(found.answers) == {one.case_id for one in read_pack(folder).queries(Part.PUBLIC)} | {"r-red", "r-blue"}
    assert found.comparison is not None
    [endpoint] = found.comparison.endpoints
    assert endpoint.model.value == 1.0
    assert endpoint.practice.value == 0.5


@pytest.mark.parametrize(
    ("model", "sheet", "code"),
    [
        (b"", row_sheet(), "file.empty"),
        (random_model(), row_sheet(), "operator.random"),
        (row_model(), row_sheet(model_input="inptu"), "sheet.model_input"),
        (row_model(), row_sheet(model_output="scores"), "sheet.model_output"),
        (row_model(), row_sheet(preprocess=[{"step": "layout", "order": "NHWC"}]), "sheet.value"),
        (row_model(), row_sheet(preprocess=[{"step": "layout", "order": "NC"}]), "feeding.input_not_a_number"),
        (row_model(), row_sheet(input_type="int64"), "model.run"),
        (row_model(), row_sheet(postprocess=[{"step": "pick", "index": 7}]), "feeding.output_shape"),
    ],
)
def test_every_refusal_says_how_to_mend_it(tmp_path: Path, model: bytes, sheet: bytes, code: str) -> None:
    found = checked(table_folder(tmp_path / "pack"), model, sheet)
    assert not found.accepted
    assert found.comparison is None
    assert found.refusals[0].code == code
    assert found.refusals[0].next_step.ko
    assert found.refusals[0].next_step.en
