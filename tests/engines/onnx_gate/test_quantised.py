"""What ONNX Runtime's own quantiser writes, made here by it, and models as other exporters of today leave them."""

from __future__ import annotations

import logging
from collections.abc import Iterator
from pathlib import Path
from typing import Any

import numpy as np
import onnx
import pytest
from onnx import TensorProto, helper, numpy_helper
from onnxruntime import GraphOptimizationLevel, InferenceSession, SessionOptions
from onnxruntime.quantization import CalibrationDataReader, QuantFormat, QuantType, quantize_dynamic, quantize_static

from pandok.engines.onnx_gate.gate import check_model
from pandok.engines.sandbox.unsandboxed import PlainSession

CASE = np.random.default_rng(3).normal(size=(2, 3, 8, 8)).astype(np.float32)


def weights(name: str, *shape: int) -> onnx.TensorProto:
    values = np.random.default_rng(len(name) + sum(shape)).normal(size=shape).astype(np.float32)
    return numpy_helper.from_array(values, name)


def network(opset: int = 17, **of_the_model: Any) -> onnx.ModelProto:
    """With what a small picture model of today has, so that each kind of quantised operator is written."""
    nodes = [
        helper.make_node("Conv", ["x", "w1", "b1"], ["c1"], pads=[1, 1, 1, 1]),
        helper.make_node("LeakyRelu", ["c1"], ["l1"], alpha=0.1),
        helper.make_node("Conv", ["l1", "w2", "b2"], ["c2"], pads=[1, 1, 1, 1]),
        helper.make_node("Sigmoid", ["c2"], ["s2"]),
        helper.make_node("Mul", ["c2", "s2"], ["m2"]),
        helper.make_node("Add", ["m2", "l1"], ["a2"]),
        helper.make_node("Concat", ["a2", "l1"], ["k2"], axis=1),
        helper.make_node("GlobalAveragePool", ["k2"], ["g"]),
        helper.make_node("Flatten", ["g"], ["f"]),
        helper.make_node("Gemm", ["f", "w3", "b3"], ["scores"], transB=1),
        helper.make_node("Softmax", ["scores"], ["y"], axis=-1),
    ]
    kept = [weights("w1", 4, 3, 3, 3), weights("b1", 4), weights("w2", 4, 4, 3, 3), weights("b2", 4)]
    kept += [weights("w3", 5, 8), weights("b3", 5)]
    given = [helper.make_tensor_value_info("x", TensorProto.FLOAT, ["N", 3, 8, 8])]
    told = [helper.make_tensor_value_info("y", TensorProto.FLOAT, ["N", 5])]
    graph = helper.make_graph(nodes, "main_graph", given, told, kept)
    made = helper.make_model(graph, opset_imports=[helper.make_opsetid("", opset)], **{"ir_version": 8, **of_the_model})
    return made


class Calibration(CalibrationDataReader):
    def __init__(self) -> None:
        self._cases: Iterator[dict[str, Any]] = iter([{"x": CASE}, {"x": CASE / 2}])

    def get_next(self) -> dict[str, Any] | None:
        return next(self._cases, None)


def dynamic(source: Path, target: Path, **more: Any) -> None:
    quantize_dynamic(source, target, **more)


def static(source: Path, target: Path, **more: Any) -> None:
    quantize_static(source, target, Calibration(), **{"weight_type": QuantType.QInt8} | more)


WRITTEN = {
    "dynamic, signed": (dynamic, {"weight_type": QuantType.QInt8}),
    "dynamic, unsigned, by channel": (dynamic, {"weight_type": QuantType.QUInt8, "per_channel": True}),
    "QDQ, unsigned": (static, {"quant_format": QuantFormat.QDQ, "activation_type": QuantType.QUInt8}),
    "QDQ, signed, by channel": (
        static,
        {"quant_format": QuantFormat.QDQ, "activation_type": QuantType.QInt8, "per_channel": True},
    ),
    "QDQ, of 16 bits": (static, {"quant_format": QuantFormat.QDQ, "activation_type": QuantType.QUInt16}),
    "QOperator, unsigned": (static, {"quant_format": QuantFormat.QOperator, "activation_type": QuantType.QUInt8}),
    "QOperator, signed, by channel": (
        static,
        {"quant_format": QuantFormat.QOperator, "activation_type": QuantType.QInt8, "per_channel": True},
    ),
}


@pytest.mark.parametrize("opset", [13, 17, 21])
@pytest.mark.parametrize("kind", WRITTEN)
def test_what_the_quantiser_of_onnx_runtime_writes_passes_and_answers(kind: str, opset: int, tmp_path: Path) -> None:
    logging.getLogger().setLevel(logging.ERROR)
    write, more = WRITTEN[kind]
    onnx.save(network(opset), tmp_path / "plain.onnx")
    write(tmp_path / "plain.onnx", tmp_path / "small.onnx", **more)
    data = (tmp_path / "small.onnx").read_bytes()
    checked = check_model(data)
    assert checked.refusals == ()
    with PlainSession(data) as session:
        assert np.allclose(session.run({"x": CASE})["y"].sum(axis=1), 1, atol=0.1)


def half() -> onnx.ModelProto:
    """Weights and computing in float16, input and output cast: as converters with `keep_io_types` write it."""
    made = network()
    for one in made.graph.initializer:
        one.CopyFrom(numpy_helper.from_array(numpy_helper.to_array(one).astype(np.float16), one.name))
    made.graph.node[0].input[0] = "x_half"
    made.graph.node[-1].output[0] = "y_half"
    made.graph.node.insert(0, helper.make_node("Cast", ["x"], ["x_half"], to=TensorProto.FLOAT16))
    made.graph.node.append(helper.make_node("Cast", ["y_half"], ["y"], to=TensorProto.FLOAT))
    return made


def dynamo() -> onnx.ModelProto:
    """With what torch's newer exporter leaves in a file: notes on values and operators, sizes as expressions."""
    made = network(18, ir_version=10, producer_name="pytorch", producer_version="2.8.0")
    for place, node in enumerate(made.graph.node):
        node.name, node.doc_string = f"node_{node.op_type}_{place}", 'File "model.py", line 7, in forward'
        one = node.metadata_props.add()
        one.key, one.value = "pkg.torch.onnx.stack_trace", 'File "model.py", line 7, in forward'
    for value in made.graph.input:
        value.type.tensor_type.shape.dim[0].dim_param = "s77"
        one = value.metadata_props.add()
        one.key, one.value = "pkg.torch.export.graph_signature.InputSpec.kind", "USER_INPUT"
    made.graph.value_info.append(helper.make_tensor_value_info("k2", TensorProto.FLOAT, ["s77", "4 + 4", 8, 8]))
    one = made.graph.metadata_props.add()
    one.key, one.value = "pkg.torch.export.graph_signature", "# inputs\nx: USER_INPUT"
    return made


def optimised(level: GraphOptimizationLevel, tmp_path: Path) -> bytes:
    options = SessionOptions()
    options.graph_optimization_level, options.log_severity_level = level, 4
    options.optimized_model_filepath = str(tmp_path / "optimised.onnx")
    InferenceSession(network().SerializeToString(), options, providers=["CPUExecutionProvider"])
    return (tmp_path / "optimised.onnx").read_bytes()


@pytest.mark.parametrize("made", [half, dynamo], ids=lambda one: one.__name__)
def test_what_other_exporters_leave_in_a_file_passes_and_answers(made: Any) -> None:
    data = made().SerializeToString()
    assert check_model(data).refusals == ()
    with PlainSession(data) as session:
        assert np.allclose(session.run({"x": CASE})["y"].sum(axis=1), 1, atol=0.1)


@pytest.mark.parametrize("level", [GraphOptimizationLevel.ORT_DISABLE_ALL, GraphOptimizationLevel.ORT_ENABLE_BASIC])
def test_what_onnx_runtime_saves_passes(level: GraphOptimizationLevel, tmp_path: Path) -> None:
    assert check_model(optimised(level, tmp_path)).refusals == ()


@pytest.mark.parametrize("name", ["FusedConv", "QAttention", "MatMulNBits", "Tokenizer", "BeamSearch", "QLinearAdd "])
def test_no_other_operator_of_onnx_runtimes_own_passes(name: str) -> None:
    made = network()
    made.opset_import.append(helper.make_opsetid("com.microsoft", 1))
    made.graph.node.append(helper.make_node(name, ["y"], ["z"], domain="com.microsoft"))
    assert "operator.unknown_domain" in {one.code for one in check_model(made.SerializeToString()).refusals}


def test_two_operators_of_one_name_are_refused_as_the_runtime_does() -> None:
    made = network()
    made.graph.node[0].name = made.graph.node[2].name = "conv"
    data = made.SerializeToString()
    assert [one.code for one in check_model(data).refusals] == ["graph.twins"]
    with pytest.raises(Exception, match="same node name"):
        InferenceSession(data, providers=["CPUExecutionProvider"])


def test_its_operators_need_their_import_in_the_version_that_the_runtime_has() -> None:
    for versions in ([], [2]):
        made = network()
        made.opset_import.extend(helper.make_opsetid("com.microsoft", version) for version in versions)
        made.graph.node.append(helper.make_node("QLinearSigmoid", ["y"], ["z"], domain="com.microsoft"))
        assert "model.opset" in {one.code for one in check_model(made.SerializeToString()).refusals}
