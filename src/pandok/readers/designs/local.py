"""Local structure: key points, their descriptors, and the geometric check between two pictures.

RootSIFT (Lowe 2004; Arandjelović and Zisserman 2012) on a picture of 320 pixels; matches by Lowe's ratio,
kept where one plane-to-plane map explains them (USAC, Raguram et al. 2013). The number of points that
agree is the strongest single sign for printed and branded goods, and the map is what the evidence is drawn from.
"""

from __future__ import annotations

from dataclasses import dataclass, replace

import cv2
import numpy as np
from numpy.typing import NDArray

SIDE_PX = 320
MAX_POINTS = 400
RATIO = 0.85
RANSAC_PX = 7.0
MOST_ROUNDS = 500
CERTAIN_INLIERS = 40
MIN_MATCHES = 5
SAME_PLACE = 0.09
"""Of the ink's width and height: a hand draws a line so far from its place."""
ALIKE = 2 * 512.0**2 * (1 - 0.8)
"""Squared distance of two descriptors with a cosine of .8."""
FILLED_FROM = 8
"""So many points on one map are hardly ever chance; it then says where further ones have to lie."""
NEAR_SHARE, NEAR_ALIKE = 0.05, 2 * 512.0**2 * (1 - 0.7)
"""Of the view's extent: how far from its place under the map; and a cosine of .7."""


@dataclass(frozen=True)
class LocalFeatures:
    """`points` `(n, 2)` float32: x, y in pixels of the whole picture; `descriptors` `(n, 128)` uint8: RootSIFT times
    512, capped at 255."""

    points: NDArray[np.float32]
    descriptors: NDArray[np.uint8]

    def __len__(self) -> int:
        return len(self.points)


@dataclass(frozen=True)
class Match:
    """Agreement of two pictures. `inliers` points lie on one map; `transform` `(3, 3)` takes photograph pixels to
    view pixels (None without agreement); `points_*` `(inliers, 2)` are the agreeing points in either picture.
    `quality` is the sum over agreeing points of 1 minus their ratio: distinct matches count more than vague ones.
    `negative`: found with the contrast of the photograph reversed."""

    inliers: int
    quality: float
    coverage: float
    points_photograph: NDArray[np.float32]
    points_view: NDArray[np.float32]
    transform: NDArray[np.float64] | None
    negative: bool = False


_EMPTY = np.zeros((0, 2), np.float32)
NO_MATCH = Match(0, 0.0, 0.0, _EMPTY, _EMPTY, None)


def features(gray: NDArray[np.uint8], *, max_points: int = MAX_POINTS, side_px: int = SIDE_PX) -> LocalFeatures:
    """Key points of a `(H, W)` uint8 picture, strongest first.

    Small pictures are enlarged to `side_px`, so that a thumbnail and a studio picture offer like numbers of points.
    """
    height, width = gray.shape
    scale = side_px / max(height, width)
    size = (max(8, round(width * scale)), max(8, round(height * scale)))
    work = cv2.resize(gray, size, interpolation=cv2.INTER_AREA if scale < 1 else cv2.INTER_CUBIC)
    # The border keeps points of a shape that touches the edge of its picture.
    work = cv2.copyMakeBorder(work, 8, 8, 8, 8, cv2.BORDER_REPLICATE)
    sift = cv2.SIFT.create(nfeatures=max_points, contrastThreshold=0.02, edgeThreshold=15)
    keypoints, raw = sift.detectAndCompute(work, None)
    if raw is None or len(keypoints) == 0:
        return LocalFeatures(np.zeros((0, 2), np.float32), np.zeros((0, 128), np.uint8))
    order = np.argsort([-point.response for point in keypoints], kind="stable")[:max_points]
    points = np.array([keypoints[i].pt for i in order], np.float32)
    points = (points - 8) / np.float32(scale)
    root = np.sqrt(raw[order] / np.maximum(raw[order].sum(axis=1, keepdims=True), 1e-9))
    return LocalFeatures(points, np.minimum(root * 512, 255).astype(np.uint8))


def reversed_contrast(features: LocalFeatures) -> LocalFeatures:
    """The features that the negative of the picture would give: light on dark for dark on light.

    With the contrast all gradients turn round, and so does the main direction of a point; in its turned frame the
    directions are the same and the 4 x 4 cells change places point-symmetrically.
    """
    cells = features.descriptors.reshape(-1, 4, 4, 8)[:, ::-1, ::-1, :]
    return LocalFeatures(features.points, np.ascontiguousarray(cells).reshape(-1, 128))


def verify(photograph: LocalFeatures, view: LocalFeatures) -> Match:
    """Match two pictures and keep what one homography explains.

    The result is deterministic: the search for a map starts from a fixed state.
    """
    if len(photograph) < MIN_MATCHES or len(view) < MIN_MATCHES:
        return NO_MATCH
    distance = _squared_distances(photograph.descriptors, view.descriptors)
    rows = np.arange(len(distance))
    best = distance.argmin(axis=1)
    near = distance[rows, best]
    distance[rows, best] = np.inf
    far = distance.min(axis=1)
    ratio = np.sqrt(np.maximum(near, 0) / np.maximum(far, 1e-9))
    keep = np.flatnonzero(ratio < RATIO)
    if len(keep) < MIN_MATCHES:
        return NO_MATCH
    # One view point may serve one photograph point only: the most distinct keeps it.
    keep = keep[np.argsort(ratio[keep], kind="stable")]
    _, unique = np.unique(best[keep], return_index=True)
    keep = keep[np.sort(unique)]
    if len(keep) < MIN_MATCHES:
        return NO_MATCH
    source, target = photograph.points[keep], view.points[best[keep]]
    extent = float(np.ptp(view.points, axis=0).max()) or 1.0
    tolerance = RANSAC_PX * extent / SIDE_PX
    found = _map_between(source, target, tolerance)
    if found is None:
        return NO_MATCH
    plane, inside = found
    count = int(inside.sum())
    agreed = target[inside]
    spread = np.ptp(agreed, axis=0) / np.maximum(np.ptp(view.points, axis=0), 1.0)
    return Match(
        count,
        float((1.0 - ratio[keep][inside]).sum()),
        float(np.clip(spread, 0, 1).prod()),
        source[inside],
        agreed,
        plane,
    )


def agreeing_places(photograph: LocalFeatures, view: LocalFeatures) -> Match:
    """Key points that look alike and lie at the same place of either picture's ink, stretched to a square.

    For two pictures of one layout, where hand-drawn lines share no exact map. It explains a resemblance that other
    parts found and is no check of it: two pictures of one kind share some places by chance.
    """
    if len(photograph) < MIN_MATCHES or len(view) < MIN_MATCHES:
        return NO_MATCH
    here, there = _in_its_ink(photograph.points), _in_its_ink(view.points)
    apart = ((here[:, None] - there[None]) ** 2).sum(axis=2)
    distance = _squared_distances(photograph.descriptors, view.descriptors)
    distance[apart > SAME_PLACE**2] = np.inf
    best = distance.argmin(axis=1)
    rows = np.arange(len(distance))
    mutual = (distance.argmin(axis=0)[best] == rows) & (distance[rows, best] < ALIKE)
    if int(mutual.sum()) < MIN_MATCHES:
        return NO_MATCH
    source, target = photograph.points[mutual], view.points[best[mutual]]
    return Match(len(source), 0.0, 0.0, source, target, None)


def filled(photograph: LocalFeatures, view: LocalFeatures, match: Match) -> Match:
    """`match` with further points that look alike where its map puts them: guided matching (Hartley and Zisserman 2004,
    4.7). For evidence alone: counts and quality stay those of the points that found the map.

    A match of fewer than `FILLED_FROM` points is left as it is.
    """
    if match.transform is None or match.inliers < FILLED_FROM:
        return match
    if match.negative:
        photograph = reversed_contrast(photograph)
    placed = np.c_[photograph.points, np.ones(len(photograph))] @ match.transform.T
    side = np.sign(match.transform[2] @ [*match.points_photograph.mean(axis=0), 1.0])
    ahead = placed[:, 2] * side > 1e-9
    placed[~ahead, 2] = 1.0
    x, y = (placed[:, :2] / placed[:, 2:]).astype(np.float32).T
    apart = (x[:, None] - view.points[:, 0]) ** 2 + (y[:, None] - view.points[:, 1]) ** 2
    near = NEAR_SHARE * (float(np.ptp(view.points, axis=0).max()) or 1.0)
    distance = _squared_distances(photograph.descriptors, view.descriptors)
    distance[(apart > near**2) | ~ahead[:, None]] = np.inf
    best = distance.argmin(axis=1)
    rows = np.arange(len(distance))
    mutual = (distance.argmin(axis=0)[best] == rows) & (distance[rows, best] < NEAR_ALIKE)
    source = np.concatenate([match.points_photograph, photograph.points[mutual]])
    target = np.concatenate([match.points_view, view.points[best[mutual]]])
    _, first = np.unique(source, axis=0, return_index=True)
    return replace(match, points_photograph=source[np.sort(first)], points_view=target[np.sort(first)])


def _in_its_ink(points: NDArray[np.float32]) -> NDArray[np.float32]:
    low, high = np.quantile(points, [0.02, 0.98], axis=0)
    return np.asarray((points - low) / np.maximum(high - low, 1.0), np.float32)


def _squared_distances(a: NDArray[np.uint8], b: NDArray[np.uint8]) -> NDArray[np.float32]:
    """(n, m) through one matrix product, in place: all sums are whole numbers below 2^24, so that none is rounded."""
    left, right = a.astype(np.float32), b.astype(np.float32)
    distance: NDArray[np.float32] = left @ right.T
    distance *= -2
    distance += np.einsum("ij,ij->i", right, right)
    distance += np.einsum("ij,ij->i", left, left)[:, None]
    return distance


def _map_between(
    source: NDArray[np.float32], target: NDArray[np.float32], tolerance_px: float
) -> tuple[NDArray[np.float64], NDArray[np.bool_]] | None:
    """The plane-to-plane map that most points agree with, and which; None where too few do or the map is folded.

    USAC gives up wrong pairs of pictures in a twentieth of RANSAC's time and shares the true ones; but where the true
    map is mirrored it returns a second, chance map. So few points must agree better than their mirror image does.
    """
    found = _mapped(source, target, tolerance_px)
    if found is None:
        return None
    plane, inside = found
    count = int(inside.sum())
    if count < MIN_MATCHES or not _plausible(plane, source[inside]):
        return None
    if count < CERTAIN_INLIERS:
        mirrored = _mapped(source * np.array([-1, 1], np.float32), target, tolerance_px)
        if mirrored is not None and int(mirrored[1].sum()) > count:
            return None
    return found


def _mapped(
    source: NDArray[np.float32], target: NDArray[np.float32], tolerance_px: float
) -> tuple[NDArray[np.float64], NDArray[np.bool_]] | None:
    transform, mask = cv2.findHomography(
        source, target, cv2.USAC_DEFAULT, tolerance_px, maxIters=MOST_ROUNDS, confidence=0.995
    )
    if transform is None or mask is None:
        return None
    return np.asarray(transform, np.float64), mask.ravel().astype(bool)


def _plausible(transform: NDArray[np.float64], points: NDArray[np.float32]) -> bool:
    """A view of goods is not folded, mirrored or squeezed to a line: the map keeps orientation and area in bounds."""
    centre = points.mean(axis=0).astype(np.float64)
    w = transform[2] @ np.array([centre[0], centre[1], 1.0])
    if abs(w) < 1e-6:
        return False
    # Jacobian of the projective map at the middle of the agreeing points.
    x = transform[:2] @ np.array([centre[0], centre[1], 1.0]) / w
    jacobian = (transform[:2, :2] - np.outer(x, transform[2, :2])) / w
    singular = np.linalg.svd(jacobian, compute_uv=False)
    if np.linalg.det(jacobian) <= 0 or singular[1] < 1e-3:
        return False
    if singular[0] / singular[1] > 5.0:
        return False
    spread = np.ptp(points, axis=0).max()
    return bool(spread * singular[0] > 4.0)
