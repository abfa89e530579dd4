"""In what two registered views differ: boxes for a person who has to tell look-alikes apart."""

from __future__ import annotations

import numpy as np
from numpy.typing import NDArray
from PIL import Image

from pandok.core.reading import Box
from pandok.readers.designs.evidence import differs
from pandok.readers.designs.picture_kind import crop_to_ink

SIDE_PX = 320
MOST_BOXES = 4
BLOCKS = 6


def differing(reference: NDArray[np.uint8], view: NDArray[np.uint8]) -> tuple[Box, ...]:
    """Boxes in `view`, largest first, where it does not agree with `reference` laid over it, ink on ink. Both (H, W, 3)
    uint8 RGB. Other measures of the same parts show as other places of their edges. An aid to the eye, not a measure.
    """
    first, _ = crop_to_ink(reference)
    second, inside = crop_to_ink(view)
    scale = SIDE_PX / max(second.shape[:2])
    size = (max(8, round(second.shape[1] * scale)), max(8, round(second.shape[0] * scale)))
    laid, seen = _resized(first, size), _resized(second, size)
    found = differs(seen, laid, np.eye(3), blocks=BLOCKS)
    wide, high = inside.width / size[0], inside.height / size[1]
    boxes = [
        Box(
            x1=inside.x1 + round(box.x1 * wide),
            y1=inside.y1 + round(box.y1 * high),
            x2=inside.x1 + round(box.x2 * wide),
            y2=inside.y1 + round(box.y2 * high),
        )
        for box in found
    ]
    return tuple(sorted(boxes, key=lambda box: -box.width * box.height)[:MOST_BOXES])


def _resized(pixels: NDArray[np.uint8], size: tuple[int, int]) -> NDArray[np.uint8]:
    return np.asarray(Image.fromarray(pixels).resize(size, Image.Resampling.BOX), np.uint8)
