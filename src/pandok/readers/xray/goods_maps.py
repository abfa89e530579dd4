"""How much lies where, and what it is like, on a coarse grid that is the same for all machines: what scans are compared
by.

Transmissions are averaged to square cells and solved there with the machine's own spectra, so that pitch, noise and
energies of the machine hardly remain. Where there is no second energy the amount follows from one, for the material
index that is known, else for water's.
"""

from __future__ import annotations

from dataclasses import dataclass
from functools import lru_cache

import cv2
import numpy as np
from numpy.typing import NDArray

from pandok.readers.xray.physics.basis import DualResponse
from pandok.readers.xray.physics.harmonising import Sampling, resampled
from pandok.readers.xray.physics.solver import solve
from pandok.readers.xray.standard import StandardView

CELL_MM = 4.0
"""Of parcels and bags. What is larger than `LARGE_MM` is a vehicle or container and gets `LARGE_CELL_MM`."""
LARGE_MM, LARGE_CELL_MM = 2500.0, 20.0
CELLS_UNKNOWN = 200
"""Of the longer side, where the machine does not say how far its pixels are apart."""
LEAST_AMOUNT = 0.06
"""g/cm² where goods begin: below it are air and thin wrapping."""
MOST_AMOUNT = 40.0
WATER = 0.12
_INDEX_KNOTS = np.array([-0.3, 0.0, 0.1, 0.2, 0.35, 0.6, 1.0, 1.6, 2.5, 4.2, 7.0])
_AMOUNT_KNOTS = np.concatenate([[0.0], np.geomspace(0.01, MOST_AMOUNT, 80)])


@dataclass(frozen=True, eq=False)
class GoodsMaps:
    """`amount` (rows, columns): g/cm² of both basis materials; `index`: the material index f, finite everywhere.
    `cell_mm`: side of a cell. Cut to the goods."""

    amount: NDArray[np.float32]
    index: NDArray[np.float32]
    cell_mm: float


def goods_maps(view: StandardView, response: DualResponse) -> GoodsMaps | None:
    """None where there are no goods in the scan. `response`: spectra of the machine, or of one like it."""
    cell, factor = _grid(view)
    own, to = Sampling(factor), Sampling((1.0, 1.0))
    high = np.clip(resampled(view.high, own, to), 1e-5, 1.0)
    if view.low is not None:
        basis = solve(np.clip(resampled(view.low, own, to), 1e-5, 1.0), high, response)
        amount = basis.first + basis.second
        with np.errstate(divide="ignore", invalid="ignore"):
            index = basis.second / amount
    else:
        index = _averaged_index(view, own, to)
        amount = _amount_of(high, index, response)
    # What was not solved is opaque: as much as there can be, of what is like metal.
    unsolved = ~np.isfinite(amount) | ~np.isfinite(index)
    amount = np.clip(np.where(unsolved, np.where(high < 0.02, MOST_AMOUNT, 0), amount), 0, MOST_AMOUNT)
    index = np.clip(np.where(unsolved, np.where(high < 0.02, 4.2, WATER), index), -0.3, 7.0)
    # f is the ratio of two noisy amounts: the mean over 3 × 3 cells, each weighing what lies there.
    weight = cv2.blur(amount, (3, 3))
    index = np.where(weight > 1e-4, cv2.blur(index * amount, (3, 3)) / np.maximum(weight, 1e-4), WATER)
    goods = cv2.morphologyEx((amount > LEAST_AMOUNT).astype(np.uint8), cv2.MORPH_OPEN, np.ones((3, 3), np.uint8))
    rows, columns = np.flatnonzero(goods.any(axis=1)), np.flatnonzero(goods.any(axis=0))
    if not len(rows):
        return None
    cut = np.s_[rows[0] : rows[-1] + 1, columns[0] : columns[-1] + 1]
    return GoodsMaps(amount[cut].astype(np.float32), index[cut].astype(np.float32), cell)


def _grid(view: StandardView) -> tuple[float, tuple[float, float]]:
    """Side of a cell in mm, and of a pixel in cells, row and column."""
    rows, columns = view.shape
    if view.pitch_mm is None:
        share = min(1.0, CELLS_UNKNOWN / max(rows, columns))
        return CELL_MM, (share, share)
    long = max(rows * view.pitch_mm[0], columns * view.pitch_mm[1])
    cell = CELL_MM if long <= LARGE_MM else LARGE_CELL_MM
    return cell, (view.pitch_mm[0] / cell, view.pitch_mm[1] / cell)


def _averaged_index(view: StandardView, own: Sampling, to: Sampling) -> NDArray[np.float32]:
    if view.material is None:
        return np.full_like(resampled(view.high, own, to), WATER)
    known = np.isfinite(view.material)
    weight = np.where(known, -np.log(np.clip(view.high, 1e-4, 1.0)), 0).astype(np.float32)
    sums = [resampled(one, own, to) for one in (np.where(known, view.material, 0) * weight, weight)]
    return np.where(sums[1] > 1e-3, sums[0] / np.maximum(sums[1], 1e-3), WATER).astype(np.float32)


def _amount_of(high: NDArray[np.float32], index: NDArray[np.float32], response: DualResponse) -> NDArray[np.float32]:
    """g/cm² that let `high` through, where the material index is `index`."""
    logs = _logs(response)
    wanted = -np.log(high)
    at = np.interp(index, _INDEX_KNOTS, np.arange(len(_INDEX_KNOTS)))
    below = np.minimum(at.astype(int), len(_INDEX_KNOTS) - 2)
    rows = np.stack([np.interp(wanted, one, _AMOUNT_KNOTS) for one in logs])
    part = at - below
    first, second = (np.take_along_axis(rows, (below + one)[None], axis=0)[0] for one in (0, 1))
    return np.asarray(first * (1 - part) + second * part, np.float32)


@lru_cache(maxsize=16)
def _logs(response: DualResponse) -> NDArray[np.float64]:
    """(knots of f, knots of amount): −ln T_high."""
    second = np.outer(_INDEX_KNOTS, _AMOUNT_KNOTS)
    first = np.outer(1 - _INDEX_KNOTS, _AMOUNT_KNOTS)
    with np.errstate(over="ignore"):
        _, through = response.transmission(first, second)
    return np.asarray(np.maximum.accumulate(-np.log(np.maximum(through, 1e-30)), axis=1))
