"""What a model computes, as one hash: from its outputs back to inputs and weights.

Names of values and operators, their order in the file, notes, unused weights and operators, imports that nothing
uses, `Identity`, and how a weight is stored (raw or as a list, initialiser or `Constant`) make no difference. A model
that its author rearranged beyond that, or whose weights were touched, is another one.
"""

from __future__ import annotations

import hashlib

import onnx
from onnx import AttributeProto, NodeProto, TensorProto

from pandok.core.canonical import digest
from pandok.engines.onnx_gate.nodes import MAIN_DOMAIN, domains_of

_LISTS = ("float_data", "int32_data", "int64_data", "double_data", "uint64_data")


def canonical_sha256(model: onnx.ModelProto) -> str:
    """Equal for two files that compute the same with the same weights. The model has passed the gate."""
    graph, versions = model.graph, domains_of(model)
    values: dict[str, str] = {"": ""}
    given = {tensor.name for tensor in graph.initializer}
    for place, one in enumerate(value for value in graph.input if value.name not in given):
        values[one.name] = digest(["input", place, one.type.tensor_type.elem_type])
    for tensor in graph.initializer:
        values[tensor.name] = _tensor(tensor)
    for sparse in graph.sparse_initializer:
        values[sparse.values.name] = _sparse(sparse)
    for node in graph.node:
        _follow(node, versions, values)
    outputs = [values.get(one.name, one.name) for one in graph.output]
    return digest(["pandok model 2", outputs])


def _follow(node: NodeProto, versions: dict[str, int], values: dict[str, str]) -> None:
    """The hashes of what the operator gives. An unknown input is left by its name: the checker has refused it."""
    domain = node.domain or MAIN_DOMAIN
    inputs = [values.get(name, name) for name in node.input]
    if domain == MAIN_DOMAIN and node.op_type == "Identity" and len(inputs) == 1:
        values[node.output[0]] = inputs[0]
        return
    attributes = sorted(_attribute(one) for one in node.attribute)
    if (
        domain == MAIN_DOMAIN
        and node.op_type == "Constant"
        and len(node.attribute) == 1
        and node.attribute[0].HasField("t")
    ):
        values[node.output[0]] = _tensor(node.attribute[0].t)
        return
    while inputs and not inputs[-1]:
        inputs.pop()  # an optional input left out, or written as ""
    said = digest([domain, versions.get(domain, 0), node.op_type, attributes, inputs])
    for place, name in enumerate(node.output):
        if name:
            values[name] = digest([said, place])


def _attribute(one: AttributeProto) -> str:
    if one.HasField("t"):
        return digest([one.name, _tensor(one.t)])
    bare = AttributeProto()
    bare.CopyFrom(one)
    bare.ClearField("doc_string")
    return digest([one.name, hashlib.sha256(bare.SerializeToString(deterministic=True)).hexdigest()])


def _tensor(tensor: TensorProto) -> str:
    """Type, shape and content; not its name, and not how the content is stored."""
    stored = [name for name in _LISTS if len(getattr(tensor, name))]
    if stored and tensor.data_type != TensorProto.STRING:
        content = onnx.numpy_helper.to_array(tensor)
        raw = onnx.numpy_helper.from_array(content).raw_data
    else:
        raw = tensor.raw_data
    return digest(["tensor", tensor.data_type, list(tensor.dims), hashlib.sha256(raw).hexdigest()])


def _sparse(sparse: onnx.SparseTensorProto) -> str:
    return digest(["sparse", list(sparse.dims), _tensor(sparse.values), _tensor(sparse.indices)])
