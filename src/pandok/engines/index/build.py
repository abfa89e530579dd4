"""Write a generation: train clusters on a sample, assign every row, and lay the rows out cluster by cluster."""

from __future__ import annotations

import math
import os
from collections.abc import Iterator
from contextlib import ExitStack
from pathlib import Path

import faiss
import numpy as np
from numpy.typing import NDArray

from pandok.engines.index.card import seal_card
from pandok.engines.index.generation import VECTORS
from pandok.engines.index.live_rows import FrozenRows
from pandok.engines.index.vector_heads import HEADS, fit_directions, worth_it

# Below this many rows one cluster, which means exact search, answers within a few milliseconds.
ONE_CLUSTER_ROWS = 50_000
_SAMPLE_PER_CLUSTER = 40
_ITERATIONS = 8
_BLOCK = 16_384


def write_generation(rows: FrozenRows, folder: Path, *, seed: int = 0) -> None:
    """Write the generation folder, durable and sealed. `folder` is empty or absent.

    Clusters are taken over from the generation before while the register has not doubled since they were trained:
    k-means is most of the time of a build.
    """
    folder.mkdir(parents=True, exist_ok=True)
    old = rows.generation
    clusters = cluster_count(len(rows))
    heads = worth_it(len(rows), old.dimension)
    if len(old.centroids) == clusters and bool(old.directions.size) == heads and len(rows) <= 2 * old.trained_rows:
        centroids, directions, trained_rows = np.array(old.centroids), np.array(old.directions), old.trained_rows
    else:
        centroids, directions = _train(rows, clusters, heads, seed)
        trained_rows = len(rows)
    cluster_of = _assign(rows, centroids)
    order = np.argsort(cluster_of, kind="stable").astype(np.int64)
    starts = np.zeros(clusters + 1, np.int64)
    starts[1:] = np.cumsum(np.bincount(cluster_of, minlength=clusters))
    with ExitStack() as files:
        files_of_rows = [files.enter_context((folder / name).open("wb")) for name in [VECTORS] + [HEADS] * heads]
        for first, last in _cluster_blocks(starts):
            vectors = rows.vectors(order[starts[first] : starts[last]])
            written = [vectors]
            if heads:
                written.append((vectors.astype(np.float32) @ directions).astype(np.float16))
            for file, codes in zip(files_of_rows, written, strict=True):
                for cluster in range(first, last):
                    begin, end = int(starts[cluster]), int(starts[cluster + 1])
                    file.write(codes[begin - starts[first] : end - starts[first]].tobytes())
                    file.write(np.arange(begin, end, dtype=np.int64).tobytes())
        for file in files_of_rows:
            file.flush()
            os.fsync(file.fileno())
    if heads:
        _save(folder, "directions", directions)
    keys = rows.keys[order]
    _save(folder, "keys", keys)
    _save(folder, "key_order", np.argsort(keys).astype(np.int32))
    _save(folder, "class_code", rows.class_code[order])
    _save(folder, "flags", rows.flags[order])
    _save(folder, "starts", starts)
    _save(folder, "centroids", centroids)
    seal_card(folder, old.dimension, trained_rows)


def cluster_count(rows: int) -> int:
    """1 for exact search; otherwise the power of two below four times the root of the number of rows."""
    return 1 if rows < ONE_CLUSTER_ROWS else 2 ** int(math.log2(4 * math.sqrt(rows)))


def _train(rows: FrozenRows, clusters: int, heads: bool, seed: int) -> tuple[NDArray[np.float32], NDArray[np.float32]]:
    """(clusters, d) unit vectors: spherical k-means over a random sample; and its directions for heads, or (d, 0)."""
    dimension = rows.generation.dimension
    centroids, directions = np.zeros((1, dimension), np.float32), np.zeros((dimension, 0), np.float32)
    if clusters == 1 and not heads:
        return centroids, directions
    size = min(len(rows), _SAMPLE_PER_CLUSTER * max(clusters, 1000))
    chosen = np.random.default_rng(seed).choice(len(rows), size, replace=False)
    chosen.sort()
    sample = rows.vectors(chosen).astype(np.float32)
    if heads:
        directions = fit_directions(sample)
    if clusters > 1:
        kmeans = faiss.Kmeans(
            dimension,
            clusters,
            niter=_ITERATIONS,
            spherical=True,
            seed=seed + 1,
            min_points_per_centroid=1,
            max_points_per_centroid=_SAMPLE_PER_CLUSTER,
        )
        kmeans.train(sample)
        centroids = np.asarray(kmeans.centroids, np.float32).reshape(clusters, dimension)
    return centroids, directions


def _assign(rows: FrozenRows, centroids: NDArray[np.float32]) -> NDArray[np.int64]:
    """(n,) nearest cluster of each row."""
    cluster_of = np.zeros(len(rows), np.int64)
    if len(centroids) > 1:
        quantizer = faiss.IndexFlatIP(centroids.shape[1])
        quantizer.add(centroids)
        for begin in range(0, len(rows), _BLOCK):
            positions = np.arange(begin, min(begin + _BLOCK, len(rows)))
            cluster_of[positions] = quantizer.search(rows.vectors(positions).astype(np.float32), 1)[1][:, 0]
    return cluster_of


def _cluster_blocks(starts: NDArray[np.int64]) -> Iterator[tuple[int, int]]:
    """Neighbouring clusters (first, last exclusive) of together about one block of rows."""
    first, clusters = 0, len(starts) - 1
    while first < clusters:
        last = int(np.searchsorted(starts, starts[first] + _BLOCK, "right")) - 1
        last = min(max(last, first + 1), clusters)
        yield first, last
        first = last


def _save(folder: Path, name: str, array: NDArray[np.generic]) -> None:
    with (folder / f"{name}.bin").open("wb") as file:
        file.write(np.ascontiguousarray(array).tobytes())
        file.flush()
        os.fsync(file.fileno())
