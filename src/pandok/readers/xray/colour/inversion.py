"""From a coloured picture back to intervals of f and T, pixel by pixel.

Many palettes give one colour to a wide range of f, so a point would be an invention: each pixel gets the smallest and
the largest value whose colour it could be. A colour of the palette stands for its own cells. Any other colour
(compression, drawn marks, scaling) stands for all cells within a reach around the nearest; where the nearest is too far
off, the pixel is rejected.
"""

from __future__ import annotations

from dataclasses import dataclass
from functools import lru_cache

import numpy as np
from numpy.typing import NDArray
from scipy.ndimage import distance_transform_edt, maximum_filter, minimum_filter

from pandok.readers.xray.colour.lab import codes, colours, lab
from pandok.readers.xray.colour.palette import Palette
from pandok.readers.xray.colour.refusals import wrong_picture

MOST_DELTA_E = 10.0
REACH_DELTA_E = 8.0
"""Around a colour that is not of the palette; measured on JPEG of quality 85, see `benchmarks/xray_palettes.py`."""
_STEP = 2.0
_ORIGIN, _CELLS = np.array([0.0, -90.0, -112.0]), (52, 98, 106)
"""Of the grid in L, a, b: sRGB reaches from 0, -86, -108 to 100, 98, 94."""


@dataclass(frozen=True)
class Inverted:
    """Of an image, float32. `f`, `t`: middle of what the palette's nearest colour stands for (√T for T); `f_low` to
    `f_high`, `t_low` to `t_high`: what the colour could stand for; an interval that ends at the palette's largest f is
    open there. `delta_e`: distance to the palette's nearest colour, 0 for its own. `rejected`: no colour of the
    palette; NaN. `confidence`: 0 to 1, how well the colour fits times how narrow the interval of f is."""

    f: NDArray[np.float32]
    f_low: NDArray[np.float32]
    f_high: NDArray[np.float32]
    t: NDArray[np.float32]
    t_low: NDArray[np.float32]
    t_high: NDArray[np.float32]
    delta_e: NDArray[np.float32]
    confidence: NDArray[np.float32]
    rejected: NDArray[np.bool_]


def invert(picture: NDArray[np.uint8], palette: Palette, compressed: bool = False) -> Inverted:
    """`picture` (rows, columns, 3) RGB. `compressed`: colours were changed after colouring (JPEG), so that even a
    colour of the palette may stand for its neighbours."""
    if picture.ndim != 3 or picture.shape[2] != 3 or picture.dtype != np.uint8:
        raise wrong_picture(picture.shape)
    unique, place = np.unique(codes(picture).ravel(), return_inverse=True)
    spans, points, delta_e = _spans(unique.astype(np.int32), palette, compressed)
    rejected = delta_e > MOST_DELTA_E
    spans[:, rejected] = points[:, rejected] = np.nan
    f_low, f_high, s_low, s_high = spans
    with np.errstate(invalid="ignore"):
        confidence = (1 - delta_e / MOST_DELTA_E) * (1 - np.clip((f_high - f_low) / palette.most_f, 0, 1))
    confidence[rejected] = 0
    shape = picture.shape[:2]

    def spread(values: NDArray[np.floating]) -> NDArray[np.float32]:
        return np.asarray(values.astype(np.float32)[place].reshape(shape))

    return Inverted(
        f=spread(points[0]),
        f_low=spread(f_low),
        f_high=spread(f_high),
        t=spread(points[1] ** 2),
        t_low=spread(s_low**2),
        t_high=spread(s_high**2),
        delta_e=spread(delta_e),
        confidence=spread(confidence),
        rejected=np.asarray(rejected[place].reshape(shape)),
    )


def distance(rgb: NDArray[np.uint8], palette: Palette) -> NDArray[np.float32]:
    """(n,) ΔE of colours (n, 3) to the palette's nearest: 0 for its own, else exact to a cell of the grid (about 2)."""
    return _spans(codes(rgb), palette, compressed=False)[2]


def _spans(
    unique: NDArray[np.int32], palette: Palette, compressed: bool
) -> tuple[NDArray[np.float32], NDArray[np.float32], NDArray[np.float32]]:
    """(4, n): lowest and highest f, lowest and highest √T of each colour; (2, n): f and √T of the palette's nearest
    colour; (n,): its ΔE."""
    grid = _grid(palette)
    at = _cell_of(lab(colours(unique)))
    spans = np.stack([part[at] for part in grid.spans])
    points = np.stack([part[at] for part in grid.points])
    delta_e = grid.delta_e[at].copy()
    own = codes(palette.rgb)
    place = np.minimum(np.searchsorted(own, unique), len(own) - 1)
    exact = own[place] == unique
    delta_e[exact] = 0
    points[0, exact], points[1, exact] = (part[place[exact]].mean(axis=1) for part in (palette.f, palette.sqrt_t))
    if not compressed:
        spans[:, exact] = np.concatenate([palette.f[place[exact]], palette.sqrt_t[place[exact]]], axis=1).T
    return spans, points, delta_e


@dataclass(frozen=True, eq=False)
class _Grid:
    """Over L, a, b in steps of 2: what a colour there could stand for, and how far the palette's nearest colour is."""

    spans: tuple[NDArray[np.float32], ...]
    points: tuple[NDArray[np.float32], ...]
    delta_e: NDArray[np.float32]


@lru_cache(maxsize=16)
def _grid(palette: Palette) -> _Grid:
    at = _cell_of(lab(palette.rgb))
    empty = np.ones(_CELLS, dtype=bool)
    empty[at] = False
    away = distance_transform_edt(empty, return_indices=True)
    distance_cells, nearest = away
    radius = REACH_DELTA_E / _STEP
    around = np.arange(-int(radius), int(radius) + 1)
    ball = sum(part**2 for part in np.meshgrid(around, around, around, indexing="ij")) <= radius**2
    spans, near = [], []
    for values, column in ((palette.f, 0), (palette.f, 1), (palette.sqrt_t, 0), (palette.sqrt_t, 1)):
        lowest = column == 0
        cube = np.full(_CELLS, np.inf if lowest else -np.inf, np.float32)
        (np.minimum if lowest else np.maximum).at(cube, at, values[:, column])
        wide = (minimum_filter if lowest else maximum_filter)(cube, footprint=ball, mode="nearest")
        near.append(cube[tuple(nearest)])
        # Beyond the reach of every colour: as the nearest cell that has one.
        spans.append(np.where(np.isfinite(wide), wide, wide[tuple(nearest)]).astype(np.float32))
    # A colour in the middle of an occupied cell is up to half its diagonal away; half a step is the typical one.
    delta_e = np.where(empty, distance_cells * _STEP, _STEP / 2).astype(np.float32)
    points = (near[0] + near[1]) / 2, (near[2] + near[3]) / 2
    return _Grid(spans=tuple(spans), points=points, delta_e=delta_e)


def _cell_of(values: NDArray[np.float32]) -> tuple[NDArray[np.intp], ...]:
    cell = np.rint((values - _ORIGIN) / _STEP).astype(np.intp)
    return tuple(np.clip(cell[:, axis], 0, _CELLS[axis] - 1) for axis in range(3))
