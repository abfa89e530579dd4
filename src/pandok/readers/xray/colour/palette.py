"""A maker's palette: which colour its console gives to a material index f and a transmission T.

Brought as a picture (columns: f from 0 to `most_f`, rows: √T from 0 to 1) or as a table with the columns f, sqrt_t, r,
g, b.
"""

from __future__ import annotations

import csv
import hashlib
import io
from dataclasses import dataclass, field

import numpy as np
from numpy.typing import NDArray

from pandok.core.errors import InputError
from pandok.readers.xray.colour.lab import codes, colours
from pandok.readers.xray.colour.refusals import refused

MOST_F = 1.5
MOST_CELLS = 1_048_576
LEAST_COLOURS = 64


@dataclass(frozen=True, eq=False)
class Palette:
    """`rgb` (n, 3) uint8: the colours, each once. `f`, `sqrt_t` (n, 2): smallest and largest value that has this
    colour, half a cell of the palette added on both sides. `most_f`: where its scale of f ends; more looks the same."""

    name: str
    rgb: NDArray[np.uint8]
    f: NDArray[np.float32]
    sqrt_t: NDArray[np.float32]
    most_f: float = MOST_F
    key: str = field(init=False, default="")

    def __post_init__(self) -> None:
        parts = (self.rgb, self.f, self.sqrt_t)
        object.__setattr__(self, "key", hashlib.sha256(b"".join(part.tobytes() for part in parts)).hexdigest())

    def __hash__(self) -> int:
        return hash(self.key)

    def __eq__(self, other: object) -> bool:
        """The same colours for the same values, whatever the name."""
        return isinstance(other, Palette) and self.key == other.key


def palette_of_picture(picture: NDArray[np.uint8], name: str, most_f: float = MOST_F) -> Palette:
    """`picture` (rows, columns, 3) RGB: row 0 is √T 0, column 0 is f 0. Raises `InputError` where it is no palette."""
    if picture.ndim != 3 or picture.shape[2] != 3 or picture.dtype != np.uint8 or min(picture.shape[:2]) < 2:
        raise _wrong_shape(picture)
    rows, columns = picture.shape[:2]
    if rows * columns > MOST_CELLS:
        raise _wrong_shape(picture)
    f = np.broadcast_to(np.linspace(0, most_f, columns), (rows, columns))
    sqrt_t = np.broadcast_to(np.linspace(0, 1, rows)[:, None], (rows, columns))
    halves = most_f / (columns - 1) / 2, 1 / (rows - 1) / 2
    return _palette(picture.reshape(-1, 3), f.ravel(), sqrt_t.ravel(), halves, name, most_f)


def palette_of_table(text: str, name: str) -> Palette:
    """A comma-separated table with the columns f, sqrt_t, r, g, b. Raises `InputError` where it is no palette."""
    rows = list(csv.DictReader(io.StringIO(text)))
    try:
        table = np.array(
            [[float(row[key]) for key in ("f", "sqrt_t", "r", "g", "b")] for row in rows[: MOST_CELLS + 1]]
        )
    except (KeyError, TypeError, ValueError) as error:
        raise _no_table(str(error)) from error
    if not 4 <= len(table) <= MOST_CELLS or not np.isfinite(table).all():
        raise _no_table(f"{len(table)}")
    f, sqrt_t, rgb = table[:, 0], table[:, 1], table[:, 2:]
    if rgb.min() < 0 or rgb.max() > 255 or sqrt_t.min() < 0 or sqrt_t.max() > 1:
        raise _no_table("r, g, b 0-255; sqrt_t 0-1")
    steps = [np.diff(np.unique(part)) for part in (f, sqrt_t)]
    halves = tuple(float(np.median(step)) / 2 if len(step) else 0.0 for step in steps)
    return _palette(np.rint(rgb).astype(np.uint8), f, sqrt_t, (halves[0], halves[1]), name, float(f.max()))


def _wrong_shape(picture: NDArray[np.uint8]) -> InputError:
    return refused(code="xray.palette_shape", shape=str(picture.shape))


def _no_table(why: str) -> InputError:
    return refused(code="xray.palette_table", why=why)


def _palette(
    rgb: NDArray[np.uint8],
    f: NDArray[np.floating],
    sqrt_t: NDArray[np.floating],
    halves: tuple[float, float],
    name: str,
    most_f: float,
) -> Palette:
    unique, place = np.unique(codes(rgb), return_inverse=True)
    if len(unique) < LEAST_COLOURS:
        raise refused(code="xray.palette_colours", colours=len(unique), least=LEAST_COLOURS)
    spans = []
    for values, half, end in ((f, halves[0], most_f), (sqrt_t, halves[1], 1.0)):
        low, high = np.full(len(unique), np.inf), np.full(len(unique), -np.inf)
        np.minimum.at(low, place, values)
        np.maximum.at(high, place, values)
        span = np.stack([np.maximum(low - half, 0), np.minimum(high + half, end)], axis=1)
        spans.append(span.astype(np.float32))
    return Palette(name=name, rgb=colours(unique.astype(np.int32)), f=spans[0], sqrt_t=spans[1], most_f=most_f)
