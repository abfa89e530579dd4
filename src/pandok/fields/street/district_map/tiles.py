"""What a tile of the map shows: single poles where they are few, else heaps that say how many and the worst of them."""

from __future__ import annotations

from collections.abc import Sequence
from dataclasses import dataclass

import numpy as np
from numpy.typing import NDArray

from pandok.fields.street.district_map.pole_states import PoleStanding
from pandok.fields.street.district_map.vector_tile import EXTENT, Point, Property, tile_of

SINGLE, CELLS, DEEPEST = 400, 16, 20
"""At most so many poles stand singly in a tile; heaps across a tile; the deepest zoom that is served."""
EDGE = 1 / 32
"""Of a tile's width: what stands so near beside it is drawn in it too, so that no mark is cut."""


@dataclass(frozen=True)
class PolesOnMap:
    """Positions in Web Mercator, 0 to 1 from the upper left (EPSG:3857 scaled); `standings` are PoleStanding."""

    keys: Sequence[str]
    x: NDArray[np.float64]
    y: NDArray[np.float64]
    standings: NDArray[np.uint8]


def mercator(latitudes: NDArray[np.float64], longitudes: NDArray[np.float64]) -> tuple[NDArray[np.float64], ...]:
    """Degrees to the square of the map; beyond 85.05° the map has no place, and the edge is given."""
    rad = np.radians(np.clip(latitudes, -85.0511, 85.0511))
    return (longitudes + 180) / 360, (1 - np.arcsinh(np.tan(rad)) / np.pi) / 2


def tile(poles: PolesOnMap, zoom: int, column: int, row: int) -> bytes:
    """The vector tile, with a layer `poles` (`key`, `s`) and a layer `heaps` (`n`, `s`, `alerts`, `silent`)."""
    scale = 2**zoom
    x, y = poles.x * scale - column, poles.y * scale - row
    near = np.flatnonzero((x >= -EDGE) & (x < 1 + EDGE) & (y >= -EDGE) & (y < 1 + EDGE))
    if len(near) <= SINGLE or zoom >= DEEPEST:
        return tile_of({"poles": [_single(poles, one, x[one], y[one]) for one in near[: 10 * SINGLE]]})
    inside = near[(x[near] >= 0) & (x[near] < 1) & (y[near] >= 0) & (y[near] < 1)]
    return tile_of({"heaps": _heaps(x[inside], y[inside], poles.standings[inside])})


def _single(poles: PolesOnMap, place: int, x: float, y: float) -> Point:
    properties: dict[str, Property] = {"key": poles.keys[place], "s": int(poles.standings[place])}
    return Point(round(x * EXTENT), round(y * EXTENT), properties)


def _heaps(x: NDArray[np.float64], y: NDArray[np.float64], standings: NDArray[np.uint8]) -> list[Point]:
    cell = (y * CELLS).astype(np.int64) * CELLS + (x * CELLS).astype(np.int64)
    count = np.bincount(cell, minlength=CELLS * CELLS)
    middle_x, middle_y = np.bincount(cell, x, CELLS * CELLS), np.bincount(cell, y, CELLS * CELLS)
    worst = np.zeros(CELLS * CELLS, np.uint8)
    np.maximum.at(worst, cell, standings)
    alerts = np.bincount(cell[standings >= PoleStanding.ATTENTION], minlength=CELLS * CELLS)
    silent = np.bincount(cell[standings == PoleStanding.SILENT], minlength=CELLS * CELLS)
    return [
        Point(
            round(middle_x[one] / count[one] * EXTENT),
            round(middle_y[one] / count[one] * EXTENT),
            {"n": int(count[one]), "s": int(worst[one]), "alerts": int(alerts[one]), "silent": int(silent[one])},
        )
        for one in np.flatnonzero(count)
    ]
