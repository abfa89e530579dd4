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
from pandok.readers.xray.projection.machine_blur import blurred, kernel_of, sharpened
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

    def part(self, where: tuple[slice, slice]) -> Joined:
        planes = self.low[where], self.high[where], self.share_low[where], self.share_high[where]
        return Joined(*planes, self.unsolved[where])


def joined(
    bag_low: Plane,
    bag_high: Plane,
    first: Plane,
    second: Plane,
    response: DualResponse,
    else_from: tuple[Plane, Plane] | None = None,
) -> Joined:
    """All (rows, columns): transmissions of the bag, amounts of the item in g/cm². No noise is added. `else_from`: low
    and high transmissions that give the amounts of pixels whose own two fit none. Raises `ValueError` where shapes
    differ."""
    if not bag_low.shape == bag_high.shape == first.shape == second.shape:
        raise ValueError("bag and item must have one shape")
    item = (np.abs(first) + np.abs(second)) > _LEAST_AMOUNT
    low, high = (np.array(part, np.float32, copy=True) for part in (bag_low, bag_high))
    shares = [np.ones(low.shape, np.float32) for _ in range(2)]
    unsolved = np.zeros(low.shape, np.bool_)
    if not item.any():
        return Joined(low, high, shares[0], shares[1], unsolved)
    one, two, unsolved = _amounts(low, high, response, item)
    if else_from is not None and unsolved.any():
        other_one, other_two, still = _amounts(*else_from, response, unsolved)
        one, two = np.where(unsolved, other_one, one), np.where(unsolved, other_two, two)
        unsolved = still
    if unsolved.any():
        one, two = _nearest(one, two, item & ~unsolved, unsolved)
    before = np.stack([one[item], two[item]], axis=1)
    added = before + np.stack([first[item], second[item]], axis=1)
    for share, plane, nodes in zip(shares, (low, high), _few(response), strict=True):
        share[item] = _seen(added, nodes) / _seen(before, nodes)
        plane[item] *= share[item]
    return Joined(low, high, shares[0], shares[1], unsolved)


def joined_behind_blur(
    bag_low: Plane,
    bag_high: Plane,
    first: Plane,
    second: Plane,
    response: DualResponse,
    sigma_px: float,
    noise_share: tuple[float, float] = (0.0, 0.0),
) -> Joined:
    """As `joined`, for a bag that the machine blurred by `sigma_px` and amounts of an item that is sharp: the bag's
    blur is undone, both are joined as they stand, and blurred as one. Where a pixel holds the edges of both, no ratio
    of two blurred images knows what stands behind what. `noise_share`: of air, low and high energy.

    What sharpening does to noise is taken back: the bag as it is seen is darkened by the blurred share, and added is
    only by how much the blurred product differs from the product of what is blurred: nothing where the share is even.
    """
    sharp = [sharpened(one, sigma_px, share) for one, share in zip((bag_low, bag_high), noise_share, strict=True)]
    found = joined(sharp[0], sharp[1], first, second, response, else_from=(bag_low, bag_high))
    reached = _reached((np.abs(first) + np.abs(second)) > _LEAST_AMOUNT, len(kernel_of(sigma_px)) // 2)
    planes, shares = [], []
    for seen_bag, bag, own in zip((bag_low, bag_high), sharp, (found.share_low, found.share_high), strict=True):
        share = blurred(own, sigma_px)
        whole = share * (seen_bag - blurred(bag, sigma_px)) + blurred(bag * own, sigma_px)
        planes.append(np.where(reached, whole, seen_bag).astype(np.float32))
        shares.append(np.where(reached, share, 1).astype(np.float32))
    return Joined(planes[0], planes[1], shares[0], shares[1], found.unsolved)


def sharp_amounts(
    first: Plane, second: Plane, response: DualResponse, sigma_px: float, noise_share: float
) -> tuple[Plane, Plane]:
    """Amounts (rows, columns) of an item whose two transmissions were blurred by `sigma_px`, as they were before."""
    low, high = (sharpened(one, sigma_px, noise_share) for one in seen(first, second, response))
    item = _reached((np.abs(first) + np.abs(second)) > _LEAST_AMOUNT, 0)
    one, two, unsolved = _amounts(low, high, response, item)
    one, two = np.where(unsolved, first, one), np.where(unsolved, second, two)
    return np.where(item, one, 0).astype(np.float32), np.where(item, two, 0).astype(np.float32)


def _reached(item: Mask, reach_px: int) -> Mask:
    kernel = np.ones((2 * reach_px + 1, 2 * reach_px + 1), np.uint8)
    return np.asarray(cv2.dilate(item.view(np.uint8), kernel), np.uint8).view(np.bool_)


def _amounts(low: Plane, high: Plane, response: DualResponse, among: Mask) -> tuple[Plane, Plane, Mask]:
    """Amounts of both materials, and where there are none."""
    basis = solve(low, high, response, among=among, goods_only=True)
    # Goods lie between hydrocarbons and copper; what lies outside by more than noise is an edge with two energies of
    # different things, and its amounts would harden the item wrongly.
    wild = (basis.first < -0.95 * basis.second - SLACK) | (basis.second < -0.1 * basis.first - SLACK)
    return basis.first, basis.second, (basis.marked | wild) & among


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
