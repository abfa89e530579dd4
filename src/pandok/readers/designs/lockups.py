"""Where on a graphic a figurative mark may stand.

A mark is often a lock-up: a symbol with a name beside or below it. Registers hold the symbol alone, the
name alone, or both, so the search needs each of them as its own crop.
"""

from __future__ import annotations

from collections.abc import Sequence

import cv2
import numpy as np
from numpy.typing import NDArray

from pandok.core.reading import Box, WordsFound

Pixels = NDArray[np.uint8]
_WORKING_SIDE_PX = 192
_INK_DIFFERENCE = 40
"""Colour distance (0 to 255, largest channel) from the ground at which a pixel is ink."""
_PLAIN_SHARE = 0.85
"""A ground is plain where this share of the border has one colour."""
_SPECK_SHARE = 0.002
"""Ink smaller than this share of all ink is dust or a ™ and starts no crop."""


def figurative_crops(pixels: Pixels, words: Sequence[WordsFound] = (), max_crops: int = 4) -> list[Box]:
    """Where a figurative mark may stand on a graphic with a plain ground, likeliest first, at most `max_crops`.

    The order: the symbol without its name, the whole lock-up, the glyph on a filled plate, the name alone.
    Without `words` the name is found by geometry: a row of shapes of like height and little distance. On a
    picture without a plain ground there is nothing to cut by colour: the answer is the whole picture.
    """
    height, width = pixels.shape[:2]
    everything = Box(x1=0, y1=0, x2=width, y2=height)
    scale = min(1.0, _WORKING_SIDE_PX / max(height, width))
    small = pixels
    if scale < 1:
        small = cv2.resize(pixels, None, fx=scale, fy=scale, interpolation=cv2.INTER_AREA).astype(np.uint8, copy=False)
    ink = _ink(small)
    if ink is None or not ink.any():
        return [everything][:max_crops]
    shapes = _shapes(ink)
    name = _named_by_words(shapes, words, scale) if words else _row_of_letters(shapes)
    symbol = [shape for shape in shapes if shape not in name]
    if symbol and name and not words and _is_part_of_drawing(name, symbol):
        name = []
    found = []
    if symbol and name:
        found.append(_union(_heaviest_group(symbol)))
    whole = _union(shapes)
    found.append(whole)
    glyph = _glyph_on_plate(ink, small, whole)
    if glyph is not None:
        found.append(glyph)
    if symbol and name:
        found.append(_union(name))
    crops: list[Box] = []
    for box in found:
        x1, y1 = int(box.x1 / scale), int(box.y1 / scale)
        x2, y2 = min(width, round(box.x2 / scale + 0.5)), min(height, round(box.y2 / scale + 0.5))
        crop = Box(x1=x1, y1=y1, x2=max(x2, x1 + 1), y2=max(y2, y1 + 1))
        if all(overlap(crop, other) < 0.9 for other in crops):
            crops.append(crop)
    return crops[:max_crops]


def symbol_and_name(ink: NDArray[np.bool_]) -> tuple[list[Box], list[Box]]:
    """The shapes of the symbol (the heaviest group) and of the name beside it, by geometry alone, in pixels of `ink`;
    both empty where there is no ink, one where there is only the other."""
    if not ink.any():
        return [], []
    shapes = _shapes(ink)
    name = _row_of_letters(shapes)
    symbol = [shape for shape in shapes if shape not in name]
    if symbol and name and _is_part_of_drawing(name, symbol):
        return shapes, []
    return (_heaviest_group(symbol) if symbol else []), name


def overlap(left: Box, right: Box) -> float:
    """Intersection over union of two boxes, 0 to 1."""
    shared = max(0, min(left.x2, right.x2) - max(left.x1, right.x1)) * max(
        0, min(left.y2, right.y2) - max(left.y1, right.y1)
    )
    union = left.width * left.height + right.width * right.height - shared
    return shared / union if union > 0 else 0.0


def _ink(pixels: Pixels) -> NDArray[np.bool_] | None:
    """Pixels that differ from the colour of the border; None where the border has no single colour."""
    border = np.concatenate([pixels[0], pixels[-1], pixels[:, 0], pixels[:, -1]]).astype(np.int16)
    ground = np.median(border, axis=0)
    if float((np.abs(border - ground).max(axis=1) < _INK_DIFFERENCE).mean()) < _PLAIN_SHARE:
        return None
    difference = np.abs(pixels.astype(np.int16) - ground.astype(np.int16)).max(axis=2)
    return np.asarray(difference >= _INK_DIFFERENCE)


def _shapes(ink: NDArray[np.bool_]) -> list[Box]:
    """Connected shapes without specks, as boxes; a shape inside the box of a larger one belongs to it."""
    count, _, stats, _ = cv2.connectedComponentsWithStats(ink.astype(np.uint8), connectivity=8)
    total = int(ink.sum())
    boxes = []
    for x, y, w, h, area in stats[1:count]:
        if area >= max(3, _SPECK_SHARE * total):
            boxes.append(Box(x1=int(x), y1=int(y), x2=int(x + w), y2=int(y + h)))
    boxes.sort(key=lambda box: box.width * box.height, reverse=True)
    kept: list[Box] = []
    for box in boxes[:400]:
        if not any(_inside(box, other) for other in kept):
            kept.append(box)
    return kept or [_union([Box(x1=int(x), y1=int(y), x2=int(x + w), y2=int(y + h)) for x, y, w, h, _ in stats[1:]])]


def _inside(box: Box, other: Box) -> bool:
    return box.x1 >= other.x1 and box.y1 >= other.y1 and box.x2 <= other.x2 and box.y2 <= other.y2


def _union(boxes: Sequence[Box]) -> Box:
    return Box(
        x1=min(box.x1 for box in boxes),
        y1=min(box.y1 for box in boxes),
        x2=max(box.x2 for box in boxes),
        y2=max(box.y2 for box in boxes),
    )


def _named_by_words(shapes: list[Box], words: Sequence[WordsFound], scale: float) -> list[Box]:
    """Shapes that lie in a line of text and are not much higher than it."""
    name = []
    for shape in shapes:
        x, y = (shape.x1 + shape.x2) / 2 / scale, (shape.y1 + shape.y2) / 2 / scale
        for line in words:
            box = line.box
            fits = shape.height / scale <= 1.4 * box.height and shape.width / scale <= 1.1 * box.width
            if fits and box.x1 <= x <= box.x2 and box.y1 <= y <= box.y2:
                name.append(shape)
                break
    return name


def _row_of_letters(shapes: list[Box]) -> list[Box]:
    """The largest rows of at least three shapes of like height that share a line and stand close."""
    name: list[Box] = []
    left = sorted(shapes, key=lambda box: box.x1)
    while True:
        best: list[Box] = []
        for seed in left:
            row = _row_through(seed, left)
            if len(row) > len(best):
                best = row
        box = _union(best) if best else None
        if box is None or len(best) < 3 or box.width < 1.6 * box.height:
            return name
        # Accents and dots of letters go with their row.
        taken = [shape for shape in left if shape in best or (_inside_row(shape, box) and shape.height <= box.height)]
        name.extend(taken)
        left = [shape for shape in left if shape not in taken]


def _row_through(seed: Box, ordered: list[Box]) -> list[Box]:
    """Shapes on the line of `seed`: 0.55 to 1.5 of its height, feet or heads level, gaps under 0.9 of its height."""
    level = 0.3 * seed.height
    row: list[Box] = []
    for box in ordered:
        like = 0.55 * seed.height <= box.height <= 1.5 * seed.height and box.width <= 2.2 * seed.height
        if like and (abs(box.y2 - seed.y2) <= level or abs(box.y1 - seed.y1) <= level):
            if row and box.x1 - row[-1].x2 > 0.9 * seed.height:
                if seed in row:
                    break
                row = []
            row.append(box)
    return row if seed in row else []


def _is_part_of_drawing(name: list[Box], symbol: list[Box]) -> bool:
    """Rays of a star stand in rows too: a "name" in the midst of the drawing must be four letters and low."""
    row, drawing = _union(name), _union(symbol)
    shared = max(0, min(row.x2, drawing.x2) - max(row.x1, drawing.x1)) * max(
        0, min(row.y2, drawing.y2) - max(row.y1, drawing.y1)
    )
    amid = shared > 0.6 * row.width * row.height
    return amid and (len(name) < 4 or row.height > 0.3 * _union([row, drawing]).height)


def _inside_row(shape: Box, row: Box) -> bool:
    middle = (shape.x1 + shape.x2) / 2
    return row.x1 <= middle <= row.x2 and shape.y1 >= row.y1 - 0.5 * row.height and shape.y2 <= row.y2 + 1


def _heaviest_group(shapes: list[Box]) -> list[Box]:
    """The largest shape and all that stand near it: a symbol may have several parts."""
    largest = max(shapes, key=lambda box: box.width * box.height)
    group, box = [largest], largest
    reach = max(3, round(0.35 * max(largest.width, largest.height)))
    for shape in sorted(shapes, key=lambda other: abs(other.x1 - largest.x1) + abs(other.y1 - largest.y1)):
        gap_x = max(shape.x1 - box.x2, box.x1 - shape.x2)
        gap_y = max(shape.y1 - box.y2, box.y1 - shape.y2)
        if shape is not largest and max(gap_x, gap_y) <= reach:
            group.append(shape)
            box = _union(group)
    return group


def _glyph_on_plate(ink: NDArray[np.bool_], pixels: Pixels, whole: Box) -> Box | None:
    """The drawing on a filled plate (an app button, a badge); None where the mark is not a plate."""
    if min(whole.width, whole.height) < 16:
        return None
    inside = pixels[whole.y1 : whole.y2, whole.x1 : whole.x2].astype(np.int16)
    plate_ink = ink[whole.y1 : whole.y2, whole.x1 : whole.x2]
    # The plate's colour is what lies just inside the middle of its four sides.
    h, w = plate_ink.shape
    dy, dx = max(2, h // 20), max(2, w // 20)
    sides = np.array([inside[dy, w // 2], inside[h - 1 - dy, w // 2], inside[h // 2, dx], inside[h // 2, w - 1 - dx]])
    plate = np.median(sides, axis=0)
    on_plate = np.abs(inside - plate).max(axis=2) < _INK_DIFFERENCE
    if float((on_plate & plate_ink).mean()) < 0.35 or np.abs(sides - plate).max() > 2 * _INK_DIFFERENCE:
        return None
    other = (~on_plate).astype(np.uint8)
    # What touches the edge of the box is the ground round the plate, not the drawing.
    _, labels, stats, _ = cv2.connectedComponentsWithStats(other, connectivity=4)
    boxes = [
        Box(x1=int(x), y1=int(y), x2=int(x + bw), y2=int(y + bh))
        for x, y, bw, bh, area in stats[1:]
        if x > 0 and y > 0 and x + bw < w and y + bh < h and area >= 0.01 * h * w
    ]
    if not boxes or labels.max() > 200:
        return None
    drawn = _union(boxes)
    return Box(x1=drawn.x1 + whole.x1, y1=drawn.y1 + whole.y1, x2=drawn.x2 + whole.x1, y2=drawn.y2 + whole.y1)
