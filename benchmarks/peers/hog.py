"""Histogram of oriented gradients (scikit-image) of the gray white-padded square; cosine. Dalal and Triggs 2005."""

from __future__ import annotations

from collections.abc import Sequence

import cv2
import numpy as np
from numpy.typing import NDArray
from skimage.feature import hog

from benchmarks.peers.peer import Pixels, RegisterPicture, Views, unit_rows, white_square

SIDE_PX = 128
CELL_PX = 8


class Hog:
    name = "HOG"

    def enroll(self, pictures: Sequence[RegisterPicture]) -> None:
        self._views = Views(pictures)
        self.design_ids = self._views.design_ids
        self._rows = unit_rows(np.stack([hog_of(picture.pixels) for picture in pictures]))

    def scores(self, pixels: Pixels) -> NDArray[np.float64]:
        return self._views.best(self.view_scores(pixels))

    def view_scores(self, pixels: Pixels) -> NDArray[np.float32]:
        """Cosine to every view, in the order of enrolment; the geometric peers take their short list from it."""
        return self._rows @ unit_rows(hog_of(pixels))


def hog_of(pixels: Pixels) -> NDArray[np.float32]:
    gray = cv2.cvtColor(white_square(pixels, SIDE_PX), cv2.COLOR_RGB2GRAY)
    cells = (CELL_PX, CELL_PX)
    return np.asarray(hog(gray, 9, cells, (2, 2), block_norm="L2-Hys", feature_vector=True), dtype=np.float32)
