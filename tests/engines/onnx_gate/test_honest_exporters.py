"""What honest exporters write passes the gate, and what the gate lets through the installed runtime opens.

Each model is built here as the exporter leaves it; the forms were read off files that they wrote.
"""

from __future__ import annotations

from collections.abc import Sequence

import numpy as np
import onnx
import pytest
from onnx import TensorProto, helper, numpy_helper
from onnxruntime import InferenceSession

from pandok.core.lab.submission import SubmissionSheet
from pandok.engines.onnx_gate import runtime
from pandok.engines.onnx_gate.gate import Checked, check_model
from pandok.engines.onnx_gate.refusals import REASONS
from pandok.engines.sandbox.unsandboxed import PlainSession
from pandok.fields.lab.acts.runs.submission_checks import gate_refusals

OF_ONNX_RUNTIME = {
    "ai.onnx.ml": 5,
    "ai.onnx.training": 1,
    "ai.onnx.preview": 1,
    "com.microsoft": 1,
    "ai.onnx.preview.training": 1,
    "com.microsoft.experimental": 1,
    "com.microsoft.nchwc": 1,
    "org.pytorch.aten": 1,
}
"""What ONNX Runtime writes into every model that it saves: optimised, or prepared for quantisation."""


def tensor(
    name: str, kind: int = TensorProto.FLOAT, shape: Sequence[int | str | None] = ("N", 3)
) -> onnx.ValueInfoProto:
    return helper.make_tensor_value_info(name, kind, list(shape))


def linear(inside: str = "x", outside: str = "y", imports: Sequence[tuple[str, int]] = (("", 17),)) -> onnx.ModelProto:
    weights = numpy_helper.from_array(np.arange(6, dtype=np.float32).reshape(3, 2), "w")
    nodes = [helper.make_node("MatMul", [inside, "w"], [outside])]
    graph = helper.make_graph(nodes, "g", [tensor(inside)], [tensor(outside, shape=("N", 2))], [weights])
    made = helper.make_model(graph, opset_imports=[helper.make_opsetid(*one) for one in imports], ir_version=8)
    return made


def trees(imports: Sequence[tuple[str, int]], outside: str = "probabilities") -> onnx.ModelProto:
    """A stump as the converters of scikit-learn, XGBoost and LightGBM write it."""
    node = helper.make_node(
        "TreeEnsembleClassifier",
        ["float_input"],
        ["label", outside],
        domain="ai.onnx.ml",
        classlabels_int64s=[0, 1],
        nodes_treeids=[0, 0, 0],
        nodes_nodeids=[0, 1, 2],
        nodes_featureids=[0, 0, 0],
        nodes_modes=["BRANCH_LEQ", "LEAF", "LEAF"],
        nodes_values=[0.5, 0.0, 0.0],
        nodes_truenodeids=[1, 0, 0],
        nodes_falsenodeids=[2, 0, 0],
        class_treeids=[0, 0, 0, 0],
        class_nodeids=[1, 1, 2, 2],
        class_ids=[0, 1, 0, 1],
        class_weights=[0.9, 0.1, 0.2, 0.8],
        post_transform="NONE",
    )
    outputs = [tensor("label", TensorProto.INT64, ("N",)), tensor(outside, shape=("N", 2))]
    graph = helper.make_graph([node], "g", [tensor("float_input", shape=(None, 3))], outputs)
    return helper.make_model(graph, opset_imports=[helper.make_opsetid(*one) for one in imports], ir_version=8)


def quantised() -> onnx.ModelProto:
    scale, zero = numpy_helper.from_array(np.float32(0.1), "s"), numpy_helper.from_array(np.uint8(128), "z")
    nodes = [
        helper.make_node("QuantizeLinear", ["x", "s", "z"], ["q"]),
        helper.make_node("DequantizeLinear", ["q", "s", "z"], ["y"]),
    ]
    graph = helper.make_graph(nodes, "g", [tensor("x")], [tensor("y")], [scale, zero])
    imports = {"": 17} | OF_ONNX_RUNTIME
    return helper.make_model(graph, opset_imports=[helper.make_opsetid(*one) for one in imports.items()], ir_version=8)


def weights_among_the_inputs() -> onnx.ModelProto:
    """As exporters wrote before IR 4, and torch with keep_initializers_as_inputs."""
    made = linear()
    made.graph.input.append(tensor("w", shape=(3, 2)))
    made.ir_version = 3
    return made


HONEST = {
    "scikit-learn: the main domain twice, the trees' once": lambda: trees([("ai.onnx.ml", 1), ("", 17), ("", 17)]),
    "scikit-learn: a later opset of trees": lambda: trees([("", 21), ("ai.onnx.ml", 3)]),
    "XGBoost: only the trees' domain": lambda: trees([("ai.onnx.ml", 1)]),
    "LightGBM: the trees' domain twice": lambda: trees([("ai.onnx.ml", 1), ("", 9), ("ai.onnx.ml", 3)]),
    "the main domain by its long name": lambda: linear(imports=[("ai.onnx", 13)]),
    "the same import twice, the lower one last": lambda: linear(imports=[("", 18), ("", 11)]),
    "ONNX Runtime, saved with its own imports": lambda: linear(imports=[("", 17), *OF_ONNX_RUNTIME.items()]),
    "ONNX Runtime, quantised": quantised,
    "torch 2.5 with onnxscript": lambda: linear(imports=[("", 18), ("pkg.onnxscript.torch_lib.common", 1)]),
    "torch 2.6 with onnxscript twice": lambda: linear(
        imports=[("pkg.onnxscript.torch_lib", 1), ("pkg.onnxscript.torch_lib.common", 1), ("", 18)]
    ),
    "torch legacy names": lambda: linear("input.1", "15"),
    "Keras names": lambda: linear("serving_default_input:0", "StatefulPartitionedCall/model/dense/MatMul:0"),
    "names with spaces and letters of Korea": lambda: linear("입력 값", "판독 점수 (0~1)"),
    "weights among the inputs": weights_among_the_inputs,
}


def sheet(inside: str, outside: str) -> SubmissionSheet:
    return SubmissionSheet.model_validate(
        {
            "problem": "goods",
            "name": "n",
            "version": "1",
            "model_input": inside,
            "model_output": outside,
            "preprocess": (),
            "training_data": "goods of our own, none of the sealed set",
            "licence": "MIT",
        }
    )


@pytest.mark.parametrize("name", list(HONEST))
def test_what_honest_exporters_write_passes_opens_and_can_be_named(name: str) -> None:
    data = HONEST[name]().SerializeToString()
    onnx.checker.check_model(onnx.load_model_from_string(data))
    checked = check_model(data)
    assert checked.refusals == ()
    with PlainSession(data) as session:
        told = session.run({checked.inputs[0]: np.ones((2, 3), np.float32)})
    assert checked.outputs[-1] in told
    assert gate_refusals(checked, sheet(checked.inputs[0], checked.outputs[-1])) == []


@pytest.mark.parametrize("domain", ["", "ai.onnx.ml", "com.microsoft", "ai.onnx.preview", "org.example"])
@pytest.mark.parametrize("ir_version", [3, 8, 13, 14, 40])
def test_the_gate_is_as_wide_as_the_installed_runtime(domain: str, ir_version: int) -> None:
    """Every version of an import that nothing uses, and of the main domain that something uses."""
    for version in (1, 5, 6, 7, 20, *range(24, 32)):
        imports = [("", version)] if not domain else [("", 17), (domain, version)]
        made = linear(imports=imports)
        made.ir_version = ir_version
        checked = check_model(made.SerializeToString())
        if _opens(made.SerializeToString()):
            assert checked.accepted == (not _refused_by_the_standard(made) and (bool(domain) or version >= 7))
        else:
            assert _codes(checked) == {"model.opset"}


def test_the_advice_names_the_limits_of_the_installed_runtime() -> None:
    newest, newest_ir = runtime.highest_opset("ai.onnx"), runtime.highest_ir()
    for opset, ir_version in ((newest, 8), (17, newest_ir)):
        made = linear(imports=[("", opset)])
        made.ir_version = ir_version
        assert _opens(made.SerializeToString())
    for opset, ir_version in ((newest + 1, 8), (17, newest_ir + 1)):
        made = linear(imports=[("", opset)])
        made.ir_version = ir_version
        assert not _opens(made.SerializeToString()) or opset > runtime.listed_opset("ai.onnx")
    what, advice = REASONS["model.opset"]
    assert what.ko
    for text in (advice.ko, advice.en):
        assert f"opset 7–{newest}" in text
        assert f"IR ≤ {newest_ir}" in text


@pytest.mark.parametrize("name", ["a" * 200, "15", "x.1", "a b", "/model/out:0", "점수"])
def test_every_name_that_the_gate_accepts_can_be_named(name: str) -> None:
    assert check_model(linear(outside=name).SerializeToString()).accepted
    assert sheet("x", name).model_output == name


@pytest.mark.parametrize("name", ["", "a" * 201, "a\nb", "a\\b", "../x"])
def test_no_other_name_can(name: str) -> None:
    with pytest.raises(ValueError, match="plain characters"):
        sheet("x", name)


def test_two_files_of_one_model_have_one_canonical_hash() -> None:
    """Renamed, rearranged, saved by another tool: still the same model, for which a budget is spent once."""
    plain = check_model(linear().SerializeToString()).canonical_sha256
    renamed = linear("input.1", "15", imports=[("", 17), *OF_ONNX_RUNTIME.items()])
    renamed.graph.node[0].name, renamed.graph.name, renamed.ir_version = "MatMul_0", "torch_jit", 9
    assert check_model(renamed.SerializeToString()).canonical_sha256 == plain

    as_list = linear()
    as_list.graph.initializer[0].ClearField("raw_data")
    as_list.graph.initializer[0].float_data.extend(range(6))
    assert check_model(as_list.SerializeToString()).canonical_sha256 == plain

    dead = linear()
    dead.graph.initializer.append(numpy_helper.from_array(np.ones(9, np.float32), "unused"))
    dead.graph.node.append(helper.make_node("Relu", ["x"], ["nowhere"]))
    dead.graph.node[0].output[0] = "before"
    dead.graph.node.append(helper.make_node("Identity", ["before"], ["y"]))
    assert check_model(dead.SerializeToString()).canonical_sha256 == plain

    constant = linear()
    weights = onnx.TensorProto()
    weights.CopyFrom(constant.graph.initializer[0])
    constant.graph.ClearField("initializer")
    constant.graph.node.insert(0, helper.make_node("Constant", [], ["w"], value=weights))
    assert check_model(constant.SerializeToString()).canonical_sha256 == plain


def test_another_model_has_another_canonical_hash() -> None:
    seen = {check_model(linear().SerializeToString()).canonical_sha256}
    touched = linear()
    touched.graph.initializer[0].CopyFrom(numpy_helper.from_array(np.zeros((3, 2), np.float32), "w"))
    squashed = linear(outside="before")
    squashed.graph.node.append(helper.make_node("Relu", ["before"], ["y"]))
    squashed.graph.output[0].name = "y"
    leaky = linear(outside="before")
    leaky.graph.node.append(helper.make_node("LeakyRelu", ["before"], ["y"], alpha=0.1))
    leaky.graph.output[0].name = "y"
    other = linear(imports=[("", 13)])
    for made in (touched, squashed, leaky, other):
        checked = check_model(made.SerializeToString())
        assert checked.accepted
        assert checked.canonical_sha256 not in seen
        seen.add(checked.canonical_sha256)


def _codes(checked: Checked) -> set[str]:
    return {one.code for one in checked.refusals}


def _opens(data: bytes) -> bool:
    try:
        InferenceSession(data, providers=["CPUExecutionProvider"])
    except Exception:
        return False
    return True


def _refused_by_the_standard(made: onnx.ModelProto) -> bool:
    try:
        onnx.checker.check_model(made)
    except onnx.checker.ValidationError:
        return True
    return False
