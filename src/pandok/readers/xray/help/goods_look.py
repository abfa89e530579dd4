"""What all goods of a view look like together: how much, of what, in how many pieces; and whether that is as far from
earlier ones of the same heading as these are from each other."""

from __future__ import annotations

from collections.abc import Sequence
from dataclasses import dataclass

import cv2
import numpy as np
from numpy.typing import NDArray

from pandok.readers.xray.help.maps import PITCH_MM, GoodsMaps

GOODS_G_PER_CM2 = 0.05
"""Less is air and its noise."""
PIECE_G_PER_CM2, PIECE_LEAST_MM2 = 1.0, 150.0
ALIKE = 0.1
"""Of the material index: mass so near its median counts as of one kind."""
INDEX_EDGES = (-0.5, 0.05, 0.12, 0.2, 0.3, 0.45, 0.7, 1.1, 1.7, 3.0)
AMOUNT_EDGES = (0.3, 1.0, 2.0, 4.0, 8.0)
LEAST_EARLIER = 10
"""Fewer earlier scans of a heading say nothing."""
NEIGHBOURS = 3


@dataclass(frozen=True)
class GoodsLook:
    """`mass_g`: at the pitch of the detectors, so at most so much (words.MOST_MAGNIFICATION). `opaque_share`: of the
    area of the goods, lets nothing through. `pieces`: what stands apart; what lies above each other is one. `index`:
    the median by mass. `alike_share`: of the mass, within `ALIKE` of it. `profile`: shares of the mass by material
    index, then of the area by amount, each sum 1."""

    mass_g: float
    opaque_share: float
    pieces: int
    index: float
    alike_share: float
    profile: tuple[float, ...]


def look_of(maps: GoodsMaps) -> GoodsLook | None:
    """None where the view shows no goods."""
    amount = np.where(maps.told, maps.basis.first + maps.basis.second, 0.0)
    # A mean over 3 × 3 pixels: a single pixel's index is mostly noise, and air has amounts of its own.
    first, second = (
        cv2.blur(np.where(maps.told, part, 0.0).astype(np.float32), (3, 3))
        for part in (maps.basis.first, maps.basis.second)
    )
    there = maps.told & (first + second > GOODS_G_PER_CM2)
    if not there.any():
        return None
    goods = there | ~maps.told
    mass = np.maximum(amount[there], 0.0)
    if not mass.sum() > 0:
        return None
    index = np.clip(second[there] / (first[there] + second[there]), -0.5, 6.0)
    median = _weighted_median(index, mass)
    by_index = np.histogram(index, (-0.6, *INDEX_EDGES[1:], 6.1), weights=mass)[0] / mass.sum()
    by_amount = np.histogram(mass, (0.0, *AMOUNT_EDGES, np.inf))[0] / mass.size
    return GoodsLook(
        mass_g=float(mass.sum() * PITCH_MM**2 / 100),
        opaque_share=float((~maps.told).sum() / goods.sum()),
        pieces=_pieces(amount),
        index=round(median, 4),
        alike_share=float(mass[np.abs(index - median) <= ALIKE].sum() / mass.sum()),
        profile=tuple(round(float(one), 5) for one in (*by_index, *by_amount)),
    )


def together(looks: Sequence[GoodsLook]) -> GoodsLook | None:
    """Of the views of one scan that of the greatest mass: two views show the same goods, not twice as many."""
    return max(looks, key=lambda one: one.mass_g, default=None)


def distance(one: Sequence[float], other: Sequence[float]) -> float:
    """Between two profiles, 0 to 1: half of what differs (total variation), the mean of both parts."""
    return float(np.abs(np.asarray(one) - np.asarray(other)).sum() / 4)


def unlike_earlier(profile: Sequence[float], earlier: Sequence[Sequence[float]]) -> float | None:
    """The share of looks of this heading, this one counted in, that lie as far from the others as this one does: of
    honest goods, so many would look as odd. None where `earlier` are fewer than `LEAST_EARLIER`.

    Each look's distance is the mean of its `NEIGHBOURS` smallest; a conformal p-value, Vovk, Gammerman and Shafer 2005.
    """
    if len(earlier) < LEAST_EARLIER:
        return None
    every = np.array([profile, *earlier])
    apart = np.abs(every[:, None] - every[None]).sum(axis=2) / 4
    np.fill_diagonal(apart, np.inf)
    oddness = np.sort(apart, axis=1)[:, :NEIGHBOURS].mean(axis=1)
    return float((oddness >= oddness[0] - 1e-12).mean())


def _weighted_median(values: NDArray[np.floating], weights: NDArray[np.floating]) -> float:
    order = np.argsort(values)
    reached = np.cumsum(weights[order])
    return float(values[order][np.searchsorted(reached, reached[-1] / 2)])


def _pieces(amount: NDArray[np.floating]) -> int:
    count, _, facts, _ = cv2.connectedComponentsWithStats((amount > PIECE_G_PER_CM2).astype(np.uint8), connectivity=8)
    return int((facts[1:count, cv2.CC_STAT_AREA] * PITCH_MM**2 >= PIECE_LEAST_MM2).sum())
