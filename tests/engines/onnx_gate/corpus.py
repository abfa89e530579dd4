"""Hostile models, built here: each says which refusals it must meet. None of them is ever run."""

from __future__ import annotations

import io
import pickle
import struct
import zipfile
from collections.abc import Callable

import numpy as np
import onnx
from onnx import AttributeProto, TensorProto, helper, numpy_helper

Built = Callable[[], bytes]
HOSTILE: dict[str, tuple[Built, set[str]]] = {}


def hostile(*codes: str) -> Callable[[Built], Built]:
    def add(build: Built) -> Built:
        HOSTILE[build.__name__] = (build, set(codes))
        return build

    return add


def value(name: str, shape: tuple[int, ...] = (1, 4), kind: int = TensorProto.FLOAT) -> onnx.ValueInfoProto:
    return helper.make_tensor_value_info(name, kind, shape)


def model(
    nodes: list[onnx.NodeProto],
    weights: list[TensorProto] | None = None,
    inputs: list[onnx.ValueInfoProto] | None = None,
    outputs: list[onnx.ValueInfoProto] | None = None,
    domains: dict[str, int] | None = None,
) -> onnx.ModelProto:
    graph = helper.make_graph(
        nodes, "g", [value("x")] if inputs is None else inputs, outputs or [value("y")], weights or []
    )
    opsets = [helper.make_opsetid(name, version) for name, version in (domains or {"": 20}).items()]
    return helper.make_model(graph, opset_imports=opsets, ir_version=10)


def weight(name: str = "w", shape: tuple[int, ...] = (4,)) -> TensorProto:
    return numpy_helper.from_array(np.ones(shape, np.float32), name)


def good() -> bytes:
    return model([helper.make_node("Add", ["x", "w"], ["y"])], [weight()]).SerializeToString()


def _external(location: str, **more: str) -> bytes:
    made = model([helper.make_node("Add", ["x", "w"], ["y"])], [weight()])
    tensor = made.graph.initializer[0]
    tensor.ClearField("raw_data")
    tensor.data_location = TensorProto.EXTERNAL
    for key, text in {"location": location, **more}.items():
        entry = tensor.external_data.add()
        entry.key, entry.value = key, text
    return made.SerializeToString()


_LOCATIONS = {
    "relative": "weights.bin",
    "parent": "../../../../etc/passwd",
    "absolute": "/etc/passwd",
    "proc": "/proc/self/environ",
    "proc_mem": "/proc/self/mem",
    "memory_marker": "*/_ORT_MEM_ADDR_/*",
    "url": "file:///etc/shadow",
    "windows": "C:\\Windows\\win.ini",
    "empty": "",
    "null": "a\x00b",
    "home": "~/.ssh/id_rsa",
    "device": "/dev/zero",
    "long": "a" * 5000,
}
for _name, _location in _LOCATIONS.items():
    HOSTILE[f"external_{_name}"] = (lambda place=_location: _external(place), {"data.external"})
HOSTILE["external_offset"] = (lambda: _external("w", offset="-1", length="99999999999"), {"data.external"})


@hostile("data.external")
def external_entries_without_the_flag() -> bytes:
    made = model([helper.make_node("Add", ["x", "w"], ["y"])], [weight()])
    entry = made.graph.initializer[0].external_data.add()
    entry.key, entry.value = "location", "/etc/passwd"
    return made.SerializeToString()


@hostile("data.external")
def external_in_a_constant() -> bytes:
    made = model([helper.make_node("Constant", [], ["c"], value=weight()), helper.make_node("Add", ["x", "c"], ["y"])])
    tensor = made.graph.node[0].attribute[0].t
    tensor.data_location = TensorProto.EXTERNAL
    entry = tensor.external_data.add()
    entry.key, entry.value = "location", "/etc/passwd"
    return made.SerializeToString()


@hostile("data.external")
def external_in_a_sparse_weight() -> bytes:
    made = model([helper.make_node("Add", ["x", "s"], ["y"])])
    sparse = made.graph.sparse_initializer.add()
    sparse.values.CopyFrom(weight("s"))
    sparse.values.data_location = TensorProto.EXTERNAL
    sparse.indices.CopyFrom(numpy_helper.from_array(np.arange(4), "i"))
    sparse.dims.append(4)
    return made.SerializeToString()


def _body() -> onnx.GraphProto:
    return helper.make_graph([helper.make_node("Identity", ["x"], ["b"])], "body", [], [value("b")])


@hostile("graph.subgraph")
def branch() -> bytes:
    node = helper.make_node("If", ["c"], ["y"], then_branch=_body(), else_branch=_body())
    condition = numpy_helper.from_array(np.array(True), "c")
    return model([node], [condition]).SerializeToString()


@hostile("graph.subgraph")
def endless_loop() -> bytes:
    body = helper.make_graph(
        [helper.make_node("Identity", ["go"], ["again"]), helper.make_node("Identity", ["a"], ["b"])],
        "body",
        [value("n", (), TensorProto.INT64), value("go", (), TensorProto.BOOL), value("a")],
        [value("again", (), TensorProto.BOOL), value("b")],
    )
    node = helper.make_node("Loop", ["", "c", "x"], ["y"], body=body)
    return model([node], [numpy_helper.from_array(np.array(True), "c")]).SerializeToString()


@hostile("graph.subgraph")
def scan() -> bytes:
    node = helper.make_node("Scan", ["x"], ["y"], body=_body(), num_scan_inputs=1)
    return model([node]).SerializeToString()


@hostile("graph.subgraph")
def subgraph_hidden_in_an_allowed_operator() -> bytes:
    node = helper.make_node("Relu", ["x"], ["y"])
    node.attribute.append(helper.make_attribute("extra", _body()))
    return model([node]).SerializeToString()


@hostile("graph.subgraph")
def deep_nesting() -> bytes:
    inner = _body()
    for _ in range(12):
        node = helper.make_node("If", ["c"], ["b"], then_branch=inner, else_branch=_body())
        inner = helper.make_graph([node], "deeper", [], [value("b")])
    node = helper.make_node("If", ["c"], ["y"], then_branch=inner, else_branch=_body())
    return model([node], [numpy_helper.from_array(np.array(True), "c")]).SerializeToString()


@hostile("file.not_onnx")
def nesting_deeper_than_the_parser_goes() -> bytes:
    # Field 7 (graph) → node (1) → attribute (5) → g (6), over and over.
    inner = b""
    for _ in range(200):
        for field in (6, 5, 1):
            inner = bytes([field << 3 | 2]) + _varint(len(inner)) + inner
    return b"\x08\x0a" + bytes([7 << 3 | 2]) + _varint(len(inner)) + inner


def _varint(number: int) -> bytes:
    out = b""
    while number > 127:
        out += bytes([number & 127 | 128])
        number >>= 7
    return out + bytes([number])


_RANDOM = {
    "RandomNormal": {"shape": [1, 4]},
    "RandomUniform": {"shape": [1, 4]},
}
for _op, _attributes in _RANDOM.items():
    HOSTILE[f"random_{_op}"] = (
        lambda op=_op, a=_attributes: model(
            [helper.make_node(op, [], ["r"], **a), helper.make_node("Add", ["x", "r"], ["y"])]
        ).SerializeToString(),
        {"operator.random"},
    )
for _op in ("RandomNormalLike", "RandomUniformLike", "Bernoulli", "Multinomial"):
    HOSTILE[f"random_{_op}"] = (
        lambda op=_op: model([helper.make_node(op, ["x"], ["y"])]).SerializeToString(),
        {"operator.random"},
    )
for _op in (
    "SequenceConstruct",
    "SequenceEmpty",
    "SplitToSequence",
    "ConcatFromSequence",
    "Optional",
    "OptionalGetElement",
    "StringNormalizer",
    "StringConcat",
    "RegexFullMatch",
    "TfIdfVectorizer",
    "ImageDecoder",
    "PyOp",
    "NotAnOperator",
):
    HOSTILE[f"operator_{_op}"] = (
        lambda op=_op: model([helper.make_node(op, ["x"], ["y"])]).SerializeToString(),
        {"operator.not_allowed"},
    )
for _domain in ("com.microsoft", "ai.onnx.preview", "ai.onnx.preview.training", "evil.example", "org.pytorch.aten"):
    HOSTILE[f"domain_{_domain}"] = (
        lambda domain=_domain: model(
            [helper.make_node("Gelu", ["x"], ["y"], domain=domain)], domains={"": 20, domain: 1}
        ).SerializeToString(),
        {"operator.unknown_domain"},
    )


@hostile("operator.unknown_domain")
def domain_that_is_not_declared() -> bytes:
    return model([helper.make_node("MurmurHash3", ["x"], ["y"], domain="com.microsoft")]).SerializeToString()


@hostile("operator.not_allowed")
def zipmap() -> bytes:
    node = helper.make_node("ZipMap", ["x"], ["y"], domain="ai.onnx.ml", classlabels_int64s=[0, 1])
    return model([node], domains={"": 20, "ai.onnx.ml": 3}).SerializeToString()


@hostile("graph.twins")
def two_operators_of_one_name() -> bytes:
    nodes = [helper.make_node("Relu", ["x"], ["a"], name="n"), helper.make_node("Relu", ["a"], ["y"], name="n")]
    return model(nodes).SerializeToString()


@hostile("model.functions")
def own_function() -> bytes:
    made = model([helper.make_node("Relu", ["x"], ["y"])])
    made.functions.append(
        helper.make_function(
            "own", "f", ["a"], ["b"], [helper.make_node("Relu", ["a"], ["b"])], [helper.make_opsetid("", 20)]
        )
    )
    return made.SerializeToString()


@hostile("model.functions")
def reference_attribute() -> bytes:
    node = helper.make_node("LeakyRelu", ["x"], ["y"])
    attribute = AttributeProto()
    attribute.name, attribute.type, attribute.ref_attr_name = "alpha", AttributeProto.FLOAT, "outer"
    node.attribute.append(attribute)
    return model([node]).SerializeToString()


@hostile("model.training")
def training_information() -> bytes:
    made = model([helper.make_node("Relu", ["x"], ["y"])])
    made.training_info.add()
    return made.SerializeToString()


@hostile("operator.training_mode")
def dropout_in_training() -> bytes:
    switch = numpy_helper.from_array(np.array(True), "t")
    ratio = numpy_helper.from_array(np.array(0.5, np.float32), "r")
    return model([helper.make_node("Dropout", ["x", "r", "t"], ["y"])], [switch, ratio]).SerializeToString()


@hostile("operator.training_mode")
def dropout_with_a_switch_from_outside() -> bytes:
    ratio = numpy_helper.from_array(np.array(0.5, np.float32), "r")
    made = model(
        [helper.make_node("Dropout", ["x", "r", "t"], ["y"])],
        [ratio],
        inputs=[value("x"), value("t", (), TensorProto.BOOL)],
    )
    return made.SerializeToString()


@hostile("operator.training_mode")
def batch_normalisation_in_training() -> bytes:
    weights = [weight(name) for name in "sbmv"]
    node = helper.make_node("BatchNormalization", ["x", *"sbmv"], ["y"], training_mode=1)
    return model([node], weights).SerializeToString()


@hostile("data.too_large")
def huge_tensor_that_is_not_there() -> bytes:
    made = model([helper.make_node("Add", ["x", "w"], ["y"])], [weight()])
    made.graph.initializer[0].dims[:] = [1 << 40]
    return made.SerializeToString()


@hostile("data.size")
def dims_that_overflow() -> bytes:
    made = model([helper.make_node("Add", ["x", "w"], ["y"])], [weight()])
    made.graph.initializer[0].dims[:] = [-1, 4]
    return made.SerializeToString()


@hostile("data.size")
def content_shorter_than_said() -> bytes:
    made = model([helper.make_node("Add", ["x", "w"], ["y"])], [weight()])
    made.graph.initializer[0].raw_data = b"\x00" * 7
    return made.SerializeToString()


@hostile("data.size")
def content_twice() -> bytes:
    made = model([helper.make_node("Add", ["x", "w"], ["y"])], [weight()])
    made.graph.initializer[0].float_data.extend([1.0] * 4)
    return made.SerializeToString()


@hostile("data.size")
def too_many_dimensions() -> bytes:
    made = model([helper.make_node("Add", ["x", "w"], ["y"])], [weight()])
    made.graph.initializer[0].dims[:] = [1] * 5000 + [4]
    return made.SerializeToString()


@hostile("data.size")
def segmented_tensor() -> bytes:
    made = model([helper.make_node("Add", ["x", "w"], ["y"])], [weight()])
    made.graph.initializer[0].segment.begin = 0
    return made.SerializeToString()


@hostile("data.string")
def string_weight() -> bytes:
    text = helper.make_tensor("w", TensorProto.STRING, [1], [b"secret"])
    return model([helper.make_node("Identity", ["w"], ["z"]), helper.make_node("Relu", ["x"], ["y"])], [text]
                 ).SerializeToString()  # fmt: skip


@hostile("data.string")
def unknown_element_type() -> bytes:
    made = model([helper.make_node("Add", ["x", "w"], ["y"])], [weight()])
    made.graph.initializer[0].data_type = 99
    return made.SerializeToString()


@hostile("data.too_large")
def sparse_bomb() -> bytes:
    made = model([helper.make_node("Add", ["x", "s"], ["y"])])
    sparse = made.graph.sparse_initializer.add()
    sparse.values.CopyFrom(weight("s", (1,)))
    sparse.indices.CopyFrom(numpy_helper.from_array(np.array([0]), "i"))
    sparse.dims.append(1 << 40)
    return made.SerializeToString()


@hostile("graph.inputs")
def string_input() -> bytes:
    made = model([helper.make_node("Relu", ["x"], ["y"])], inputs=[value("x"), value("t", (1,), TensorProto.STRING)])
    return made.SerializeToString()


@hostile("graph.inputs")
def sequence_output() -> bytes:
    made = model([helper.make_node("Relu", ["x"], ["y"])])
    made.graph.output[0].type.sequence_type.elem_type.tensor_type.elem_type = TensorProto.FLOAT
    return made.SerializeToString()


@hostile("graph.inputs")
def no_input() -> bytes:
    return model([helper.make_node("Identity", ["w"], ["y"])], [weight()], inputs=[]).SerializeToString()


@hostile("graph.inputs")
def map_input() -> bytes:
    made = model([helper.make_node("Relu", ["x"], ["y"])])
    made.graph.input[0].type.map_type.key_type = TensorProto.INT64
    return made.SerializeToString()


@hostile("graph.too_large")
def twenty_thousand_and_one_operators() -> bytes:
    nodes = [helper.make_node("Relu", ["x"], [f"n{i}"]) for i in range(20_001)]
    return model([*nodes, helper.make_node("Relu", ["x"], ["y"])]).SerializeToString()


@hostile("graph.name")
def name_that_climbs() -> bytes:
    return model([helper.make_node("Add", ["x", "../../w"], ["y"])], [weight("../../w")]).SerializeToString()


@hostile("graph.name")
def name_with_control_characters() -> bytes:
    return model([helper.make_node("Add", ["x", "w\n\x1b[31m"], ["y"])], [weight("w\n\x1b[31m")]).SerializeToString()


@hostile("graph.name")
def endless_name() -> bytes:
    return model([helper.make_node("Add", ["x", "w" * 9999], ["y"])], [weight("w" * 9999)]).SerializeToString()


@hostile("model.opset")
def opset_of_the_future() -> bytes:
    return model([helper.make_node("Relu", ["x"], ["y"])], domains={"": 999}).SerializeToString()


@hostile("model.opset")
def opset_given_twice_and_the_higher_one_of_the_future() -> bytes:
    made = onnx.load_model_from_string(good())
    made.opset_import.append(helper.make_opsetid("", 900))
    return made.SerializeToString()


@hostile("model.opset")
def unused_domain_of_the_future() -> bytes:
    made = onnx.load_model_from_string(good())
    made.opset_import.append(helper.make_opsetid("ai.onnx.ml", 90))
    return made.SerializeToString()


@hostile("model.opset")
def thousands_of_imports() -> bytes:
    made = onnx.load_model_from_string(good())
    made.opset_import.extend(helper.make_opsetid(f"d{number}", 1) for number in range(5000))
    return made.SerializeToString()


@hostile("model.opset")
def ir_of_the_future() -> bytes:
    made = onnx.load_model_from_string(good())
    made.ir_version = 99
    return made.SerializeToString()


@hostile("model.opset")
def trees_without_their_operator_set() -> bytes:
    node = helper.make_node("Normalizer", ["x"], ["y"], domain="ai.onnx.ml", norm="L2")
    return model([node], domains={"": 17}).SerializeToString()


@hostile("data.string")
def cast_to_words() -> bytes:
    nodes = [helper.make_node("Cast", ["x"], ["s"], to=TensorProto.STRING)]
    nodes += [helper.make_node("Cast", ["s"], ["y"], to=TensorProto.FLOAT)]
    return model(nodes).SerializeToString()


@hostile("data.string")
def constant_words() -> bytes:
    nodes = [helper.make_node("Constant", [], ["s"], value_strings=["1", "2", "3", "4"])]
    nodes += [helper.make_node("Cast", ["s"], ["n"], to=TensorProto.FLOAT), helper.make_node("Add", ["x", "n"], ["y"])]
    return model(nodes).SerializeToString()


@hostile("data.string")
def constant_word() -> bytes:
    nodes = [helper.make_node("Constant", [], ["s"], value_string="1")]
    nodes += [helper.make_node("Cast", ["s"], ["n"], to=TensorProto.FLOAT), helper.make_node("Add", ["x", "n"], ["y"])]
    return model(nodes).SerializeToString()


@hostile("model.opset")
def no_opset() -> bytes:
    made = model([helper.make_node("Relu", ["x"], ["y"])])
    made.ClearField("opset_import")
    return made.SerializeToString()


@hostile("model.no_graph")
def no_graph() -> bytes:
    made = model([helper.make_node("Relu", ["x"], ["y"])])
    made.ClearField("graph")
    return made.SerializeToString()


@hostile("model.invalid")
def node_without_its_input() -> bytes:
    return model([helper.make_node("Add", ["x", "nowhere"], ["y"])]).SerializeToString()


@hostile("model.invalid")
def cycle() -> bytes:
    nodes = [helper.make_node("Add", ["x", "b"], ["a"]), helper.make_node("Relu", ["a"], ["b"]),
             helper.make_node("Relu", ["b"], ["y"])]  # fmt: skip
    return model(nodes).SerializeToString()


@hostile("model.invalid")
def output_written_twice() -> bytes:
    return model([helper.make_node("Relu", ["x"], ["y"]), helper.make_node("Abs", ["x"], ["y"])]).SerializeToString()


@hostile("file.empty")
def empty() -> bytes:
    return b""


@hostile("file.not_onnx", "model.no_graph")
def noise() -> bytes:
    return np.random.default_rng(0).integers(0, 256, 4096, np.uint8).tobytes()


@hostile("file.not_onnx", "model.no_graph")
def truncated() -> bytes:
    return good()[:-9]


@hostile("file.disguised")
def zipped() -> bytes:
    target = io.BytesIO()
    with zipfile.ZipFile(target, "w") as archive:
        archive.writestr("../../model.onnx", good())
    return target.getvalue()


@hostile("file.disguised")
def pickled() -> bytes:
    return pickle.dumps({"weights": [1, 2, 3]})


@hostile("file.disguised")
def program() -> bytes:
    return b"\x7fELF" + good()


@hostile("file.disguised")
def script() -> bytes:
    return b"#!/bin/sh\necho hello\n"


@hostile("file.disguised")
def tensorflow_lite() -> bytes:
    return struct.pack("<I", 28) + b"TFL3" + good()
