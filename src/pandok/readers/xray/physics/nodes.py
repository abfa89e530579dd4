"""A spectrum in few energies.

150 bins are replaced by 10 to 30 of them with other weights, so that no transmission that a scan can hold changes by
more than 1 in 10,000: non-negative orthogonal matching pursuit on the relative error.
"""

from __future__ import annotations

from dataclasses import dataclass

import numpy as np
from numpy.typing import NDArray
from scipy.optimize import nnls

from pandok.readers.xray.physics.basis import DualResponse, Floats

NODE_ERROR = 1e-4
MOST_ROUNDS = 90


@dataclass(frozen=True)
class Nodes:
    """Energies of one channel. `weight` (n,); `first`, `second` (n,): µ/ρ of the basis materials, cm²/g."""

    weight: Floats
    first: Floats
    second: Floats


def all_nodes(response: DualResponse) -> tuple[Nodes, Nodes]:
    """The low and the high spectrum as they are."""
    low, high = (
        Nodes(weight=part[part > 0], first=response.first[part > 0], second=response.second[part > 0])
        for part in (response.low, response.high)
    )
    return low, high


def few_nodes(whole: Nodes, first: Floats, second: Floats) -> Nodes:
    """`whole` in few energies, good for the amounts `first`, `second` (k,), g/cm²."""
    rays = np.exp(np.clip(-(np.outer(first, whole.first) + np.outer(second, whole.second)), -700, 600))
    chosen, weight = few_energies(whole.weight, rays, NODE_ERROR)
    return Nodes(weight=weight, first=whole.first[chosen], second=whole.second[chosen])


def few_energies(weights: Floats, rays: Floats, most_error: float) -> tuple[NDArray[np.intp], Floats]:
    """Which energies, and their weights: no row of `rays` (k, N), what each energy is let through, changes its sum over
    `weights` (N,) by more than `most_error`, relative. All of them where few do not suffice."""
    columns = rays * weights / (rays @ weights)[:, None]
    length = np.maximum(np.linalg.norm(columns, axis=0), 1e-300)
    factor = np.zeros(columns.shape[1])
    chosen: list[int] = []
    for _ in range(MOST_ROUNDS):
        missing = 1 - columns @ factor
        if np.abs(missing).max() < most_error:
            break
        gain = columns.T @ missing / length
        gain[chosen] = -np.inf
        chosen.append(int(gain.argmax()))
        found, _ = nnls(columns[:, chosen], np.ones(len(columns)))
        factor[:] = 0
        factor[chosen] = found
        chosen = [one for one in chosen if factor[one] > 0]
    else:
        return np.arange(len(weights)), weights
    at = np.array(sorted(chosen), dtype=np.intp)
    return at, weights[at] * factor[at]
