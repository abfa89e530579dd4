"""From a box in a picture to the square that encoders see; and one polarity for marks."""

from __future__ import annotations

from typing import Literal

import cv2
import numpy as np
from numpy.typing import NDArray

from pandok.core.reading import Box
from pandok.readers.designs.ground import ground

Fill = Literal["white", "border"]

MARGIN = 0.04
"""Of the box's long side: outlines must not touch the edge of the square."""


def square(
    pixels: NDArray[np.uint8], box: Box | None, size_px: int, fill: Fill = "border", margin: float = MARGIN
) -> NDArray[np.uint8]:
    """The part of a picture in `box` (None: all of it), unstretched, centred on a square.

    `pixels` (H, W, 3) uint8. What the margin needs beyond the picture, and the rest of the square, is white or the
    majority colour of the part's border. Returns (size_px, size_px, 3) uint8, reduced by area.
    """
    height, width = pixels.shape[:2]
    if box is None:
        box = Box(x1=0, y1=0, x2=width, y2=height)
    space = round(margin * max(box.width, box.height))
    x1, y1 = max(0, min(box.x1 - space, width - 1)), max(0, min(box.y1 - space, height - 1))
    x2, y2 = min(width, max(box.x2 + space, x1 + 1)), min(height, max(box.y2 + space, y1 + 1))
    part = pixels[y1:y2, x1:x2]
    colour = (255, 255, 255) if fill == "white" else ground(part).colour
    scale = size_px / max(part.shape[:2])
    wide, high = (max(1, min(size_px, round(length * scale))) for length in (part.shape[1], part.shape[0]))
    method = cv2.INTER_AREA if scale < 1 else cv2.INTER_CUBIC
    canvas = np.full((size_px, size_px, 3), colour, np.uint8)
    left, top = (size_px - wide) // 2, (size_px - high) // 2
    canvas[top : top + high, left : left + wide] = cv2.resize(part, (wide, high), interpolation=method)
    return canvas
