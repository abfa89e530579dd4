"""RootSIFT gathered into one vector: VLAD with 64 words learnt on the register. Jégou et al. 2010; Arandjelović 2013.

Signed square root, each word at length 1, whole vector at length 1; cosine. No whitening: small registers have too
few views to learn one from.
"""

from __future__ import annotations

from collections.abc import Sequence

import cv2
import numpy as np
from numpy.typing import NDArray

from benchmarks.peers.peer import Pixels, RegisterPicture, Views, gray_of_longest_side, unit_rows
from benchmarks.peers.verified_points import POINTS, longest_side_px

WORDS = 64
TRAINING_DESCRIPTORS = 60_000
SEED = 2


class RootSiftVlad:
    name = "RootSIFT-VLAD"

    def enroll(self, pictures: Sequence[RegisterPicture]) -> None:
        self._views = Views(pictures)
        self.design_ids = self._views.design_ids
        self._side_px = longest_side_px(pictures)
        self._detector = cv2.SIFT.create(nfeatures=POINTS)
        described = [self._describe(picture.pixels) for picture in pictures]
        everything = np.concatenate(described)
        rng = np.random.default_rng(SEED)
        if len(everything) > TRAINING_DESCRIPTORS:
            everything = everything[rng.choice(len(everything), TRAINING_DESCRIPTORS, replace=False)]
        cv2.setRNGSeed(SEED)
        until = (cv2.TERM_CRITERIA_EPS + cv2.TERM_CRITERIA_MAX_ITER, 25, 1e-4)
        words = min(WORDS, len(everything))
        _, _, self._words = cv2.kmeans(everything, words, None, until, 1, cv2.KMEANS_PP_CENTERS)
        self._rows = np.stack([self._gather(descriptors) for descriptors in described])

    def scores(self, pixels: Pixels) -> NDArray[np.float64]:
        return self._views.best(self._rows @ self._gather(self._describe(pixels)))

    def _describe(self, pixels: Pixels) -> NDArray[np.float32]:
        _, descriptors = self._detector.detectAndCompute(gray_of_longest_side(pixels, self._side_px), None)
        if descriptors is None:
            return np.empty((0, 128), np.float32)
        return np.sqrt(descriptors / np.maximum(descriptors.sum(axis=1, keepdims=True), 1e-12)).astype(np.float32)

    def _gather(self, descriptors: NDArray[np.float32]) -> NDArray[np.float32]:
        words = self._words
        residuals = np.zeros_like(words)
        if len(descriptors):
            nearest = (descriptors @ words.T - 0.5 * (words**2).sum(axis=1)).argmax(axis=1)
            np.add.at(residuals, nearest, descriptors - words[nearest])
        residuals = np.sign(residuals) * np.sqrt(np.abs(residuals))
        return unit_rows(unit_rows(residuals).ravel())
