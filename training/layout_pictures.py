"""Renditions that lie on each other, for fitting the layout: one shape drawn, filled, coloured, sketched, in place.

`shapes(cache, shared, seed)` gives (class, pictures) of shards and photographs that the encoder is trained on; what is
kept back for validation is not among them.
"""

from __future__ import annotations

import csv
from collections.abc import Iterator
from pathlib import Path

import cv2
import numpy as np
from batches import GARMENTS_KEPT_BACK, Renditions, augment_in_place, continued, held_out, shards_of, shrunk, square
from edges import line_rendering
from hands import drawn_by_hand, in_other_medium
from numpy.typing import NDArray
from samples import goods, read

Rgb = NDArray[np.uint8]
COUNTS = {"aligned": 1400, "shapes": 1900, "marks": 400, "garments": 900, "goods": 450}
"""How many shapes of each material: together 5,050, some 14,000 pictures."""
SIDE_PX = 224


def shapes(cache: Path, shared: Path, seed: int = 17) -> Iterator[tuple[str, list[Rgb]]]:
    rng = np.random.default_rng(seed)
    for what in ("aligned", "shapes", "marks"):
        paths = shards_of(cache, what, for_training=True)
        chosen = [paths[index] for index in rng.permutation(len(paths))[: COUNTS[what] // 50 + 2]]
        source = Renditions(chosen)
        for article in rng.permutation(len(source))[: COUNTS[what]]:
            count = len(source.articles[article])
            if what == "marks":
                found = [source.picture(int(article), rendition) for rendition in (0, 1, 2)]
            else:
                found = [source.picture(int(article), int(one)) for one in rng.permutation(count)[:3]]
                if count < 3:
                    found.append(in_other_medium(square(found[0], SIDE_PX), rng))
            yield what, [_moved(one, rng) for one in found]
    for path in garments_of(shared, rng):
        yield "garments", _contour_and_sketches(read(path), rng)
    rows = [row for name in ("designs-packages", "designs-produce") for row in goods(shared, name)]
    rows = [row for row in rows if not held_out(row[0])]
    for index in rng.permutation(len(rows))[: COUNTS["goods"]]:
        yield "goods", _contour_and_sketches(read(rows[index][2]), rng)


def garments_of(shared: Path, rng: np.random.Generator) -> list[Path]:
    folder = shared / "data" / "photos-clothing"
    with open(folder / "photos.csv", encoding="utf-8") as file:
        paths = [row["path"] for row in csv.DictReader(file) if not held_out(row["path"], GARMENTS_KEPT_BACK)]
    return [folder / paths[index] for index in rng.permutation(len(paths))[: COUNTS["garments"]]]


def _contour_and_sketches(picture: Rgb, rng: np.random.Generator) -> list[Rgb]:
    rgb = square(continued(shrunk(picture, 300)), SIDE_PX)
    return [line_rendering(rgb, rng), *(_moved(drawn_by_hand(rgb, rng), rng) for _ in range(2))]


def _moved(picture: Rgb, rng: np.random.Generator) -> Rgb:
    if rng.random() < 0.3:
        return cv2.resize(picture, (SIDE_PX, SIDE_PX)) if picture.shape[0] == picture.shape[1] else picture
    return augment_in_place(picture, SIDE_PX, rng)
