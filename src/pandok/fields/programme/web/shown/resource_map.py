"""The map of resources as a drawing of this site alone: boundaries that the streetlights have, and a mark for each."""

from __future__ import annotations

import math
from collections.abc import Iterator, Sequence
from dataclasses import dataclass
from typing import Any

from pandok.fields.programme.lists.resources import OnMap
from pandok.fields.street.models import MapBoundaries

WIDTH, MARGIN = 420.0, 18.0
LEAST_DEGREES = 0.02
"""A single place is drawn with so much around it."""
Point = tuple[float, float]


@dataclass(frozen=True)
class Mark:
    """`number`: of its row in the list below."""

    number: int
    x: float
    y: float
    found: OnMap


@dataclass(frozen=True)
class DrawnMap:
    """`outlines`: paths. `credit`: of the boundaries, "" for none."""

    width: int
    height: int
    outlines: list[str]
    marks: list[Mark]
    credit: str


def drawn(found: Sequence[OnMap], *, first: int = 1) -> DrawnMap | None:
    """`first`: number of the first row. None where nothing has a place on earth."""
    placed = [(n, one.longitude, one.latitude, one) for n, one in enumerate(found, first)]
    points = [(n, east, north, one) for n, east, north, one in placed if east is not None and north is not None]
    if not points:
        return None
    newest = MapBoundaries.objects.first()
    rings = list(_rings(newest.shapes)) if newest else []
    every = [(east, north) for _, east, north, _ in points]
    near = [ring for ring in rings if _touches(ring, _box(every))]
    west, south, east, north = _box([*every, *(point for ring in near for point in ring)])
    shrunk = math.cos(math.radians((south + north) / 2))
    scale = (WIDTH - 2 * MARGIN) / ((east - west) * shrunk)

    def at(point: Point) -> Point:
        return (
            round(MARGIN + (point[0] - west) * shrunk * scale, 1),
            round(MARGIN + (north - point[1]) * scale, 1),
        )

    height = round(2 * MARGIN + (north - south) * scale)
    outlines = ["M" + "L".join(f"{x} {y}" for x, y in map(at, ring)) + "Z" for ring in near]
    marks = [Mark(n, *at((east_, north_)), one) for n, east_, north_, one in points]
    return DrawnMap(round(WIDTH), height, outlines, marks, newest.credit if newest and near else "")


def _rings(shapes: dict[str, Any]) -> Iterator[list[Point]]:
    for one in shapes.get("features", []):
        for polygon in one["geometry"]["coordinates"]:
            for ring in polygon:
                yield [(float(x), float(y)) for x, y in ring]


def _box(points: Sequence[Point]) -> tuple[float, float, float, float]:
    """West, south, east, north, never thinner than LEAST_DEGREES, nor four times as high as wide."""
    west, east = min(x for x, _ in points), max(x for x, _ in points)
    south, north = min(y for _, y in points), max(y for _, y in points)
    tall = max(north - south, LEAST_DEGREES)
    wide = max(east - west, LEAST_DEGREES, tall)
    middle_x, middle_y = (west + east) / 2, (south + north) / 2
    return middle_x - wide / 2, middle_y - tall / 2, middle_x + wide / 2, middle_y + tall / 2


def _touches(ring: Sequence[Point], box: tuple[float, float, float, float]) -> bool:
    west, south, east, north = box
    return not (
        max(x for x, _ in ring) < west
        or min(x for x, _ in ring) > east
        or max(y for _, y in ring) < south
        or min(y for _, y in ring) > north
    )
