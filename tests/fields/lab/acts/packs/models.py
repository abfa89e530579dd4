"""Two models as small as they can be, and the sheets that feed them."""

from __future__ import annotations

import json
from typing import Any

import numpy as np
import onnx
from onnx import TensorProto, helper, numpy_helper


def row_model() -> bytes:
    """(1, 2) to (1, 1): the first column plus half of the second."""
    weights = numpy_helper.from_array(np.array([[1.0], [0.5]], np.float32), "weights")
    node = helper.make_node("MatMul", ["input", "weights"], ["output"])
    return _model(node, [1, 2], [1, 1], weights)


def colour_model() -> bytes:
    """(1, 3, H, W) to (1, 3): the mean of each channel."""
    node = helper.make_node("ReduceMean", ["input"], ["output"], axes=[2, 3], keepdims=0)
    return _model(node, [1, 3, 4, 4], [1, 3])


def random_model() -> bytes:
    node = helper.make_node("RandomNormalLike", ["input"], ["output"])
    return _model(node, [1, 2], [1, 2])


def row_sheet(**changes: Any) -> bytes:
    return _sheet(
        "small-table",
        [
            {"step": "codes", "column": "origin", "words": ["JP", "KR"]},
            {"step": "fill", "value": 0.0},
            {"step": "layout", "order": "NC"},
        ],
        **changes,
    )


def colour_sheet(**changes: Any) -> bytes:
    steps = [{"step": "resize", "width_px": 4, "height_px": 4}, {"step": "layout", "order": "NCHW"}]
    return _sheet("small-pictures", steps, **changes)


def _sheet(problem: str, steps: list[dict[str, Any]], **changes: Any) -> bytes:
    values = {
        "problem": problem,
        "name": "small",
        "version": "1",
        "model_input": "input",
        "model_output": "output",
        "preprocess": steps,
        "training_data": "nothing: written by hand",
        "licence": "MIT",
    }
    return json.dumps(values | changes).encode()


def _model(node: onnx.NodeProto, taken: list[int], given: list[int], *constants: onnx.TensorProto) -> bytes:
    graph = helper.make_graph(
        [node],
        "small",
        [helper.make_tensor_value_info("input", TensorProto.FLOAT, taken)],
        [helper.make_tensor_value_info("output", TensorProto.FLOAT, given)],
        list(constants),
    )
    model = helper.make_model(graph, opset_imports=[helper.make_opsetid("", 13)], ir_version=8)
    return bytes(model.SerializeToString())
