"""A simple model as a company would hand it in: the graph, the sheet that feeds it."""

from __future__ import annotations

from dataclasses import dataclass
from typing import Any

import numpy as np
from numpy.typing import NDArray

from pandok.core.lab.problem import Problem
from pandok.core.lab.submission import SubmissionSheet

NAME, VERSION = "simple", "1"
Floats = NDArray[np.float64]


@dataclass(frozen=True)
class SimpleModel:
    """`model`: ONNX."""

    model: bytes
    sheet: SubmissionSheet


def sheet_of(problem: Problem, preprocess: list[dict[str, Any]], **changes: Any) -> SubmissionSheet:
    return SubmissionSheet.model_validate(
        {
            "problem": problem.id,
            "name": NAME,
            "version": VERSION,
            "model_input": "input",
            "model_output": "output",
            "preprocess": preprocess,
            "training_data": "The public cases of this problem alone; none of the sealed parts.",
            "licence": "Apache-2.0",
            **changes,
        }
    )


def graph_of(
    nodes: list[Any], taken: list[int], given: list[int], constants: dict[str, NDArray[Any]], *, integers: bool = False
) -> bytes:
    """A graph from `input` to `output`, a batch of one."""
    from onnx import TensorProto, helper, numpy_helper

    graph = helper.make_graph(
        nodes,
        "simple",
        [helper.make_tensor_value_info("input", TensorProto.INT64 if integers else TensorProto.FLOAT, taken)],
        [helper.make_tensor_value_info("output", TensorProto.FLOAT, given)],
        [numpy_helper.from_array(value, name) for name, value in constants.items()],
    )
    model = helper.make_model(graph, opset_imports=[helper.make_opsetid("", 17)], ir_version=8)
    return bytes(model.SerializeToString(deterministic=True))
