"""Pictures for fitting constants: rendered articles and marks, and the training parts of the shared photographs."""

from __future__ import annotations

import csv
from collections.abc import Iterator
from pathlib import Path

import cv2
import numpy as np
from numpy.typing import NDArray

Rgb = NDArray[np.uint8]


def shard_articles(cache: Path, what: str, *, kept_back: bool) -> Iterator[list[Rgb]]:
    """The renditions of each article. `kept_back` chooses the shards that the encoder was not trained on."""
    for path in sorted(cache.glob(f"{what}-*/[0-9][0-9][0-9][0-9].npz")):
        if (int(path.stem) % 7 == 3) != kept_back:
            continue
        with np.load(path) as stored:
            data, offset, article = stored["data"], stored["offset"], stored["article"]
        for number in range(int(article.max()) + 1):
            rows = np.flatnonzero(article == number)
            yield [decoded(data[offset[row] : offset[row + 1]]) for row in rows]


def decoded(raw: NDArray[np.uint8]) -> Rgb:
    return np.asarray(cv2.cvtColor(cv2.imdecode(raw, cv2.IMREAD_COLOR), cv2.COLOR_BGR2RGB), np.uint8)


def read(path: Path) -> Rgb:
    return decoded(np.frombuffer(path.read_bytes(), np.uint8))


def goods(shared: Path, name: str) -> list[tuple[str, str, Path]]:
    """(path as written, design, file) of the training photographs of `designs-packages` or `designs-produce`."""
    folder = shared / "data" / name
    with open(folder / "train.csv", encoding="utf-8") as file:
        return [(row["path"], row["design_id"], folder / row["path"]) for row in csv.DictReader(file)]


def garments(shared: Path) -> list[Path]:
    folder = shared / "data" / "photos-clothing"
    with open(folder / "photos.csv", encoding="utf-8") as file:
        return [folder / row["path"] for row in csv.DictReader(file)]
