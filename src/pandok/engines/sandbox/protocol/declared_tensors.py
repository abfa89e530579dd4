"""What a model says about its inputs and outputs. The saying is the model's, so it is read with distrust."""

from __future__ import annotations

import json
from dataclasses import dataclass

from pandok.engines.sandbox.protocol.wire import ELEMENT_TYPES, HIGHEST_RANK, LONGEST_NAME, MOST_TENSORS

_KINDS = {
    "tensor(bool)": "bool",
    "tensor(float16)": "float16",
    "tensor(float)": "float32",
    "tensor(double)": "float64",
    **{f"tensor({sign}int{bits})": f"{sign}int{bits}" for sign in ("", "u") for bits in (8, 16, 32, 64)},
}


@dataclass(frozen=True)
class Declared:
    """What a model says about one of its inputs or outputs; None stands for a size that is left open."""

    name: str
    element_type: str
    shape: tuple[int | None, ...]

    def takes(self, element_type: str, shape: tuple[int, ...]) -> bool:
        same_rank = len(self.shape) == len(shape)
        return (
            element_type == self.element_type
            and same_rank
            and all(said is None or said == real for said, real in zip(self.shape, shape, strict=True))
        )


def pack_declared(values: list[tuple[str, str, list[int | str | None]]]) -> bytes:
    """As the runtime tells them: name, type, shape with numbers, names or nothing."""
    told = [
        [name, _KINDS.get(kind, ""), [one if isinstance(one, int) and one >= 0 else None for one in shape]]
        for name, kind, shape in values
    ]
    return json.dumps(told).encode()


def unpack_declared(body: bytes) -> tuple[Declared, ...]:
    """ValueError where the body is not exactly such a list of number tensors."""
    try:
        told = json.loads(body)
        if not isinstance(told, list):
            raise TypeError("no list")
        found = tuple(Declared(name, element_type, tuple(shape)) for name, element_type, shape in told)
    except (ValueError, TypeError, RecursionError) as error:
        raise ValueError("a torn list of inputs or outputs") from error
    for one in found:
        sizes = all(size is None or (type(size) is int and 0 <= size < 1 << 40) for size in one.shape)
        named = isinstance(one.name, str) and len(one.name) <= LONGEST_NAME and one.element_type in ELEMENT_TYPES
        if not (named and sizes and len(one.shape) <= HIGHEST_RANK):
            raise ValueError("an input or output that breaks the form")
    if len(found) > MOST_TENSORS or len({one.name for one in found}) != len(found):
        raise ValueError("a list of inputs or outputs that breaks the form")
    return found
