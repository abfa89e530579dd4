"""Classes from small pictures: ridge regression of each class on the pixels, the largest answer wins."""

from __future__ import annotations

import io
from typing import Any

import numpy as np
from PIL import Image

from pandok.core.lab.problem import Part
from pandok.demo.packs.simple.fitting import ridge
from pandok.demo.packs.simple.simple_model import SimpleModel, graph_of, sheet_of
from pandok.fields.lab.acts.packs.pack import Pack

SIDE_PX = 16
PENALTY = 300.0


def fit_pixels(pack: Pack) -> SimpleModel:
    cases, classes = list(pack.queries(Part.PUBLIC)), pack.problem.output.classes
    rows = np.stack([_pixels(pack.input_bytes(one)) for one in cases])
    answers = np.array([[float(pack.truth[one.case_id][0] == name) for name in classes] for one in cases])
    weights, start = ridge(rows, answers, PENALTY)
    preprocess: list[dict[str, Any]] = [
        {"step": "resize", "width_px": SIDE_PX, "height_px": SIDE_PX, "fit": "stretch", "interpolation": "area"},
        {"step": "colours", "order": "RGB"},
        {"step": "scale", "factor": 1 / 255},
        {"step": "layout", "order": "NHWC"},
    ]
    return SimpleModel(_graph(weights, start), sheet_of(pack.problem, preprocess))


def _pixels(data: bytes) -> np.ndarray:
    with Image.open(io.BytesIO(data)) as picture:
        small = picture.convert("RGB").resize((SIDE_PX, SIDE_PX), Image.Resampling.BOX)
    return np.asarray(small, np.float64).reshape(-1) / 255


def _graph(weights: np.ndarray, start: np.ndarray) -> bytes:
    from onnx import helper

    nodes = [
        helper.make_node("Flatten", ["input"], ["flat"], axis=1),
        helper.make_node("MatMul", ["flat", "weights"], ["lines"]),
        helper.make_node("Add", ["lines", "start"], ["output"]),
    ]
    constants = {"weights": weights.astype(np.float32), "start": start.astype(np.float32)}
    return graph_of(nodes, [1, SIDE_PX, SIDE_PX, 3], [1, len(start)], constants)
