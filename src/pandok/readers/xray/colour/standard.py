"""The one standard pseudo-colour of a scan. Colour is made for the eye and never stored as a measurement."""

from __future__ import annotations

import json
from functools import cache
from pathlib import Path

import numpy as np
from numpy.typing import NDArray

from pandok.core.reading import Value


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
    level = np.sqrt(np.clip(high, 0.0, 1.0)).astype(np.float32)[..., None]
    hue = np.empty((*high.shape, 3), np.float32)
    hue[:] = said.cannot_tell
    if material is not None:
        told = np.isfinite(material)
        at = [f for f, _ in said.stops]
        for channel in range(3):
            hue[told, channel] = np.interp(material[told], at, [rgb[channel] for _, rgb in said.stops])
    colour = np.where(level <= 0.5, hue * (2 * level), hue + (255 - hue) * (2 * level - 1))
    return np.floor(colour + np.float32(0.5)).astype(np.uint8)
