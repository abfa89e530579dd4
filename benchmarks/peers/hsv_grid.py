"""Colour by place: HSV histograms (8 × 3 × 3) of a 3 × 3 grid over the white-padded square; histogram intersection."""

from __future__ import annotations

from collections.abc import Sequence

import cv2
import numpy as np
from numpy.typing import NDArray

from benchmarks.peers.peer import Pixels, RegisterPicture, Views, white_square

SIDE_PX = 192
GRID = 3
BINS = (8, 3, 3)


class HsvGrid:
    name = "HSV grid 3×3"

    def enroll(self, pictures: Sequence[RegisterPicture]) -> None:
        self._views = Views(pictures)
        self.design_ids = self._views.design_ids
        self._histograms = np.stack([_histograms(picture.pixels) for picture in pictures])

    def scores(self, pixels: Pixels) -> NDArray[np.float64]:
        return self._views.best(np.minimum(self._histograms, _histograms(pixels)).sum(axis=1))


def _histograms(pixels: Pixels) -> NDArray[np.float32]:
    hsv = cv2.cvtColor(white_square(pixels, SIDE_PX), cv2.COLOR_RGB2HSV)
    cell = SIDE_PX // GRID
    parts = []
    for row in range(GRID):
        for column in range(GRID):
            part = np.ascontiguousarray(hsv[row * cell : (row + 1) * cell, column * cell : (column + 1) * cell])
            counts = cv2.calcHist([part], [0, 1, 2], None, list(BINS), [0, 180, 0, 256, 0, 256])
            parts.append(counts.ravel() / (cell * cell * GRID * GRID))
    return np.concatenate(parts).astype(np.float32)
