"""Mapbox Vector Tiles, version 2.1, of points: the few fields of the format that a map of poles needs.

Source: github.com/mapbox/vector-tile-spec, 2.1. Properties are whole numbers or words.
"""

from __future__ import annotations

from collections.abc import Iterable, Mapping
from dataclasses import dataclass

EXTENT = 4096
Property = int | str


@dataclass(frozen=True, slots=True)
class Point:
    """`x`, `y` in units of the tile, 0 to EXTENT from its upper left corner; `properties` by name."""

    x: int
    y: int
    properties: Mapping[str, Property]


def tile_of(layers: Mapping[str, Iterable[Point]]) -> bytes:
    """The tile as it is sent; layers without points are left out.

    >>> tile_of({"poles": [Point(1, 2, {"n": 3})]}).hex()
    '1a200a05706f6c6573120b12020000180122030902041a016e220228032880207802'
    """
    whole = bytearray()
    for name, points in layers.items():
        layer = _layer(name, points)
        if layer:
            whole += _bytes(3, layer)
    return bytes(whole)


def _layer(name: str, points: Iterable[Point]) -> bytes:
    keys: dict[str, int] = {}
    values: dict[Property, int] = {}
    features = bytearray()
    for one in points:
        tags = bytearray()
        for key, value in one.properties.items():
            tags += _varint(keys.setdefault(key, len(keys))) + _varint(values.setdefault(value, len(values)))
        # MoveTo once: command 1, count 1.
        geometry = b"\x09" + _varint(_zigzag(one.x)) + _varint(_zigzag(one.y))
        features += _bytes(2, _bytes(2, bytes(tags)) + b"\x18\x01" + _bytes(4, geometry))
    if not features:
        return b""
    known = b"".join(_bytes(3, key.encode()) for key in keys) + b"".join(_bytes(4, _value(one)) for one in values)
    return _bytes(1, name.encode()) + bytes(features) + known + b"\x28" + _varint(EXTENT) + b"\x78\x02"


def _value(one: Property) -> bytes:
    return _bytes(1, one.encode()) if isinstance(one, str) else b"\x28" + _varint(one)


def _zigzag(number: int) -> int:
    return number * 2 if number >= 0 else -number * 2 - 1


def _bytes(field: int, held: bytes) -> bytes:
    return _varint(field << 3 | 2) + _varint(len(held)) + held


def _varint(number: int) -> bytes:
    found = bytearray()
    while number > 0x7F:
        found.append(number & 0x7F | 0x80)
        number >>= 7
    found.append(number)
    return bytes(found)
