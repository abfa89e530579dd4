"""What a peer is, and the two preparations that several of them share."""

from __future__ import annotations

from collections.abc import Sequence
from dataclasses import dataclass
from typing import Protocol

import cv2
import numpy as np
from numpy.typing import NDArray
from PIL import Image

Pixels = NDArray[np.uint8]


class PeerUnavailable(Exception):
    """The peer cannot run here; the message says why."""


@dataclass(frozen=True)
class RegisterPicture:
    """One registered view: RGB uint8 (H, W, 3)."""

    design_id: str
    pixels: Pixels


class Peer(Protocol):
    """`enroll` is called once; `scores` gives one number a design in the order of `design_ids`, higher is nearer."""

    name: str
    design_ids: list[str]

    def enroll(self, pictures: Sequence[RegisterPicture]) -> None: ...

    def scores(self, pixels: Pixels) -> NDArray[np.float64]: ...


class Views:
    """Which view belongs to which design; several views of a design count as their best."""

    def __init__(self, pictures: Sequence[RegisterPicture]):
        self.design_ids = sorted({picture.design_id for picture in pictures})
        position = {design_id: row for row, design_id in enumerate(self.design_ids)}
        self._design_of_view = np.array([position[picture.design_id] for picture in pictures], dtype=np.intp)

    def best(self, view_scores: NDArray[np.floating]) -> NDArray[np.float64]:
        """(views,) scores to (designs,) scores."""
        best = np.full(len(self.design_ids), -np.inf)
        np.maximum.at(best, self._design_of_view, view_scores.astype(np.float64))
        return best


def white_square(pixels: Pixels, side_px: int) -> Pixels:
    """The picture in the middle of a white square, resized to `side_px`.

    Bicubic with the filter widened when shrinking (Pillow): thin drawn lines survive, and the plain backbone then
    reaches its reference on the drawings, which it misses by half of its DIR with OpenCV's bilinear.
    """
    height, width = pixels.shape[:2]
    side = max(height, width)
    square = np.full((side, side, 3), 255, dtype=np.uint8)
    top, left = (side - height) // 2, (side - width) // 2
    square[top : top + height, left : left + width] = pixels
    return np.asarray(Image.fromarray(square).resize((side_px, side_px), Image.Resampling.BICUBIC), dtype=np.uint8)


def gray_of_longest_side(pixels: Pixels, longest_px: int) -> Pixels:
    """Gray, with the longer side at `longest_px`."""
    height, width = pixels.shape[:2]
    scale = longest_px / max(height, width)
    size = (max(round(width * scale), 8), max(round(height * scale), 8))
    way = cv2.INTER_AREA if scale < 1 else cv2.INTER_LINEAR
    resized = cv2.resize(pixels, size, interpolation=way)
    return np.asarray(cv2.cvtColor(resized, cv2.COLOR_RGB2GRAY), dtype=np.uint8)


def unit_rows(rows: NDArray[np.floating]) -> NDArray[np.float32]:
    """Rows at length 1; a row of zeros stays zero."""
    lengths = np.linalg.norm(rows, axis=-1, keepdims=True)
    return np.asarray(rows / np.maximum(lengths, 1e-12), dtype=np.float32)
