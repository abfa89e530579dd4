"""The inverse, made once a machine: amounts of the basis materials for every pair of transmissions that a scan can
hold.

Rows grow by attenuation, −ln T_high from −.15 to 7.6 (1 in 2,000); columns by contrast, (ln T_high − ln T_low) over the
attenuation + .3, which stays finite in air, where noise gives any ratio. Between its places the table is linear; each
cell knows by how much its amounts miss the transmissions at worst, so that only pixels of bad cells need Newton.
"""

from __future__ import annotations

import math
from dataclasses import dataclass

import numpy as np
from numpy.typing import NDArray

from pandok.readers.xray.physics.basis import Floats
from pandok.readers.xray.physics.compiled import compiled
from pandok.readers.xray.physics.newton import damped_steps, forward
from pandok.readers.xray.physics.nodes import Nodes

LEAST_ATTENUATION, MOST_ATTENUATION = -0.15, 7.6
LEAST_CONTRAST, MOST_CONTRAST = -0.3, 2.0
LEAST_T = 1e-5
MOST_AMOUNT = 600.0
"""g/cm²; beyond it single precision is too coarse, and no goods are."""
_SHIFT = 0.3
_BEGIN, _END = math.log(LEAST_ATTENUATION + _SHIFT), math.log(MOST_ATTENUATION + _SHIFT)
_SAFETY = 1.3
"""A cell's worst miss over that of its probed points; sampled densely it was at most 1.15."""

FIRST, SECOND, SLOPES, MISS, FIELDS = 0, 1, 2, 6, 7


@dataclass(frozen=True)
class InverseTable:
    """`values` (rows, columns, 7) float32: first, second amount in g/cm²; four slopes, of first by ln T_low, first by
    ln T_high, second by ln T_low, second by ln T_high; largest miss of ln T in the cell right below, infinite where no
    amounts give the pair."""

    values: NDArray[np.float32]

    def look_up(
        self, low: NDArray[np.float32], high: NDArray[np.float32], among: NDArray[np.bool_] | None = None
    ) -> NDArray[np.float32]:
        """(7, n) for transmissions (n,) each, as in `values`; the miss is infinite outside the table too. Zeros where
        not `among` (n,)."""
        found = np.zeros((FIELDS, low.size), np.float32)
        _look_up(low, high, np.empty(0, np.bool_) if among is None else among, self.values, found)
        return found


def inverse_table(nodes: tuple[Nodes, Nodes], rows: int, columns: int, most_miss: float) -> InverseTable:
    """Each row by Newton from the one before, outwards from air. Places that no amounts reach within `most_miss` have
    those of the nearest column that does."""
    attenuation = np.exp(np.linspace(_BEGIN, _END, rows)) - _SHIFT
    contrast = np.linspace(LEAST_CONTRAST, MOST_CONTRAST, columns)
    values = np.zeros((rows, columns, FIELDS))
    reached = np.zeros((rows, columns), dtype=bool)
    start = int(np.argmin(np.abs(attenuation)))
    for way in (range(start, rows), range(start - 1, -1, -1)):
        first, second = (np.zeros(columns), np.zeros(columns)) if start in way else values[start, :, :2].T.copy()
        for row in way:
            one, two = first.copy(), second.copy()
            miss, slopes = damped_steps(one, two, _target(attenuation[row], contrast), nodes)
            fits = (np.abs(miss).max(axis=0) <= most_miss) & (np.maximum(np.abs(one), np.abs(two)) <= MOST_AMOUNT)
            good = np.flatnonzero(fits)
            if good.size:
                nearest = good[np.abs(np.arange(columns)[:, None] - good[None, :]).argmin(axis=1)]
                first, second = one[nearest], two[nearest]
            values[row, :, FIRST], values[row, :, SECOND] = first, second
            a, b, c, d = slopes
            with np.errstate(divide="ignore", invalid="ignore"):
                values[row, :, SLOPES:MISS] = np.stack([d, -b, -c, a], axis=1) / (a * d - b * c)[:, None]
            reached[row, good] = True
    values[:, :, MISS] = np.inf
    whole = reached[:-1, :-1] & reached[1:, :-1] & reached[:-1, 1:] & reached[1:, 1:]
    cells = np.argwhere(whole)
    if len(cells):
        values[cells[:, 0], cells[:, 1], MISS] = _SAFETY * _worst_miss(values, cells, attenuation, contrast, nodes)
    return InverseTable(values=values.astype(np.float32))


def _target(attenuation: Floats | float, contrast: Floats) -> Floats:
    high = -np.broadcast_to(attenuation, contrast.shape)
    return np.stack([high - contrast * (_SHIFT - high), high])


def _worst_miss(
    values: Floats, cells: NDArray[np.intp], attenuation: Floats, contrast: Floats, nodes: tuple[Nodes, Nodes]
) -> Floats:
    """Of the middle of each cell and of the middle of its upper and left side, (cells,)."""
    top, left = cells.T
    worst = np.zeros(len(cells))
    steps = (_END - _BEGIN) / (len(attenuation) - 1)
    for down, right in ((0.5, 0.5), (0.0, 0.5), (0.5, 0.0)):
        first, second = (
            (1 - down) * ((1 - right) * part[top, left] + right * part[top, left + 1])
            + down * ((1 - right) * part[top + 1, left] + right * part[top + 1, left + 1])
            for part in (values[:, :, FIRST], values[:, :, SECOND])
        )
        here = np.exp(_BEGIN + (top + down) * steps) - _SHIFT
        target = _target(here, contrast[left] + right * (contrast[1] - contrast[0]))
        for begin in range(0, len(cells), 8192):
            part = slice(begin, begin + 8192)
            logs, _ = forward(first[part], second[part], nodes)
            worst[part] = np.maximum(worst[part], np.abs(logs - target[:, part]).max(axis=0))
    return worst


@compiled
def _look_up(
    low: NDArray[np.float32],
    high: NDArray[np.float32],
    among: NDArray[np.bool_],
    table: NDArray[np.float32],
    found: NDArray[np.float32],
) -> None:
    # In single precision, as the table is: it misses by 5e-4, and a place is known to a millionth of its reach.
    rows, columns = table.shape[0], table.shape[1]
    per_row = np.float32((rows - 1) / (_END - _BEGIN))
    per_column = np.float32((columns - 1) / (MOST_CONTRAST - LEAST_CONTRAST))
    begin, shift, least_t = np.float32(_BEGIN), np.float32(_SHIFT), np.float32(LEAST_T)
    least, least_contrast = np.float32(LEAST_ATTENUATION), np.float32(LEAST_CONTRAST)
    none, last_row, last_column = np.float32(0), np.float32(rows - 1.001), np.float32(columns - 1.001)
    for pixel in range(low.size):
        if among.size and not among[pixel]:
            continue
        t_low, t_high = low[pixel], high[pixel]
        if not (t_low > 0 and t_high > 0 and t_low < 1e30 and t_high < 1e30):
            for one in range(FIELDS):
                found[one, pixel] = np.nan
            continue
        log_low, log_high = np.log(max(t_low, least_t)), np.log(max(t_high, least_t))
        attenuation = max(-log_high, least)
        row = (np.log(attenuation + shift) - begin) * per_row
        column = ((log_high - log_low) / (attenuation + shift) - least_contrast) * per_column
        inside = -log_high >= least and row <= rows - 1 and 0 <= column <= columns - 1
        row, column = min(max(row, none), last_row), min(max(column, none), last_column)
        top, left = int(row), int(column)
        down, right = row - np.float32(top), column - np.float32(left)
        both = down * right
        neither = np.float32(1) - down - right + both
        for one in range(6):
            found[one, pixel] = (
                neither * table[top, left, one]
                + (right - both) * table[top, left + 1, one]
                + (down - both) * table[top + 1, left, one]
                + both * table[top + 1, left + 1, one]
            )
        found[MISS, pixel] = table[top, left, MISS] if inside else np.inf
