"""Bounds of a mean difference that hold however often and whenever one looks: a betting monitor turned around.

For a line m the bet is on (x - m) / (1 + |m|), which lies in -1 to 1. The bound is the farthest line that the bet has
ever refused; the chance that it is ever on the wrong side is at most alpha. Source: arXiv 2010.09686.
"""

from __future__ import annotations

from collections.abc import Sequence
from dataclasses import dataclass

import numpy as np
from numpy.typing import NDArray

from pandok.proof.bootstrap import Interval
from pandok.proof.sequential import STAKES

_STEPS = 24


@dataclass(frozen=True)
class LinePath:
    """The e-values of "the mean lies above the line" after each observation. `crossed`: the first that reached
    1/alpha, counted from 1; None where none did."""

    values: NDArray[np.float64]
    crossed: int | None


def line_path(differences: Sequence[float], line: float, *, alpha: float, below: bool = False) -> LinePath:
    """Evidence that the mean of `differences` (-1 to 1) lies above `line`, or below it.

    >>> line_path([1, 1, 0, -1, 1, 1, 1], 0.0, alpha=0.05).values.round(4).tolist()[-1]
    2.4371
    """
    wealth = _wealth(np.asarray(differences, np.float64), line, below)
    reached = np.flatnonzero(wealth >= 1 / alpha)
    return LinePath(wealth, int(reached[0]) + 1 if len(reached) else None)


def anytime_interval(differences: Sequence[float], *, alpha: float, upper_alpha: float | None = None) -> Interval:
    """Lower bound at `alpha` and upper bound at `upper_alpha` (default: the same), each one-sided, at any time."""
    seen = np.asarray(differences, np.float64)
    return _bound(seen, alpha, below=False), _bound(seen, upper_alpha or alpha, below=True)


def _wealth(seen: NDArray[np.float64], line: float, below: bool) -> NDArray[np.float64]:
    if len(seen) == 0:
        return np.ones(0)
    if not -1 < line < 1 or np.abs(seen).max() > 1:
        raise ValueError("differences lie in -1 to 1, the line between them")
    bet = (seen - line) / (1 + abs(line)) * (-1 if below else 1)
    gains = 1 + np.array(STAKES)[:, None] * bet[None, :]
    with np.errstate(divide="ignore"):
        logs = np.cumsum(np.log(np.maximum(gains, 0.0)), axis=1)
    return np.asarray(np.exp(np.minimum(logs, 700.0)).mean(axis=0), np.float64)


def _bound(seen: NDArray[np.float64], alpha: float, *, below: bool) -> float:
    edge = 1.0 if below else -1.0
    near, far = edge * (1 - 1e-9), -edge * (1 - 1e-9)  # the weakest claim, and the strongest

    def refused(line: float) -> bool:
        return len(seen) > 0 and bool(_wealth(seen, line, below).max() >= 1 / alpha)

    if not refused(near):
        return edge
    for _ in range(_STEPS):
        middle = (near + far) / 2
        near, far = (middle, far) if refused(middle) else (near, middle)
    return near
