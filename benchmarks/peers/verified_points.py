"""Local features with geometry: matches that pass the ratio test and one homography; score = inliers.

Rule for the size of the picture, the same for register and query, from the kind of the register's pictures:
line drawings (no colour, hardly any mid-gray, larger than 256 px) 512 px, small marks (at most 256 px and no colour)
256 px, everything else 320 px, the longer side. In a register of more than 600 views HOG's first 100 views are
re-ranked; the others keep HOG's order below them.
"""

from __future__ import annotations

from collections.abc import Sequence

import cv2
import numpy as np
from numpy.typing import NDArray

from benchmarks.peers.hog import Hog
from benchmarks.peers.peer import Pixels, RegisterPicture, Views, gray_of_longest_side

POINTS = 500
RATIO = 0.8
REPROJECTION_PX = 6.0
ITERATIONS = 500
SHORT_LIST_ABOVE_VIEWS = 600
SHORT_LIST_VIEWS = 100
SEED = 2

Features = tuple[NDArray[np.float32], NDArray[np.generic]]
"""Points (N, 2) float32 `x y` in pixels, and descriptors (N, D)."""


def longest_side_px(pictures: Sequence[RegisterPicture]) -> int:
    """The rule above, on the middle picture of the first hundred."""
    colours, sides = [], []
    for picture in pictures[:100]:
        colours.append(float(np.ptp(picture.pixels.astype(np.int16), axis=2).mean()))
        sides.append(max(picture.pixels.shape[:2]))
    if np.median(colours) > 2:
        return 320
    return 512 if np.median(sides) > 256 else 256


class VerifiedPoints:
    """`kind`: "SIFT" (with RootSIFT) or "ORB"."""

    def __init__(
        self,
        kind: str,
        *,
        short_list_above_views: int = SHORT_LIST_ABOVE_VIEWS,
        short_list_views: int = SHORT_LIST_VIEWS,
    ):
        self.name = f"{kind} + RANSAC"
        self._kind = kind
        self._short_list_above_views = short_list_above_views
        self._short_list_views = short_list_views

    def enroll(self, pictures: Sequence[RegisterPicture]) -> None:
        self._views = Views(pictures)
        self.design_ids = self._views.design_ids
        self._side_px = longest_side_px(pictures)
        if self._kind == "SIFT":
            self._detector, self._norm = cv2.SIFT.create(nfeatures=POINTS), cv2.NORM_L2
        else:
            self._detector, self._norm = cv2.ORB.create(nfeatures=POINTS), cv2.NORM_HAMMING
        self._features = [self._features_of(picture.pixels) for picture in pictures]
        self._hog = Hog()
        self._hog.enroll(pictures)

    def scores(self, pixels: Pixels) -> NDArray[np.float64]:
        near = self._hog.view_scores(pixels).astype(np.float64)
        scores = near * 0.5  # cosine, below one inlier: decides between views with equal inliers
        listed = np.arange(len(near))
        if len(near) > self._short_list_above_views:
            listed = np.argsort(-near, kind="stable")[: self._short_list_views]
            scores -= 1
            scores[listed] += 1
        photograph = self._features_of(pixels)
        for view in listed:
            scores[view] += self._inliers(photograph, self._features[view])
        return self._views.best(scores)

    def _features_of(self, pixels: Pixels) -> Features:
        points, descriptors = self._detector.detectAndCompute(gray_of_longest_side(pixels, self._side_px), None)
        if descriptors is None:
            return np.empty((0, 2), np.float32), np.empty((0, 1), np.float32)
        places = np.array([point.pt for point in points], dtype=np.float32)
        if self._kind == "SIFT":  # RootSIFT: Arandjelović and Zisserman 2012
            descriptors = np.sqrt(descriptors / np.maximum(descriptors.sum(axis=1, keepdims=True), 1e-12))
            descriptors = descriptors.astype(np.float32)
        return places, descriptors

    def _inliers(self, photograph: Features, view: Features) -> int:
        if len(photograph[0]) < 4 or len(view[0]) < 4:
            return 0
        pairs = cv2.BFMatcher(self._norm).knnMatch(photograph[1], view[1], k=2)
        good = [first for first, second in pairs if first.distance < RATIO * second.distance]
        if len(good) < 4:
            return 0
        here = photograph[0][[match.queryIdx for match in good]]
        there = view[0][[match.trainIdx for match in good]]
        cv2.setRNGSeed(SEED)
        homography, mask = cv2.findHomography(here, there, cv2.RANSAC, REPROJECTION_PX, maxIters=ITERATIONS)
        return 0 if homography is None else int(mask.sum())
