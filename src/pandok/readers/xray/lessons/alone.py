"""An article that was scanned by itself, with air all around it: how much of what it is, pixel by pixel.

Its background is divided out column by column, what is not the article becomes air, and the rest is solved for amounts,
which the spectrum of any other machine sees again. One image knows one pose: how high a thing is along the rays, and
what it looks like from elsewhere, nobody learns from it.
"""

from __future__ import annotations

import cv2
import numpy as np

from pandok.core.errors import InputError
from pandok.readers.xray.lessons.finding import MARGIN_PX, MOST_UNEVEN, RING_PX, item_of_find, plane_through, unevenness
from pandok.readers.xray.physics.basis import DualResponse
from pandok.readers.xray.physics.harmonising import Sampling
from pandok.readers.xray.physics.noise import noise_of_scan
from pandok.readers.xray.physics.solver import solve
from pandok.readers.xray.projection.cutting import AIR_ABOVE, item_of_scan
from pandok.readers.xray.projection.machine_blur import NARROWEST_PX, sharpened
from pandok.readers.xray.projection.placing import MOST_OPAQUE, MOST_RIM, OPAQUE_BELOW
from pandok.readers.xray.projection.refusals import refused
from pandok.readers.xray.projection.solids import rectangle_mm
from pandok.readers.xray.projection.views import ItemView, Mask, Plane

LEAST_DEPTH, DEVIATIONS = 5e-4, 5.0
"""1 − T of what is told from air, beside the noise of the air."""
SAME_PITCH = 0.01
MOST_OPAQUE_BLURRED = 0.002
_FEATHER_PX, _RING_PX, _MARGIN_PX = 4, 6, 8
_LEAST_PART = 0.01
_LEAST_PIXELS = 12


def must_be_of_its_pixels(own: Sampling, to: Sampling) -> None:
    """Between pixels nothing is guessed: a join would be off by as much as an edge is steep. Raises `InputError`
    projection.other_pitch."""
    if any(abs(mine / theirs - 1) > SAME_PITCH for mine, theirs in zip(own.pitch_mm, to.pitch_mm, strict=True)):
        told = [f"{one.pitch_mm[0]:.2f} × {one.pitch_mm[1]:.2f}" for one in (own, to)]
        raise refused("other_pitch", own=told[0], bag=told[1])


def item_alone(
    low: Plane,
    high: Plane,
    own: Sampling,
    response: DualResponse,
    to: Sampling,
    *,
    blur_error_px: float = 0.0,
) -> ItemView:
    """`low`, `high` (rows, columns): transmission of the whole scan, air about 1. `own`, `to`: how it and the bag's
    machine sample. Its depth along the rays is taken for its shorter side. `blur_error_px`: as `item_of_scan` says.

    Raises `InputError` projection.alone_empty, projection.alone_edge, projection.alone_opaque,
    projection.alone_tray, projection.rim."""
    if (on := _behind(high)) is not None:
        return _off_its_tray(low, high, on, own, response, to, blur_error_px)
    noise = noise_of_scan(high)
    below = max(AIR_ABOVE, 1 - max(LEAST_DEPTH, DEVIATIONS * (noise.air_share if noise else 0.0)))
    t_low, t_high = (_with_air_at_one(plane, high < below) for plane in (low, high))
    part = _parts(t_high, below)
    if not part.any():
        raise refused("alone_empty")
    if part[:_RING_PX].any() or part[-_RING_PX:].any() or part[:, :_RING_PX].any() or part[:, -_RING_PX:].any():
        raise refused("alone_edge")
    share = noise.air_share if noise else 0.0
    if (opaque := _opaque(t_low, t_high, part, max(own.blur_px), share, response)) is not None:
        raise refused("alone_opaque", percent=round(100 * opaque, 1))
    near = _grown(part, _FEATHER_PX)
    ring = _grown(near, _RING_PX) & ~near
    # The mean of many pixels, so that what is thinner than the noise of one still shows.
    rim = abs(float(1 - t_high[ring].mean())) if ring.any() else 0.0
    if rim > MOST_RIM:
        raise refused("rim", percent=round(100 * rim, 1))
    rows, columns = np.flatnonzero(near.any(axis=1)), np.flatnonzero(near.any(axis=0))
    here = np.s_[rows[0] : rows[-1] + 1, columns[0] : columns[-1] + 1]
    planes = [np.where(near, plane, 1.0)[here].astype(np.float32) for plane in (t_low, t_high)]
    with_air = [
        np.asarray(cv2.copyMakeBorder(one, *(_MARGIN_PX,) * 4, cv2.BORDER_CONSTANT, value=1.0), np.float32)
        for one in planes
    ]
    sides = _sides_mm(part, own)
    return item_of_scan(
        with_air[0],
        with_air[1],
        own,
        response,
        to,
        sides_mm=sides,
        depth_mm=sides[1],
        air_above=below,
        blur_error_px=blur_error_px,
    )


def _opaque(
    low: Plane, high: Plane, part: Mask, blur_px: float, noise_share: float, response: DualResponse
) -> float | None:
    """The share of the article that nobody can solve, if it is too much. Behind blur an opaque pixel spoils those
    around it: there hardly one may be."""
    if blur_px < NARROWEST_PX:
        dark, most = part & (high < OPAQUE_BELOW), MOST_OPAQUE
    else:
        sharp_low, sharp_high = (sharpened(one, blur_px, noise_share) for one in (low, high))
        dark = part & ((sharp_high < OPAQUE_BELOW) | solve(sharp_low, sharp_high, response, among=part).marked)
        most = MOST_OPAQUE_BLURRED
    share = int(dark.sum()) / int(part.sum())
    return share if share > most else None


def _behind(high: Plane) -> Plane | None:
    """What lies under the whole scan, by its frame, as T_high; None: air. Raises `InputError` projection.alone_edge
    where the frame is not even."""
    frame = np.ones(high.shape, np.bool_)
    frame[_RING_PX:-_RING_PX, _RING_PX:-_RING_PX] = False
    if float(np.median(high[frame])) >= AIR_ABOVE:
        return None
    logs = np.log(np.maximum(high, 1e-4))
    if unevenness(logs, frame) > MOST_UNEVEN:
        raise refused("alone_edge")
    return np.exp(plane_through(logs, frame)).astype(np.float32)


def _off_its_tray(
    low: Plane, high: Plane, tray: Plane, own: Sampling, response: DualResponse, to: Sampling, blur_error_px: float
) -> ItemView:
    """Amounts less those of the tray around it: what is behind a tray is not divided out of a hardened spectrum."""
    part = _parts(high / tray, AIR_ABOVE)
    if not part.any():
        raise refused("alone_empty")
    rows, columns = np.flatnonzero(part.any(axis=1)), np.flatnonzero(part.any(axis=0))
    box = int(columns[0]), int(rows[0]), int(columns[-1]) + 1, int(rows[-1]) + 1
    beyond = MARGIN_PX + RING_PX
    if min(box[0], box[1], high.shape[1] - box[2], high.shape[0] - box[3]) < beyond:
        raise refused("alone_edge")
    try:
        return item_of_find(low, high, box, own, response, to, blur_error_px=blur_error_px)
    except InputError as error:
        raise refused("alone_tray") from error


def _with_air_at_one(plane: Plane, goods: Mask) -> Plane:
    """Each column divided by the mean of its air; columns without enough air by that of the whole. The mean of noise is
    known better than its median."""
    air = ~goods
    count = air.sum(axis=0)
    whole = float(plane[air].mean()) if air.any() else 1.0
    each = np.where(air, plane, 0).sum(axis=0) / np.maximum(count, 1)
    level = np.where(count >= _LEAST_PIXELS, each, whole)
    return np.asarray(plane / level, np.float32)


def _parts(t_high: Plane, below: float) -> Mask:
    """What is darker than air and belongs to something that surely is there; specks of noise do not."""
    _, labels = cv2.connectedComponents((t_high < below).astype(np.uint8), connectivity=8)
    sizes = np.bincount(labels[(t_high < AIR_ABOVE) & (labels > 0)], minlength=int(labels.max()) + 1)
    largest = int(sizes.max()) if sizes.size else 0
    if largest < _LEAST_PIXELS:
        return np.zeros(t_high.shape, np.bool_)
    kept = np.flatnonzero(sizes >= max(_LEAST_PIXELS, _LEAST_PART * largest))
    return np.asarray(np.isin(labels, kept), np.bool_)


def _grown(mask: Mask, by_px: int) -> Mask:
    kernel = np.ones((2 * by_px + 1, 2 * by_px + 1), np.uint8)
    return np.asarray(cv2.dilate(mask.view(np.uint8), kernel), np.uint8).view(np.bool_)


def _sides_mm(part: Mask, own: Sampling) -> tuple[float, float]:
    contours, _ = cv2.findContours(part.view(np.uint8), cv2.RETR_EXTERNAL, cv2.CHAIN_APPROX_NONE)
    corners = np.concatenate(contours)[:, 0]
    corners = np.concatenate([corners + offset for offset in ((0, 0), (1, 0), (0, 1), (1, 1))])
    return rectangle_mm(np.asarray(corners * (own.pitch_mm[1], own.pitch_mm[0]), np.float64))
