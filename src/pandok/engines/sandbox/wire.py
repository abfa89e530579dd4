"""Tensors between the two sides: raw bytes in shared memory, and a list of where each lies. No pickle.

The list says for each tensor: name, element type, shape, and where its bytes begin. The other side is not trusted: what
does not fit raises `ValueError`.
"""

from __future__ import annotations

import math
import struct
from collections.abc import Mapping
from dataclasses import dataclass

import numpy as np
from numpy.typing import NDArray

LONGEST_NAME, HIGHEST_RANK, MOST_TENSORS = 200, 16, 64
# The place in this list is the number on the wire.
ELEMENT_TYPES = (
    "bool", "int8", "int16", "int32", "int64", "uint8", "uint16", "uint32", "uint64", "float16", "float32", "float64",
)  # fmt: skip
_ALIGNED = 64
_COUNT = struct.Struct("<H")
_TENSOR = struct.Struct("<HBBQ")  # length of the name, element type, rank, where


@dataclass(frozen=True)
class Place:
    """Where one tensor lies: `size` bytes from `begin`."""

    name: str
    element_type: str
    shape: tuple[int, ...]
    begin: int

    @property
    def size(self) -> int:
        return math.prod(self.shape) * np.dtype(self.element_type).itemsize


def lay(tensors: Mapping[str, NDArray[np.generic]], begin: int, end: int) -> list[Place]:
    """A place for each tensor between `begin` and `end`; ValueError where they do not fit or are of no known type."""
    places = []
    for name, tensor in tensors.items():
        if tensor.dtype.name not in ELEMENT_TYPES or tensor.ndim > HIGHEST_RANK:
            raise ValueError(f"element type {tensor.dtype.name}, rank {tensor.ndim}")
        begin = -(-begin // _ALIGNED) * _ALIGNED
        place = Place(name, tensor.dtype.name, tensor.shape, begin)
        begin += place.size
        if begin > end:
            raise ValueError("the tensors do not fit")
        places.append(place)
    return places


def pack(places: list[Place]) -> bytes:
    parts = [_COUNT.pack(len(places))]
    for place in places:
        name = place.name.encode()
        parts.append(_TENSOR.pack(len(name), ELEMENT_TYPES.index(place.element_type), len(place.shape), place.begin))
        parts.append(struct.pack(f"<{len(place.shape)}Q", *place.shape) + name)
    return b"".join(parts)


def unpack(body: bytes, begin: int, end: int) -> list[Place]:
    """The places of a body; ValueError unless each lies wholly between `begin` and `end` under a name of its own."""
    try:
        (count,) = _COUNT.unpack_from(body, 0)
        at, places = _COUNT.size, []
        for _ in range(count if count <= MOST_TENSORS else -1):
            name_length, type_number, rank, where = _TENSOR.unpack_from(body, at)
            at += _TENSOR.size
            shape = struct.unpack_from(f"<{rank}Q", body, at) if rank <= HIGHEST_RANK else ()
            at += 8 * rank
            name = body[at : at + name_length].decode()
            at += name_length
            places.append(Place(name, ELEMENT_TYPES[type_number], shape, where))
    except (struct.error, UnicodeDecodeError, IndexError) as error:
        raise ValueError("a torn list of tensors") from error
    names = {place.name for place in places}
    if (
        at != len(body)
        or count > MOST_TENSORS
        or len(names) != count
        or any(len(name) > LONGEST_NAME for name in names)
    ):
        raise ValueError("a list of tensors that breaks the form")
    if any(math.prod(max(size, 1) for size in place.shape) > end for place in places):
        raise ValueError("a shape that no array can have")
    if any(place.begin < begin or place.begin + place.size > end for place in places):
        raise ValueError("a tensor outside its part of the memory")
    return places


def view(memory: memoryview, place: Place) -> NDArray[np.generic]:
    """The tensor in the shared memory itself; nothing is copied."""
    flat = np.frombuffer(memory, dtype=place.element_type, count=math.prod(place.shape), offset=place.begin)
    return flat.reshape(place.shape)
