"""The one standard pseudo-colour of a scan. Colour is made for the eye and never stored as a measurement."""

from __future__ import annotations

import json
from functools import cache
from pathlib import Path

import numpy as np
from numpy.typing import NDArray

from pandok.core.reading import Value
from pandok.readers.xray.physics.compiled import compiled


class StandardColours(Value):
    """`stops`: material index and its hue (red, green, blue, 0 to 255), rising. `cannot_tell`: where f is unknown.
    Organic goods lie below `organic_below`, inorganic ones above `inorganic_above`; between is mixed."""

    stops: tuple[tuple[float, tuple[float, float, float]], ...]
    cannot_tell: tuple[float, float, float]
    organic_below: float
    inorganic_above: float


@cache
def standard_colours() -> StandardColours:
    said = json.loads(Path(__file__).with_name("standard_colours.json").read_text(encoding="utf-8"))
    return StandardColours(
        stops=tuple((one["f"], tuple(one["rgb"])) for one in said["stops"]),
        cannot_tell=tuple(said["cannot_tell"]),
        organic_below=said["organic_below"],
        inorganic_above=said["inorganic_above"],
    )


def pseudo_colour(high: NDArray[np.float32], material: NDArray[np.float32] | None = None) -> NDArray[np.uint8]:
    """(H, W, 3) uint8 of T_high and the material index f, both (H, W); NaN in f, or no f at all, is neutral grey.

    >>> pseudo_colour(np.float32([[1.0, 0.25, 0.0]])).tolist()
    [[[255, 255, 255], [128, 128, 128], [0, 0, 0]]]
    """
    said = standard_colours()
    at = np.array([f for f, _ in said.stops])
    hues = np.array([rgb for _, rgb in said.stops])
    found = np.empty((*high.shape, 3), np.uint8)
    known = np.empty((0, 0), np.float32) if material is None else np.ascontiguousarray(material, np.float32)
    _colour(np.ascontiguousarray(high, np.float32), known, at, hues, np.array(said.cannot_tell), found)
    return found


@compiled
def _colour(
    high: NDArray[np.float32],
    material: NDArray[np.float32],
    at: NDArray[np.float64],
    hues: NDArray[np.float64],
    unknown: NDArray[np.float64],
    found: NDArray[np.uint8],
) -> None:
    stops, told = len(at), material.size > 0
    for row in range(high.shape[0]):
        for column in range(high.shape[1]):
            level = np.float32(np.sqrt(min(max(high[row, column], np.float32(0)), np.float32(1))))
            if level == 1:  # air has no hue
                found[row, column] = 255
                continue
            f = material[row, column] if told else np.float32(np.nan)
            step, share = 0, 0.0
            if not np.isnan(f):
                while step < stops - 2 and f > at[step + 1]:
                    step += 1
                share = min(max((f - at[step]) / (at[step + 1] - at[step]), 0.0), 1.0)
            for channel in range(3):
                if np.isnan(f):
                    hue = unknown[channel]
                else:
                    hue = hues[step, channel] + share * (hues[step + 1, channel] - hues[step, channel])
                value = hue * (2 * level) if level <= 0.5 else hue + (255 - hue) * (2 * level - 1)
                found[row, column, channel] = np.uint8(value + 0.5)
