"""Checks of every operator of a model against the list of allowed ones."""

from __future__ import annotations

import json
from collections.abc import Iterator, Mapping
from functools import cache
from importlib.resources import files
from typing import Any

import numpy as np
import onnx
from onnx import AttributeProto, NodeProto, TensorProto, numpy_helper

from pandok.engines.onnx_gate.refusals import GateRefusal
from pandok.engines.onnx_gate.tensors import check_sparse, check_tensor

MAIN_DOMAIN = "ai.onnx"
ML_DOMAIN = "ai.onnx.ml"
QUANTISED_DOMAIN = "com.microsoft"
"""Of ONNX Runtime's own operators only those that its quantiser writes."""
_RANDOM = ("Random", "Bernoulli", "Multinomial")
_SUBGRAPHS = (AttributeProto.GRAPH, AttributeProto.GRAPHS)
_TYPE_NAMES = ("to", "dtype", "output_dtype")
"""Attributes that say of which type the outputs are."""
_REFUSED_KINDS = (AttributeProto.TYPE_PROTO, AttributeProto.TYPE_PROTOS)


@cache
def allowed_operators() -> dict[str, Any]:
    """operators.json: names by domain, and the highest opset of each."""
    text = (files("pandok.engines.onnx_gate") / "operators.json").read_text(encoding="utf-8")
    return dict(json.loads(text))


def check_node(node: NodeProto, constants: Mapping[str, TensorProto]) -> Iterator[GateRefusal]:
    """All that is wrong with one operator. `constants` are the graph's initialisers by name."""
    where = f"{node.op_type} {node.name}".strip()[:80]
    domain = node.domain or MAIN_DOMAIN
    allowed = allowed_operators()
    if domain not in (MAIN_DOMAIN, ML_DOMAIN) and node.op_type not in allowed.get(domain, ()):
        yield GateRefusal("operator.unknown_domain", f"{domain}.{where}"[:80])
    elif node.op_type.startswith(_RANDOM):
        yield GateRefusal("operator.random", where)
    elif node.op_type not in allowed[domain]:
        has_graph = any(one.type in _SUBGRAPHS for one in node.attribute)
        yield GateRefusal("graph.subgraph" if has_graph else "operator.not_allowed", where)
    for attribute in node.attribute:
        yield from _check_attribute(attribute, where)
        if attribute.name in _TYPE_NAMES and attribute.i == TensorProto.STRING:
            yield GateRefusal("data.string", where)
        if node.op_type == "Constant" and attribute.name in ("value_string", "value_strings"):
            yield GateRefusal("data.string", where)
    yield from _check_training_mode(node, constants, where)


def _check_attribute(attribute: AttributeProto, where: str) -> Iterator[GateRefusal]:
    if attribute.type in _SUBGRAPHS or attribute.HasField("g") or attribute.graphs:
        yield GateRefusal("graph.subgraph", where)
    if attribute.type in _REFUSED_KINDS or attribute.ref_attr_name:
        yield GateRefusal("model.functions", where)
    if attribute.HasField("t"):
        yield from check_tensor(attribute.t, where)
    for tensor in attribute.tensors:
        yield from check_tensor(tensor, where)
    if attribute.HasField("sparse_tensor"):
        yield from check_sparse(attribute.sparse_tensor, where)
    for sparse in attribute.sparse_tensors:
        yield from check_sparse(sparse, where)


def _check_training_mode(node: NodeProto, constants: Mapping[str, TensorProto], where: str) -> Iterator[GateRefusal]:
    if any(one.name == "training_mode" and one.i for one in node.attribute):
        yield GateRefusal("operator.training_mode", where)
    if node.op_type == "Dropout" and len(node.input) > 2 and node.input[2]:
        # Inference only where the switch is a constant "off" that nobody can turn.
        switch = constants.get(node.input[2])
        if switch is None or any(check_tensor(switch, where)) or bool(np.any(numpy_helper.to_array(switch))):
            yield GateRefusal("operator.training_mode", where)


def domains_of(model: onnx.ModelProto) -> dict[str, int]:
    """Opset version by domain; the empty name is the main domain. Of several the highest binds (onnx.proto)."""
    found: dict[str, int] = {}
    for one in model.opset_import:
        domain = one.domain or MAIN_DOMAIN
        found[domain] = max(one.version, found.get(domain, one.version))
    return found
