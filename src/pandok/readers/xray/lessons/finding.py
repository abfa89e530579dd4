"""A find cut out of the scan of its bag: what lies around it is taken away, if that is even enough to be known.

The amounts behind the mark less those of its surroundings, as a plane through them: what is left is the article as if
it had been scanned alone. Where goods lie across it nobody can tell the two apart, and it is refused; so is what is
opaque, or leaves the scan. Such a find still is a lesson: the whole scan as it was.
"""

from __future__ import annotations

import math
from dataclasses import dataclass

import cv2
import numpy as np
from numpy.typing import NDArray

from pandok.readers.xray.physics.basis import DualResponse
from pandok.readers.xray.physics.harmonising import Sampling
from pandok.readers.xray.physics.solver import solve
from pandok.readers.xray.projection.cutting import AIR_ABOVE, item_of_scan
from pandok.readers.xray.projection.joining import seen
from pandok.readers.xray.projection.placing import MOST_OPAQUE, OPAQUE_BELOW
from pandok.readers.xray.projection.refusals import refused
from pandok.readers.xray.projection.solids import rectangle_mm
from pandok.readers.xray.projection.views import ItemView, Mask, Plane

Box = tuple[int, int, int, int]
MARGIN_PX, RING_PX = 5, 7
"""Beyond the mark: so far the article may reach, then so much is its surroundings."""
MOST_UNEVEN, EVEN_SHARE = 0.10, 90.0
"""So far may ln T_high lie off a plane through the surroundings, over this percentage of them."""
_LEAST_PART = 0.1
_MARGIN_OF_AIR = 6


@dataclass(frozen=True, eq=False)
class _Cut:
    low: Plane
    high: Plane
    sides_mm: tuple[float, float]


def item_of_find(
    low: Plane,
    high: Plane,
    box: Box,
    own: Sampling,
    response: DualResponse,
    to: Sampling,
    *,
    depth_mm: float | None = None,
    blur_error_px: float = 0.0,
) -> ItemView:
    """`low`, `high` (rows, columns): transmission of the whole scan; `box`: left, top, right, bottom of the mark.
    `own`, `to`: how the scan and the bag's machine sample. `depth_mm`: of the article along the rays; None: as much as
    its shorter side. `blur_error_px`: as `item_of_scan` says.

    Raises `InputError` projection.cut_off, projection.find_opaque, projection.surroundings, projection.find_empty.
    """
    cut = _alone(low, high, box, own, response)
    return item_of_scan(
        cut.low,
        cut.high,
        own,
        response,
        to,
        sides_mm=cut.sides_mm,
        depth_mm=cut.sides_mm[1] if depth_mm is None else depth_mm,
        blur_error_px=blur_error_px,
    )


def _alone(low: Plane, high: Plane, box: Box, own: Sampling, response: DualResponse) -> _Cut:
    rows, columns = high.shape
    left, top, right, bottom = box[0] - MARGIN_PX, box[1] - MARGIN_PX, box[2] + MARGIN_PX, box[3] + MARGIN_PX
    if left < RING_PX or top < RING_PX or right > columns - RING_PX or bottom > rows - RING_PX:
        raise refused("cut_off")
    here = np.s_[top - RING_PX : bottom + RING_PX, left - RING_PX : right + RING_PX]
    t_low, t_high = low[here], high[here]
    inside = np.zeros(t_high.shape, np.bool_)
    inside[RING_PX:-RING_PX, RING_PX:-RING_PX] = True
    around = ~inside & (t_high > OPAQUE_BELOW)
    uneven = unevenness(np.log(np.maximum(t_high, 1e-4)), around)
    if uneven > MOST_UNEVEN:
        raise refused("surroundings", percent=round(100 * min(uneven, 9.99), 1))
    basis = solve(t_low, t_high, response)
    known = around & ~basis.marked
    first, second = (
        np.where(inside & ~basis.marked, part - plane_through(part, known), 0.0).astype(np.float32)
        for part in (basis.first, basis.second)
    )
    alone_low, alone_high = seen(first, second, response)
    part = _parts((alone_high < AIR_ABOVE) | (inside & (t_high < OPAQUE_BELOW)))
    if not part.any():
        raise refused("find_empty")
    opaque = int((part & ((t_high < OPAQUE_BELOW) | basis.marked)).sum()) / int(part.sum())
    if opaque > MOST_OPAQUE:
        raise refused("find_opaque", percent=round(100 * opaque, 1))
    ring = cv2.dilate(part.view(np.uint8), np.ones((5, 5), np.uint8)).view(np.bool_) & inside
    edge = np.zeros_like(inside)
    edge[RING_PX, :] = edge[-RING_PX - 1, :] = edge[:, RING_PX] = edge[:, -RING_PX - 1] = True
    if (part & edge & inside).any():
        raise refused("cut_off")
    contours, _ = cv2.findContours(part.view(np.uint8), cv2.RETR_EXTERNAL, cv2.CHAIN_APPROX_NONE)
    corners = np.concatenate(contours)[:, 0]
    corners = np.concatenate([corners + offset for offset in ((0, 0), (1, 0), (0, 1), (1, 1))])
    sides = rectangle_mm(np.asarray(corners * (own.pitch_mm[1], own.pitch_mm[0]), np.float64))
    planes = [np.where(ring, plane, 1.0).astype(np.float32) for plane in (alone_low, alone_high)]
    with_air = [cv2.copyMakeBorder(one, *(_MARGIN_OF_AIR,) * 4, cv2.BORDER_CONSTANT, value=1.0) for one in planes]
    return _Cut(np.asarray(with_air[0], np.float32), np.asarray(with_air[1], np.float32), sides)


def plane_through(values: NDArray[np.floating], known: Mask) -> NDArray[np.float64]:
    """Least squares through the known pixels, those far off left out once."""
    rows, columns = np.indices(values.shape)
    design = np.stack([np.ones(values.shape), rows / values.shape[0], columns / values.shape[1]], axis=-1)
    chosen, fit = known, np.zeros(3)
    for _ in range(2):
        if int(chosen.sum()) < 12:
            return np.full(values.shape, float(np.median(values[known])) if known.any() else 0.0)
        fit, *_ = np.linalg.lstsq(design[chosen], values[chosen].astype(np.float64), rcond=None)
        off = np.abs(values - design @ fit)
        chosen = known & (off <= 3 * max(float(np.median(off[chosen])) / 0.6745, 1e-6))
    return np.asarray(design @ fit, np.float64)


def unevenness(values: NDArray[np.floating], known: Mask) -> float:
    """Infinite where hardly a pixel is known."""
    if int(known.sum()) < 24:
        return math.inf
    off = np.abs(values - plane_through(values, known))[known]
    return float(np.percentile(off, EVEN_SHARE))


def _parts(solid: Mask) -> Mask:
    """The largest part, and those that are not small beside it: an article may be of several."""
    count, labels, stats, _ = cv2.connectedComponentsWithStats(solid.view(np.uint8), connectivity=8)
    if count < 2:
        return np.zeros_like(solid)
    areas = stats[1:, cv2.CC_STAT_AREA]
    kept = 1 + np.flatnonzero(areas >= max(_LEAST_PART * float(areas.max()), 1.0))
    return np.asarray(np.isin(labels, kept), np.bool_)
