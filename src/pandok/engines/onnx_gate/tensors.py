"""Checks of every tensor in a model: inside the file, of a number type, of the size that it says."""

from __future__ import annotations

import math
from collections.abc import Iterator

import onnx
from onnx import TensorProto

from pandok.engines.onnx_gate.refusals import GateRefusal

MOST_ELEMENTS = 256 * 1024 * 1024
MOST_DIMENSIONS = 16
_BITS: dict[int, int] = {
    TensorProto.FLOAT: 32,
    TensorProto.UINT8: 8,
    TensorProto.INT8: 8,
    TensorProto.UINT16: 16,
    TensorProto.INT16: 16,
    TensorProto.INT32: 32,
    TensorProto.INT64: 64,
    TensorProto.BOOL: 8,
    TensorProto.FLOAT16: 16,
    TensorProto.DOUBLE: 64,
    TensorProto.UINT32: 32,
    TensorProto.UINT64: 64,
    TensorProto.BFLOAT16: 16,
    TensorProto.UINT4: 4,
    TensorProto.INT4: 4,
}
NUMBER_TYPES = frozenset(_BITS)
_FIELDS = ("float_data", "int32_data", "int64_data", "double_data", "uint64_data")


def check_tensor(tensor: TensorProto, where: str) -> Iterator[GateRefusal]:
    """All that is wrong with one tensor. A tensor outside the file is not looked at further."""
    if tensor.data_location != TensorProto.DEFAULT or tensor.external_data:
        yield GateRefusal("data.external", where)
        return
    if tensor.data_type not in NUMBER_TYPES or tensor.string_data:
        yield GateRefusal("data.string", where)
        return
    if tensor.HasField("segment"):
        yield GateRefusal("data.size", where)
        return
    if len(tensor.dims) > MOST_DIMENSIONS or any(size < 0 for size in tensor.dims):
        yield GateRefusal("data.size", where)
        return
    count = math.prod(tensor.dims)
    if count > MOST_ELEMENTS:
        yield GateRefusal("data.too_large", where)
        return
    if not _holds(tensor, count):
        yield GateRefusal("data.size", where)


def _holds(tensor: TensorProto, count: int) -> bool:
    filled = [name for name in _FIELDS if len(getattr(tensor, name))]
    if tensor.raw_data:
        return not filled and len(tensor.raw_data) == math.ceil(count * _BITS[tensor.data_type] / 8)
    if not filled:
        return count == 0
    if len(filled) > 1:
        return False
    stored = len(getattr(tensor, filled[0]))
    if _BITS[tensor.data_type] == 4:
        return stored == math.ceil(count / 2)
    return stored == count


def check_sparse(tensor: onnx.SparseTensorProto, where: str) -> Iterator[GateRefusal]:
    """A sparse tensor: both of its parts, and the size it would have when it is spread out."""
    yield from check_tensor(tensor.values, where)
    yield from check_tensor(tensor.indices, where)
    if len(tensor.dims) > MOST_DIMENSIONS or any(size < 0 for size in tensor.dims):
        yield GateRefusal("data.size", where)
    elif math.prod(tensor.dims) > MOST_ELEMENTS:
        yield GateRefusal("data.too_large", where)
