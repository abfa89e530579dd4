"""Kinds of search, each with pictures that nothing was trained on: what a fusion is fitted on, and, a kind left out at
a time, what it is measured on.

A kind is a register and photographs, sketches or prints of what is in it. From the rendered material come the shards
that are kept back from training (batches.kept_back); from the goods a quarter of the training photographs, which the
encoder has not seen (of articles that it has); from the garments those kept back. No test file of the shared data is
read. Everything is seeded: twice the same pictures.
"""

from __future__ import annotations

from collections.abc import Callable, Iterator
from dataclasses import dataclass, field
from pathlib import Path

import cv2
import numpy as np
from batches import GARMENTS_KEPT_BACK, augment_in_place, continued, held_out, square
from cutouts import heap_mask, package_mask, studio
from edges import line_rendering
from hands import drawn_by_hand
from numpy.typing import NDArray
from samples import goods, read, shard_articles

Rgb = NDArray[np.uint8]
MOST = 160
"""Designs of a kind: enough for a standard error of .04, few enough for every peer."""
VACANT = 18
"""The number of a kind that is kept no longer: the pictures of those behind it stay as they were."""


@dataclass
class Kind:
    """`views` and `queries` are (design, picture); a design may have several of both."""

    name: str
    views: list[tuple[str, Rgb]] = field(default_factory=list)
    queries: list[tuple[str, Rgb]] = field(default_factory=list)


Maker = Callable[[Path, Path, np.random.Generator], Kind]


def kinds(cache: Path, shared: Path, only: tuple[str, ...] = ()) -> Iterator[Kind]:
    """All kinds, or those named, one after the other."""
    for number, (name, make) in enumerate(MAKERS.items()):
        if not only or name in only:
            kind = make(cache, shared, np.random.default_rng([31, number + (number >= VACANT)]))
            kind.name = name
            yield kind


def _rendered(what: str, views: tuple[int, ...], queries: tuple[int, ...], *, least: int = 1, skip: int = 0) -> Maker:
    """Register from some renditions of an article, one query from the others in turn."""

    def make(cache: Path, _shared: Path, _rng: np.random.Generator) -> Kind:
        kind = Kind("")
        for number, pictures in enumerate(_kept(cache, what, least, skip)):
            design = f"{what}{number}"
            kind.views += [(design, pictures[rendition % len(pictures)]) for rendition in views]
            kind.queries.append((design, pictures[queries[number % len(queries)] % len(pictures)]))
        return kind

    return make


def _kept(cache: Path, what: str, least: int, skip: int, most: int = 10**9) -> list[list[Rgb]]:
    found: list[list[Rgb]] = []
    for pictures in shard_articles(cache, what, kept_back=True):
        if least <= len(pictures) <= most:
            if skip:
                skip -= 1
                continue
            found.append(pictures)
        if len(found) == MOST:
            break
    return found


def _printed(cache: Path, _shared: Path, rng: np.random.Generator) -> Kind:
    """A sheet's figure on another page: another scale, margin and print, as a front page repeats a figure."""
    kind = Kind("")
    for number, pictures in enumerate(_kept(cache, "articles", 6, 0)):
        design = f"s{number}"
        kind.views += [(design, pictures[0]), (design, pictures[1])]
        kind.queries.append((design, printed_again(pictures[number % 2], rng)))
    return kind


def _drawn_by_hand(cache: Path, _shared: Path, rng: np.random.Generator) -> Kind:
    """Drawings by many hands, against a sketch of each."""
    kind = Kind("")
    for number, pictures in enumerate(_kept(cache, "shapes", 1, 0, most=1)):
        kind.views.append((f"h{number}", pictures[0]))
        kind.queries.append((f"h{number}", augment_in_place(drawn_by_hand(pictures[0], rng), 224, rng)))
    return kind


def _emblems(cache: Path, shared: Path, rng: np.random.Generator) -> Kind:
    """One-colour marks of other hands than our generator's, photographed on cloth."""
    kind = Kind("")
    grounds = _garments(shared)
    for number, pictures in enumerate(_kept(cache, "shapes", 1, 200, most=2)):
        kind.views.append((f"e{number}", pictures[0]))
        ground = read(grounds[number % len(grounds)])
        kind.queries.append((f"e{number}", on_cloth(pictures[0], ground, rng)))
    return kind


def on_cloth(mark: Rgb, photograph: Rgb, rng: np.random.Generator) -> Rgb:
    """The ink of a mark in one colour, laid on a part of a photograph in perspective."""
    side = 288
    height, width = photograph.shape[:2]
    edge = int(min(height, width) * rng.uniform(0.35, 0.8))
    y, x = int(rng.integers(0, height - edge + 1)), int(rng.integers(0, width - edge + 1))
    out = cv2.resize(photograph[y : y + edge, x : x + edge], (side, side)).astype(np.float32)
    ink = 255 - cv2.cvtColor(mark, cv2.COLOR_RGB2GRAY)
    size, start = mark.shape[0], np.array([[0, 0], [1, 0], [1, 1], [0, 1]], np.float32)
    scale = float(rng.uniform(0.55, 0.9)) * side
    corners = start * scale + (side - scale) / 2 + rng.normal(0, 0.035 * side, (4, 2))
    matrix = cv2.getPerspectiveTransform(start * size, corners.astype(np.float32))
    alpha = cv2.warpPerspective(ink, matrix, (side, side))[..., None].astype(np.float32) / 255
    tone = float(np.median(out))
    colour = rng.uniform(140, 255, 3) if tone < 120 else rng.uniform(0, 110, 3)
    out = out * (1 - alpha) + colour * alpha * (0.85 + 0.15 * out / max(tone, 1))
    out = cv2.GaussianBlur(out, (0, 0), float(rng.uniform(0.4, 1.4))) + rng.normal(
        0, rng.uniform(1, 7), (side, side, 1)
    )
    return np.clip(out, 0, 255).astype(np.uint8)


def _garments(shared: Path) -> list[Path]:
    folder = shared / "data" / "photos-clothing"
    rows = (folder / "photos.csv").read_text(encoding="utf-8").splitlines()[1:]
    paths = sorted(row.split(",")[0] for row in rows)
    return [folder / path for path in paths if held_out(path, GARMENTS_KEPT_BACK)]


def _garment_sketches(_cache: Path, shared: Path, rng: np.random.Generator) -> Kind:
    """The sketch of a garment against the contours of all."""
    kind = Kind("")
    for number, path in enumerate(_garments(shared)[:MOST]):
        rgb = square(continued(read(path)), 224)
        kind.views.append((f"g{number}", line_rendering(rgb, rng)))
        kind.queries.append((f"g{number}", augment_in_place(drawn_by_hand(rgb, rng), 224, rng)))
    return kind


def _garments_again(_cache: Path, shared: Path, rng: np.random.Generator) -> Kind:
    kind = Kind("")
    for number, path in enumerate(_garments(shared)[:MOST]):
        picture = read(path)
        kind.views.append((f"g{number}", picture))
        kind.queries.append((f"g{number}", taken_again(picture, rng)))
    return kind


def _goods(name: str, what: str) -> Maker:
    """Photographs of goods against a studio picture or another photograph of the article."""

    def make(_cache: Path, shared: Path, rng: np.random.Generator) -> Kind:
        held = [row for row in goods(shared, name) if held_out(row[0])]
        kind, count = Kind(""), dict.fromkeys((row[1] for row in held), 0)
        for _, design, file in held:
            count[design] += 1
            if count[design] > 7:
                continue
            picture = read(file)
            height, width = picture.shape[:2]
            if count[design] > 1:
                kind.queries.append((design, picture))
            elif what == "studio":
                heap = name == "designs-produce"
                mask = heap_mask(height, width, rng) if heap else package_mask(picture, rng)
                kind.views.append((design, studio(picture, mask, rng)))
            else:
                middle = picture[int(0.12 * height) : int(0.88 * height), int(0.1 * width) : int(0.9 * width)]
                kind.views.append((design, middle))
        return kind

    return make


def printed_again(drawing: Rgb, rng: np.random.Generator) -> Rgb:
    """The same view on another page: another scale, margin and print, now and then a quarter turned."""
    scale = rng.uniform(0.45, 1.3)
    out = cv2.resize(drawing, None, fx=scale, fy=scale, interpolation=cv2.INTER_AREA if scale < 1 else cv2.INTER_CUBIC)
    out = cv2.warpAffine(
        out,
        cv2.getRotationMatrix2D((out.shape[1] / 2, out.shape[0] / 2), float(rng.normal(0, 0.7)), 1.0),
        (out.shape[1], out.shape[0]),
        borderValue=(255, 255, 255),
    )
    if rng.random() < 0.4:
        out = cv2.GaussianBlur(out, (0, 0), rng.uniform(0.4, 0.9))
    if rng.random() < 0.15:
        out = np.ascontiguousarray(np.rot90(out, int(rng.integers(1, 4))))
    margins = rng.integers(0, 30, 4).tolist()
    out = cv2.copyMakeBorder(out, *margins, cv2.BORDER_CONSTANT, value=(255, 255, 255))
    raw = cv2.imencode(".jpg", out, [cv2.IMWRITE_JPEG_QUALITY, int(rng.integers(60, 95))])[1]
    return np.asarray(cv2.imdecode(raw, cv2.IMREAD_COLOR), np.uint8)


def taken_again(picture: Rgb, rng: np.random.Generator) -> Rgb:
    """The same scene from a little elsewhere in other light."""
    height, width = picture.shape[:2]
    corners = np.array([[0, 0], [width, 0], [width, height], [0, height]], np.float32)
    moved = corners + rng.normal(0, 0.08, (4, 2)).astype(np.float32) * [width, height]
    matrix = cv2.getPerspectiveTransform(corners, moved.astype(np.float32))
    out = cv2.warpPerspective(picture, matrix, (width, height), borderMode=cv2.BORDER_REPLICATE).astype(np.float32)
    out = (out - 127) * rng.uniform(0.7, 1.2) + 127 + rng.uniform(-25, 25)
    out += rng.normal(0, rng.uniform(1, 8), (*out.shape[:2], 1))
    return np.clip(out, 0, 255).astype(np.uint8)


MAKERS: dict[str, Maker] = {
    "article photo to drawing": _rendered("articles", (0,), (3, 4), least=6),
    "article other view to drawing": _rendered("articles", (0,), (1,), least=6),
    "article sketch to drawing": _rendered("articles", (0,), (5,), least=6),
    "article photo to render": _rendered("articles", (2, 1), (3, 4), least=6),
    "figure printed again": _printed,
    "model photo to drawing": _rendered("models", (0, 1, 6), (3, 10), least=12),
    "model other view": _rendered("models", (2,), (8,), least=12),
    "model photo to render": _rendered("models", (2, 7), (3, 4), least=12),
    "aligned sketch to drawing": _rendered("aligned", (0,), (2, 3), least=4),
    "mark photo to mark": _rendered("marks", (0,), (3, 4), least=5),
    "coloured mark to mark": _rendered("marks", (0,), (1, 2), least=5, skip=MOST),
    "shape line to filled": _rendered("shapes", (0,), (-1,), least=3),
    "drawing by hand": _drawn_by_hand,
    "emblem on cloth": _emblems,
    "garment sketch to contour": _garment_sketches,
    "garment taken again": _garments_again,
    "package to studio": _goods("designs-packages", "studio"),
    "package to photograph": _goods("designs-packages", "photograph"),
    "produce to studio": _goods("designs-produce", "studio"),
    "produce to photograph": _goods("designs-produce", "photograph"),
}
"""By name. A kind's material: what one knows who knows its neighbours is told by FAMILIES."""

FAMILIES: dict[str, tuple[str, ...]] = {
    "articles": ("article photo to drawing", "article other view to drawing", "article sketch to drawing",
                 "article photo to render", "figure printed again"),
    "models": ("model photo to drawing", "model other view", "model photo to render", "aligned sketch to drawing"),
    "marks": ("mark photo to mark", "coloured mark to mark"),
    "shapes": ("shape line to filled", "drawing by hand", "emblem on cloth"),
    "garments": ("garment sketch to contour", "garment taken again"),
    "packages": ("package to studio", "package to photograph"),
    "produce": ("produce to studio", "produce to photograph"),
}  # fmt: skip
"""Kinds of one material: a fit that is measured on one of them has seen none of its family."""
