"""Fit the two parts that keep the layout: principal components, then whitening within each shape (LDA), closed form.

    python training/export_encoder.py --layout raw --to training/cache/raw.onnx
    python training/fit_layout.py --cache training/cache

Pictures: layout_pictures.py, about 5,000 shapes of three renditions each, none of them kept back. What changes between
two renditions of one shape is evened out and what tells shapes apart is kept, for the maps of the plain network
(18,816 values to 128) and for the lines (2,700 to 128). Writes `layout.npz`: `mean`, `projection`, `offset` for
export_encoder.py, `lines_projection`, `lines_offset` for the reader's constants. Minutes on one core.
"""

from __future__ import annotations

import argparse
import os
from pathlib import Path

import cv2
import numpy as np
import onnxruntime
import torch
from layout_pictures import shapes
from numpy.typing import NDArray

from pandok.readers.designs.lines import line_layout
from pandok.readers.designs.looks import looks

Floats = NDArray[np.float32]
COMPONENTS, SHRINKAGE = 512, 0.2
LAYOUT_DIMENSION, LINES_DIMENSION = 128, 128
STAGES = (80 * 49, 192 * 49)
"""Where the maps of the second and third stage begin."""


def features(cache: Path, shared: Path, threads: int) -> tuple[NDArray[np.float16], Floats, NDArray[np.int64]]:
    """Raw maps (n, 18816), lines (n, 2700) and the shape (n,) of all pictures on a plain ground; kept in the cache."""
    path = cache / "layout-features.npz"
    if path.exists():
        with np.load(path) as kept:
            return kept["maps"], kept["lines"].astype(np.float32), kept["shape"]
    options = onnxruntime.SessionOptions()
    options.intra_op_num_threads = threads
    session = onnxruntime.InferenceSession(str(cache / "raw.onnx"), options)
    maps, lines, of, squares = [], [], [], []
    for number, (_, pictures) in enumerate(shapes(cache, shared)):
        for picture in pictures:
            look = looks(np.ascontiguousarray(picture), "view")[0]
            if look.plain:
                squares.append(look.square)
                lines.append(line_layout(look.gray))
                of.append(number)
        if len(squares) >= 16:
            maps.append(session.run(["layout"], {"pictures": np.stack(squares)})[0].astype(np.float16))
            squares.clear()
    if squares:
        maps.append(session.run(["layout"], {"pictures": np.stack(squares)})[0].astype(np.float16))
    found = np.concatenate(maps), np.stack(lines), np.array(of)
    np.savez(path, maps=found[0], lines=found[1].astype(np.float16), shape=found[2])
    return found


def joined(maps: NDArray[np.floating], mean: Floats) -> Floats:
    """As export_encoder.joined: each stage centred and of unit length."""
    parts = np.split(maps.astype(np.float32) - mean, STAGES, axis=1)
    return np.concatenate([part / np.maximum(np.linalg.norm(part, axis=1, keepdims=True), 1e-6) for part in parts], 1)


def fitted(rows: Floats, shape: NDArray[np.int64], dimension: int) -> tuple[Floats, Floats]:
    """Projection (dimension, d) and offset (dimension,). `rows` is changed."""
    mean = rows.mean(axis=0)
    rows -= mean
    torch.manual_seed(0)
    _, _, directions = torch.svd_lowrank(torch.from_numpy(rows), q=min(COMPONENTS + 16, *rows.shape), niter=2)
    basis = directions[:, :COMPONENTS].numpy()
    projection = (basis @ discriminants(rows @ basis, shape)[:, :dimension]).T
    return projection.astype(np.float32), (projection @ mean).astype(np.float32)


def discriminants(rows: Floats, shape: NDArray[np.int64]) -> NDArray[np.float64]:
    """(q, q): columns that whiten what changes within a shape, those first along which shapes differ most."""
    _, of = np.unique(shape, return_inverse=True)
    count = np.bincount(of)
    middle = np.zeros((len(count), rows.shape[1]))
    np.add.at(middle, of, rows)
    middle /= count[:, None]
    within = (rows - middle[of])[count[of] > 1]
    scatter = within.T @ within / len(within)
    scatter = (1 - SHRINKAGE) * scatter + SHRINKAGE * np.trace(scatter) / len(scatter) * np.eye(len(scatter))
    values, vectors = np.linalg.eigh(scatter)
    whitening = vectors / np.sqrt(values)
    between = (middle - middle.mean(0)) @ whitening
    return whitening @ np.linalg.eigh(between.T @ between / len(between))[1][:, ::-1]


def main() -> None:
    parser = argparse.ArgumentParser()
    parser.add_argument("--cache", type=Path, default=Path("training/cache"))
    parser.add_argument("--shared", type=Path, default=Path(os.environ.get("PANDOK_SHARED", "../shared")))
    parser.add_argument("--threads", type=int, default=1)
    arguments = parser.parse_args()
    cv2.setNumThreads(1)
    maps, lines, shape = features(arguments.cache, arguments.shared, arguments.threads)
    mean = maps.mean(axis=0, dtype=np.float64).astype(np.float32)
    projection, offset = fitted(joined(maps, mean), shape, LAYOUT_DIMENSION)
    of_lines, lines_offset = fitted(lines, shape, LINES_DIMENSION)
    np.savez(
        arguments.cache / "layout.npz",
        mean=mean,
        projection=projection,
        offset=offset,
        lines_projection=of_lines,
        lines_offset=lines_offset,
    )
    print(f"{len(maps)} pictures of {len(np.unique(shape))} shapes")


if __name__ == "__main__":
    main()
