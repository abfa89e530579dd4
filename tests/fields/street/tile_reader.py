"""Reads vector tiles back by the specification, with nothing of the product."""

from __future__ import annotations

from collections import defaultdict
from typing import Any

Feature = tuple[int, int, dict[str, Any]]


def features(tile: bytes) -> dict[str, list[Feature]]:
    """Points of each layer, with their properties."""
    found = {}
    for layer in _fields(tile)[3]:
        parts = _fields(layer)
        keys = [one.decode() for one in parts[3]]
        values = [_value(one) for one in parts[4]]
        found[parts[1][0].decode()] = [_feature(one, keys, values) for one in parts[2]]
        assert (parts[15], parts[5]) == ([2], [4096])
    return found


def _feature(held: bytes, keys: list[str], values: list[Any]) -> Feature:
    parts = _fields(held)
    assert parts[3] == [1]
    tags, (command, x, y) = _numbers(parts[2][0]), _numbers(parts[4][0])
    assert command == 9
    told = {keys[tags[at]]: values[tags[at + 1]] for at in range(0, len(tags), 2)}
    return _signed(x), _signed(y), told


def _value(held: bytes) -> Any:
    ((field, (value,)),) = _fields(held).items()
    return value.decode() if field == 1 else value


def _signed(number: int) -> int:
    return number >> 1 ^ -(number & 1)


def _fields(held: bytes) -> dict[int, list[Any]]:
    found: dict[int, list[Any]] = defaultdict(list)
    at = 0
    while at < len(held):
        tag, at = _varint(held, at)
        size, at = _varint(held, at)
        if tag & 7 == 2:
            found[tag >> 3].append(held[at : at + size])
            at += size
        else:
            found[tag >> 3].append(size)
    return found


def _numbers(held: bytes) -> list[int]:
    found, at = [], 0
    while at < len(held):
        number, at = _varint(held, at)
        found.append(number)
    return found


def _varint(held: bytes, at: int) -> tuple[int, int]:
    number = shift = 0
    while True:
        number |= (held[at] & 0x7F) << shift
        shift, at = shift + 7, at + 1
        if not held[at - 1] & 0x80:
            return number, at
