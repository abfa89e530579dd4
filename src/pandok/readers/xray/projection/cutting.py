"""An item cut out of a scan of it alone: divided by the air around it column by column, so that no rectangle stays.

Everything that is not the item or close to it becomes air; two pixels around it keep their values, so that its edge
stays as soft as the machine made it.
"""

from __future__ import annotations

import cv2
import numpy as np

from pandok.readers.xray.physics.basis import DualResponse
from pandok.readers.xray.physics.harmonising import Sampling, reached_blur_px, resampled
from pandok.readers.xray.physics.solver import solve
from pandok.readers.xray.projection.refusals import refused
from pandok.readers.xray.projection.views import ItemView, Mask, Plane

AIR_ABOVE = 0.97
FEATHER_PX = 2
_LEAST_AIR_ROWS = 3
_BETWEEN_PIXELS = 6**-0.5
"""σ in pixels of a line between neighbours, over all places between them."""


def item_of_scan(
    low: Plane,
    high: Plane,
    own: Sampling,
    response: DualResponse,
    to: Sampling,
    *,
    sides_mm: tuple[float, float],
    depth_mm: float,
    magnification: tuple[float, float] = (1.0, 1.0),
    air_above: float = AIR_ABOVE,
    blur_error_px: float = 0.0,
) -> ItemView:
    """`low`, `high`: transmission of the item with air all around, on a machine of `response` that samples as `own`;
    `to`: how the bag's machine samples. `magnification`: across the belt, where the item lay and where it will lie.
    `sides_mm`, `depth_mm`: of the thing itself, as `ItemView` says. `blur_error_px`: so far its blur may be off, in
    pixels of `to`.

    Raises `InputError` projection.cut_off where the item touches the edge."""
    planes = [_air_at_one(part, high < air_above) for part in (low, high)]
    scale = magnification[0] / magnification[1]
    seen_by = Sampling((own.pitch_mm[0] / scale, own.pitch_mm[1]), (own.blur_px[0], own.blur_px[1]))
    t_low, t_high = (resampled(part, seen_by, to) for part in planes)
    solid = t_high < air_above
    if not solid.any() or _touches_edge(solid):
        raise refused("cut_off")
    kernel = np.ones((2 * FEATHER_PX + 1, 2 * FEATHER_PX + 1), np.uint8)
    near = cv2.dilate(solid.view(np.uint8), kernel).view(np.bool_)
    basis = solve(np.where(near, t_low, 1), np.where(near, t_high, 1), response, among=near)
    first, second = (np.where(near, np.nan_to_num(part), 0).astype(np.float32) for part in (basis.first, basis.second))
    blur = max(max(to.blur_px), *(_blur_px(seen_by, to, axis) for axis in (0, 1)))
    return ItemView(first, second, solid, to.pitch_mm, blur, sides_mm, depth_mm, blur_error_px=blur_error_px)


def _blur_px(own: Sampling, to: Sampling, axis: int) -> float:
    """σ in pixels of `to`: own blur, what averaging adds, and what lines between two pixels add in the middle."""
    scale = own.pitch_mm[axis] / to.pitch_mm[axis]
    between = 0.0 if scale == 1 else _BETWEEN_PIXELS * scale
    return float(np.hypot(reached_blur_px(own, to.pitch_mm)[axis], between))


def _air_at_one(plane: Plane, goods: Mask) -> Plane:
    """Each column divided by the median of its air; columns without air by that of the whole."""
    air = np.where(goods, np.nan, plane)
    enough = (~goods).sum(axis=0) >= _LEAST_AIR_ROWS
    level = np.full(plane.shape[1], float(np.nanmedian(air)) if (~goods).any() else 1.0)
    if enough.any():
        level[enough] = np.nanmedian(air[:, enough], axis=0)
    return np.asarray(plane / level, np.float32)


def _touches_edge(solid: Mask) -> bool:
    return bool(solid[0].any() or solid[-1].any() or solid[:, 0].any() or solid[:, -1].any())
