"""The material index f = a_Al / (a_PE + a_Al), with what noise leaves open.

Polyethylene 0, sugar .09, water .12, aluminium 1, iron about 4: the same on every machine and nearly the same for every
thickness. It never names a substance: free bases look like sugar, and behind 2 mm of steel a single pixel cannot tell.
"""

from __future__ import annotations

from dataclasses import dataclass

import cv2
import numpy as np
from numpy.typing import NDArray

from pandok.readers.xray.physics.compiled import compiled
from pandok.readers.xray.physics.noise import Noise
from pandok.readers.xray.physics.solver import BasisDensities

WIDEST_INTERVAL = 0.1
"""Of f, 95 %: wider than this nothing is told."""
METAL = 1.5
"""Above it everything is metal to the eye; an interval that lies there whole tells so, however wide."""
LIGHTEST = -0.2
"""An interval below it whole is of no goods: nothing is lighter than hydrocarbons, −.02."""
TWO_SIDED_95 = 1.959964
WINDOW_PX = 5
"""Side of the square over which amounts are averaged for f."""

Mask = NDArray[np.bool_]


@dataclass(frozen=True)
class Index:
    """Material index of an image, float32. `f`: the value; `half_width`: half of its interval of 95 %; `told`: the
    interval is narrow enough to say. Not solved: NaN and not told."""

    f: NDArray[np.float32]
    half_width: NDArray[np.float32]
    told: Mask


@dataclass(frozen=True)
class Region:
    """What a part of a scan is made of, surroundings taken off. `f` with its interval of 95 %; `g_per_cm2`: amount of
    both basis materials. `told`: the interval is narrow enough."""

    f: float
    f_low: float
    f_high: float
    g_per_cm2: float
    told: bool


def index_of(
    basis: BasisDensities,
    low: NDArray[np.floating],
    high: NDArray[np.floating],
    noise_low: Noise,
    noise_high: Noise,
    window_px: int = WINDOW_PX,
    among: Mask | None = None,
) -> Index:
    """f of every pixel, or of those `among` these (all others are not told), from the means of both amounts over
    `window_px` × `window_px`; pixels that were not solved are left out of the means."""
    solved = ~basis.marked
    if solved.all():
        safe = np.ones(solved.shape, np.float32)
        first, second = (_mean(part, window_px) for part in (basis.first, basis.second))
    else:
        safe = np.maximum(_mean(solved.astype(np.float32), window_px), 1e-6)
        first, second = (_mean(np.where(solved, part, 0), window_px) / safe for part in (basis.first, basis.second))
    pixels = window_px * window_px
    value, reach = np.empty(high.shape, np.float32), np.empty(high.shape, np.float32)
    t_low, t_high, one, two, solved_share = (
        np.ascontiguousarray(part, np.float32).ravel() for part in (low, high, first, second, safe)
    )
    shares = [noise.variances(pixels) for noise in (noise_low, noise_high)]
    slopes = np.ascontiguousarray(basis.slopes, np.float32).reshape(4, -1)
    left_out = basis.marked if among is None else basis.marked | ~among
    of_window = (t_low, t_high, one, two, solved_share)
    _index(*of_window, slopes, left_out.ravel(), np.array(shares), value.ravel(), reach.ravel())
    return Index(f=value, half_width=reach, told=is_told(value - reach, value + reach) & (first + second > 0))


@compiled
def _index(
    low: NDArray[np.float32],
    high: NDArray[np.float32],
    first: NDArray[np.float32],
    second: NDArray[np.float32],
    share: NDArray[np.float32],
    slopes: NDArray[np.float32],
    left_out: Mask,
    variances: NDArray[np.float64],
    f: NDArray[np.float32],
    half_width: NDArray[np.float32],
) -> None:
    """(n,) each: T_low, T_high, amounts of both basis materials, share of the window that was solved. `variances`
    (2, 2): of low and high, per unit of T and at its floor."""
    for at in range(low.size):
        amount = first[at] + second[at]
        if left_out[at] or amount == 0:
            f[at] = half_width[at] = np.nan
            continue
        f[at] = second[at] / amount
        # df = (first · dsecond − second · dfirst) / amount²
        by_low = (first[at] * slopes[2, at] - second[at] * slopes[0, at]) / amount**2
        by_high = (first[at] * slopes[3, at] - second[at] * slopes[1, at]) / amount**2
        of_low = (max(low[at], 0.0) * variances[0, 0] + variances[0, 1]) / max(low[at], 1e-5) ** 2
        of_high = (max(high[at], 0.0) * variances[1, 0] + variances[1, 1]) / max(high[at], 1e-5) ** 2
        half_width[at] = TWO_SIDED_95 * np.sqrt((by_low**2 * of_low + by_high**2 * of_high) / share[at])


def is_told(f_low: NDArray[np.floating], f_high: NDArray[np.floating]) -> Mask:
    """Whether an interval of f says something; up to `METAL`, beyond which it is all one."""
    with np.errstate(invalid="ignore"):
        narrow = np.minimum(f_high, METAL) - np.minimum(f_low, METAL) <= WIDEST_INTERVAL
        return np.asarray(narrow & (f_high >= LIGHTEST))


def region_of(basis: BasisDensities, inside: Mask, around: Mask | None = None) -> Region | None:
    """`inside`, `around`: masks of the scan's shape; the mean of `around` is taken off, as what lies before and behind.

    The interval is that of the difference of two means, from the scatter within both and how it goes together. None
    where too few pixels were solved or nothing is left after the surroundings."""
    parts = []
    for mask in (inside, around):
        if mask is None:
            continue
        solved = mask & ~basis.marked
        if int(solved.sum()) < 4:
            return None
        both = np.stack([basis.first[solved], basis.second[solved]]).astype(np.float64)
        parts.append((both.mean(axis=1), np.cov(both) / both.shape[1]))
    mean, covariance = parts[0]
    if len(parts) == 2:
        mean, covariance = mean - parts[1][0], covariance + parts[1][1]
    first, second = mean
    amount = float(first + second)
    if amount <= 0:
        return None
    slope = np.array([-second, first]) / amount**2
    half_width = TWO_SIDED_95 * float(np.sqrt(slope @ covariance @ slope))
    f = float(second) / amount
    told = bool(is_told(np.array(f - half_width), np.array(f + half_width)))
    return Region(f=f, f_low=f - half_width, f_high=f + half_width, g_per_cm2=amount, told=told)


def rim_of(inside: Mask, gap_px: int = 3, width_px: int = 4) -> Mask:
    """The surroundings of a region: a ring of `width_px`, `gap_px` away, where blur no longer mixes them."""
    kernel = cv2.getStructuringElement(cv2.MORPH_ELLIPSE, (3, 3))
    near = cv2.dilate(inside.astype(np.uint8), kernel, iterations=gap_px)
    far = cv2.dilate(near, kernel, iterations=width_px)
    return np.asarray((far > 0) & (near == 0))


def _mean(image: NDArray[np.floating], window_px: int) -> NDArray[np.float32]:
    return np.asarray(cv2.blur(np.asarray(image, np.float32), (window_px, window_px)), np.float32)
