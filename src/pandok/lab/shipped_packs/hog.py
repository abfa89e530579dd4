"""A plain published rule as the baseline of pictures: histogram of oriented gradients, nearest neighbour by cosine.

Dalal and Triggs 2005 with the usual figures: gray, 128 × 128 in a white square, cells of 8 × 8, nine unsigned
directions without interpolation, blocks of 2 × 2 cells, L2-Hys.
"""

from __future__ import annotations

import io
from collections.abc import Sequence

import numpy as np
from numpy.lib.stride_tricks import sliding_window_view
from numpy.typing import NDArray
from PIL import Image

SIDE_PX, CELL_PX, DIRECTIONS = 128, 8, 9
_CELLS = SIDE_PX // CELL_PX
_CELL_OF_PIXEL = np.add.outer(np.arange(SIDE_PX) // CELL_PX * _CELLS, np.arange(SIDE_PX) // CELL_PX)
_CLIP, _TINY = 0.2, 1e-5


def hog_of(data: bytes) -> NDArray[np.float64]:
    """The description of one picture, of unit length; zeros for a blank one."""
    gray = _white_square(data)
    down, right = np.zeros_like(gray), np.zeros_like(gray)
    down[1:-1] = gray[2:] - gray[:-2]
    right[:, 1:-1] = gray[:, 2:] - gray[:, :-2]
    strength = np.hypot(down, right)
    direction = (np.rad2deg(np.arctan2(down, right)) % 180 / (180 / DIRECTIONS)).astype(int) % DIRECTIONS
    bins = (_CELL_OF_PIXEL * DIRECTIONS + direction).reshape(-1)
    sums = np.bincount(bins, strength.reshape(-1), minlength=_CELLS * _CELLS * DIRECTIONS)
    histograms = sums.reshape(_CELLS, _CELLS, DIRECTIONS) / CELL_PX**2
    blocks = sliding_window_view(histograms, (2, 2), axis=(0, 1)).reshape((_CELLS - 1) ** 2, -1)
    blocks = np.minimum(_shortened(blocks), _CLIP)
    row = _shortened(blocks).reshape(-1)
    return np.asarray(row / max(float(np.linalg.norm(row)), _TINY))


def nearest(queries: Sequence[bytes], register: Sequence[bytes], shows: Sequence[str]) -> list[str]:
    """For each query what the most similar register picture shows; of equal ones the first."""
    rows = np.stack([hog_of(one) for one in register])
    return [shows[int(np.argmax(rows @ hog_of(query)))] for query in queries]


def _shortened(blocks: NDArray[np.float64]) -> NDArray[np.float64]:
    return np.asarray(blocks / np.sqrt((blocks**2).sum(axis=1, keepdims=True) + _TINY**2))


def _white_square(data: bytes) -> NDArray[np.float64]:
    with Image.open(io.BytesIO(data)) as opened:
        picture = opened.convert("RGB")
    factor = SIDE_PX / max(picture.size)
    size = (max(1, round(picture.width * factor)), max(1, round(picture.height * factor)))
    square = Image.new("RGB", (SIDE_PX, SIDE_PX), (255, 255, 255))
    square.paste(picture.resize(size, Image.Resampling.BICUBIC), ((SIDE_PX - size[0]) // 2, (SIDE_PX - size[1]) // 2))
    return np.asarray(square.convert("L"), dtype=np.float64)
