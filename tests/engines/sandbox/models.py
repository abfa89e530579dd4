"""Models that pass the gate and yet mean harm, or simply fail."""

from __future__ import annotations

import numpy as np
from onnx import TensorProto, helper, numpy_helper

from tests.engines.onnx_gate.corpus import model, value, weight


def constant(name: str, content: object, kind: type[np.generic]) -> TensorProto:
    return numpy_helper.from_array(np.array(content, kind), name)


def burns_time() -> bytes:
    """Four hundred products of two matrices of 1,024 × 1,024, made of four numbers."""
    nodes = [
        helper.make_node("ReduceSum", ["x"], ["s"], keepdims=0),
        helper.make_node("Expand", ["s", "shape"], ["m0"]),
    ]
    for i in range(400):
        nodes.append(helper.make_node("MatMul", [f"m{i}", f"m{i}"], [f"p{i}"]))
        nodes.append(helper.make_node("Mul", [f"p{i}", "small"], [f"m{i + 1}"]))
    nodes.append(helper.make_node("ReduceMax", ["m400"], ["y"], keepdims=0))
    weights = [constant("shape", [1024, 1024], np.int64), constant("small", 1e-4, np.float32)]
    return model(nodes, weights, outputs=[value("y", ())]).SerializeToString()


def takes_memory_when_it_runs() -> bytes:
    """A tensor as large as the input says."""
    nodes = [
        helper.make_node("Cast", ["x"], ["wide"], to=TensorProto.INT64),
        helper.make_node("Reshape", ["wide", "flat"], ["sizes"]),
        helper.make_node("Expand", ["one", "sizes"], ["large"]),
        helper.make_node("ReduceSum", ["large"], ["y"], keepdims=0),
    ]
    weights = [constant("one", 1, np.float32), constant("flat", [-1], np.int64)]
    return model(nodes, weights, outputs=[value("y", ())]).SerializeToString()


def takes_memory_when_it_loads(mib: int = 64 * 1024) -> bytes:
    """So many MiB of zeros, which the runtime computes before the first case."""
    nodes = [
        helper.make_node("ConstantOfShape", ["size"], ["large"]),
        helper.make_node("ReduceSum", ["large"], ["sum"], keepdims=0),
        helper.make_node("Add", ["x", "sum"], ["y"]),
    ]
    return model(nodes, [constant("size", [mib << 18], np.int64)]).SerializeToString()


def answers_no_number() -> bytes:
    return model([helper.make_node("Log", ["x"], ["y"])]).SerializeToString()


def reaches_beyond_its_weights() -> bytes:
    nodes = [
        helper.make_node("Cast", ["x"], ["place"], to=TensorProto.INT64),
        helper.make_node("Gather", ["w", "place"], ["y"]),
    ]
    return model(nodes, [weight()]).SerializeToString()


def answers_more_than_fits() -> bytes:
    nodes = [helper.make_node("Expand", ["x", "shape"], ["y"])]
    return model(nodes, [constant("shape", [4096, 4], np.int64)], outputs=[value("y", (4096, 4))]).SerializeToString()


def says_one_shape_and_gives_another() -> bytes:
    """The declared output has an open size; the rank that comes out is another."""
    nodes = [helper.make_node("Reshape", ["x", "shape"], ["y"])]
    return model(nodes, [constant("shape", [2, 2], np.int64)], outputs=[value("y", (2, 2))]).SerializeToString()


def endless_loop() -> bytes:
    """Refused by the gate; here to show that the clock holds it where the gate would not."""
    body = helper.make_graph(
        [helper.make_node("Identity", ["c"], ["d"]), helper.make_node("Add", ["v", "v"], ["u"])],
        "body",
        [value("i", (), TensorProto.INT64), value("c", (), TensorProto.BOOL), value("v")],
        [value("d", (), TensorProto.BOOL), value("u")],
    )
    weights = [constant("most", np.iinfo(np.int64).max, np.int64), constant("yes", True, np.bool_)]
    return model([helper.make_node("Loop", ["most", "yes", "x"], ["y"], body=body)], weights).SerializeToString()
