"""What kind of picture it is, and where on it the ink is: line drawing, flat graphic, studio picture or photograph."""

from __future__ import annotations

from dataclasses import dataclass
from typing import Literal

import cv2
import numpy as np
from numpy.typing import NDArray

from pandok.core.reading import Box
from pandok.readers.designs.captions import mask_captions
from pandok.readers.designs.ground import difference, ground, ink, ink_box

__all__ = ["Kind", "KindName", "crop_to_ink", "kind_scores", "mask_captions", "picture_kind"]

KindName = Literal["line_drawing", "flat_graphic", "studio", "photograph"]

_WORKING_SIDE_PX = 320
_LEAST_GROUND = 0.10
_LINE_WIDTH = 0.02
_MOST_LINE_SATURATION = 0.12
_HATCHED = 0.85
_FEW_COLOURS = 14
_FLAT_SHARE = 0.6


@dataclass(frozen=True)
class Kind:
    """`name` is the likeliest kind; `scores` are the measurements it rests on (see `kind_scores`)."""

    name: KindName
    scores: dict[str, float]


def picture_kind(pixels: NDArray[np.uint8]) -> Kind:
    """Tell drawings and graphics from photographs. `pixels` (H, W, 3) uint8 RGB."""
    scores = kind_scores(pixels)
    return Kind(name=_name(scores), scores=scores)


def kind_scores(pixels: NDArray[np.uint8]) -> dict[str, float]:
    """Measurements of a picture reduced to 320 pixels; shares are 0 to 1.

    near_white: share of pixels above 240 in all channels. border_uniformity: share of the border that has one colour.
    ground_share: share of pixels in that colour. saturation: mean of max - min channel over the ink.
    line_width: mean width of the ink's strokes as a share of the long side. flat_share: share of the ink away from
    edges where nothing changes. outline_share: share of the ink beside an edge. colours: colours of 4 bits per
    channel that make up 90 % of the ink. edge_density: share of pixels with a strong gradient.
    """
    small = _reduced(pixels)
    on = ground(small)
    apart = difference(small, on.colour)
    inked = apart > on.tolerance
    on_ink = small[inked] if inked.any() else small.reshape(-1, 3)
    gray = cv2.cvtColor(small, cv2.COLOR_RGB2GRAY)
    steps = cv2.morphologyEx(gray, cv2.MORPH_GRADIENT, np.ones((3, 3), np.uint8))
    beside_edge = cv2.dilate(steps, np.ones((3, 3), np.uint8)) > 40
    inside = inked & ~beside_edge
    return {
        "near_white": float((small.min(axis=2) > 240).mean()),
        "border_uniformity": on.uniformity,
        "ground_share": float(1.0 - inked.mean()),
        "saturation": float(np.ptp(on_ink, axis=1).mean()) / 255.0,
        "line_width": _line_width(inked),
        "flat_share": float((steps[inside] <= 4).mean()) if inside.any() else 1.0,
        "outline_share": float(beside_edge[inked].mean()) if inked.any() else 0.0,
        "colours": float(_colours(small[inside] if inside.mean() > 0.005 else on_ink)),
        "edge_density": float((steps > 40).mean()),
    }


def crop_to_ink(pixels: NDArray[np.uint8], margin: float = 0.02) -> tuple[NDArray[np.uint8], Box]:
    """Cut a picture on a plain ground to its ink, `margin` of the ink's long side around it.

    Returns the part (a view of `pixels`) and its box. The whole picture where the ground is not plain or there is
    no ink.
    """
    height, width = pixels.shape[:2]
    whole = Box(x1=0, y1=0, x2=width, y2=height)
    on = ground(pixels)
    found = ink_box(ink(pixels, on)) if on.plain else None
    if found is None:
        return pixels, whole
    space = max(1, round(margin * max(found.width, found.height)))
    box = Box(
        x1=max(0, found.x1 - space),
        y1=max(0, found.y1 - space),
        x2=min(width, found.x2 + space),
        y2=min(height, found.y2 + space),
    )
    return pixels[box.y1 : box.y2, box.x1 : box.x2], box


def _name(scores: dict[str, float]) -> KindName:
    plain = scores["border_uniformity"] >= 0.7 and scores["ground_share"] >= _LEAST_GROUND
    if not plain:
        return "photograph"
    thin = scores["line_width"] <= _LINE_WIDTH
    hatched = scores["outline_share"] >= _HATCHED and scores["line_width"] <= 4 * _LINE_WIDTH
    if scores["saturation"] <= _MOST_LINE_SATURATION and (thin or hatched):
        return "line_drawing"
    if scores["colours"] <= _FEW_COLOURS and scores["flat_share"] >= _FLAT_SHARE:
        return "flat_graphic"
    return "studio"


def _reduced(pixels: NDArray[np.uint8]) -> NDArray[np.uint8]:
    scale = _WORKING_SIDE_PX / max(pixels.shape[:2])
    if scale >= 1:
        return pixels
    size = (max(1, round(pixels.shape[1] * scale)), max(1, round(pixels.shape[0] * scale)))
    return np.asarray(cv2.resize(pixels, size, interpolation=cv2.INTER_AREA), dtype=np.uint8)


def _line_width(inked: NDArray[np.bool_]) -> float:
    """Four times the mean distance of ink to the ground: a stroke of width w has mean distance w / 4."""
    if not inked.any():
        return 0.0
    framed = cv2.copyMakeBorder(inked.astype(np.uint8), 1, 1, 1, 1, cv2.BORDER_CONSTANT, value=0)
    far = cv2.distanceTransform(framed, cv2.DIST_L2, 3)
    return float(4.0 * far[framed > 0].mean() / max(inked.shape))


def _colours(pixels: NDArray[np.uint8]) -> int:
    cells = (pixels >> 4).astype(np.int32)
    counts = np.sort(np.bincount((cells[:, 0] << 8) | (cells[:, 1] << 4) | cells[:, 2]))[::-1]
    return int(np.searchsorted(np.cumsum(counts), 0.9 * counts.sum()) + 1)
