"""Figure captions of register sheets ("FIG. 3", "도 1.1", "12"): found as isolated lines of small glyphs, painted over.

Two views of one design share no caption, and two designs share many: whoever matches them deceives himself.
A caption is told from the drawing by its place and its form, without reading it: glyphs of one height stand on one
line, upright or turned; they differ in form; nothing else is near; and the ground around them is reachable from the
edge of the sheet, so that lettering on the article itself stays.
"""

from __future__ import annotations

from dataclasses import dataclass

import cv2
import numpy as np
from numpy.typing import NDArray

from pandok.core.reading import Box
from pandok.readers.designs.ground import difference, ground

LARGEST_GLYPH = 0.10
"""Of the sheet's long side; captions on sheets cut to the ink reach 9 %."""

SMALLEST_GLYPH_PX = 5
MOST_GLYPHS = 24
_LINE_SCALES = (0.014, 0.03, 0.06)
_GAP_CLOSED = 0.04
_APART = 0.25
_WORD_SPACE = 2.5
_RICH = 0.78
_LEAST_OUTSIDE = 0.9


@dataclass(frozen=True)
class _Glyphs:
    """Small connected components: `boxes` (N, 4) int x1 y1 x2 y2, `areas` (N,), `labels` (H, W) 0 = none, i + 1 = i."""

    boxes: NDArray[np.int32]
    areas: NDArray[np.int32]
    labels: NDArray[np.int32]


def mask_captions(pixels: NDArray[np.uint8]) -> tuple[NDArray[np.uint8], list[Box]]:
    """Paint captions over with the ground colour.

    `pixels` (H, W, 3) uint8 of a drawing on a plain ground; returned as it is where the ground is not plain.
    Returns the picture and the painted boxes, in pixels of the picture.
    """
    on = ground(pixels)
    if not on.plain:
        return pixels, []
    apart = difference(pixels, on.colour)
    mask = (apart > max(32.0, on.tolerance)).astype(np.uint8)
    faint = (apart > on.tolerance).astype(np.uint8)
    upright = _lines(mask, faint)
    sideways = _lines(np.ascontiguousarray(mask.T), np.ascontiguousarray(faint.T))
    turned = [Box(x1=box.y1, y1=box.x1, x2=box.y2, y2=box.x2) for box in sideways]
    found = upright + [box for box in turned if not any(_overlap(box, other) for other in upright)]
    if not found:
        return pixels, []
    clean = pixels.copy()
    for box in found:
        clean[box.y1 : box.y2, box.x1 : box.x2] = on.colour
    return clean, found


def _lines(mask: NDArray[np.uint8], faint: NDArray[np.uint8]) -> list[Box]:
    """Boxes of horizontal caption lines in an ink mask; `faint` also has the palest lines."""
    glyphs = _small_components(mask)
    if len(glyphs.boxes) < 2:
        return []
    total = np.asarray(cv2.integral(mask), dtype=np.int32)
    found: list[Box] = []
    longest = max(mask.shape)
    for scale in _LINE_SCALES:
        tall = max(SMALLEST_GLYPH_PX, scale * longest)
        fits = (glyphs.boxes[:, 3] - glyphs.boxes[:, 1]) <= 2.2 * tall
        chosen = np.concatenate([[False], fits])[glyphs.labels].astype(np.uint8)
        joined = cv2.dilate(chosen, np.ones((1, 2 * round(0.75 * tall) + 1), np.uint8))
        count, lines = cv2.connectedComponents(joined, connectivity=4)
        owner = _owners(np.asarray(lines, dtype=np.int32), glyphs, fits)
        for members in _groups(owner, count):
            box = _caption(glyphs, members, mask.shape, total)
            if box is not None:
                box = _caption(glyphs, _with_number(glyphs, members), mask.shape, total) or box
            if box is not None and not any(_overlap(box, other) for other in found):
                found.append(box)
    if not found:
        return []
    outside = _outside(faint, found)
    return [box for box in found if outside[box.y1 : box.y2, box.x1 : box.x2].mean() >= _LEAST_OUTSIDE]


def _small_components(mask: NDArray[np.uint8]) -> _Glyphs:
    """Components that may be glyphs."""
    count, labels, stats, _ = cv2.connectedComponentsWithStats(mask, connectivity=8)
    longest = max(mask.shape)
    most = LARGEST_GLYPH * longest
    # Letters of small captions may touch each other: up to four in a row.
    small = (stats[:, cv2.CC_STAT_HEIGHT] <= most) & (stats[:, cv2.CC_STAT_WIDTH] <= 3 * most)
    small &= stats[:, cv2.CC_STAT_WIDTH] <= np.maximum(4 * stats[:, cv2.CC_STAT_HEIGHT], 4)
    small[0] = False
    number = np.zeros(count, np.int32)
    number[small] = np.arange(1, int(small.sum()) + 1)
    corners = stats[small][:, [cv2.CC_STAT_LEFT, cv2.CC_STAT_TOP, cv2.CC_STAT_WIDTH, cv2.CC_STAT_HEIGHT]]
    boxes = np.concatenate([corners[:, :2], corners[:, :2] + corners[:, 2:]], axis=1).astype(np.int32)
    relabelled: NDArray[np.int32] = number[labels]
    return _Glyphs(boxes, stats[small][:, cv2.CC_STAT_AREA].astype(np.int32), relabelled)


def _owners(lines: NDArray[np.int32], glyphs: _Glyphs, fits: NDArray[np.bool_]) -> NDArray[np.int64]:
    """For each glyph the number of its line, 0 for none."""
    owner = np.zeros(len(glyphs.boxes) + 1, np.int64)
    inside = glyphs.labels > 0
    owner[glyphs.labels[inside]] = lines[inside]
    owner = owner[1:]
    owner[~fits] = 0
    return owner


def _groups(owner: NDArray[np.int64], count: int) -> list[NDArray[np.int64]]:
    sizes = np.bincount(owner, minlength=count)
    sizes[0] = 0
    wanted = np.nonzero((sizes >= 2) & (sizes <= MOST_GLYPHS))[0]
    return [np.nonzero(owner == line)[0] for line in wanted]


def _with_number(glyphs: _Glyphs, members: NDArray[np.int64]) -> NDArray[np.int64]:
    """The line and single glyphs of its height beside it: some offices set a wide space before the number."""
    boxes = glyphs.boxes[members]
    top, bottom = int(boxes[:, 1].min()), int(boxes[:, 3].max())
    tall = bottom - top
    beside = np.maximum(glyphs.boxes[:, 0] - boxes[:, 2].max(), boxes[:, 0].min() - glyphs.boxes[:, 2])
    same_row = (np.abs(glyphs.boxes[:, 1] - top) <= 0.25 * tall) & (np.abs(glyphs.boxes[:, 3] - bottom) <= 0.25 * tall)
    more = np.nonzero(same_row & (beside > 0) & (beside <= _WORD_SPACE * tall))[0]
    return np.union1d(members, more)


def _caption(
    glyphs: _Glyphs, members: NDArray[np.int64], shape: tuple[int, ...], total: NDArray[np.int32]
) -> Box | None:
    """The box to paint if these glyphs form an isolated line of text."""
    boxes = glyphs.boxes[members]
    heights = boxes[:, 3] - boxes[:, 1]
    tall = int(heights.max())
    if tall < SMALLEST_GLYPH_PX:
        return None
    letters = heights >= 0.6 * tall
    x1, y1 = boxes[:, :2].min(axis=0)
    x2, y2 = boxes[:, 2:].max(axis=0)
    bottoms = boxes[letters, 3]
    if y2 - y1 > 1.35 * tall or np.ptp(bottoms) > 0.35 * tall:
        return None
    if (x2 - x1) < 0.8 * tall or not _looks_written(glyphs, members, letters, tall):
        return None
    apart = max(2, round(_APART * tall))
    height, width = shape[:2]
    left, top, right, bottom = max(0, x1 - apart), max(0, y1 - apart), min(width, x2 + apart), min(height, y2 + apart)
    around = int(total[bottom, right] - total[top, right] - total[bottom, left] + total[top, left])
    if around != int(glyphs.areas[members].sum()):
        return None
    pad = max(1, apart // 2)
    return Box(
        x1=max(0, int(x1) - pad), y1=max(0, int(y1) - pad), x2=min(width, int(x2) + pad), y2=min(height, int(y2) + pad)
    )


def _looks_written(glyphs: _Glyphs, members: NDArray[np.int64], tall_ones: NDArray[np.bool_], tall: int) -> bool:
    """Three letters, or two and a full stop; they differ in form and one is more than a stroke."""
    letters = members[tall_ones]
    dotted = _has_stop(glyphs.boxes[members], tall_ones, tall)
    boxes = glyphs.boxes[letters]
    heights, widths = boxes[:, 3] - boxes[:, 1], boxes[:, 2] - boxes[:, 0]
    touching = len(letters) == 1 and widths[0] >= 1.6 * tall and _strokes(glyphs, letters[0]) >= 4
    if not touching and len(letters) < (2 if dotted else 3):
        return False
    in_order = np.sort(boxes[:, 0])[1:] >= np.sort(boxes[:, 2])[:-1] - 0.25 * tall
    if not in_order.all():
        return False
    filled = np.array([_solidity(glyphs.labels, letter, glyphs.boxes[letter]) for letter in letters])
    if filled.min() > _RICH:
        return False
    # A row of equal forms is an ornament, unless a full stop divides it ("1.1").
    alike = len(letters) >= 2 and np.ptp(widths) <= 1 and np.ptp(heights) <= 1 and np.ptp(filled) < 0.06
    return dotted or touching or not alike


def _has_stop(boxes: NDArray[np.int32], tall_ones: NDArray[np.bool_], tall: int) -> bool:
    """A small component on the base line between two letters, with nothing above it."""
    bottom = boxes[tall_ones, 3].max()
    left, right = boxes[tall_ones, 0].min(), boxes[tall_ones, 2].max()
    for number, (x1, y1, x2, y2) in enumerate(boxes):
        if max(x2 - x1, y2 - y1) > 0.35 * tall or y2 < bottom - 0.2 * tall or not left < x1 < x2 < right:
            continue
        others = np.delete(boxes, number, axis=0)
        if not ((others[:, 0] < x2) & (others[:, 2] > x1)).any():
            return True
    return False


def _strokes(glyphs: _Glyphs, glyph: np.int64) -> int:
    """Most strokes that one row of a component crosses."""
    x1, y1, x2, y2 = (int(value) for value in glyphs.boxes[glyph])
    form = (glyphs.labels[y1:y2, x1:x2] == glyph + 1).astype(np.int8)
    return int((np.diff(form, axis=1, prepend=0) == 1).sum(axis=1).max())


def _solidity(labels: NDArray[np.int32], glyph: np.int64, box: NDArray[np.int32]) -> float:
    """Ink of a glyph as a share of its convex hull: 1 for a dash or a disc, about .5 for F, G, 2."""
    x1, y1, x2, y2 = (int(value) for value in box)
    form = (labels[y1:y2, x1:x2] == glyph + 1).astype(np.uint8)
    points = cv2.findNonZero(form)
    filled = cv2.fillConvexPoly(np.zeros_like(form), cv2.convexHull(points), 1)
    return float(form.sum() / filled.sum())


def _outside(mask: NDArray[np.uint8], found: list[Box]) -> NDArray[np.bool_]:
    """(H, W): ground that can be reached from the sheet's edge when gaps of broken lines are closed."""
    drawing = mask.copy()
    for box in found:
        drawing[box.y1 : box.y2, box.x1 : box.x2] = 0
    reach = max(3, round(_GAP_CLOSED * max(mask.shape))) | 1
    pad = 2 * reach
    framed = cv2.copyMakeBorder(drawing, pad, pad, pad, pad, cv2.BORDER_CONSTANT, value=0)
    disc = cv2.getStructuringElement(cv2.MORPH_ELLIPSE, (reach, reach))
    walls = cv2.dilate(framed, disc)
    cv2.floodFill(walls, None, (0, 0), 2)
    # What a disc as wide as the gap can reach from outside.
    reached = cv2.dilate((walls == 2).astype(np.uint8), disc)
    return np.asarray(reached[pad:-pad, pad:-pad] > 0)


def _overlap(one: Box, other: Box) -> bool:
    return one.x1 < other.x2 and other.x1 < one.x2 and one.y1 < other.y2 and other.y1 < one.y2
