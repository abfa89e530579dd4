"""Fit what needs no gradient: visual words, their principal components, those of the gradient shape and of the plain
features.

Command: python training/fit_constants.py --cache training/cache
Writes `constants.npz`. Pictures: the encoder's training pictures only. Minutes on one core.
"""

from __future__ import annotations

import argparse
import os
from pathlib import Path

import cv2
import numpy as np
from edges import line_rendering
from numpy.typing import NDArray
from samples import Rgb, garments, goods, read, shard_articles

from pandok.readers.designs import local
from pandok.readers.designs.canvas import square
from pandok.readers.designs.looks import looks
from pandok.readers.designs.shape import gradient_shape
from pandok.readers.designs.vocabulary import aggregate

WORDS, WORD_DIMENSION, SHAPE_DIMENSION, PLAIN_DIMENSION = 32, 128, 96, 192
WHITENING = 0.5
"""Exponent of the eigenvalues: 0 keeps their spread, 1 evens it out and lifts noise."""


def pictures(cache: Path, shared: Path, rng: np.random.Generator, each: int) -> list[Rgb]:
    found: list[Rgb] = []
    for what, share in (("articles", 1.2), ("marks", 0.6)):
        every = list(shard_articles(cache, what, kept_back=False))
        for index in rng.choice(len(every), int(each * share), replace=True):
            renditions = every[int(index)]
            found.append(renditions[int(rng.integers(len(renditions)))])
    for name in ("designs-packages", "designs-produce"):
        rows = goods(shared, name)
        found += [read(rows[int(i)][2]) for i in rng.choice(len(rows), each // 2, replace=False)]
    paths = garments(shared)
    for index in rng.choice(len(paths), each // 2, replace=False):
        rgb = read(paths[int(index)])
        found += [rgb, line_rendering(rgb, rng)]
    return found


def components(rows: NDArray[np.float32], dimension: int) -> tuple[NDArray[np.float32], NDArray[np.float32]]:
    """Mean and projection (dimension, d) onto the first principal components, partly whitened."""
    mean = rows.mean(axis=0)
    _, s, v = np.linalg.svd(rows - mean, full_matrices=False)
    spread = s[:dimension] / np.sqrt(len(rows))
    return mean.astype(np.float32), (v[:dimension] / spread[:, None] ** WHITENING).astype(np.float32)


def main() -> None:
    parser = argparse.ArgumentParser()
    parser.add_argument("--cache", type=Path, default=Path("training/cache"))
    parser.add_argument("--shared", type=Path, default=Path(os.environ.get("PANDOK_SHARED", "../shared")))
    parser.add_argument("--each", type=int, default=400)
    parser.add_argument("--seed", type=int, default=11)
    arguments = parser.parse_args()
    cv2.setNumThreads(1)
    rng = np.random.default_rng(arguments.seed)
    features, shapes, squares = [], [], []
    for rgb in pictures(arguments.cache, arguments.shared, rng, arguments.each):
        look = looks(rgb, "view")[0]
        squares.append(look.square)
        gray3 = np.repeat(look.gray[:, :, None], 3, axis=2)
        shapes.append(gradient_shape(square(gray3, None, 128, "white" if look.plain else "border")[:, :, 0]))
        features.append(local.features(look.gray))
    rows = np.concatenate([f.descriptors for f in features]).astype(np.float32) / 512
    rows = rows[rng.choice(len(rows), min(len(rows), 120_000), replace=False)]
    criteria = (cv2.TERM_CRITERIA_EPS + cv2.TERM_CRITERIA_MAX_ITER, 25, 1e-4)
    cv2.setRNGSeed(arguments.seed)
    _, _, words = cv2.kmeans(rows, WORDS, None, criteria, 2, cv2.KMEANS_PP_CENTERS)
    raw = np.stack([aggregate(f, words) for f in features if len(f)])
    word_mean, word_projection = components(raw, WORD_DIMENSION)
    shape_mean, shape_projection = components(np.stack(shapes), SHAPE_DIMENSION)
    np.savez(
        arguments.cache / "constants.npz",
        words=words,
        word_mean=word_mean,
        word_projection=word_projection,
        shape_mean=shape_mean,
        shape_projection=shape_projection,
        squares=np.stack(squares),
    )
    print(f"{len(squares)} pictures, {len(rows)} local features")


if __name__ == "__main__":
    main()
