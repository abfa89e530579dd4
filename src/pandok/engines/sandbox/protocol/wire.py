"""Tensors between the two sides: raw bytes in shared memory, and a list of where each lies. No pickle.

The list says for each tensor: name, element type, shape, and where its bytes begin. The other side is not trusted: what
does not fit raises `ValueError`.
"""

from __future__ import annotations

import math
import struct
from collections.abc import Mapping
from dataclasses import dataclass, replace

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


SEVERAL = 0xFFFF
"""In the place of the number of tensors: several cases of the same shapes, one after the other in memory."""
_SEVERAL = struct.Struct("<HHQ")  # mark, number of cases, bytes from one case to the next
MOST_CASES = 64


def pack_several(places: list[Place], count: int, stride: int) -> bytes:
    """`places` are those of the first case."""
    return _SEVERAL.pack(SEVERAL, count, stride) + pack(places)


def unpack_several(body: bytes, begin: int, end: int) -> list[list[Place]]:
    """The places of every case; ValueError unless all of them lie between `begin` and `end`, apart from each other."""
    try:
        mark, count, stride = _SEVERAL.unpack_from(body, 0)
    except struct.error as error:
        raise ValueError("a torn list of cases") from error
    if mark != SEVERAL or not 1 <= count <= MOST_CASES:
        raise ValueError("no list of cases")
    first = unpack(body[_SEVERAL.size :], begin, end)
    room = max((place.begin + place.size for place in first), default=begin) - begin
    if stride < room or begin + (count - 1) * stride + room > end:
        raise ValueError("cases that lie in each other or outside their part of the memory")
    return [[replace(place, begin=place.begin + number * stride) for place in first] for number in range(count)]


def is_several(body: bytes) -> bool:
    return body[:2] == SEVERAL.to_bytes(2, "little")


def stride_of(places: list[Place], begin: int) -> int:
    """Bytes from one case to the next, so that the following starts where a tensor may."""
    last = max((place.begin + place.size for place in places), default=begin)
    return -(-(last - begin) // _ALIGNED) * _ALIGNED


def view(memory: memoryview, place: Place) -> NDArray[np.generic]:
    """The tensor in the shared memory itself; nothing is copied."""
    flat = np.frombuffer(memory, dtype=place.element_type, count=math.prod(place.shape), offset=place.begin)
    return flat.reshape(place.shape)
