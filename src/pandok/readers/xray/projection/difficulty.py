"""How hard an item is to see, as far as the picture tells.

Measures after Schwaninger, Hardmeier and Hofer (2004) and Bolfing and Schwaninger (2007): view difficulty and
superposition matter much, opacity little, clutter hardly. They say nothing certain of a person's chance: stated errors
of ability are too small where difficulty is known from the picture alone.
"""

from __future__ import annotations

from dataclasses import dataclass

import numpy as np
from scipy import fft

from pandok.readers.xray.projection.views import Mask, Plane

CUTOFF_CYCLES_PER_PX, ORDER = 0.06, 2.0
_GREY = 255.0
_DARK = 65.0


@dataclass(frozen=True)
class Difficulty:
    """`view`: 1 − area of the outline in this pose / largest in any pose, 0 to 1. `superposition`: 255 less the root
    mean square change of grey in the item, 0 to 255; high where the bag hides it. `clutter`: mean of the high
    frequencies of the bag around, grey. `opacity`: share of the bag that is darker than 65 of 255."""

    view: float
    superposition: float
    clutter: float
    opacity: float


def difficulty_of(bag_high: Plane, joined_high: Plane, solid: Mask, outline: Mask, *, largest_px: float) -> Difficulty:
    """`bag_high`, `joined_high` (rows, columns): T_high without and with the item; `solid`: where it is; `outline`: of
    the bag; all of one shape. `largest_px`: pixels of the item's outline in the pose that shows most of it."""
    if not solid.any() or largest_px <= 0:
        raise ValueError("an item has an outline")
    before, after = _grey(bag_high), _grey(joined_high)
    change = (after - before)[solid]
    goods = outline & (before < _GREY)
    return Difficulty(
        view=float(np.clip(1 - int(solid.sum()) / largest_px, 0, 1)),
        superposition=_GREY - float(np.sqrt(np.mean(change**2))),
        clutter=float(np.abs(_high_frequencies(before))[solid].mean()),
        opacity=int((goods & (before < _DARK)).sum()) / max(1, int(goods.sum())),
    )


def _grey(high: Plane) -> Plane:
    """0 to 255, as the root of transmission, which consoles show."""
    return np.asarray(_GREY * np.sqrt(np.clip(high, 0, 1)), np.float32)


def _high_frequencies(grey: Plane) -> Plane:
    shape = [fft.next_fast_len(side, real=True) for side in grey.shape]
    rows, columns = fft.fftfreq(shape[0]), fft.rfftfreq(shape[1])
    radius = np.hypot(rows[:, None], columns[None]).astype(np.float32)
    keep = 1 - 1 / (1 + (radius / np.float32(CUTOFF_CYCLES_PER_PX)) ** np.float32(ORDER))
    back = fft.irfft2(fft.rfft2(grey, s=shape) * keep, s=shape)
    return np.asarray(back[: grey.shape[0], : grey.shape[1]], np.float32)
