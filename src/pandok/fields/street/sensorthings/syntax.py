"""A filter as a tree, and what its parser makes of text (OGC 18-088, 9.3.3.5)."""

from __future__ import annotations

from collections.abc import Iterator
from dataclasses import dataclass
from datetime import datetime


@dataclass(frozen=True)
class Literal:
    value: str | float | int | bool | datetime | None


@dataclass(frozen=True)
class Path:
    parts: tuple[str, ...]


@dataclass(frozen=True)
class Call:
    """`eq`, `add`, `and`, `not` and the functions by their names."""

    name: str
    args: tuple[Node, ...]


Node = Literal | Path | Call
COMPARED = frozenset({"eq", "ne", "gt", "ge", "lt", "le"})
ARITHMETIC = frozenset({"add", "sub", "mul", "div", "mod"})
LOGIC = frozenset({"and", "or", "not"})
TRUTHS = frozenset({"substringof", "startswith", "endswith"})
"""Functions that are conditions themselves."""
FUNCTIONS: dict[str, int] = {
    "substringof": 2,
    "startswith": 2,
    "endswith": 2,
    "length": 1,
    "indexof": 2,
    "substring": 2,
    "tolower": 1,
    "toupper": 1,
    "trim": 1,
    "concat": 2,
    "year": 1,
    "month": 1,
    "day": 1,
    "hour": 1,
    "minute": 1,
    "second": 1,
    "round": 1,
    "floor": 1,
    "ceiling": 1,
    "now": 0,
}
"""With the number of their arguments."""


def paths(node: Node) -> Iterator[Path]:
    match node:
        case Path():
            yield node
        case Call():
            for one in node.args:
                yield from paths(one)


def without_first(node: Node) -> Node:
    """Every path without its first part."""
    match node:
        case Path():
            return Path(node.parts[1:])
        case Call():
            return Call(node.name, tuple(without_first(one) for one in node.args))
        case _:
            return node
