"""Another encoder: exported, given its strangers, opened by one setting and read with."""

from __future__ import annotations

from pathlib import Path

import numpy as np
import pytest
from onnx import TensorProto, helper, numpy_helper

from pandok.core.errors import ModelError
from pandok.core.model_card import ModelCard, ModelFile, ModelInput
from pandok.core.reading import RegisteredDesign
from pandok.demo.articles.families import make_article
from pandok.demo.articles.sheet import line_drawing
from pandok.engines.encoders.constants import add_constants
from pandok.engines.encoders.model_store import StoredModel, sha256_of, write_card
from pandok.engines.encoders.reader_files import open_reader, shipped_model, vectors_fingerprint
from pandok.readers.designs.reader import ViewPicture

NAME = "foreign_small"
SIDE = 224


def exported(home: Path, side: int = SIDE) -> StoredModel:
    """As `pandok models export` leaves it: one output of unit length. Here 8 random filters over patches of 32."""
    folder = home / "models" / NAME
    folder.mkdir(parents=True)
    filters = np.random.default_rng(5).normal(size=(8, 3, 32, 32)).astype(np.float32)
    graph = helper.make_graph(
        [
            helper.make_node("Conv", ["pixels", "filters"], ["patches"], strides=[32, 32]),
            helper.make_node("Flatten", ["patches"], ["flat"]),
            helper.make_node("LpNormalization", ["flat"], ["descriptor"], axis=1, p=2),
        ],
        "foreign",
        [helper.make_tensor_value_info("pixels", TensorProto.FLOAT, ("n", 3, side, side))],
        [helper.make_tensor_value_info("descriptor", TensorProto.FLOAT, ("n", 8 * (side // 32) ** 2))],
        [numpy_helper.from_array(filters, "filters")],
    )
    model = helper.make_model(graph, opset_imports=[helper.make_opsetid("", 17)], ir_version=9)
    path = folder / "model.onnx"
    path.write_bytes(model.SerializeToString())
    card = ModelCard(
        name=NAME,
        version="1",
        task="design-encoder",
        files=(ModelFile(name=path.name, sha256=sha256_of(path), bytes=path.stat().st_size),),
        input=ModelInput(size_px=(side, side)),
        dimensions=8 * (side // 32) ** 2,
        licence="Apache-2.0",
        origin_of_weights="random",
        training_data="none",
    )
    write_card(folder, card)
    return StoredModel(card, folder)


def drawings(seed: int, count: int) -> list[np.ndarray]:
    rng = np.random.default_rng(seed)
    return [line_drawing(make_article(rng), "perspective", size_px=160) for _ in range(count)]


def test_without_its_strangers_it_is_refused_with_what_to_do(tmp_path: Path) -> None:
    exported(tmp_path)
    with pytest.raises(ModelError) as refused:
        open_reader(NAME, tmp_path, 1)
    assert "pandok models export" in refused.value.next_step.en


@pytest.mark.parametrize("side", [SIDE, 96, 256])
def test_with_them_one_setting_switches_it_in(tmp_path: Path, side: int) -> None:
    model = add_constants(exported(tmp_path, side), shipped_model(tmp_path), drawings(1, 24), threads=1)
    assert [file.name for file in model.card.files] == ["model.onnx", "constants.npz"]
    reader = open_reader(NAME, tmp_path, 1)
    assert reader.describer.parts[0] == ("descriptor", 8 * (side // 32) ** 2)
    views = drawings(2, 6)
    gallery = reader.enroll(
        [
            ViewPicture(RegisteredDesign(design_id=f"D{number}"), "perspective", view)
            for number, view in enumerate(views)
        ]
    )
    found = reader.read([np.pad(views[3], ((20, 20), (9, 9), (0, 0)), constant_values=255)], gallery)
    assert found.candidates[0].design.design_id == "D3"
    assert vectors_fingerprint(NAME, tmp_path) != vectors_fingerprint("pandok-design", tmp_path)
