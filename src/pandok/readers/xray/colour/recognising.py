"""Which palette coloured this picture? "None of them" is an answer.

A picture that was stored without loss has the palette's colours to the last digit, or it is not of this palette. After
compression its even, coloured parts decide: JPEG of quality 60 to 95 moves their colours by about half a unit ΔE, nine
in ten by no more than two. A wrong palette meets the picture's colours only along lines where the two surfaces cross.
One that holds all colours of another (bands inside a rainbow) cannot be told from it after compression.
"""

from __future__ import annotations

from collections.abc import Sequence
from dataclasses import dataclass
from functools import lru_cache

import cv2
import numpy as np
from numpy.typing import NDArray
from scipy.spatial import cKDTree

from pandok.core.errors import InputError
from pandok.readers.xray.colour.lab import codes, lab
from pandok.readers.xray.colour.palette import Palette
from pandok.readers.xray.colour.refusals import refused, wrong_picture

NEAR_DELTA_E = 1.0
LEAST_SHARE = 0.45
MOST_P90_DELTA_E = 2.2
LEAST_LEAD = 1.5
"""Share of the best over that of the second."""
LEAST_EXACT_SHARE = 0.9
"""Pixels with a colour of the palette to the last digit; a tenth is left for marks drawn into the picture."""
_LEAST_CHROMA, _MOST_RANGE = 12.0, 4.0
_LEAST_PIXELS, _MOST_PIXELS = 400, 5000


@dataclass(frozen=True)
class Fit:
    """How well a palette explains a picture. `near_share`: of its even coloured pixels, within ΔE 1. `exact_share`: of
    all its pixels, with a colour of the palette itself. `p90_delta_e`: nine in ten of the even coloured pixels are
    nearer."""

    palette: Palette
    near_share: float
    exact_share: float
    p90_delta_e: float


def recognised(picture: NDArray[np.uint8], palettes: Sequence[Palette], compressed: bool = False) -> Fit:
    """The palette of `picture` (rows, columns, 3) RGB among `palettes`. `compressed`: stored with loss (JPEG) or
    scaled. Raises `InputError` where none explains it, two do alike, or there is too little colour to say."""
    fits = sorted(how_well(picture, palettes), key=lambda fit: (-fit.exact_share, -fit.near_share))
    if not fits or (fits[0].exact_share < LEAST_EXACT_SHARE and not compressed):
        raise _unknown(fits[0].palette.name if fits else "-", fits[0].exact_share if fits else 0.0)
    if fits[0].exact_share < LEAST_EXACT_SHARE:
        fits.sort(key=lambda fit: -fit.near_share)
        if fits[0].near_share < LEAST_SHARE or fits[0].p90_delta_e > MOST_P90_DELTA_E:
            raise _unknown(fits[0].palette.name, fits[0].near_share)
        rivals = [fit for fit in fits[1:] if fits[0].near_share < LEAST_LEAD * fit.near_share]
    else:
        rivals = [fit for fit in fits[1:] if fit.exact_share >= LEAST_EXACT_SHARE]
    if rivals and rivals[0].palette != fits[0].palette:
        names = fits[0].palette.name, rivals[0].palette.name
        raise refused(code="xray.palette_ambiguous", first=names[0], second=names[1])
    return fits[0]


def _unknown(nearest: str, share: float) -> InputError:
    return refused(code="xray.palette_unknown", nearest=nearest, share=round(100 * share))


def how_well(picture: NDArray[np.uint8], palettes: Sequence[Palette]) -> tuple[Fit, ...]:
    """Each palette on the picture, in their order. Raises `InputError` for a picture with too little colour."""
    if picture.ndim != 3 or picture.shape[2] != 3 or picture.dtype != np.uint8:
        raise wrong_picture(picture.shape)
    values = lab(picture)
    kernel = np.ones((3, 3), np.uint8)
    span = np.linalg.norm(cv2.dilate(values, kernel) - cv2.erode(values, kernel), axis=-1)
    coloured = np.hypot(values[..., 1], values[..., 2]) > _LEAST_CHROMA
    even = np.flatnonzero(coloured & (span < _MOST_RANGE))
    if even.size < _LEAST_PIXELS:
        raise refused(code="xray.picture_without_colour", pixels=int(even.size))
    some = values.reshape(-1, 3)[even[:: max(1, even.size // _MOST_PIXELS)]]
    every = codes(picture)[coloured]
    found = []
    for palette in palettes:
        delta_e, _ = _tree(palette).query(some)
        found.append(
            Fit(
                palette=palette,
                near_share=float((delta_e < NEAR_DELTA_E).mean()),
                exact_share=float(np.isin(every, codes(palette.rgb)).mean()),
                p90_delta_e=float(np.percentile(delta_e, 90)),
            )
        )
    return tuple(found)


@lru_cache(maxsize=16)
def _tree(palette: Palette) -> cKDTree:
    return cKDTree(lab(palette.rgb))
