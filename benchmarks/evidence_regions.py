"""Does the evidence point at the right place?

Registered marks are coloured, scaled, rotated, bent in perspective and laid on photographs of garments, so that
the true box is known. A matcher compares each photograph with its own mark and with other marks; the regions of
the evidence are compared with the true box.

    IoU_q        |P ∩ T| / |P ∪ T| in pixels: P the union of the region boxes in the photograph, T the true box
    loc_score    mean over queries of IoU_q / rank_q. With one positive a query, 1 / rank_q is the precision at
                 the positive's rank; the idea of weighting precision by overlap is from arXiv 2512.12610.
    mean_iou     mean IoU_q for the right mark, rank left out; no region counts 0
    shown        share of queries with any region; iou_when_shown is the mean IoU_q over these
    pointing     share of queries whose heaviest region has its centre inside the true box
    foreign      share of photographs for which the best other mark shows at least 8 matched points

Rank: number of marks in the query's gallery with at least as many matched points, the right one included
(ties count against it). Intervals are 95 % percentile bootstrap over queries. Everything is seeded.

    PANDOK_SHARED=../shared python benchmarks/evidence_regions.py --queries 120 --out evidence_regions.json
"""

from __future__ import annotations

import argparse
import csv
import importlib
import importlib.util
import json
import os
import platform
import subprocess
import time
from collections.abc import Callable, Sequence
from pathlib import Path
from typing import Any

import cv2
import numpy as np

from pandok.core.reading import Box, Region
from pandok.readers.designs.evidence import draw, regions_from_matches

SEED = 20260701
PHOTO_SIDE_PX = 640
VIEW_SIDE_PX = 256
FOREIGN_POINTS = 8

Matched = tuple[np.ndarray, np.ndarray, "np.ndarray | None"]
"""Points in the photograph (n, 2), points in the view (n, 2), photograph → view or None."""


class SiftRansac:
    """The peer: RootSIFT, ratio .8, homography by RANSAC (6 px, 500 iterations)."""

    name = "peer: RootSIFT + RANSAC homography"

    def __init__(self) -> None:
        self.sift = cv2.SIFT.create(nfeatures=800, contrastThreshold=0.02)
        self.matcher = cv2.BFMatcher(cv2.NORM_L2)

    def view_features(self, gray: np.ndarray) -> Any:
        return self.features(gray)

    def features(self, gray: np.ndarray) -> Any:
        keypoints, descriptors = self.sift.detectAndCompute(gray, None)
        if descriptors is None:
            return np.empty((0, 2), np.float32), np.empty((0, 128), np.float32)
        root = np.sqrt(descriptors / np.maximum(descriptors.sum(axis=1, keepdims=True), 1e-9))
        return np.array([point.pt for point in keypoints], np.float32), root.astype(np.float32)

    def match(self, query: Any, view: Any) -> Matched:
        none = np.empty((0, 2)), np.empty((0, 2)), None
        if len(query[1]) < 2 or len(view[1]) < 2:
            return none
        pairs = self.matcher.knnMatch(query[1], view[1], k=2)
        good = [first for first, second in pairs if first.distance < 0.8 * second.distance]
        if len(good) < 4:
            return none
        photo = np.array([query[0][match.queryIdx] for match in good])
        mark = np.array([view[0][match.trainIdx] for match in good])
        cv2.setRNGSeed(SEED)
        matrix, kept = cv2.findHomography(photo, mark, cv2.RANSAC, 6.0, maxIters=500)
        if matrix is None or kept is None:
            return none
        inlier = kept.ravel().astype(bool)
        return photo[inlier], mark[inlier], matrix

    def drawn(self, query: Any, view: Any, matched: Matched) -> Matched:  # noqa: ARG002
        return matched


class ProductLocal:
    """The product's own local features and geometric check."""

    name = "pandok.readers.designs.local"

    def __init__(self) -> None:
        self.local = importlib.import_module("pandok.readers.designs.local")

    def features(self, gray: np.ndarray) -> Any:
        return self.local.features(gray)

    def view_features(self, gray: np.ndarray) -> Any:
        return self.local.features(gray)

    def match(self, query: Any, view: Any) -> Matched:
        match = self.local.verify(query, view)
        photo, mark = np.asarray(match.points_photograph).reshape(-1, 2), np.asarray(match.points_view).reshape(-1, 2)
        return photo, mark, match.transform

    def drawn(self, query: Any, view: Any, matched: Matched) -> Matched:  # noqa: ARG002
        """The points that regions are made of."""
        return matched


class ProductBothPolarities(ProductLocal):
    """The product's features, also with the contrast reversed: a light mark on dark goods is registered dark on light.

    The polarity with more matched points answers.
    """

    name = "pandok.readers.designs.local, both contrasts"

    def match(self, query: Any, view: Any) -> Matched:
        both = (query, self.local.reversed_contrast(query))
        return max((super(ProductBothPolarities, self).match(one, view) for one in both), key=lambda m: len(m[0]))


class ProductFilled(ProductBothPolarities):
    """What the reader draws: beside the points that found the map those that lie where it puts them."""

    name = "pandok.readers.designs.local, both contrasts, filled"

    def drawn(self, query: Any, view: Any, matched: Matched) -> Matched:
        photo, mark, transform = matched
        found = max(
            (
                self.local.filled(query, view, self.local.Match(len(photo), 0.0, 0.0, photo, mark, transform, negative))
                for negative in (False, True)
            ),
            key=lambda one: len(one.points_view),
        )
        return found.points_photograph, found.points_view, transform


def composite(photo: np.ndarray, mark: np.ndarray, rng: np.random.Generator) -> tuple[np.ndarray, Box, bool]:
    """The mark printed on the photograph (RGB), the box of its ink, and whether it is lighter than its ground."""
    height, width = photo.shape[:2]
    ink = 255 - cv2.cvtColor(mark, cv2.COLOR_RGB2GRAY)
    ys, xs = np.nonzero(ink > 64)
    ink = ink[ys.min() : ys.max() + 1, xs.min() : xs.max() + 1]
    h, w = ink.shape
    side = rng.uniform(0.22, 0.5) * min(height, width)
    scale = side / max(h, w)
    angle = np.radians(rng.uniform(-35, 35))
    corners = np.array([[0, 0], [w, 0], [w, h], [0, h]], np.float64) - [w / 2, h / 2]
    corners += rng.uniform(-0.1, 0.1, (4, 2)) * [w, h]
    turn = np.array([[np.cos(angle), -np.sin(angle)], [np.sin(angle), np.cos(angle)]])
    placed = scale * corners @ turn.T
    low, high = placed.min(axis=0), placed.max(axis=0)
    placed += [rng.uniform(-low[0], width - high[0]), rng.uniform(-low[1], height - high[1])]
    matrix = cv2.getPerspectiveTransform(
        np.array([[0, 0], [w, 0], [w, h], [0, h]], np.float32), placed.astype(np.float32)
    )
    alpha = cv2.warpPerspective(ink, matrix, (width, height), flags=cv2.INTER_AREA).astype(np.float32)[..., None] / 255
    ys, xs = np.nonzero(alpha[..., 0] > 0.25)
    box = Box(x1=int(xs.min()), y1=int(ys.min()), x2=int(xs.max()) + 1, y2=int(ys.max()) + 1)
    under = photo[box.y1 : box.y2, box.x1 : box.x2].mean()
    # A colour that can be seen on its ground, sometimes lighter and sometimes darker than it.
    colour = rng.uniform(0, 90, 3) if under > 120 else rng.uniform(165, 255, 3)
    shade = 0.75 + 0.25 * cv2.GaussianBlur(photo, (0, 0), 3).astype(np.float32) / max(1.0, float(under))
    printed = photo * (1 - 0.92 * alpha) + 0.92 * alpha * colour.astype(np.float32) * np.clip(shade, 0.6, 1.25)
    blurred = cv2.GaussianBlur(printed, (0, 0), rng.uniform(0.4, 1.2))
    noisy = np.clip(blurred + rng.normal(0, 4, blurred.shape), 0, 255).astype(np.uint8)
    coded = cv2.imencode(".jpg", noisy[..., ::-1], [cv2.IMWRITE_JPEG_QUALITY, 80])[1]
    return cv2.imdecode(coded, cv2.IMREAD_COLOR)[..., ::-1].copy(), box, bool(under <= 120)


def intersection_over_union(regions: Sequence[Region], truth: Box, size: tuple[int, int]) -> float:
    """IoU of the union of the regions' boxes in the photograph with the true box; 0 without regions."""
    found, true = np.zeros(size[::-1], bool), np.zeros(size[::-1], bool)
    true[truth.y1 : truth.y2, truth.x1 : truth.x2] = True
    for region in regions:
        box = region.photograph
        found[box.y1 : box.y2, box.x1 : box.x2] = True
    return float((found & true).sum() / max(1, (found | true).sum()))


def points_inside(regions: Sequence[Region], truth: Box) -> bool:
    if not regions:
        return False
    box = max(regions, key=lambda region: region.weight).photograph
    x, y = (box.x1 + box.x2) / 2, (box.y1 + box.y2) / 2
    return truth.x1 <= x < truth.x2 and truth.y1 <= y < truth.y2


def interval(values: Sequence[float]) -> dict[str, float]:
    """Mean with 95 % percentile bootstrap interval, 2,000 draws, seeded."""
    data = np.asarray(values, dtype=float)
    draws = np.random.default_rng(SEED).integers(0, len(data), (2000, len(data)))
    low, high = np.percentile(data[draws].mean(axis=1), [2.5, 97.5])
    return {"mean": round(float(data.mean()), 4), "low": round(float(low), 4), "high": round(float(high), 4)}


def read_rgb(path: Path, side_px: int) -> np.ndarray:
    picture = cv2.imread(str(path), cv2.IMREAD_COLOR)
    if picture is None:
        raise SystemExit(f"cannot read {path}")
    scale = side_px / max(picture.shape[:2])
    return cv2.resize(picture, None, fx=scale, fy=scale, interpolation=cv2.INTER_CUBIC)[..., ::-1].copy()


def machine() -> dict[str, Any]:
    commit = subprocess.run(["git", "rev-parse", "HEAD"], capture_output=True, text=True, check=False).stdout.strip()
    return {
        "commit": commit or "uncommitted",
        "python": platform.python_version(),
        "processor": platform.processor() or platform.machine(),
        "cores": os.cpu_count(),
        "opencv": cv2.__version__,
    }


def run(matcher: Any, shared: Path, queries: int, gallery: int, pictures: Path | None) -> dict[str, Any]:
    rng = np.random.default_rng(SEED)
    with (shared / "marks-logos" / "register.csv").open(encoding="utf-8") as file:
        marks = [row["path"] for row in csv.DictReader(file)]
    with (shared / "photos-clothing" / "photos.csv").open(encoding="utf-8") as file:
        photos = [row["path"] for row in csv.DictReader(file)]
    chosen = rng.choice(len(marks), queries + gallery, replace=False)
    views = [read_rgb(shared / "marks-logos" / marks[index], VIEW_SIDE_PX) for index in chosen]
    seen = [matcher.view_features(cv2.cvtColor(view, cv2.COLOR_RGB2GRAY)) for view in views]
    backgrounds = rng.choice(len(photos), queries, replace=False)
    overlaps, scores, pointing, foreign, light, counts, times_ms = [], [], [], [], [], [], []
    for query in range(queries):
        photo = read_rgb(shared / "photos-clothing" / photos[backgrounds[query]], PHOTO_SIDE_PX)
        picture, truth, is_light = composite(photo, views[query], np.random.default_rng([SEED, query]))
        size = (picture.shape[1], picture.shape[0])
        started = time.perf_counter()
        features = matcher.features(cv2.cvtColor(picture, cv2.COLOR_RGB2GRAY))
        matched = matcher.match(features, seen[query])
        points_photo = matched[0]
        on_photo, on_view, transform = matcher.drawn(features, seen[query], matched)
        view_size = (views[query].shape[1], views[query].shape[0])
        regions = regions_from_matches(on_photo, on_view, transform, size, view_size)
        counts.append(len(regions))
        times_ms.append(1000 * (time.perf_counter() - started))
        others = [len(matcher.match(features, other)[0]) for other in seen[queries:]]
        rank = 1 + sum(count >= len(points_photo) for count in others)
        overlaps.append(intersection_over_union(regions, truth, size))
        scores.append(overlaps[-1] / rank)
        pointing.append(float(points_inside(regions, truth)))
        light.append(is_light)
        foreign.append(float(max(others) >= FOREIGN_POINTS))
        if pictures is not None and query < 12:
            drawn = draw(picture, views[query], regions)
            cv2.imwrite(str(pictures / f"{type(matcher).__name__}_{query:02d}.png"), drawn[..., ::-1])
    return {
        "matcher": matcher.name,
        "loc_score": interval(scores),
        "mean_iou": interval(overlaps),
        "shown": interval([float(bool(count)) for count in counts]),
        "iou_when_shown": interval([value for value, count in zip(overlaps, counts, strict=True) if count] or [0.0]),
        "mean_iou_dark_on_light": interval([v for v, flag in zip(overlaps, light, strict=True) if not flag] or [0.0]),
        "mean_iou_light_on_dark": interval([v for v, flag in zip(overlaps, light, strict=True) if flag] or [0.0]),
        "pointing": interval(pointing),
        "foreign": interval(foreign),
        "match_ms_median": round(float(np.median(times_ms)), 1),
    }


def main(arguments: Sequence[str] | None = None) -> None:
    parser = argparse.ArgumentParser(description=__doc__, formatter_class=argparse.RawDescriptionHelpFormatter)
    parser.add_argument("--queries", type=int, default=200)
    parser.add_argument("--gallery", type=int, default=19, help="other marks that every photograph is compared with")
    parser.add_argument("--out", type=Path, default=Path("benchmarks/results/evidence_regions.json"))
    parser.add_argument("--pictures", type=Path, default=None, help="folder for the first evidence pictures")
    options = parser.parse_args(arguments)
    cv2.setNumThreads(1)
    shared = Path(os.environ.get("PANDOK_SHARED", "../shared"))
    shared = shared / "data" if (shared / "data").is_dir() else shared
    matchers: list[Callable[[], Any]] = [SiftRansac]
    if importlib.util.find_spec("pandok.readers.designs.local") is not None:
        matchers = [ProductLocal, ProductBothPolarities, ProductFilled, SiftRansac]
    results = [run(make(), shared, options.queries, options.gallery, options.pictures) for make in matchers]
    report = {
        "question": "does the evidence point at the right place?",
        "seed": SEED,
        "queries": options.queries,
        "gallery": options.gallery,
        "machine": machine(),
        "results": results,
    }
    options.out.parent.mkdir(parents=True, exist_ok=True)
    options.out.write_text(json.dumps(report, indent=2, ensure_ascii=False) + "\n", encoding="utf-8")
    print(json.dumps(results, indent=2))


if __name__ == "__main__":
    main()
