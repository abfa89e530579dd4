"""The windows of a strip or card in a photograph: quads with a dark rim, each brought upright onto its own raster."""

from __future__ import annotations

from dataclasses import dataclass

import cv2
import numpy as np
from numpy.typing import NDArray

Floats = NDArray[np.float64]
LEAST_SIDE_SHARE, MOST_AREA_SHARE = 0.04, 0.5
"""Of the photograph: shorter side against its shorter side, area against its area."""
MOST_ASPECT = 8.0
LEAST_FILL = 0.8
"""Of its own quad, by area: rounded corners leave .9, a disc .79."""
LEAST_RIM, _RIM_DEPTH = 0.75, 0.012
"""Share of each side along which it is darker than the membrane by the depth (of the card's white)."""
_INSET = 0.09
"""Share of each side that is left out on both ends: the rim and its shadow."""


@dataclass(frozen=True, eq=False)
class Window:
    """`corners` (4, 2) x, y in the photograph, clockwise. `pixels` (rows, columns) reflectance, 1 = the white around
    the window's lines, rim left out; rows run along the strip where the window is longer than wide,
    from its upper end in the photograph (of a lying strip: from its left end)."""

    corners: Floats
    pixels: Floats
    parted: bool = False
    """Whether a dark band, broader than a rim, runs along one of its sides: a line may have parted the window, and this
    be only a part of it."""


def flattened(photograph: NDArray[np.uint8]) -> Floats:
    """(H, W) grey over the brightness of the card around, so that uneven light and its colour are taken off.
    `photograph` (H, W) or (H, W, 3) RGB uint8. Raises ValueError for another shape."""
    if photograph.ndim not in (2, 3) or (photograph.ndim == 3 and photograph.shape[2] != 3):
        raise ValueError("a photograph has one channel or three")
    planes = photograph[..., None] if photograph.ndim == 2 else photograph
    balanced = np.zeros(photograph.shape[:2])
    for channel in range(planes.shape[2]):
        plane = planes[..., channel].astype(np.float32)
        # The card is the most of what is seen: a wide median does not see windows and lines. In small, it is quick.
        small = cv2.resize(plane, (96, 96), interpolation=cv2.INTER_AREA)
        middle = cv2.medianBlur(np.clip(small, 0, 255).astype(np.uint8), 31).astype(np.float32)
        ground = cv2.GaussianBlur(middle, (0, 0), 6, borderType=cv2.BORDER_REPLICATE)
        wide = cv2.resize(ground, plane.shape[::-1], interpolation=cv2.INTER_CUBIC)
        # Green is where red and violet lines absorb most.
        weight = (0.15, 0.7, 0.15)[channel] if planes.shape[2] == 3 else 1.0
        balanced += weight * plane / np.maximum(wide, 1.0)
    return balanced


def windows_of(photograph: NDArray[np.uint8], most: int = 16) -> list[Window]:
    """From left to right; none where no quad is found. Of nested quads the outer one counts (the inner are what a line
    parts a window into), but where it holds windows apart from each other and is their card."""
    flat = flattened(photograph)
    found: list[tuple[Floats, float]] = []
    quads = _quads(flat)[::-1]
    for corners, area in quads:
        inner = [
            one for one in quads if one[1] < 0.3 * area and _inside(one[0], corners) and _narrower(one[0], corners)
        ]
        if _apart(inner) or any(_inside(corners, one) or _inside(one, corners) for one, _ in found):
            continue
        found.append((corners, area))
    if found:
        # What belongs to a card is of one size; a stray quad is not.
        typical = float(np.median([area for _, area in found]))
        found = [(corners, area) for corners, area in found if typical / 3 <= area <= typical * 3]
    found.sort(key=lambda one: tuple(one[0].mean(axis=0)))
    return [Window(corners, _upright(flat, corners), _parted(flat, corners)) for corners, _ in found[:most]]


def _inside(one: Floats, other: Floats) -> bool:
    """Whether the middle of a quad lies in another."""
    return cv2.pointPolygonTest(other.astype(np.float32), _point(one.mean(axis=0)), False) >= 0


def _narrower(one: Floats, other: Floats) -> bool:
    """Whether both sides are shorter than the other's shorter side: what a line parts off is as broad as its window."""
    sides = [np.linalg.norm(np.roll(quad, -1, axis=0) - quad, axis=1) for quad in (one, other)]
    return bool(sides[0].max() < 0.8 * sides[1].min())


def _apart(quads: list[tuple[Floats, float]]) -> bool:
    """Whether two of them stand further from each other than they are wide: windows of a card, no parts of one."""
    for corners, area in quads:
        for other, _ in quads:
            if float(np.linalg.norm(corners.mean(axis=0) - other.mean(axis=0))) > 1.6 * area**0.5:
                return True
    return False


def _quads(flat: Floats) -> list[tuple[Floats, float]]:
    """Convex quads between dark rims, smallest first; each size and place may come several times."""
    height, width = flat.shape
    side = min(height, width)
    ground = cv2.GaussianBlur(flat.astype(np.float32), (0, 0), side / 60)
    darker = ground - cv2.GaussianBlur(flat.astype(np.float32), (0, 0), 0.7)
    # Closed rims enclose a region of what is not rim: found as a connected piece, its hull as a quad.
    quads: list[tuple[Floats, float]] = []
    for depth in (0.012, 0.02, 0.035, 0.06, 0.1):
        dark = (darker > depth).astype(np.uint8)
        contours: list[NDArray[np.int32]] = []
        # Closed by little the rim encloses; where something is truly dark, closed by much so that it does not part the
        # window, and what sticks out of a corner opened away. Of paper's own fibres much closing would make quads.
        ways = [(5, 0), *([(int(side / 12), int(side / 40))] if depth > 0.03 else [])]
        for wide, thin in ways:
            rim = cv2.morphologyEx(dark, cv2.MORPH_CLOSE, np.ones((wide, wide), np.uint8))
            if thin:
                rim = cv2.morphologyEx(rim, cv2.MORPH_OPEN, np.ones((thin, thin), np.uint8))
            closed, _ = cv2.findContours(rim, cv2.RETR_CCOMP, cv2.CHAIN_APPROX_NONE)
            contours += [np.asarray(one, np.int32) for one in closed]
        for contour in contours:
            hull = cv2.convexHull(contour)
            area = float(cv2.contourArea(hull))
            if not (LEAST_SIDE_SHARE * side) ** 2 <= area <= MOST_AREA_SHARE * height * width:
                continue
            quad = _four_cornered(np.asarray(hull, np.int32))
            if quad is None:
                continue
            sides = np.linalg.norm(np.roll(quad, -1, axis=0) - quad, axis=1)
            short, long = float(sides.min()), float(sides.max())
            mine = float(cv2.contourArea(quad.astype(np.float32)))
            if short < LEAST_SIDE_SHARE * side or long / short > MOST_ASPECT:
                continue
            fill = min(area, mine) / max(area, mine)
            # A line by itself is a quad, too, but dark within.
            inside = np.zeros(flat.shape, np.uint8)
            cv2.fillConvexPoly(inside, np.rint(quad).astype(np.int32), 1)
            if (
                fill < LEAST_FILL
                or np.quantile(flat[inside > 0], 0.7) < 0.9
                or _off_square(quad)
                or not _rimmed(flat, quad)
            ):
                continue
            quads.append((quad, mine))
    return sorted(quads, key=lambda one: one[1])


def _four_cornered(hull: NDArray[np.int32]) -> Floats | None:
    for tolerance in (0.04, 0.06, 0.08):
        quad = cv2.approxPolyDP(hull, tolerance * cv2.arcLength(hull, True), True)[:, 0].astype(np.float64)
        if len(quad) == 4:
            return np.asarray(quad)
    return None


def _off_square(quad: Floats) -> bool:
    """Whether a corner is further than 30° from a right angle."""
    to, back = np.roll(quad, -1, axis=0) - quad, np.roll(quad, 1, axis=0) - quad
    cosines = (to * back).sum(axis=1) / (np.linalg.norm(to, axis=1) * np.linalg.norm(back, axis=1))
    return bool(np.abs(cosines).max() > 0.5)


def _rimmed(flat: Floats, quad: Floats) -> bool:
    """Whether all four sides have a dark rim, thin or broad, for the most of their length."""
    middle = quad.mean(axis=0)
    last = np.array(flat.shape[::-1]) - 1
    for begin, end in zip(quad, np.roll(quad, -1, axis=0), strict=True):
        along = begin + np.linspace(0.12, 0.88, 21)[:, None] * (end - begin)
        outward = (begin + end) / 2 - middle
        outward = outward / np.linalg.norm(outward)
        lines = []
        for step in range(-5, 6):
            at = np.clip(np.rint(along + step * outward).astype(int), 0, last)
            lines.append(flat[at[:, 1], at[:, 0]])
        across = np.array(lines)
        inside = np.median(across[:3])
        if float((across.min(axis=0) < inside - _RIM_DEPTH).mean()) < LEAST_RIM:
            return False
    return True


def _parted(flat: Floats, corners: Floats) -> bool:
    middle = corners.mean(axis=0)
    reach = 0.012 * min(flat.shape)
    for begin, end in zip(corners, np.roll(corners, -1, axis=0), strict=True):
        along = begin + np.linspace(0.25, 0.75, 15)[:, None] * (end - begin)
        outward = (begin + end) / 2 - middle
        outward = outward / np.linalg.norm(outward)
        dark = True
        for step in (0.35, 0.7, 1.05):
            at = np.rint(along + step * reach * outward).astype(int)
            at = np.clip(at, 0, np.array(flat.shape[::-1]) - 1)
            dark = dark and float(np.median(flat[at[:, 1], at[:, 0]])) < 0.95
        if dark:
            return True
    return False


def _upright(flat: Floats, corners: Floats) -> Floats:
    """The window on a raster, one pixel of it about one of the photograph."""
    corners = _from_upper_left(corners)
    sides = np.linalg.norm(np.roll(corners, -1, axis=0) - corners, axis=1)
    width, height = float(sides[0] + sides[2]) / 2, float(sides[1] + sides[3]) / 2
    if width > height:
        # A lying strip: its left end comes first.
        corners, (width, height) = corners[[0, 3, 2, 1]], (height, width)
    columns, rows = max(16, round(width)), max(16, round(height))
    target = np.array([[0, 0], [columns - 1, 0], [columns - 1, rows - 1], [0, rows - 1]], np.float32)
    matrix = cv2.getPerspectiveTransform(corners.astype(np.float32), target)
    warped = cv2.warpPerspective(flat.astype(np.float32), matrix, (columns, rows), flags=cv2.INTER_LINEAR)
    top, left = max(2, round(_INSET * rows)), max(2, round(_INSET * columns))
    inner = warped[top : rows - top, left : columns - left].astype(np.float64)
    white = float(np.quantile(inner, 0.8))
    return np.clip(inner / max(white, 1e-3), 0.01, 2.0)


def _from_upper_left(corners: Floats) -> Floats:
    """Clockwise as seen, the corner nearest to the upper left first."""
    if cv2.contourArea(corners.astype(np.float32), oriented=True) < 0:
        corners = corners[::-1]
    return np.asarray(np.roll(corners, -int(np.argmin(corners.sum(axis=1))), axis=0))


def _point(at: Floats) -> tuple[float, float]:
    return float(at[0]), float(at[1])
