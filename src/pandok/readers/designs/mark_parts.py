"""The parts of a mark that may each be the registered one: the symbol without its name, what stands on a tile or in a
frame, the mark without its brackets.

A tile, a badge and a frame are one thing here: a *surface*, a region of simple outline that has one colour along its
edge. The page is the first surface; what is drawn on one may be the next. A part is cut out with everything else
painted over in the colour of its own surface, so that a light glyph on a dark tile is seen as a mark on its ground.
"""

from __future__ import annotations

from collections.abc import Sequence
from dataclasses import dataclass

import cv2
import numpy as np
from numpy.typing import NDArray

from pandok.core.reading import Box
from pandok.readers.designs.ground import Ground, difference
from pandok.readers.designs.lockups import overlap, symbol_and_name

Pixels = NDArray[np.uint8]
Mask = NDArray[np.uint8]
_WORKING_SIDE_PX = 256
_LEAST_SIDE_PX = 16
_DEEPEST = 3
_SIMPLE = 0.93
"""Share of its convex hull that the outline of a tile or frame fills: rectangles, rounded ones, circles, shields."""
_COVERS = 0.72
"""Share of what is drawn, in width and height, that a tile or frame spans."""
_ONE_COLOUR = 0.85
_LEAST_DRAWN, _MOST_DRAWN = 0.01, 0.9
"""Share of a surface that is drawn upon."""
_EDGES = (2, 4, 6, 9)
"""How far from its outline a surface's own colour is looked for, in pixels at working size."""
_SAME = 0.85
"""Two parts whose boxes overlap so much are one look."""


@dataclass(frozen=True)
class Part:
    """`pixels` (h, w, 3) uint8 RGB of the part alone on its own `ground`; `box` is where it stands in the picture."""

    pixels: Pixels
    ground: Ground
    box: Box


@dataclass(frozen=True)
class _Surface:
    """`region` (H, W) 0/1 at working size; `drawn` (H, W) 0/1: what is on it; `colour` its own."""

    region: Mask
    drawn: Mask
    colour: tuple[int, int, int]


def mark_parts(pixels: Pixels, on: Ground, at_most: int = 3) -> tuple[Part, ...]:
    """Parts of a mark `(H, W, 3)` uint8 RGB on the plain ground `on`, the likeliest first, without the whole itself."""
    height, width = pixels.shape[:2]
    scale = min(1.0, _WORKING_SIDE_PX / max(height, width))
    small = pixels
    if scale < 1:
        size = (max(1, round(width * scale)), max(1, round(height * scale)))
        small = np.asarray(cv2.resize(pixels, size, interpolation=cv2.INTER_AREA), dtype=np.uint8)
    drawn = (difference(small, on.colour) > max(40.0, on.tolerance)).astype(np.uint8)
    surface = _Surface(np.ones_like(drawn), drawn, on.colour)
    everything = Box(x1=0, y1=0, x2=width, y2=height)
    seen = [everything]
    found: list[Part] = []
    for mask, own in _masks(small, surface):
        box = _box_of(mask, scale, width, height)
        if box is None or min(box.width, box.height) < _LEAST_SIDE_PX:
            continue
        if any(overlap(box, other) > _SAME for other in seen):
            continue
        seen.append(box)
        found.append(Part(_alone(pixels, mask, box, scale, own), Ground(own, 1.0, on.noise), box))
        if len(found) == at_most:
            break
    return tuple(found)


def _masks(small: Pixels, page: _Surface) -> list[tuple[Mask, tuple[int, int, int]]]:
    """Candidates with the colour of what they stand on: symbols by depth, then what is in frames, then names."""
    symbols: list[tuple[Mask, tuple[int, int, int]]] = []
    insides: list[tuple[Mask, tuple[int, int, int]]] = []
    names: list[tuple[Mask, tuple[int, int, int]]] = []
    waiting = [page]
    for depth in range(_DEEPEST):
        deeper: list[_Surface] = []
        for surface in waiting:
            if depth:
                insides.append((surface.drawn, surface.colour))
            bare = _without_brackets(surface.drawn)
            if bare is not None:
                insides.append((bare, surface.colour))
            symbol, name = _apart(surface.drawn if bare is None else bare)
            if symbol is not None:
                symbols.append((symbol, surface.colour))
                names.append((name, surface.colour))
            for drawn in (surface.drawn, symbol):
                inner = _surface_in(small, drawn) if drawn is not None else None
                if inner is not None:
                    deeper.append(inner)
        waiting = deeper
    # The outermost symbol, then the innermost drawing: what a frame holds is more often the mark than the frame.
    return [*symbols[:1], *insides[::-1], *symbols[1:], *names[:1]]


def _surface_in(small: Pixels, drawn: Mask) -> _Surface | None:
    """The tile or frame that what is drawn consists of, with what is on it; None where it is none."""
    box = _bounds(drawn)
    if box is None or min(box.width, box.height) < _LEAST_SIDE_PX:
        return None
    contours, _ = cv2.findContours(drawn, cv2.RETR_EXTERNAL, cv2.CHAIN_APPROX_NONE)
    outline = max(contours, key=cv2.contourArea)
    _, _, wide, high = cv2.boundingRect(outline)
    if wide < _COVERS * box.width or high < _COVERS * box.height:
        return None
    area, hull = cv2.contourArea(outline), cv2.contourArea(cv2.convexHull(outline))
    if hull <= 0 or area < _SIMPLE * hull or area < 0.5 * wide * high:
        return None
    region = np.zeros_like(drawn)
    cv2.drawContours(region, [outline], -1, 1, -1)
    # The edge is blended with what lies outside, and a frame may be a thin line: go in until one colour is met.
    for depth in _EDGES:
        surface = _inside_of(small, _shrunk(region, depth))
        if surface is not None:
            return surface
    return None


def _inside_of(small: Pixels, inner: Mask) -> _Surface | None:
    """The surface `inner` with what is drawn on it; None where its edge has no single colour or nothing is on it."""
    band = (inner - _shrunk(inner, 2)).astype(bool)
    if band.sum() < 16:
        return None
    colour = np.median(small[band], axis=0)
    own = (int(colour[0]), int(colour[1]), int(colour[2]))
    apart = difference(small, own)
    if float((apart[band] < 40).mean()) < _ONE_COLOUR:
        return None
    on_it = ((apart > 40) & (inner > 0)).astype(np.uint8)
    on_it = np.asarray(cv2.morphologyEx(on_it, cv2.MORPH_OPEN, np.ones((2, 2), np.uint8)), dtype=np.uint8)
    share = float(on_it.sum()) / max(1.0, float(inner.sum()))
    return _Surface(inner, on_it, own) if _LEAST_DRAWN <= share <= _MOST_DRAWN else None


def _shrunk(mask: Mask, by: int) -> Mask:
    framed = cv2.copyMakeBorder(mask, 1, 1, 1, 1, cv2.BORDER_CONSTANT, value=0)
    return np.asarray(cv2.erode(framed, np.ones((2 * by + 1, 2 * by + 1), np.uint8))[1:-1, 1:-1], dtype=np.uint8)


def _apart(drawn: Mask) -> tuple[Mask | None, Mask]:
    """What is drawn without its name, and the name; None where there is no name beside a symbol."""
    count, labels, stats, _ = cv2.connectedComponentsWithStats(drawn, connectivity=8)
    boxes = [Box(x1=int(x), y1=int(y), x2=int(x + w), y2=int(y + h)) for x, y, w, h, _ in stats[1:count]]
    symbol, name = symbol_and_name(drawn.astype(bool))
    if not symbol or not name:
        return None, drawn
    kept, left = np.zeros(count, np.uint8), np.zeros(count, np.uint8)
    for index, box in enumerate(boxes, start=1):
        middle = ((box.x1 + box.x2) / 2, (box.y1 + box.y2) / 2)
        kept[index] = any(_holds(other, middle) for other in symbol)
        left[index] = any(_holds(other, middle) for other in name)
    kept[left > 0] = 0
    return np.asarray(kept[labels], dtype=np.uint8), np.asarray(left[labels], dtype=np.uint8)


def _without_brackets(drawn: Mask) -> Mask | None:
    """What stands between a bracket on the left and its mirror image on the right; None where there are none."""
    count, labels, stats, _ = cv2.connectedComponentsWithStats(drawn, connectivity=8)
    whole = _bounds(drawn)
    if count < 4 or whole is None:
        return None
    tall = [i for i in range(1, count) if stats[i, 3] >= 0.8 * whole.height and stats[i, 2] < 0.4 * stats[i, 3]]
    if len(tall) < 2:
        return None
    left, right = min(tall, key=lambda i: stats[i, 0]), max(tall, key=lambda i: stats[i, 0] + stats[i, 2])
    first, last = (labels == left), (labels == right)
    if stats[left, 0] > whole.x1 + 1 or stats[right, 0] + stats[right, 2] < whole.x2 - 1:
        return None
    if abs(int(stats[left, 2]) - int(stats[right, 2])) > 0.25 * max(stats[left, 2], stats[right, 2]) + 1:
        return None
    one, other = _filled(first, stats[left]), np.fliplr(_filled(last, stats[right]))
    agree = float((one & other).sum()) / max(1.0, float((one | other).sum()))
    if agree < 0.6:
        return None
    return np.asarray(drawn.astype(bool) & ~first & ~last, dtype=np.uint8)


def _filled(mask: NDArray[np.bool_], stat: Sequence[int]) -> NDArray[np.bool_]:
    """A component cut out and brought to 64 x 32, so that two can be laid on each other."""
    x, y, wide, high = (int(value) for value in stat[:4])
    part = mask[y : y + high, x : x + wide].astype(np.uint8) * 255
    return np.asarray(cv2.resize(part, (32, 64), interpolation=cv2.INTER_AREA) > 100)


def _alone(pixels: Pixels, mask: Mask, box: Box, scale: float, colour: tuple[int, int, int]) -> Pixels:
    """The part of the picture in `box` with all but what `mask` holds painted in `colour`."""
    piece = pixels[box.y1 : box.y2, box.x1 : box.x2].copy()
    near = np.asarray(cv2.dilate(mask, np.ones((3, 3), np.uint8)), dtype=np.uint8)
    x1, y1 = int(box.x1 * scale), int(box.y1 * scale)
    x2, y2 = min(mask.shape[1], round(box.x2 * scale + 0.5)), min(mask.shape[0], round(box.y2 * scale + 0.5))
    cut = near[y1 : max(y2, y1 + 1), x1 : max(x2, x1 + 1)]
    kept = cv2.resize(cut, (piece.shape[1], piece.shape[0]), interpolation=cv2.INTER_NEAREST)
    piece[kept == 0] = colour
    return piece


def _box_of(mask: Mask, scale: float, width: int, height: int) -> Box | None:
    found = _bounds(mask)
    if found is None:
        return None
    return Box(
        x1=max(0, int((found.x1 - 1) / scale)),
        y1=max(0, int((found.y1 - 1) / scale)),
        x2=min(width, round((found.x2 + 1) / scale + 0.5)),
        y2=min(height, round((found.y2 + 1) / scale + 0.5)),
    )


def _bounds(mask: Mask) -> Box | None:
    """The box of all shapes but specks."""
    count, _, stats, _ = cv2.connectedComponentsWithStats(mask, connectivity=8)
    least = max(3.0, 0.002 * float(mask.sum()))
    kept = [stats[i] for i in range(1, count) if stats[i, cv2.CC_STAT_AREA] >= least]
    if not kept:
        return None
    return Box(
        x1=int(min(one[0] for one in kept)),
        y1=int(min(one[1] for one in kept)),
        x2=int(max(one[0] + one[2] for one in kept)),
        y2=int(max(one[1] + one[3] for one in kept)),
    )


def _holds(box: Box, point: tuple[float, float]) -> bool:
    return box.x1 <= point[0] <= box.x2 and box.y1 <= point[1] <= box.y2
