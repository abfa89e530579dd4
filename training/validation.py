"""Recall on what was kept back: one rendition of each article is looked for among another rendition of all of them."""

from __future__ import annotations

import csv
from collections.abc import Callable
from pathlib import Path

import cv2
import numpy as np
import torch
from batches import GARMENTS_KEPT_BACK, Renditions, augment_in_place, continued, held_out, shards_of, square
from edges import line_rendering
from hands import drawn_by_hand
from network import Encoder, as_input
from numpy.typing import NDArray

Rgb = NDArray[np.uint8]
MOST = 180
"""Articles a kind: enough for a standard error of .04."""

# kind: (domain, rendition of the register, rendition of the query)
KINDS: dict[str, tuple[str, int, int]] = {
    "photo_to_drawing": ("articles", 0, 3),
    "other_view_to_drawing": ("articles", 0, 1),
    "model_photo_to_drawing": ("models", 0, 3),
    "model_sketch_to_drawing": ("aligned", 0, 2),
    "mark_photo_to_mark": ("marks", 0, 3),
    "shape_line_to_filled": ("shapes", 0, -1),
}


class Validation:
    """`side` is the square that the reader uses. Pictures are made once and kept."""

    def __init__(self, cache: Path, shared: Path, side: int):
        self.pairs: dict[str, tuple[Rgb, Rgb]] = {}
        for kind, (domain, register, query) in KINDS.items():
            source = Renditions(shards_of(cache, domain, for_training=False)[:8])
            enough = [i for i in range(len(source)) if len(source.articles[i]) > 1][:MOST]
            if len(enough) < 30:
                continue
            registered = [square(source.picture(i, register), side) for i in enough]
            asked = [square(source.picture(i, query % len(source.articles[i])), side) for i in enough]
            self.pairs[kind] = np.stack(registered), np.stack(asked)
        # The sketch of a garment is looked for among the contours of all that were kept back.
        folder = shared / "data" / "photos-clothing"
        with open(folder / "photos.csv", encoding="utf-8") as file:
            paths = sorted(row["path"] for row in csv.DictReader(file) if held_out(row["path"], GARMENTS_KEPT_BACK))
        photographs = [folder / path for path in paths[:MOST]]
        rng = np.random.default_rng(29)
        made = [self._sketch_and_contour(path, side, rng) for path in photographs]
        self.pairs["garment_sketch_to_contour"] = np.stack([b for _, b in made]), np.stack([a for a, _ in made])

    @staticmethod
    def _sketch_and_contour(path: Path, side: int, rng: np.random.Generator) -> tuple[Rgb, Rgb]:
        rgb = square(continued(cv2.cvtColor(cv2.imread(str(path)), cv2.COLOR_BGR2RGB)), side)
        return augment_in_place(drawn_by_hand(rgb, rng), side, rng), line_rendering(rgb, rng)

    def measure(self, encoder: Encoder) -> dict[str, dict[str, float]]:
        """recall@1 by kind, for each of the encoder's vectors and for both together."""
        found: dict[str, dict[str, float]] = {}
        for kind, (registered, asked) in self.pairs.items():
            vectors = [embedded(encoder, pictures) for pictures in (registered, asked)]
            scores = [asked_part @ registered_part.T for registered_part, asked_part in zip(*vectors, strict=True)]
            named: dict[str, NDArray[np.float32]] = dict(zip(("tuned", "layout"), scores, strict=True))
            named["both"] = scores[0] + scores[1]
            found[kind] = {name: round(_recall(score), 3) for name, score in named.items()}
        return found


def embedded(encoder: Encoder, pictures: Rgb, step: int = 30) -> tuple[NDArray[np.float32], ...]:
    """`tuned` and `layout` of all pictures."""
    parts: list[tuple[NDArray[np.float32], ...]] = []
    with torch.no_grad():
        for start in range(0, len(pictures), step):
            outputs = encoder(encoder.trunk(as_input(pictures[start : start + step])))
            parts.append(tuple(output.numpy() for output in outputs))
    return tuple(np.concatenate(part) for part in zip(*parts, strict=True))


def _recall(score: NDArray[np.float32]) -> float:
    return float((score.argmax(1) == np.arange(len(score))).mean())


Measure = Callable[[Encoder], dict[str, dict[str, float]]]
