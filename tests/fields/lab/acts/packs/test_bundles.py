"""A pack cut into bundles comes back whole, and cuts alike each time."""

from __future__ import annotations

from pathlib import Path

import pytest

from pandok.core.lab.problem import Part
from pandok.fields.lab.acts.packs import bundles
from pandok.fields.lab.acts.packs.bundles import input_bundles, label_bundle, opened_inputs, opened_labels, public_zip
from pandok.fields.lab.acts.packs.pack_reader import read_pack
from tests.fields.lab.acts.packs.folders import picture_folder, table_folder


@pytest.mark.parametrize("make", [table_folder, picture_folder])
def test_bundles_come_back(tmp_path: Path, make: object, monkeypatch: pytest.MonkeyPatch) -> None:
    monkeypatch.setattr(bundles, "BUNDLE_CASES", 5)
    pack = read_pack(make(tmp_path / "pack", each=12))  # type: ignore[operator]
    made = list(input_bundles(pack, Part.CONFIRM))
    assert [len(one.case_ids) for one in made] == [5, 5, 2]
    back = [pair for one in made for pair in opened_inputs(one.data)]
    assert [case.case_id for case, _ in back] == sorted(case.case_id for case in pack.queries(Part.CONFIRM))
    assert all(data == pack.input_bytes(pack.cases[case.case_id]) for case, data in back)
    labels = list(opened_labels(label_bundle(pack, Part.CONFIRM).data))
    assert {one.case.case_id: (one.truth, one.practice) for one in labels} == {
        case.case_id: (pack.truth[case.case_id], pack.practice[case.case_id]) for case in pack.queries(Part.CONFIRM)
    }
    assert public_zip(pack) == public_zip(pack)
    assert list(input_bundles(pack, Part.CONFIRM)) == made


def test_large_inputs_make_more_bundles(tmp_path: Path, monkeypatch: pytest.MonkeyPatch) -> None:
    monkeypatch.setattr(bundles, "BUNDLE_BYTES", 100)
    pack = read_pack(picture_folder(tmp_path / "pack"))
    assert [len(one.case_ids) for one in input_bundles(pack, Part.FEEDBACK)] == [1, 1, 1]
