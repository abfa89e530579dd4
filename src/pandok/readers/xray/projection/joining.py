"""Amounts of bag and item added, and seen again by the machine: T_out = T_bag · T(bag + item) / T(bag).

The product of both transmissions is right for one energy only: a spectrum that the bag has hardened already loses less
in the item. As a ratio of two computed transmissions the join leaves the bag's own noise in place and lets the small
misses of the solver cancel; where the item is not, the bag stays to the last bit.
"""

from __future__ import annotations

from dataclasses import dataclass
from functools import lru_cache

import cv2
import numpy as np
from numpy.typing import NDArray

from pandok.readers.xray.physics.basis import DualResponse
from pandok.readers.xray.physics.nodes import Nodes
from pandok.readers.xray.physics.solver import prepared, solve
from pandok.readers.xray.projection.views import Mask, Plane

_AT_ONCE = 8192
_LEAST_AMOUNT = 1e-6
SLACK = 0.5
"""g/cm² that noise may add to no goods."""


@dataclass(frozen=True, eq=False)
class Joined:
    """`low`, `high`: transmission. `share_low`, `share_high`: T_out / T_bag. `unsolved`: pixels of the item where the
    bag's amounts are those of the nearest solved pixel, because their own two transmissions fit no amounts."""

    low: Plane
    high: Plane
    share_low: Plane
    share_high: Plane
    unsolved: Mask


def joined(bag_low: Plane, bag_high: Plane, first: Plane, second: Plane, response: DualResponse) -> Joined:
    """All (rows, columns): transmissions of the bag, amounts of the item in g/cm². No noise is added. Raises
    `ValueError` where shapes differ."""
    if not bag_low.shape == bag_high.shape == first.shape == second.shape:
        raise ValueError("bag and item must have one shape")
    item = (np.abs(first) + np.abs(second)) > _LEAST_AMOUNT
    low, high = (np.array(part, np.float32, copy=True) for part in (bag_low, bag_high))
    shares = [np.ones(low.shape, np.float32) for _ in range(2)]
    unsolved = np.zeros(low.shape, np.bool_)
    if not item.any():
        return Joined(low, high, shares[0], shares[1], unsolved)
    basis = solve(low, high, response, among=item)
    # Goods lie between hydrocarbons and copper; what lies outside by more than noise is an edge with two energies of
    # different things, and its amounts would harden the item wrongly.
    wild = (basis.first < -0.95 * basis.second - SLACK) | (basis.second < -0.1 * basis.first - SLACK)
    unsolved = (basis.marked | wild) & item
    one, two = basis.first, basis.second
    if unsolved.any():
        one, two = _nearest(one, two, item & ~unsolved, unsolved)
    before = np.stack([one[item], two[item]], axis=1)
    added = before + np.stack([first[item], second[item]], axis=1)
    for share, plane, nodes in zip(shares, (low, high), _few(response), strict=True):
        share[item] = _seen(added, nodes) / _seen(before, nodes)
        plane[item] *= share[item]
    return Joined(low, high, shares[0], shares[1], unsolved)


def softened(found: Joined, bag_low: Plane, bag_high: Plane, sigma_px: float) -> Joined:
    """What a sharp item would be on a machine that blurs by `sigma_px`. The shares are blurred, not the amounts: a
    pixel half behind steel is no pixel behind half as much steel."""
    low, high = (
        np.asarray(cv2.GaussianBlur(share, (0, 0), sigma_px, borderType=cv2.BORDER_REPLICATE), np.float32)
        for share in (found.share_low, found.share_high)
    )
    return Joined(bag_low * low, bag_high * high, low, high, found.unsolved)


def seen(first: Plane, second: Plane, response: DualResponse) -> tuple[Plane, Plane]:
    """(T_low, T_high) behind these amounts, in single precision."""
    amounts = np.stack([first.ravel(), second.ravel()], axis=1)
    low, high = (_seen(amounts, nodes).reshape(first.shape) for nodes in _few(response))
    return low, high


@lru_cache(maxsize=16)
def _few(response: DualResponse) -> tuple[Nodes, Nodes]:
    return prepared(response).few


def seen_high(first: Plane, second: Plane, response: DualResponse) -> Plane:
    """T_high behind these amounts."""
    return _seen(np.stack([first.ravel(), second.ravel()], axis=1), _few(response)[1]).reshape(first.shape)


def _seen(amounts: Plane, nodes: Nodes) -> Plane:
    """(n,) for (n, 2) of g/cm²."""
    towards = -np.stack([nodes.first, nodes.second]).astype(np.float32)
    weights = nodes.weight.astype(np.float32)
    found = np.empty(len(amounts), np.float32)
    for begin in range(0, len(amounts), _AT_ONCE):
        part = slice(begin, begin + _AT_ONCE)
        exponent = amounts[part] @ towards
        np.clip(exponent, -80, 80, out=exponent)
        found[part] = np.exp(exponent, out=exponent) @ weights
    return found


def _nearest(one: Plane, two: Plane, known: Mask, wanted: Mask) -> tuple[Plane, Plane]:
    """The amounts with those that are wanted filled from the nearest known pixel; 0 where none is known."""
    one, two = (np.where(known, part, 0).astype(np.float32) for part in (one, two))
    if known.any():
        _, labels = cv2.distanceTransformWithLabels(
            (~known).astype(np.uint8), cv2.DIST_L2, 3, labelType=cv2.DIST_LABEL_PIXEL
        )
        source = np.zeros(int(labels.max()) + 1, np.intp)
        source[labels[known]] = np.flatnonzero(known)
        at: NDArray[np.intp] = source[labels[wanted]]
        one[wanted], two[wanted] = one.ravel()[at], two.ravel()[at]
    return one, two
