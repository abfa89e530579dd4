"""What one training step is shown: a batch of one domain, drawn from (seed, step) alone.

A batch depends on nothing that went before, so training that was stopped goes on with the batches that it would have
had. `Batches.draw(step)` gives `(domain, pictures uint8 (n, S, S, 3), labels (n,))`.
"""

from __future__ import annotations

import csv
import hashlib
from collections.abc import Sequence
from pathlib import Path

import cv2
import numpy as np
from cutouts import heap_mask, package_mask, studio
from edges import line_rendering
from hands import drawn_by_hand, in_other_medium
from numpy.typing import NDArray

Rgb = NDArray[np.uint8]
Batch = tuple[str, Rgb, NDArray[np.int64]]
HELD_OUT = 0.25
"""Share of the goods' photographs that the encoder never sees: fit_ranking.py needs them."""
GARMENTS_KEPT_BACK = 0.04
SHARES = {"articles": 0.2, "models": 0.12, "marks": 0.12, "goods": 0.14, "aligned": 0.14, "shapes": 0.14, "lines": 0.14}
"""How often each domain comes."""
LAID_OUT = ("aligned", "shapes", "lines")
"""Domains whose renditions lie on each other."""
KEPT_BACK = 7
"""Every seventh shard is kept for validation and for fit_ranking.py."""


def kept_back(shard: Path) -> bool:
    return int(shard.stem) % KEPT_BACK == 3


def shards_of(cache: Path, what: str, *, for_training: bool) -> list[Path]:
    found = sorted(cache.glob(f"{what}-*/[0-9][0-9][0-9][0-9].npz"))
    return [path for path in found if kept_back(path) != for_training]


class Renditions:
    """Pictures of many articles, several renditions each, as JPEG bytes in the shards that render_pairs.py writes."""

    def __init__(self, shards: Sequence[Path]):
        self.articles: list[list[Rgb]] = []
        for path in shards:
            with np.load(path) as stored:
                data, offset, article = stored["data"], stored["offset"], stored["article"]
            rows_of: dict[int, list[int]] = {}
            for row, number in enumerate(article.tolist()):
                rows_of.setdefault(number, []).append(row)
            for rows in rows_of.values():
                self.articles.append([data[offset[row] : offset[row + 1]] for row in rows])

    def __len__(self) -> int:
        return len(self.articles)

    def picture(self, article: int, rendition: int) -> Rgb:
        return cv2.cvtColor(cv2.imdecode(self.articles[article][rendition], cv2.IMREAD_COLOR), cv2.COLOR_BGR2RGB)


def square(rgb: Rgb, side: int, fill: int = 255) -> Rgb:
    height, width = rgb.shape[:2]
    scale = side / max(height, width)
    size = (max(1, round(width * scale)), max(1, round(height * scale)))
    small = cv2.resize(rgb, size, interpolation=cv2.INTER_AREA if scale < 1 else cv2.INTER_LINEAR)
    out = np.full((side, side, 3), fill, np.uint8)
    top, left = (side - small.shape[0]) // 2, (side - small.shape[1]) // 2
    out[top : top + small.shape[0], left : left + small.shape[1]] = small
    return out


def continued(rgb: Rgb) -> Rgb:
    """A square whose border goes on with the picture's own, so that no line runs where the picture ends."""
    height, width = rgb.shape[:2]
    side = max(height, width)
    top, left = (side - height) // 2, (side - width) // 2
    around = (top, side - height - top, left, side - width - left)
    return np.asarray(cv2.copyMakeBorder(rgb, *around, cv2.BORDER_REPLICATE), np.uint8)


def shrunk(picture: Rgb, side: int) -> Rgb:
    scale = side / max(picture.shape[:2])
    return cv2.resize(picture, None, fx=scale, fy=scale, interpolation=cv2.INTER_AREA) if scale < 1 else picture


def augment(rgb: Rgb, side: int, rng: np.random.Generator, colour: float = 1.0) -> Rgb:
    """Crop, turn, mirror, light, colour, blur, noise: what changes between two pictures of one article."""
    height, width = rgb.shape[:2]
    if rng.random() < 0.7:
        keep = rng.uniform(0.72, 1.0)
        h, w = max(8, int(height * keep)), max(8, int(width * keep))
        y, x = rng.integers(0, height - h + 1), rng.integers(0, width - w + 1)
        rgb = rgb[y : y + h, x : x + w]
    out = square(rgb, side)
    if rng.random() < 0.6:
        angle = float(rng.choice([0, 0, 0, 90, 270, 180])) if rng.random() < 0.25 else float(rng.normal(0, 9))
        out = _moved(out, angle, float(rng.uniform(0.85, 1.1)), 0.03, 0.05, rng)
    if rng.random() < 0.3:
        out = out[:, ::-1]
    return _seen(out, rng, colour)


def augment_in_place(rgb: Rgb, side: int, rng: np.random.Generator) -> Rgb:
    """What may change while lines stay where they are: some degrees, proportion, light, blur, noise."""
    drawn = np.abs(rgb.astype(np.int16) - rgb[0, 0]).max(2) > 24
    rows, columns = np.flatnonzero(drawn.any(1)), np.flatnonzero(drawn.any(0))
    if len(rows) > 8 and len(columns) > 8 and rng.random() < 0.7:  # tight around what is drawn, as a reader crops it
        margin = int(rng.uniform(0, 0.1) * max(len(rows), len(columns)))
        top, left = max(0, rows[0] - margin), max(0, columns[0] - margin)
        rgb = rgb[top : rows[-1] + 1 + margin, left : columns[-1] + 1 + margin]
    out = square(rgb, side, int(np.median(rgb[:2])))
    wider = float(np.exp(rng.normal(0, 0.06)))
    return _seen(_moved(out, float(rng.normal(0, 4)), float(rng.uniform(0.9, 1.04)), 0.02, 0.04, rng, wider), rng, 0.6)


def _moved(
    out: Rgb, angle: float, scale: float, shift: float, shear: float, rng: np.random.Generator, wider: float = 1.0
) -> Rgb:
    side = out.shape[0]
    matrix = cv2.getRotationMatrix2D((side / 2, side / 2), angle, scale)
    matrix[0] *= wider
    matrix[0, 2] += (1 - wider) * side / 2
    matrix[:, 2] += rng.normal(0, shift * side, 2)
    matrix[0, 1] += rng.normal(0, shear)
    return cv2.warpAffine(out, matrix, (side, side), borderMode=cv2.BORDER_REPLICATE)


def _seen(out: Rgb, rng: np.random.Generator, colour: float) -> Rgb:
    f = out.astype(np.float32)
    if rng.random() < 0.8 * colour:
        f = (f - 127) * rng.uniform(0.7, 1.3) + 127 + rng.uniform(-30, 30)
        f *= rng.uniform(0.85, 1.15, 3).astype(np.float32)
    if rng.random() < 0.15:
        f = np.repeat(f.mean(axis=2, keepdims=True), 3, axis=2)
    if rng.random() < 0.25:
        f = cv2.GaussianBlur(f, (0, 0), rng.uniform(0.5, 1.6))
    if rng.random() < 0.3:
        f += rng.normal(0, rng.uniform(2, 12), (*f.shape[:2], 1)).astype(np.float32)
    return np.clip(f, 0, 255).astype(np.uint8)


def held_out(path: str, share: float = HELD_OUT) -> bool:
    """A fixed share of the photographs by hash of their name."""
    return hashlib.sha256(path.encode()).digest()[0] < 256 * share


class Labelled:
    """Photographs with a class: any two of one class are positives."""

    def __init__(self, folder: Path, side: int, *, heaps: bool):
        self.heaps = heaps
        self.masks: dict[int, Rgb] = {}
        self.by_class: dict[str, list[Rgb]] = {}
        with open(folder / "train.csv", encoding="utf-8") as file:
            for row in csv.DictReader(file):
                if held_out(row["path"]):
                    continue
                picture = cv2.imread(str(folder / row["path"]))
                if picture is not None:
                    small = cv2.cvtColor(shrunk(picture, side * 3 // 2), cv2.COLOR_BGR2RGB)
                    self.by_class.setdefault(row["design_id"], []).append(small)
        self.names = sorted(name for name, pictures in self.by_class.items() if len(pictures) >= 2)

    def studio(self, picture: Rgb, rng: np.random.Generator) -> Rgb:
        """The photograph's article as a studio picture."""
        if self.heaps:
            height, width = picture.shape[:2]
            keep = rng.uniform(0.3, 1.0)
            h, w = int(height * keep), int(width * keep)
            y, x = int(rng.integers(0, height - h + 1)), int(rng.integers(0, width - w + 1))
            part = picture[y : y + h, x : x + w]
            return studio(part, heap_mask(h, w, rng), rng)
        if id(picture) not in self.masks:
            # By the picture alone, so that it does not matter which step came to it first.
            own = np.random.default_rng(int.from_bytes(hashlib.sha256(picture.tobytes()).digest()[:8], "big"))
            self.masks[id(picture)] = package_mask(picture, own)
        return studio(picture, self.masks[id(picture)], rng)


class Batches:
    """Draws batches, one domain each. `shards` names the renditions to draw from, by domain."""

    def __init__(self, shards: dict[str, list[Path]], shared: Path, side: int, seed: int, left_out: Sequence[str] = ()):
        self.side, self.seed = side, seed
        self.renditions = {name: Renditions(paths) for name, paths in shards.items() if name not in left_out}
        self.goods = [
            Labelled(shared / "data" / "designs-packages", side, heaps=False),
            Labelled(shared / "data" / "designs-produce", side, heaps=True),
        ]
        with open(shared / "data" / "photos-clothing" / "photos.csv", encoding="utf-8") as file:
            paths = [row["path"] for row in csv.DictReader(file) if not held_out(row["path"], GARMENTS_KEPT_BACK)]
        self.photographs = [str(shared / "data" / "photos-clothing" / path) for path in paths]
        present = {"goods", "lines", *(name for name, source in self.renditions.items() if len(source) >= 60)}
        self.domains = [name for name in SHARES if name in present and name not in left_out]
        shares = np.array([SHARES[name] for name in self.domains])
        self.until = np.cumsum(shares / shares.sum())

    def draw(self, step: int) -> Batch:
        rng = np.random.default_rng([self.seed, step])
        name = self.domains[min(int(np.searchsorted(self.until, rng.random())), len(self.domains) - 1)]
        if name == "goods":
            pictures, labels = self._goods(rng, 20, 4)
        elif name == "lines":
            pictures, labels = self._lines(rng, 40)
        elif name in LAID_OUT:
            pictures, labels = self._laid_out(self.renditions[name], rng, 40)
        else:
            ids, each = (27, 3) if name == "marks" else (20, 4)
            pictures, labels = self._articles(self.renditions[name], rng, ids, each)
        return name, np.stack(pictures), np.array(labels, np.int64)

    def _chosen(self, count: int, ids: int, rng: np.random.Generator) -> list[int]:
        # Look-alikes of one family lie side by side: half the batch comes from such groups.
        near = [(int(start) + i) % count for start in rng.integers(count, size=ids // 6) for i in range(3)]
        return list(dict.fromkeys([*near, *rng.choice(count, ids, replace=False).tolist()]))[:ids]

    def _articles(
        self, source: Renditions, rng: np.random.Generator, ids: int, each: int
    ) -> tuple[list[Rgb], list[int]]:
        pictures, labels = [], []
        for label, article in enumerate(self._chosen(len(source), ids, rng)):
            for rendition in rng.permutation(len(source.articles[article]))[:each]:
                pictures.append(augment(source.picture(article, int(rendition)), self.side, rng))
                labels.append(label)
        return pictures, labels

    def _laid_out(self, source: Renditions, rng: np.random.Generator, ids: int) -> tuple[list[Rgb], list[int]]:
        """Two renditions of each shape, one of them often in another medium, both in place."""
        pictures, labels = [], []
        for label, article in enumerate(self._chosen(len(source), ids, rng)):
            count = len(source.articles[article])
            first, second = (rng.permutation(count) if count > 1 else (0, 0))[:2]
            one, other = source.picture(article, int(first)), source.picture(article, int(second))
            if count == 1 or rng.random() < 0.5:
                other = in_other_medium(other, rng)
            pictures += [augment_in_place(one, self.side, rng), augment_in_place(other, self.side, rng)]
            labels += [label, label]
        return pictures, labels

    def _goods(self, rng: np.random.Generator, ids: int, each: int) -> tuple[list[Rgb], list[int]]:
        source = self.goods[int(rng.random() < 0.45)]
        chosen = rng.choice(source.names, min(ids, len(source.names)), replace=False)
        pictures, labels = [], []
        for label, name in enumerate(chosen):
            pool = source.by_class[str(name)]
            for index in rng.permutation(len(pool))[:each]:
                picture = pool[int(index)]
                if rng.random() < 0.4:
                    picture = source.studio(picture, rng)
                elif rng.random() < 0.5:  # the middle, where the hand holds the article
                    h, w = picture.shape[:2]
                    m = rng.uniform(0.08, 0.2)
                    picture = picture[int(m * h) : int((1 - m) * h), int(m * w) : int((1 - m) * w)]
                pictures.append(augment(picture, self.side, rng))
                labels.append(label)
        return pictures, labels

    def _lines(self, rng: np.random.Generator, ids: int) -> tuple[list[Rgb], list[int]]:
        """A photograph of a garment and its lines, drawn by rule or by hand; or two such drawings."""
        pictures, labels = [], []
        for label, index in enumerate(rng.choice(len(self.photographs), ids, replace=False)):
            raw = cv2.imread(self.photographs[int(index)])
            rgb = continued(cv2.cvtColor(shrunk(raw, 200), cv2.COLOR_BGR2RGB))
            one = rgb if rng.random() < 0.35 else line_rendering(rgb, rng)
            other = drawn_by_hand(rgb, rng) if rng.random() < 0.5 else line_rendering(rgb, rng)
            pictures += [augment_in_place(one, self.side, rng), augment_in_place(other, self.side, rng)]
            labels += [label, label]
        return pictures, labels
