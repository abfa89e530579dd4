"""What the installed runtime opens, asked of the runtime itself: its limits change with every version of it.

The question is a model of the same head (imports and IR version) and no operator at all, so that nothing of a foreign
graph is loaded to find out.
"""

from __future__ import annotations

from collections.abc import Iterable
from functools import cache, lru_cache

import onnx
import onnxruntime
from onnx import TensorProto, helper

from pandok.engines.onnx_gate.nodes import MAIN_DOMAIN, ML_DOMAIN, allowed_operators

LEAST_OPSET = 7
"""Older ones are opened without a promise of the runtime."""
_FAR_ABOVE = 64
_PLAIN_IR = 8


def opens(imports: Iterable[tuple[str, int]], ir_version: int) -> bool:
    """Whether the runtime takes a model that imports these operator sets. `imports`: (domain, version), as written."""
    return _opens(tuple(imports), ir_version)


@cache
def highest_opset(domain: str) -> int:
    """Of the main domain or ai.onnx.ml: the newest that the runtime opens and whose operators are on our list."""
    written = "" if domain == MAIN_DOMAIN else domain
    return next(version for version in range(listed_opset(domain), 0, -1) if _opens(((written, version),), _PLAIN_IR))


@cache
def highest_ir() -> int:
    """The newest IR version that the runtime opens."""
    return next(version for version in range(_FAR_ABOVE, 0, -1) if _opens((("", 17),), version))


def listed_opset(domain: str) -> int:
    """Up to which opset the operators of the domain were looked at (operators.json)."""
    return int(allowed_operators()["highest_opset"][domain])


def described() -> str:
    """For advice: "opset 7–26, ai.onnx.ml 1–5, IR ≤ 13"."""
    main, trees = highest_opset(MAIN_DOMAIN), highest_opset(ML_DOMAIN)
    return f"opset {LEAST_OPSET}–{main}, ai.onnx.ml 1–{trees}, IR ≤ {highest_ir()}"


@lru_cache(256)
def _opens(imports: tuple[tuple[str, int], ...], ir_version: int) -> bool:
    options = onnxruntime.SessionOptions()
    options.intra_op_num_threads = options.inter_op_num_threads = 1
    options.log_severity_level = 4
    try:
        onnxruntime.InferenceSession(_head(imports, ir_version), options, providers=["CPUExecutionProvider"])
    except Exception:  # the runtime has no type of its own for "this version I do not open": each no is an answer
        return False
    return True


def _head(imports: tuple[tuple[str, int], ...], ir_version: int) -> bytes:
    constant = helper.make_tensor("c", TensorProto.FLOAT, [1], [1.0])
    output = helper.make_tensor_value_info("c", TensorProto.FLOAT, [1])
    model = onnx.ModelProto(ir_version=ir_version, graph=helper.make_graph([], "head", [], [output], [constant]))
    model.opset_import.extend(helper.make_opsetid(domain, version) for domain, version in imports)
    return model.SerializeToString()
