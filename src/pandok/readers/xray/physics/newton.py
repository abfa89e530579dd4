"""Newton's steps for many pixels at once, halved until they help; amounts in g/cm², targets as ln T."""

from __future__ import annotations

import numpy as np
from numpy.typing import NDArray

from pandok.readers.xray.physics.basis import Floats
from pandok.readers.xray.physics.compiled import compiled
from pandok.readers.xray.physics.nodes import Nodes

GOOD_RESIDUAL = 1e-5
MOST_DAMPED_STEPS = 40

Slopes = tuple[Floats, Floats, Floats, Floats]
"""Of ln T_low by first and second, of ln T_high by first and second; each (n,)."""


def forward(first: Floats, second: Floats, nodes: tuple[Nodes, Nodes]) -> tuple[Floats, Slopes]:
    """(2, n) of ln T_low, ln T_high behind `first`, `second` (n,), and their slopes."""
    logs, slopes = np.empty((2, first.size)), []
    for row, one in enumerate(nodes):
        exponent = np.stack([first, second], axis=1) @ -np.stack([one.first, one.second])
        # Wherever a step leads: no overflow. What is clipped here does not converge, and is marked.
        np.clip(exponent, -600, 600, out=exponent)
        rays = np.exp(exponent, out=exponent)
        three = rays @ np.stack([one.weight, one.weight * one.first, one.weight * one.second], axis=1)
        np.log(three[:, 0], out=logs[row])
        slopes += [-three[:, 1] / three[:, 0], -three[:, 2] / three[:, 0]]
    return logs, (slopes[0], slopes[1], slopes[2], slopes[3])


def damped_steps(
    first: Floats, second: Floats, target: Floats, nodes: tuple[Nodes, Nodes], most_steps: int = MOST_DAMPED_STEPS
) -> tuple[Floats, Slopes]:
    """Steps that are halved until they help, in place; a pixel stops where no step does."""
    logs, slopes = forward(first, second, nodes)
    miss = logs - target
    share = np.ones(first.size)
    for _ in range(most_steps):
        todo = np.flatnonzero(~(np.abs(miss).max(axis=0) <= GOOD_RESIDUAL) & (share > 1e-4))
        if not todo.size:
            break
        better = _try(todo, share[todo], first, second, miss, slopes, target, nodes)
        share[todo] = np.where(better, np.minimum(1.0, 2 * share[todo]), share[todo] / 2)
    return miss, slopes


def _try(
    todo: NDArray[np.intp],
    share: Floats,
    first: Floats,
    second: Floats,
    miss: Floats,
    slopes: Slopes,
    target: Floats,
    nodes: tuple[Nodes, Nodes],
) -> NDArray[np.bool_]:
    """One step of the pixels `todo`, kept where it helps; which those were."""
    a, b, c, d = (part[todo] for part in slopes)
    low, high = miss[:, todo]
    with np.errstate(divide="ignore", invalid="ignore", over="ignore"):
        factor = share / (a * d - b * c)
        new_first = first[todo] - factor * (d * low - b * high)
        new_second = second[todo] - factor * (a * high - c * low)
    wild = ~(np.isfinite(new_first) & np.isfinite(new_second))
    new_first[wild], new_second[wild] = first[todo[wild]], second[todo[wild]]
    logs, new_slopes = forward(new_first, new_second, nodes)
    new_miss = logs - target[:, todo]
    better = np.asarray(np.abs(new_miss).max(axis=0) < np.abs(miss[:, todo]).max(axis=0))
    at = todo[better]
    first[at], second[at], miss[:, at] = new_first[better], new_second[better], new_miss[:, better]
    for old, new in zip(slopes, new_slopes, strict=True):
        old[at] = new[better]
    return better


@compiled
def plain_steps(
    pixels: NDArray[np.intp],
    t_low: NDArray[np.float32],
    t_high: NDArray[np.float32],
    start: NDArray[np.float32],
    low: Floats,
    high: Floats,
    found: Floats,
) -> None:
    """Three plain steps of each of `pixels` (n,) from its amounts in `start` (2 or more, all) to `found` (2, n).
    Nodes (3, k): weight and µ/ρ of both basis materials. What runs away is not a number."""
    for place in range(pixels.size):
        pixel = pixels[place]
        target_low, target_high = np.log(max(t_low[pixel], 1e-5)), np.log(max(t_high[pixel], 1e-5))
        first, second = float(start[0, pixel]), float(start[1, pixel])
        for _ in range(3):
            sums = np.zeros((2, 3))
            for channel, nodes in enumerate((low, high)):
                for one in range(nodes.shape[1]):
                    ray = nodes[0, one] * np.exp(min(max(-first * nodes[1, one] - second * nodes[2, one], -600), 600))
                    sums[channel, 0] += ray
                    sums[channel, 1] -= ray * nodes[1, one]
                    sums[channel, 2] -= ray * nodes[2, one]
            miss_low, miss_high = np.log(sums[0, 0]) - target_low, np.log(sums[1, 0]) - target_high
            a, b = sums[0, 1] / sums[0, 0], sums[0, 2] / sums[0, 0]
            c, d = sums[1, 1] / sums[1, 0], sums[1, 2] / sums[1, 0]
            divisor = a * d - b * c
            if not (divisor != 0 and abs(miss_low) < 5 and abs(miss_high) < 5):
                first = np.nan
                break
            first -= (d * miss_low - b * miss_high) / divisor
            second -= (a * miss_high - c * miss_low) / divisor
        found[0, place], found[1, place] = first, second
