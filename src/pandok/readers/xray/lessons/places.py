"""Proposals where a cut article may lie: turned, mirrored and put somewhere inside the bag.

Views of one machine share the belt: along it the article lies at one place in all of them, across it each view says its
own coordinate. What one view shows can be turned only where it is the only one; mirrored along the belt it may always
be.
"""

from __future__ import annotations

import math
from collections.abc import Iterator, Sequence
from dataclasses import replace

import cv2
import numpy as np

from pandok.readers.xray.projection.placing import BagRoom
from pandok.readers.xray.projection.solids import PlacedItem
from pandok.readers.xray.projection.views import ItemView, Mask, Plane

_SOLID_SHARE = 0.5
_AIR_PX = 4


def proposals(
    items: Sequence[ItemView], rooms: Sequence[BagRoom], random: np.random.Generator, *, turns: bool = True
) -> Iterator[list[PlacedItem]]:
    """Without end. `items`, `rooms`: one for each view. `turns`: False leaves it as it lay but for the mirror."""
    while True:
        mirrored = bool(random.integers(2))
        degrees = float(random.uniform(-180, 180)) if turns and len(items) == 1 else 0.0
        posed = [turned(_mirrored(one) if mirrored else one, degrees) for one in items]
        spans = [_span(room.inside, 0) for room in rooms]
        first, last = max(low for low, _ in spans), min(high for _, high in spans)
        solid = [_span(one.solid, 0) for one in posed]
        wide = max(high - low for low, high in solid)
        begin = first + int(random.integers(max(1, last - first - wide + 1)))
        placed = []
        for item, room, (low, _) in zip(posed, rooms, solid, strict=True):
            top, bottom = _span(room.inside, 1)
            up, down = _span(item.solid, 1)
            row = top + int(random.integers(max(1, bottom - top - (down - up) + 1)))
            placed.append(PlacedItem(item, row - up, begin - low))
        yield placed


def turned(item: ItemView, degrees: float) -> ItemView:
    """About its middle, in millimetres: pixels need not be square."""
    if not degrees:
        return item
    rows, columns = item.shape
    pitch_row, pitch_column = item.pitch_mm
    cosine, sine = math.cos(math.radians(degrees)), math.sin(math.radians(degrees))
    high = rows * pitch_row * abs(cosine) + columns * pitch_column * abs(sine)
    wide = rows * pitch_row * abs(sine) + columns * pitch_column * abs(cosine)
    to = (math.ceil(wide / pitch_column) + 2 * _AIR_PX, math.ceil(high / pitch_row) + 2 * _AIR_PX)
    # Pixels to millimetres, turned, and back; x along the columns.
    one = np.array([[cosine, -sine * pitch_row / pitch_column], [sine * pitch_column / pitch_row, cosine]])
    middle, there = np.array([columns / 2 - 0.5, rows / 2 - 0.5]), np.array([to[0] / 2 - 0.5, to[1] / 2 - 0.5])
    matrix = np.column_stack([one, there - one @ middle])
    first, second, solid = (
        _warped(part, matrix, to) for part in (item.first, item.second, item.solid.astype(np.float32))
    )
    return replace(item, first=first, second=second, solid=solid > _SOLID_SHARE)


def _mirrored(item: ItemView) -> ItemView:
    first, second = (np.ascontiguousarray(part[:, ::-1]) for part in (item.first, item.second))
    return replace(item, first=first, second=second, solid=np.ascontiguousarray(item.solid[:, ::-1]))


def _warped(plane: Plane, matrix: np.ndarray, to: tuple[int, int]) -> Plane:
    return np.asarray(cv2.warpAffine(plane, matrix, to, flags=cv2.INTER_LINEAR), np.float32)


def _span(mask: Mask, axis: int) -> tuple[int, int]:
    """First and last plus one of what is there, looked at along an axis."""
    found = np.flatnonzero(mask.any(axis=axis))
    return (int(found[0]), int(found[-1]) + 1) if found.size else (0, 0)
