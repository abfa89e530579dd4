"""The shipped reader program keeps its contract; one of others runs in the sandbox, and is refused."""

from __future__ import annotations

import json
from pathlib import Path
from typing import Any

import numpy as np
import onnx
import pytest
from onnx import TensorProto, helper

from pandok.core.errors import ModelError
from pandok.core.model_card import ModelCard, ModelFile
from pandok.engines.encoders.model_store import sha256_of, site_models, write_card
from pandok.engines.onnx_gate.gate import check_model
from pandok.engines.scans.help_model import READER, open_help_model
from pandok.readers.xray.help.scoring import FEATURES


def own_model(home: Path, *, output: str = "shares", score: dict[str, Any] | None = None) -> None:
    """Points where the first channel is: one class, its share a_PE held to 0 to 1."""
    folder = home / "models" / "ours"
    folder.mkdir(parents=True)
    nodes = [
        helper.make_node("Split", ["maps", "parts"], ["first", "rest"], axis=1),
        helper.make_node("Clip", ["first", "zero", "one"], [output]),
    ]
    whole: list[Any] = [1, 4, "rows", "columns"]
    graph = helper.make_graph(
        nodes,
        "ours",
        [helper.make_tensor_value_info("maps", TensorProto.FLOAT, whole)],
        [helper.make_tensor_value_info(output, TensorProto.FLOAT, [1, 1, "rows", "columns"])],
        [
            helper.make_tensor("parts", TensorProto.INT64, [2], [1, 3]),
            helper.make_tensor("zero", TensorProto.FLOAT, [], [0.0]),
            helper.make_tensor("one", TensorProto.FLOAT, [], [1.0]),
        ],
    )
    model = helper.make_model(graph, opset_imports=[helper.make_opsetid("", 17)], ir_version=8)
    onnx.save(model, str(folder / "model.onnx"))
    plain = {
        "mean": [0.0] * len(FEATURES),
        "scale": [1.0] * len(FEATURES),
        "weights": [0.0] * len(FEATURES),
        "bias": 1.0,
    }
    (folder / "help.json").write_text(
        json.dumps({"classes": ["bottle"], "places": {"grow": 0.25, "seed": 0.4}, "score": score or plain})
    )
    files = tuple(
        ModelFile(name=name, sha256=sha256_of(folder / name), bytes=(folder / name).stat().st_size)
        for name in ("model.onnx", "help.json")
    )
    card = ModelCard(
        name="ours",
        version="2.1",
        task="X-ray",
        files=files,
        licence="ours",
        origin_of_weights="none",
        training_data="nothing at all",
    )
    write_card(folder, card)


def test_the_shipped_reader_keeps_the_contract(tmp_path: Path) -> None:
    model = open_help_model(READER, tmp_path)
    card = site_models(tmp_path).get(READER).card
    assert model.title == card.title
    assert "computed scenes only" in card.training_data
    for rows, columns in ((33, 50), (64, 64), (310, 400)):
        maps = np.zeros((4, rows, columns), np.float32)
        maps[3] = 1.0
        shares = model.shares(maps)
        assert shares.shape == (len(model.classes), rows, columns)
        assert shares.min() >= 0
        assert shares.sum(axis=0).max() <= 1 + 1e-5
        assert shares.max() < 0.2, "air holds nothing"


def test_the_shipped_reader_passes_the_gate_that_holds_for_others(tmp_path: Path) -> None:
    stored = site_models(tmp_path).get(READER)
    assert check_model(stored.verified().read_bytes()).refusals == ()


def test_a_model_of_others_runs_in_the_sandbox(tmp_path: Path) -> None:
    own_model(tmp_path)
    model = open_help_model("ours", tmp_path)
    maps = np.zeros((4, 20, 30), np.float32)
    maps[0, 5:10, 6:12] = 3.0
    assert (model.title, model.classes) == ("ours 2.1", ("bottle",))
    assert np.array_equal(model.shares(maps), np.clip(maps[:1], 0, 1))


def test_one_with_another_output_is_refused(tmp_path: Path) -> None:
    own_model(tmp_path, output="boxes")
    with pytest.raises(ModelError) as refused:
        open_help_model("ours", tmp_path).shares(np.zeros((4, 20, 30), np.float32))
    assert refused.value.error_code == "model.xray_contract"


@pytest.mark.parametrize(
    "score",
    [
        {"mean": [0.0], "scale": [1.0], "weights": [0.0], "bias": 1.0},
        {"mean": [0.0] * 6, "scale": [0.0] * 6, "weights": [0.0] * 6, "bias": 1.0},
    ],
)
def test_constants_that_do_not_fit_are_refused(tmp_path: Path, score: dict[str, Any]) -> None:
    own_model(tmp_path, score=score)
    with pytest.raises(ModelError) as refused:
        open_help_model("ours", tmp_path)
    assert refused.value.error_code == "model.xray_contract"


def test_a_file_that_was_changed_is_not_run(tmp_path: Path) -> None:
    own_model(tmp_path)
    (tmp_path / "models/ours/model.onnx").write_bytes(b"other")
    with pytest.raises(ModelError) as refused:
        open_help_model("ours", tmp_path)
    assert refused.value.error_code == "model.sha256"
