"""From two transmissions to two basis densities, for whole scans: a table of the inverse, then Newton, then the truth.

Most pixels are done with their place in the table, which is made once a machine and knows its own error. The rest take
Newton's plain steps with the spectrum in few energies, and what that does not bring home, damped steps with all of it.
What still misses one of its transmissions by more than a thousandth is marked, never silently kept.
"""

from __future__ import annotations

from dataclasses import dataclass
from functools import lru_cache

import numpy as np
from numpy.typing import NDArray

from pandok.readers.xray.physics import inverse_table as table
from pandok.readers.xray.physics.basis import DualResponse, Floats
from pandok.readers.xray.physics.newton import damped_steps, forward, plain_steps
from pandok.readers.xray.physics.nodes import Nodes, all_nodes, few_nodes

MOST_RESIDUAL = 1e-3
"""Relative, of T_low or T_high: what a converged pixel may miss."""
TABLE_RESIDUAL = 5e-4
"""Cells of the table that miss no more are final; the spectrum in few energies adds at most a ten-thousandth."""
CHUNK, CHECKED_AT_ONCE = 8192, 256
ROWS, COLUMNS = 320, 360
LEARNT_ROWS, LEARNT_COLUMNS = 64, 80


@dataclass(frozen=True)
class BasisDensities:
    """What a scan is made of, per pixel, all of one shape.

    `first`, `second` float32: g/cm² of the basis materials (PE, Al). `residual` float32: the relative difference of
    T_low, T_high from what the two amounts let through is at most this. `marked`: not converged; its amounts are NaN.
    `slopes` (2, 2, …) float32: change of (first, second), rows, for a change of (ln T_low, ln T_high), columns.
    """

    first: NDArray[np.float32]
    second: NDArray[np.float32]
    residual: NDArray[np.float32]
    marked: NDArray[np.bool_]
    slopes: NDArray[np.float32]


@dataclass(frozen=True, eq=False)
class Prepared:
    """Table of the inverse, and both spectra in few energies and in all."""

    table: table.InverseTable
    few: tuple[Nodes, Nodes]
    whole: tuple[Nodes, Nodes]


def solve(
    low: NDArray[np.floating],
    high: NDArray[np.floating],
    response: DualResponse,
    among: NDArray[np.bool_] | None = None,
    *,
    goods_only: bool = False,
) -> BasisDensities:
    """`low`, `high`: transmissions of one shape, air 1. Only pixels `among` these are solved, where it is given: all
    others get amounts of 0, as air has them, and are not marked. `goods_only`: what neither table nor plain steps bring
    home is marked at once: damped steps find amounts of hundreds of g/cm² for half of it, which no goods have, at most
    of the cost. Raises `ValueError` where the shapes differ."""
    if low.shape != high.shape or (among is not None and among.shape != low.shape):
        raise ValueError(f"low {low.shape} and high {high.shape} must have one shape")
    ready = prepared(response)
    t_low, t_high = (np.ascontiguousarray(part, np.float32).ravel() for part in (low, high))
    found = ready.table.look_up(t_low, t_high, None if among is None else np.ascontiguousarray(among).ravel())
    residual = found[table.MISS]
    near = np.flatnonzero(residual > TABLE_RESIDUAL)
    stepped = np.empty((2, near.size))
    plain_steps(near, t_low, t_high, found, *_arrays(ready.few), stepped)
    for begin in range(0, near.size, CHECKED_AT_ONCE):
        part = slice(begin, begin + CHECKED_AT_ONCE)
        at = near[part]
        better = _checked(stepped[0, part], stepped[1, part], _target(t_low[at], t_high[at]), ready.whole)
        fits = better[table.MISS] < residual[at]
        with np.errstate(over="ignore"):
            found[:, at[fits]] = better[:, fits]
    left = near[~(residual[near] <= TABLE_RESIDUAL)]
    for begin in range(0, 0 if goods_only else left.size, CHUNK):
        at = left[begin : begin + CHUNK]
        with np.errstate(over="ignore"):  # slopes of pixels that no amounts explain; they are marked
            found[:, at] = _polished(
                found[: table.SLOPES, at].astype(np.float64), _target(t_low[at], t_high[at]), ready
            )
    # Also where the pixel holds no transmission at all: its residual is not a number.
    marked = ~(residual <= MOST_RESIDUAL)
    found[: table.MISS, marked] = np.nan
    first, second = found[table.FIRST], found[table.SECOND]
    return BasisDensities(
        first=first.reshape(low.shape),
        second=second.reshape(low.shape),
        residual=residual.reshape(low.shape),
        marked=marked.reshape(low.shape),
        slopes=found[table.SLOPES : table.MISS].reshape(2, 2, *low.shape),
    )


@lru_cache(maxsize=16)
def prepared(response: DualResponse) -> Prepared:
    """What is made once a machine, in half a second."""
    whole = all_nodes(response)
    learnt = table.inverse_table(whole, LEARNT_ROWS, LEARNT_COLUMNS, MOST_RESIDUAL).values
    reached = np.isfinite(learnt[:, :, table.MISS])
    first, second = (learnt[reached, part].astype(np.float64) for part in (table.FIRST, table.SECOND))
    few = (few_nodes(whole[0], first, second), few_nodes(whole[1], first, second))
    return Prepared(table=table.inverse_table(few, ROWS, COLUMNS, TABLE_RESIDUAL / 10), few=few, whole=whole)


def _arrays(nodes: tuple[Nodes, Nodes]) -> tuple[Floats, Floats]:
    """(3, n) each: weight, µ/ρ of the first and of the second basis material."""
    low, high = (np.stack([one.weight, one.first, one.second]) for one in nodes)
    return low, high


def _polished(start: Floats, target: Floats, ready: Prepared) -> Floats:
    """As a row of the table, (7, n), for `target` (2, n) of ln T, from the amounts `start` (2, n)."""
    first, second = start
    damped_steps(first, second, target, ready.few, most_steps=4)
    damped_steps(first, second, target, ready.whole)
    return _checked(first, second, target, ready.whole)


def _target(low: NDArray[np.float32], high: NDArray[np.float32]) -> Floats:
    """(2, n) of ln T."""
    return np.asarray(np.log(np.maximum(np.stack([low, high]).astype(np.float64), table.LEAST_T)))


def _checked(first: Floats, second: Floats, target: Floats, whole: tuple[Nodes, Nodes]) -> Floats:
    """As a row of the table, (7, n), for the amounts that are given: slopes and residual by all of the spectrum, since
    steps may lead to where the few energies do not hold. A residual that is not a number stays one."""
    with np.errstate(over="ignore"):
        # The residual of what is kept: amounts in single precision.
        first, second = (part.astype(np.float32).astype(np.float64) for part in (first, second))
    logs, (a, b, c, d) = forward(first, second, whole)
    with np.errstate(over="ignore", divide="ignore", invalid="ignore"):
        residual = np.abs(np.expm1(logs - target)).max(axis=0)
        inverse = np.stack([d, -b, -c, a]) / (a * d - b * c)
        return np.concatenate([np.stack([first, second]), inverse, residual[None]])
