"""Evidence: which regions of the photograph agree with which regions of the registered view, and a picture of it."""

from __future__ import annotations

from collections.abc import Sequence
from io import BytesIO
from pathlib import Path
from typing import Any

import cv2
import numpy as np
from numpy.typing import NDArray
from PIL import Image, ImageDraw, ImageFont

from pandok.core.reading import Box, Region
from pandok.core.text import Text

Pixels = NDArray[np.uint8]
Points = NDArray[np.floating[Any]]

OKABE_ITO = ((0, 114, 178), (213, 94, 0), (0, 158, 115), (204, 121, 167), (230, 159, 0), (86, 180, 233))
"""RGB, in the order of use; told apart with every common colour blindness. Source: Okabe and Ito 2008."""
_POINTS_PER_REGION = 6
_PADDING_SHARE = 0.03
"""Padding of a region as a share of the view's diagonal: a point stands for the patch round it."""
_GROUND = (255, 255, 255)
_FRAME = (205, 209, 216)
_INK = (30, 33, 36)


def regions_from_matches(
    points_photo: Points,
    points_view: Points,
    transform: Points | None,
    photo_size: tuple[int, int],
    view_size: tuple[int, int],
    max_regions: int = 6,
) -> tuple[Region, ...]:
    """A few compact regions from verified point matches, heaviest first; weights sum to 1.

    `points_photo`, `points_view`: `(N, 2)`, x y, pixels, row i of one matches row i of the other. `transform`:
    `(3, 3)` or `(2, 3)`, photograph → view (its inverse is recognised by its smaller error), or None; it is only
    asked for the local scale. Sizes are `(width, height)`. No matches give no regions.
    """
    photo = np.asarray(points_photo, dtype=np.float64).reshape(-1, 2)
    view = np.asarray(points_view, dtype=np.float64).reshape(-1, 2)
    if len(photo) != len(view):
        raise ValueError(f"{len(photo)} points of the photograph, {len(view)} of the view")
    finite = np.isfinite(photo).all(axis=1) & np.isfinite(view).all(axis=1)
    photo, view = photo[finite], view[finite]
    if len(photo) == 0:
        return ()
    labels = _compact_clusters(view, max(1, min(max_regions, len(view) // _POINTS_PER_REGION)))
    padding = _PADDING_SHARE * float(np.hypot(*view_size))
    padding_photo = padding * _photo_per_view(photo, view, transform)
    regions = []
    for label in np.unique(labels):
        member = labels == label
        regions.append(
            Region(
                photograph=_around(photo[member], padding_photo, photo_size),
                view=_around(view[member], padding, view_size),
                weight=round(float(member.mean()), 4),
            )
        )
    return tuple(sorted(regions, key=lambda region: (-region.weight, region.view.as_tuple())))


def draw(
    photograph: Pixels,
    view: Pixels,
    regions: Sequence[Region],
    *,
    size_px: int = 1000,
    language: str = "ko",
    captions: tuple[Text, Text] | None = None,
    font: Path | BytesIO | None = None,
) -> Pixels:
    """Photograph and registered view side by side, `size_px` wide, agreeing regions framed, numbered and joined.

    The height follows from the taller picture, at most that of a square panel. `captions` stand over the two
    pictures. Korean captions need `font` (a TrueType font with Hangul); without it they are drawn in English,
    because the built-in font has no Hangul.
    """
    gap = max(8, size_px // 50)
    panel = max(32, (size_px - 3 * gap) // 2)
    scales = [min(panel / picture.shape[1], panel / picture.shape[0]) for picture in (photograph, view)]
    height = max(round(picture.shape[0] * scale) for picture, scale in zip((photograph, view), scales, strict=True))
    top = gap + (max(26, size_px // 28) if captions else 0)
    canvas = np.full((top + height + gap, size_px, 3), _GROUND, np.uint8)
    origins = []
    for column, (picture, scale) in enumerate(zip((photograph, view), scales, strict=True)):
        w, h = max(1, round(picture.shape[1] * scale)), max(1, round(picture.shape[0] * scale))
        x, y = gap + column * (panel + gap) + (panel - w) // 2, top + (height - h) // 2
        shown = cv2.resize(picture, (w, h), interpolation=cv2.INTER_AREA if scale < 1 else cv2.INTER_CUBIC)
        canvas[y : y + h, x : x + w] = shown
        cv2.rectangle(canvas, (x - 1, y - 1), (x + w, y + h), _FRAME, 1)
        origins.append((x, y))
    line = max(2, size_px // 400)
    centres = []
    for number, region in enumerate(regions):
        colour = OKABE_ITO[number % len(OKABE_ITO)]
        boxes = [
            _placed(box, scale, origin)
            for box, scale, origin in zip((region.photograph, region.view), scales, origins, strict=True)
        ]
        for box in boxes:
            # A white line under the coloured one keeps it visible on dark and on coloured goods.
            cv2.rectangle(canvas, (box.x1, box.y1), (box.x2, box.y2), (255, 255, 255), line + 2, cv2.LINE_AA)
            cv2.rectangle(canvas, (box.x1, box.y1), (box.x2, box.y2), colour, line, cv2.LINE_AA)
        start, stop = (boxes[0].x2, (boxes[0].y1 + boxes[0].y2) // 2), (boxes[1].x1, (boxes[1].y1 + boxes[1].y2) // 2)
        cv2.line(canvas, start, stop, (255, 255, 255), 3, cv2.LINE_AA)
        cv2.line(canvas, start, stop, colour, 1, cv2.LINE_AA)
        centres.append((boxes, colour))
    image = Image.fromarray(canvas)
    pen = ImageDraw.Draw(image)
    radius = max(9, size_px // 90)
    figures = ImageFont.load_default(round(radius * 1.35))
    for number, (boxes, colour) in enumerate(centres, start=1):
        for box in boxes:
            x = min(max(box.x1, radius + 1), size_px - radius - 2)
            y = min(max(box.y1, radius + 1), canvas.shape[0] - radius - 2)
            pen.ellipse((x - radius, y - radius, x + radius, y + radius), fill=colour, outline=(255, 255, 255), width=2)
            pen.text((x, y), str(number), font=figures, fill=(255, 255, 255), anchor="mm")
    if captions:
        spoken = language if font is not None else "en"
        letters = _font(font, max(13, size_px // 62))
        for caption, x in zip(captions, (gap, 2 * gap + panel), strict=True):
            pen.text((x, top // 2), caption.in_language(spoken), font=letters, fill=_INK, anchor="lm")
    return np.asarray(image, dtype=np.uint8).copy()


def differs(photo_crop: Pixels, view: Pixels, transform: Points, *, blocks: int = 8) -> list[Box]:
    """Areas of the photograph crop (pixels) that lie on the view and do not agree with it.

    `transform`: `(3, 3)` or `(2, 3)`, photograph crop → view. The view is laid over the crop and both are compared
    in `blocks` × `blocks` cells by normalised correlation of their gradients' strength, which does not ask for
    colour; cells where neither has structure are left out. An aid to the eye, not a measure.
    """
    height, width = photo_crop.shape[:2]
    matrix = _square(np.asarray(transform, dtype=np.float64))
    flags = cv2.INTER_LINEAR | cv2.WARP_INVERSE_MAP
    size = (width, height)
    laid = cv2.warpPerspective(view, matrix, size, flags=flags, borderMode=cv2.BORDER_REPLICATE).astype(np.uint8)
    covered = cv2.warpPerspective(np.full(view.shape[:2], 255, np.uint8), matrix, size, flags=flags) > 0
    left, right = _strength(photo_crop), _strength(laid)
    rows, columns = np.linspace(0, height, blocks + 1).astype(int), np.linspace(0, width, blocks + 1).astype(int)
    floor = 0.25 * max(float(left.std()), float(right.std()), 1e-6)
    disagrees = _disagreeing(left, right, covered, rows, columns, floor).astype(np.uint8)
    count, _, stats, _ = cv2.connectedComponentsWithStats(disagrees, connectivity=4)
    return [
        Box(x1=int(columns[x]), y1=int(rows[y]), x2=int(columns[x + w]), y2=int(rows[y + h]))
        for x, y, w, h, _ in stats[1:count]
    ]


def _disagreeing(
    left: NDArray[np.float32],
    right: NDArray[np.float32],
    covered: NDArray[np.bool_],
    rows: NDArray[np.intp],
    columns: NDArray[np.intp],
    floor: float,
) -> NDArray[np.bool_]:
    """Cells between `rows` and `columns` that both pictures cover, where one has structure and they do not agree."""
    sides = np.diff(rows)[:, None] * np.diff(columns)[None, :]
    if sides.min() < 9:
        return np.zeros(sides.shape, np.bool_)

    def mean(values: NDArray[Any]) -> NDArray[np.float64]:
        by_row = np.add.reduceat(values.astype(np.float64), rows[:-1], axis=0)
        means: NDArray[np.float64] = np.add.reduceat(by_row, columns[:-1], axis=1) / sides
        return means

    a, b = left.astype(np.float64), right.astype(np.float64)
    spread_a = np.sqrt(np.maximum(mean(a * a) - mean(a) ** 2, 0.0))
    spread_b = np.sqrt(np.maximum(mean(b * b) - mean(b) ** 2, 0.0))
    spread = spread_a * spread_b
    correlation = (mean(a * b) - mean(a) * mean(b)) / np.where(spread > 1e-9, spread, np.inf)
    looked_at = (mean(covered) >= 0.9) & (np.maximum(spread_a, spread_b) >= floor)
    disagree: NDArray[np.bool_] = looked_at & (correlation < 0.15)
    return disagree


def _compact_clusters(points: NDArray[np.float64], clusters: int) -> NDArray[np.intp]:
    """Labels of Lloyd's clustering from farthest-point seeds: no randomness, the same answer for the same points."""
    centre = points.mean(axis=0)
    seeds = [int(np.argmin(((points - centre) ** 2).sum(axis=1)))]
    nearest = ((points - points[seeds[0]]) ** 2).sum(axis=1)
    while len(seeds) < clusters and nearest.max() > 0:
        seeds.append(int(np.argmax(nearest)))
        nearest = np.minimum(nearest, ((points - points[seeds[-1]]) ** 2).sum(axis=1))
    centres = points[seeds]
    labels = np.zeros(len(points), np.intp)
    for _ in range(12):
        distances = ((points[:, None] - centres[None]) ** 2).sum(axis=2)
        labels = distances.argmin(axis=1)
        for label in np.unique(labels):
            centres[label] = points[labels == label].mean(axis=0)
    # One stray match is no region while others carry it.
    sizes = np.bincount(labels, minlength=len(centres))
    if (sizes >= 3).any():
        strong = np.flatnonzero(sizes >= 3)
        distances = ((points[:, None] - centres[strong][None]) ** 2).sum(axis=2)
        labels = strong[distances.argmin(axis=1)]
    return labels


def _photo_per_view(photo: NDArray[np.float64], view: NDArray[np.float64], transform: Points | None) -> float:
    """Photograph pixels for one view pixel, by the transform where it is sane, else by the spread of the points."""
    by_spread = float(photo.std() / view.std()) if view.std() > 0 and photo.std() > 0 else 1.0
    if transform is None:
        return by_spread
    matrix = _square(np.asarray(transform, dtype=np.float64))
    if not np.isfinite(matrix).all() or abs(np.linalg.det(matrix)) < 1e-12:
        return by_spread
    inverse = np.linalg.inv(matrix).astype(np.float64)
    view_to_photo = inverse if _error(inverse, view, photo) <= _error(matrix, view, photo) else matrix
    around = view.mean(axis=0) + np.array([[0.0, 0.0], [1.0, 0.0], [0.0, 1.0]])
    origin, right, down = _mapped(view_to_photo, around)
    area = abs(float(np.linalg.det(np.stack([right - origin, down - origin]))))
    scale = float(np.sqrt(area))
    return scale if np.isfinite(scale) and by_spread / 4 < scale < 4 * by_spread else by_spread


def _error(matrix: NDArray[np.float64], source: NDArray[np.float64], target: NDArray[np.float64]) -> float:
    return float(np.median(np.abs(_mapped(matrix, source) - target)))


def _mapped(matrix: NDArray[np.float64], points: NDArray[np.float64]) -> NDArray[np.float64]:
    homogeneous = np.column_stack([points, np.ones(len(points))]) @ matrix.T
    depth = homogeneous[:, 2:3]
    mapped: NDArray[np.float64] = homogeneous[:, :2] / np.where(np.abs(depth) < 1e-9, 1e-9, depth)
    return mapped


def _square(matrix: NDArray[np.float64]) -> NDArray[np.float64]:
    full: NDArray[np.float64] = np.vstack([matrix, [0.0, 0.0, 1.0]]) if matrix.shape == (2, 3) else matrix
    return full


def _around(points: NDArray[np.float64], padding: float, size: tuple[int, int]) -> Box:
    """The box of the points with padding, inside the picture and at least one pixel large."""
    limits = np.array(size)
    low = np.clip(np.floor(points.min(axis=0) - padding), 0, limits - 1).astype(int)
    high = np.clip(np.ceil(points.max(axis=0) + padding), low + 1, limits).astype(int)
    return Box(x1=int(low[0]), y1=int(low[1]), x2=int(high[0]), y2=int(high[1]))


def _placed(box: Box, scale: float, origin: tuple[int, int]) -> Box:
    x, y = origin
    return Box(
        x1=x + round(box.x1 * scale),
        y1=y + round(box.y1 * scale),
        x2=x + round(box.x2 * scale),
        y2=y + round(box.y2 * scale),
    )


def _strength(pixels: Pixels) -> NDArray[np.float32]:
    gray = cv2.GaussianBlur(cv2.cvtColor(pixels, cv2.COLOR_RGB2GRAY), (0, 0), 1.5).astype(np.float32)
    strength: NDArray[np.float32] = np.hypot(cv2.Sobel(gray, cv2.CV_32F, 1, 0), cv2.Sobel(gray, cv2.CV_32F, 0, 1))
    return cv2.blur(strength, (5, 5)).astype(np.float32)


def _font(font: Path | BytesIO | None, size: int) -> Any:
    return ImageFont.load_default(size) if font is None else ImageFont.truetype(font, size)
