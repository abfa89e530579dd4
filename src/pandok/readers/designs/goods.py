"""Where on a photograph the goods are: boxes from the difference to the background, without a trained detector.

A box that cuts the article is worse than one too large, so that every doubt widens the box, in the end to the whole
picture.

    plain ground   → ink boxes, one for each article that stands apart
    anything else  → saliency = distance from the border's colours, weighted to the middle
                   → threshold, close, components → boxes with a margin
"""

from __future__ import annotations

import cv2
import numpy as np
from numpy.typing import NDArray
from scipy.cluster.vq import kmeans2

from pandok.core.reading import Box
from pandok.readers.designs.ground import border, ground, ink
from pandok.readers.designs.lockups import symbol_and_name
from pandok.readers.designs.picture_kind import picture_kind

WORKING_SIDE_PX = 192
MOST_BOXES = 6

_BORDER_COLOURS = 6
_LEAST_SHARE = 0.02
_MOST_SHARE = 0.75
_MARGIN = 0.05
_PLAIN_MARGIN = 0.01
_APART = 0.04
_PLAIN_APART = 0.07
_LEAST_CONTRAST = 9.0
_LEAST_FILL = 0.25
# 90th percentile of the border's distance to its own main colours: median 7 for garments laid on a floor or bed,
# 18 for packages in front of shop shelves (train photographs).
_CLUTTERED = 14.0
_CLOSE = 0.25
_STRAY = 0.15
_SPECK = 0.01


def find_goods(pixels: NDArray[np.uint8]) -> tuple[Box, ...]:
    """Boxes in which goods are, best first; the whole picture when nothing stands out. Never empty.

    `pixels` (H, W, 3) uint8 RGB; boxes in its pixels. Several articles give several boxes: on a plain ground one for
    each, the largest first; of a mark, and elsewhere, first the box around all of them, since they may be pieces of
    one.
    """
    height, width = pixels.shape[:2]
    whole = Box(x1=0, y1=0, x2=width, y2=height)
    scale = min(1.0, WORKING_SIDE_PX / max(height, width))
    size = (max(1, round(width * scale)), max(1, round(height * scale)))
    small = np.asarray(cv2.resize(pixels, size, interpolation=cv2.INTER_AREA), dtype=np.uint8)
    on = ground(small)
    if on.plain and on.uniformity >= 0.9:
        inked = ink(small, on)
        found = _parts(inked, _PLAIN_APART, _PLAIN_MARGIN)
        if len(found) > 1 and _is_one_mark(small, inked, found):
            found = [_around(found), *found]
    else:
        found = _salient(small)
    boxes = [_enlarged(box, scale, width, height) for box in found[:MOST_BOXES]]
    return tuple(boxes) or (whole,)


def saliency(small: NDArray[np.uint8]) -> NDArray[np.float32]:
    """(H, W) float32, Lab distance of each pixel from the nearest of the border's main colours.

    The lightness difference counts half: shadows are no goods.
    """
    lab = cv2.cvtColor(small, cv2.COLOR_RGB2LAB).astype(np.float32)
    lab[:, :, 0] *= 0.5
    ring = border(np.clip(lab, 0, 255).astype(np.uint8)).astype(np.float32)
    centres, labels = kmeans2(ring, _BORDER_COLOURS, iter=6, minit="++", seed=0, missing="warn")
    counts = np.bincount(labels, minlength=len(centres))
    # A colour that is on little of the border is an article that reaches the edge.
    main = centres[counts >= 0.08 * counts.sum()]
    smooth = cv2.GaussianBlur(lab, (0, 0), 1.0)
    apart = np.full(small.shape[:2], np.inf, np.float32)
    for centre in main:
        apart = np.minimum(apart, np.sqrt(((smooth - centre.astype(np.float32)) ** 2).sum(axis=2)))
    return apart


def _is_one_mark(small: NDArray[np.uint8], inked: NDArray[np.uint8], parts: list[Box]) -> bool:
    """Whether what stands apart on a plain ground is one mark: a graphic with a name beside it, or in pieces that stand
    close."""
    kind = picture_kind(small).name
    if kind not in ("flat_graphic", "line_drawing"):
        return False
    symbol, name = symbol_and_name(inked.astype(bool))
    return bool(symbol and name) or (kind == "flat_graphic" and all(_near_another(one, parts) for one in parts))


def _near_another(box: Box, parts: list[Box]) -> bool:
    """Whether another part is nearer than a quarter of the longer side of the two."""
    for other in parts:
        gap = max(other.x1 - box.x2, box.x1 - other.x2, other.y1 - box.y2, box.y1 - other.y2)
        if other != box and gap < _CLOSE * max(box.width, box.height, other.width, other.height):
            return True
    return False


def _salient(small: NDArray[np.uint8]) -> list[Box]:
    apart = saliency(small)
    height, width = apart.shape
    ring = border(np.repeat(np.clip(apart, 0, 255).astype(np.uint8)[:, :, None], 3, axis=2))[:, 0]
    usual = float(np.quantile(ring, 0.9))
    limit, _ = cv2.threshold(np.clip(apart, 0, 255).astype(np.uint8), 0, 255, cv2.THRESH_OTSU)
    limit = max(min(float(limit), 2.0 * usual + 6.0), usual, _LEAST_CONTRAST)
    mask = (apart > limit).astype(np.uint8)
    opened = cv2.morphologyEx(mask, cv2.MORPH_OPEN, np.ones((3, 3), np.uint8))
    kept = _without_strays(np.asarray(opened, dtype=np.uint8))
    reach = max(3, round(0.03 * max(height, width))) | 1
    closed = cv2.morphologyEx(kept, cv2.MORPH_CLOSE, np.ones((reach, reach), np.uint8))
    mask = np.asarray(closed, dtype=np.uint8)
    share = float(mask.mean())
    parts = _parts(mask, _APART, _MARGIN)
    if not _LEAST_SHARE <= share <= _MOST_SHARE or len(parts) > MOST_BOXES:
        return []
    around = _around(parts)
    filled = float(mask[around.y1 : around.y2, around.x1 : around.x2].mean())
    if usual > _CLUTTERED or filled < _LEAST_FILL:
        return []
    # Parts may be pieces of one article: the box around all of them comes first.
    return [around, *parts] if len(parts) > 1 else parts


def _without_strays(mask: NDArray[np.uint8]) -> NDArray[np.uint8]:
    """Leave out small components that touch the edge: corners in shadow, other things on the table."""
    count, labels, stats, _ = cv2.connectedComponentsWithStats(mask, connectivity=8)
    if count < 2:
        return mask
    height, width = mask.shape
    left, top = stats[:, cv2.CC_STAT_LEFT], stats[:, cv2.CC_STAT_TOP]
    right, bottom = left + stats[:, cv2.CC_STAT_WIDTH], top + stats[:, cv2.CC_STAT_HEIGHT]
    at_edge = (left == 0) | (top == 0) | (right == width) | (bottom == height)
    areas = stats[:, cv2.CC_STAT_AREA]
    kept = ~at_edge | (areas >= _STRAY * areas[1:].max())
    kept &= areas >= _SPECK * areas[1:].max()
    kept[0] = False
    return np.asarray(kept[labels], dtype=np.uint8)


def _around(boxes: list[Box]) -> Box:
    return Box(
        x1=min(box.x1 for box in boxes),
        y1=min(box.y1 for box in boxes),
        x2=max(box.x2 for box in boxes),
        y2=max(box.y2 for box in boxes),
    )


def _parts(mask: NDArray[np.uint8], apart: float, margin: float) -> list[Box]:
    """Boxes of the parts of a mask that stand apart, the largest and most central first."""
    height, width = mask.shape
    longest = max(height, width)
    reach = max(3, round(apart * longest)) | 1
    joined = cv2.dilate(mask, np.ones((reach, reach), np.uint8))
    count, labels = cv2.connectedComponents(joined, connectivity=8)
    labels = np.where(mask > 0, labels, 0)
    amounts = np.bincount(labels.ravel(), minlength=count)
    amounts[0] = 0
    if not amounts.any():
        return []
    scored: list[tuple[float, Box]] = []
    for part in np.nonzero(amounts >= 0.1 * amounts.max())[0]:
        ys, xs = np.nonzero(labels == part)
        box = Box(x1=int(xs.min()), y1=int(ys.min()), x2=int(xs.max()) + 1, y2=int(ys.max()) + 1)
        middle = np.hypot((box.x1 + box.x2) / width - 1, (box.y1 + box.y2) / height - 1)
        scored.append((float(amounts[part]) * float(np.exp(-(middle**2))), box))
    scored.sort(key=lambda entry: -entry[0])
    return [_with_margin(box, margin, width, height) for _, box in scored]


def _with_margin(box: Box, margin: float, width: int, height: int) -> Box:
    space = max(1, round(margin * max(box.width, box.height)))
    return Box(
        x1=max(0, box.x1 - space),
        y1=max(0, box.y1 - space),
        x2=min(width, box.x2 + space),
        y2=min(height, box.y2 + space),
    )


def _enlarged(box: Box, scale: float, width: int, height: int) -> Box:
    return Box(
        x1=max(0, int(np.floor(box.x1 / scale))),
        y1=max(0, int(np.floor(box.y1 / scale))),
        x2=min(width, int(np.ceil(box.x2 / scale))),
        y2=min(height, int(np.ceil(box.y2 / scale))),
    )
