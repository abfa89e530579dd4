"""A container on the raster of its kind: four corners by a homography, then column by column along the belt.

A belt does not run evenly and beams are not where the drawing has them: short stretches are moved along until the
verticals (corrugation, beams, posts) lie on those of the kind.
"""

from __future__ import annotations

from typing import NamedTuple

import cv2
import numpy as np
from numpy.typing import NDArray

from pandok.readers.xray.containers.finding import corners_of
from pandok.readers.xray.containers.kinds import ContainerKind

Plane = NDArray[np.float32]
PIXEL_MM = 12.0
MARGIN_PX = 3
STRETCH_PX, REACH_PX = 80, 6
DARKEST = 1e-4


def raster_of(kind: ContainerKind) -> tuple[int, int]:
    """Rows and columns, a margin on all sides included."""
    return (
        round(kind.height_mm / PIXEL_MM) + 2 * MARGIN_PX,
        round(kind.length_mm / PIXEL_MM) + 2 * MARGIN_PX,
    )


def onto_raster(corners: NDArray[np.float32], kind: ContainerKind) -> NDArray[np.float64]:
    """(3, 3) from pixels x, y of the scan to those of the raster; `corners` as `finding.corners_of` gives them."""
    rows, columns = raster_of(kind)
    target = np.array(
        [
            [MARGIN_PX, MARGIN_PX],
            [columns - 1 - MARGIN_PX, MARGIN_PX],
            [columns - 1 - MARGIN_PX, rows - 1 - MARGIN_PX],
            [MARGIN_PX, rows - 1 - MARGIN_PX],
        ],
        np.float32,
    )
    return np.asarray(cv2.getPerspectiveTransform(corners, target), np.float64)


def on_raster(transmission: NDArray[np.floating], kind: ContainerKind) -> Plane:
    """ln T on the raster of the kind, front end as in the scan. Raises NoContainer."""
    corners = corners_of(transmission).astype(np.float32)
    rows, columns = raster_of(kind)
    matrix = onto_raster(corners, kind)
    # A scan finer than the raster is averaged before: its noise and its edges must not alias.
    finer = float(np.linalg.norm(corners[1] - corners[0])) / columns
    softened = np.asarray(transmission, np.float32)
    if finer > 1.2:
        softened = cv2.GaussianBlur(softened, (0, 0), 0.3 * finer).astype(np.float32)
    warped = cv2.warpPerspective(softened, matrix, (columns, rows), flags=cv2.INTER_LINEAR, borderValue=1.0)
    return np.log(np.maximum(warped, DARKEST)).astype(np.float32)


class Laid(NamedTuple):
    """`turned`: end for end, so that its front end stands where that of the model does."""

    image: Plane
    turned: bool


def laid(image: Plane, model: Plane) -> Laid:
    """`image` (ln T) turned end for end where it fits so better, then moved along column by column onto `model`. Raises
    ValueError for another shape."""
    if image.shape != model.shape:
        raise ValueError("one raster for both")
    other_way = np.ascontiguousarray(image[:, ::-1])
    ways = [Laid(_along(one, model), turned) for one, turned in ((image, False), (other_way, True))]
    return max(ways, key=lambda one: _alike(one.image, model))


def laid_on(image: Plane, model: Plane) -> Plane:
    """The image of `laid`."""
    return laid(image, model).image


def _along(image: Plane, model: Plane) -> Plane:
    rows, columns = image.shape
    half = STRETCH_PX // 2
    centres = np.arange(half, columns - half + 1, half)
    seen, wanted = _verticals(image), _verticals(model)
    shifts = []
    for centre in centres:
        part = slice(max(REACH_PX, centre - half), min(columns - REACH_PX, centre + half))
        target = wanted[:, part]
        scores = [
            float((seen[:, part.start + shift : part.stop + shift] * target).sum())
            for shift in range(-REACH_PX, REACH_PX + 1)
        ]
        shifts.append(_peak(scores) - REACH_PX)
    # One stretch may be led astray by what is hidden in it; its neighbours are not.
    calm = [float(np.median(shifts[max(0, at - 1) : at + 2])) for at in range(len(shifts))]
    at = np.arange(columns) + np.interp(np.arange(columns), centres, calm)
    map_x = np.repeat(at.astype(np.float32)[None], rows, axis=0)
    map_y = np.repeat(np.arange(rows, dtype=np.float32)[:, None], columns, axis=1)
    return np.asarray(cv2.remap(image, map_x, map_y, cv2.INTER_LINEAR, borderMode=cv2.BORDER_REPLICATE), np.float32)


def _verticals(image: Plane) -> NDArray[np.float64]:
    """Changes along the belt, in six bands of height."""
    bands = np.array_split(image.astype(np.float64), 6)
    return np.stack([np.gradient(band.mean(axis=0)) for band in bands])


def _peak(scores: list[float]) -> float:
    best = int(np.argmax(scores))
    if not 0 < best < len(scores) - 1:
        return float(best)
    before, here, after = scores[best - 1 : best + 2]
    bend = before - 2 * here + after
    return best + (0.5 * (before - after) / bend if bend < 0 else 0.0)


def _alike(one: Plane, other: Plane) -> float:
    return float(np.corrcoef(np.clip(one, -3, 0).ravel(), np.clip(other, -3, 0).ravel())[0, 1])
