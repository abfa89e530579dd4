"""The gate: bytes in, every reason for refusal out. Nothing of the model is run here.

Order: file kind → parse → model → graph → tensors → operators → the standard's own checker. Parsing hostile bytes is
itself a risk, so that the lab calls this inside its sandbox; a company may call it anywhere.
"""

from __future__ import annotations

import hashlib
from collections.abc import Iterator
from dataclasses import dataclass

import onnx
from google.protobuf.message import DecodeError

from pandok.core.foreign_bytes import about_to_parse
from pandok.engines.onnx_gate import runtime
from pandok.engines.onnx_gate.canonical import canonical_sha256
from pandok.engines.onnx_gate.file_checks import check_file
from pandok.engines.onnx_gate.name_checks import all_text_is_readable, check_names
from pandok.engines.onnx_gate.nodes import MAIN_DOMAIN, ML_DOMAIN, QUANTISED_DOMAIN, check_node, domains_of
from pandok.engines.onnx_gate.refusals import GateRefusal
from pandok.engines.onnx_gate.tensors import NUMBER_TYPES, check_sparse, check_tensor

MOST_NODES = 20_000
MOST_INITIALISERS = 20_000
MOST_INPUTS = 32
MOST_IMPORTS = 64
MOST_REFUSALS = 20


@dataclass(frozen=True)
class Checked:
    """`sha256` of the file as it came; `canonical_sha256` of what the model computes (see canonical.py), "" where it is
    refused. Accepted means: no refusal."""

    sha256: str
    canonical_sha256: str
    refusals: tuple[GateRefusal, ...]
    inputs: tuple[str, ...] = ()
    outputs: tuple[str, ...] = ()
    nodes: int = 0

    @property
    def accepted(self) -> bool:
        return not self.refusals


def check_model(data: bytes) -> Checked:
    """Check one submitted file; at most twenty reasons are listed."""
    about_to_parse("model")
    digest = hashlib.sha256(data).hexdigest()
    early = check_file(data)
    if early is not None:
        return Checked(digest, "", (early,))
    model = onnx.ModelProto()
    try:
        model.ParseFromString(data)
    except (DecodeError, RecursionError, ValueError):
        return Checked(digest, "", (GateRefusal("file.not_onnx"),))
    if not all_text_is_readable(model):
        return Checked(digest, "", (GateRefusal("graph.name"),))
    refusals: list[GateRefusal] = []
    for refusal in _all_refusals(model):
        if refusal not in refusals:
            refusals.append(refusal)
        if len(refusals) == MOST_REFUSALS:
            break
    if not refusals:
        refusals += _standard(model)
    graph = model.graph
    facts = (tuple(one.name for one in _fed(graph)), tuple(one.name for one in graph.output), len(graph.node))
    return Checked(digest, "" if refusals else canonical_sha256(model), tuple(refusals), *facts)


def _all_refusals(model: onnx.ModelProto) -> Iterator[GateRefusal]:
    if not model.HasField("graph") or not (model.graph.node or model.graph.initializer):
        yield GateRefusal("file.not_onnx" if not model.ir_version else "model.no_graph")
        return
    yield from _check_head(model)
    graph = model.graph
    if len(graph.node) > MOST_NODES or len(graph.initializer) + len(graph.sparse_initializer) > MOST_INITIALISERS:
        yield GateRefusal("graph.too_large")
        return
    yield from _check_values(graph)
    constants = {tensor.name: tensor for tensor in graph.initializer}
    for tensor in graph.initializer:
        yield from check_tensor(tensor, tensor.name[:80])
    for sparse in graph.sparse_initializer:
        yield from check_sparse(sparse, sparse.values.name[:80])
    for node in graph.node:
        yield from check_node(node, constants)
    yield from check_names(graph)


def _check_head(model: onnx.ModelProto) -> Iterator[GateRefusal]:
    """Functions, training, and whether the runtime opens what is imported. A domain matters where an operator uses it
    (asked of every node); what nothing uses only has to be opened."""
    if model.functions:
        yield GateRefusal("model.functions", model.functions[0].name[:80])
    if model.training_info:
        yield GateRefusal("model.training")
    imports = [(one.domain, one.version) for one in model.opset_import]
    if len(imports) > MOST_IMPORTS:
        yield GateRefusal("model.opset", f"{len(imports)}")
        return
    versions = domains_of(model)
    used = {node.domain or MAIN_DOMAIN for node in model.graph.node}
    for domain in sorted(used & {MAIN_DOMAIN, ML_DOMAIN, QUANTISED_DOMAIN}):
        least = runtime.LEAST_OPSET if domain == MAIN_DOMAIN else 1
        found = versions.get(domain)
        if found is None or not least <= found <= runtime.listed_opset(domain):
            yield GateRefusal("model.opset", f"{domain} {found or '–'}"[:80])
    if not runtime.opens(imports, model.ir_version):
        shown = ", ".join(f"{domain or MAIN_DOMAIN} {version}" for domain, version in imports)
        yield GateRefusal("model.opset", f"{shown}; IR {model.ir_version}"[:80])


def _check_values(graph: onnx.GraphProto) -> Iterator[GateRefusal]:
    inputs = _fed(graph)
    if not inputs or not graph.output or len(inputs) > MOST_INPUTS or len(graph.output) > MOST_INPUTS:
        yield GateRefusal("graph.inputs")
    for value in (*graph.input, *graph.output):
        kind = value.type.WhichOneof("value")
        if kind != "tensor_type" or value.type.tensor_type.elem_type not in NUMBER_TYPES:
            yield GateRefusal("graph.inputs", value.name[:80])


def _fed(graph: onnx.GraphProto) -> list[onnx.ValueInfoProto]:
    """The inputs that somebody must give; old exporters list weights among the inputs too."""
    given = {tensor.name for tensor in graph.initializer}
    return [value for value in graph.input if value.name not in given]


def _standard(model: onnx.ModelProto) -> list[GateRefusal]:
    try:
        onnx.checker.check_model(model, full_check=False)
    except (onnx.checker.ValidationError, onnx.shape_inference.InferenceError, ValueError):
        return [GateRefusal("model.invalid")]
    return []
