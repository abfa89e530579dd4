"""One generation of the index on disk: rows grouped by cluster, written once, memory-mapped, never changed.

`vectors.bin` holds, cluster after cluster, the half floats of its rows and then their row numbers (int64), which is
the layout that FAISS scans in place. Rows are numbered in the order of the file. Where vectors are long and many,
`heads.bin` holds their heads (`index_heads.py`) in the same layout. The other files are small arrays.
`generation.json` names every file with length and checksum and is written last.
"""

from __future__ import annotations

from dataclasses import dataclass
from pathlib import Path
from typing import Any

import faiss
import numpy as np
from numpy.typing import NDArray

from pandok.engines.index.card import CARD, file_crc, mapped, read_array, read_card
from pandok.engines.index.errors import corrupt, wrong_dimension
from pandok.engines.index.vector_heads import HEADS, candidates

VECTORS = "vectors.bin"
# A filter that leaves no more rows than this is answered exactly, however thinly they are strewn.
EXACT_ROWS = 5_000
# Passing over a row that the filter refuses, in units of comparing one of 384 half floats (13 against 76 ns).
PASSING_COST = 1 / 6
ARRAYS: dict[str, np.dtype[Any]] = {
    "keys": np.dtype(np.int64),
    "key_order": np.dtype(np.int32),
    "class_code": np.dtype(np.int32),
    "flags": np.dtype(np.uint8),
    "starts": np.dtype(np.int64),
    "centroids": np.dtype(np.float32),
    "directions": np.dtype(np.float32),
}


@dataclass(frozen=True)
class RowFilter:
    """Rows of a generation that pass, prepared for many searches. `bitmap` is None where all pass."""

    bitmap: NDArray[np.uint8] | None
    per_cluster: NDArray[np.int64]

    @classmethod
    def of(cls, mask: NDArray[np.bool_], starts: NDArray[np.int64]) -> RowFilter:
        before = np.concatenate([[0], np.cumsum(mask)])
        per_cluster = before[starts[1:]] - before[starts[:-1]]
        return cls(None if mask.all() else np.packbits(mask, bitorder="little"), per_cluster)

    def __len__(self) -> int:
        return int(self.per_cluster.sum())


class Generation:
    """The rows of one generation folder. Immutable, so any number of threads may search it."""

    def __init__(
        self,
        folder: Path,
        dimension: int,
        trained_rows: int,
        arrays: dict[str, NDArray[Any]],
        vectors: NDArray[np.uint8],
        heads: NDArray[np.uint8],
    ):
        """Use `open_generation` or `empty_generation`. `heads` is empty where there are none."""
        self.folder, self.dimension, self.trained_rows = folder, dimension, trained_rows
        self.keys: NDArray[np.int64] = arrays["keys"]
        self.key_order: NDArray[np.int32] = arrays["key_order"]
        self.class_code: NDArray[np.int32] = arrays["class_code"]
        self.flags: NDArray[np.uint8] = arrays["flags"]
        self.starts: NDArray[np.int64] = arrays["starts"]
        self.centroids: NDArray[np.float32] = arrays["centroids"].reshape(-1, dimension)
        self.directions: NDArray[np.float32] = arrays["directions"].reshape(dimension, -1)
        self._bytes, self._heads = vectors, heads
        self._check_shape()
        self._sorted_keys = self.keys[self.key_order]
        self._ivf = self._faiss(VECTORS, dimension) if len(self) else None
        self._head_ivf = self._faiss(HEADS, self.directions.shape[1]) if len(heads) else None

    def __len__(self) -> int:
        return len(self.keys)

    def rows_of(self, keys: NDArray[np.int64]) -> NDArray[np.int64]:
        """Row of each key, -1 where absent."""
        if not len(self):
            return np.full(len(keys), -1, np.int64)
        at = np.minimum(np.searchsorted(self._sorted_keys, keys), len(self) - 1)
        return np.where(self._sorted_keys[at] == keys, self.key_order[at], -1).astype(np.int64)

    def vectors(self, rows: NDArray[np.int64]) -> NDArray[np.float16]:
        """(n, dimension) half floats of `rows`."""
        width = 2 * self.dimension
        cluster = np.searchsorted(self.starts, rows, "right") - 1
        at = self.starts[cluster] * (width + 8) + (rows - self.starts[cluster]) * width
        windows = np.lib.stride_tricks.sliding_window_view(self._bytes, width) if len(rows) else self._bytes[:0]
        return windows[at].view(np.float16).reshape(len(rows), self.dimension)

    def search(
        self, queries: NDArray[np.float32], k: int, rows: RowFilter, scan_rows: int
    ) -> tuple[NDArray[np.int64], NDArray[np.float32]]:
        """The best k rows of those in `rows`: (q, k) row numbers padded with -1, and their inner products.

        Clusters are scanned from the nearest on until the work of comparing about `scan_rows` rows is done, but never
        before `EXACT_ROWS` passing rows have been seen: a filter that leaves fewer is answered exactly.
        """
        k = min(k, len(rows))
        if k == 0 or self._ivf is None:
            return np.empty((len(queries), 0), np.int64), np.empty((len(queries), 0), np.float32)
        asked = min(candidates(k), len(rows))
        clusters = self._clusters(queries, rows.per_cluster, max(asked, EXACT_ROWS), scan_rows)
        if self._head_ivf is None or len(rows) <= EXACT_ROWS:
            return self._scan(self._ivf, VECTORS, queries, k, clusters, rows)
        heads = np.ascontiguousarray(queries @ self.directions)
        found, _ = self._scan(self._head_ivf, HEADS, heads, asked, clusters, rows)
        return self._best(queries, found, k)

    def _scan(
        self,
        ivf: faiss.IndexIVF,
        file: str,
        queries: NDArray[np.float32],
        k: int,
        clusters: NDArray[np.int64],
        rows: RowFilter,
    ) -> tuple[NDArray[np.int64], NDArray[np.float32]]:
        found = np.empty((len(queries), k), np.int64)
        scores = np.empty((len(queries), k), np.float32)
        parameters = faiss.SearchParametersIVF(nprobe=clusters.shape[1])
        if rows.bitmap is not None:
            selector = faiss.IDSelectorBitmap(rows.bitmap)
            parameters = faiss.SearchParametersIVF(nprobe=clusters.shape[1], sel=selector)
        ranks = np.zeros(clusters.shape, np.float32)  # unused: codes are not residuals
        ivf.search_preassigned_c(
            len(queries),
            faiss.swig_ptr(queries),
            k,
            faiss.swig_ptr(clusters),
            faiss.swig_ptr(ranks),
            faiss.swig_ptr(scores),
            faiss.swig_ptr(found),
            False,
            parameters,
        )
        if found.max(initial=-1) >= len(self):
            raise corrupt(self.folder / file, "row numbers")
        scores[found < 0] = -np.inf
        return found, scores

    def _best(
        self, queries: NDArray[np.float32], found: NDArray[np.int64], k: int
    ) -> tuple[NDArray[np.int64], NDArray[np.float32]]:
        """The best k of the rows found, by whole vectors; (q, m) row numbers padded with -1."""
        best = np.full((len(queries), k), -1, np.int64)
        scores = np.full((len(queries), k), -np.inf, np.float32)
        every = np.unique(found[found >= 0])  # the looks of one article find much the same rows
        whole = self.vectors(every).astype(np.float32)
        for number, query in enumerate(queries):
            rows = found[number][found[number] >= 0]
            near = (whole @ query)[np.searchsorted(every, rows)]
            order = np.lexsort((rows, -near))[:k]
            best[number, : len(order)], scores[number, : len(order)] = rows[order], near[order]
        return best, scores

    def verify(self) -> None:
        """Read everything and compare checksums; takes as long as the disk. Raises StoreError."""
        files = read_card(self.folder)["files"] if len(self) else {}
        for name in (VECTORS, HEADS):
            if name in files and file_crc(self.folder / name) != files[name]["crc32"]:
                raise corrupt(self.folder / name, "checksum")

    def _clusters(
        self, queries: NDArray[np.float32], per_cluster: NDArray[np.int64], wanted: int, scan_rows: int
    ) -> NDArray[np.int64]:
        """(q, p) clusters to scan, nearest first, padded with -1; clusters where no row passes are left out."""
        usable = np.flatnonzero(per_cluster)
        # einsum stays in this thread. For so small a product the threads of BLAS mostly wait for each other: on a busy
        # machine that was 8 ms instead of 0.3.
        near = np.einsum("qd,cd->qc", queries, self.centroids) if len(queries) <= 8 else queries @ self.centroids.T
        near = near[:, usable]
        order = np.argsort(-near, axis=1)
        chosen = usable[order]
        seen = np.cumsum(per_cluster[chosen], axis=1)
        work = seen + PASSING_COST * np.cumsum(np.diff(self.starts)[chosen], axis=1)
        enough = (seen >= wanted) & (work >= scan_rows)
        probes = np.minimum((~enough).sum(axis=1) + 1, len(usable))
        width = int(probes.max())
        chosen = np.ascontiguousarray(chosen[:, :width], np.int64)
        chosen[np.arange(width)[None, :] >= probes[:, None]] = -1
        return chosen

    def _faiss(self, file: str, dimension: int) -> faiss.IndexIVF:
        """A FAISS index over a mapped file of rows of that dimension; nothing is copied."""
        clusters, width = len(self.centroids), 2 * dimension
        lists = faiss.OnDiskInvertedLists(clusters, width, str(self.folder / file))
        entries = faiss.OnDiskOneListVector()
        for cluster in range(clusters):
            entry = faiss.OnDiskOneList()
            entry.size = entry.capacity = int(self.starts[cluster + 1] - self.starts[cluster])
            entry.offset = int(self.starts[cluster]) * (width + 8)
            entries.push_back(entry)
        lists.lists = entries
        lists.totsize = len(self) * (width + 8)
        lists.read_only = True
        lists.prefetch_nthread = 0  # by default every search starts 32 threads
        lists.do_mmap()
        quantizer = faiss.IndexFlatIP(dimension)  # never asked: clusters are chosen above
        ivf = faiss.IndexIVFScalarQuantizer(
            quantizer, dimension, clusters, faiss.ScalarQuantizer.QT_fp16, faiss.METRIC_INNER_PRODUCT, False
        )
        ivf.is_trained = True
        ivf.parallel_mode = 1  # threads share the clusters of one query: an officer waits for one answer
        ivf.replace_invlists(lists, False)
        ivf.ntotal = len(self)
        ivf.referenced_objects = [quantizer, lists]  # FAISS holds bare pointers to both
        return ivf

    def _check_shape(self) -> None:
        n, card = len(self.keys), self.folder / CARD
        per_row = (self.key_order, self.class_code, self.flags)
        if any(len(array) != n for array in per_row) or len(self.starts) != len(self.centroids) + 1:
            raise corrupt(card, "lengths")
        if self.starts[0] != 0 or self.starts[-1] != n or (np.diff(self.starts) < 0).any():
            raise corrupt(card, "clusters")
        if len(self._bytes) != n * (2 * self.dimension + 8):
            raise corrupt(self.folder / VECTORS, "length")
        if len(self._heads) not in (0, n * (2 * self.directions.shape[1] + 8)):
            raise corrupt(self.folder / HEADS, "length")


def open_generation(folder: Path, dimension: int) -> Generation:
    """Map the files of `folder`. Checks every length, and every checksum but that of the vectors (see `verify`).

    Raises StoreError for damage and for another dimension.
    """
    card = read_card(folder)
    if card["dimension"] != dimension:
        raise wrong_dimension(int(card["dimension"]), dimension)
    has_heads = HEADS in card["files"]
    arrays = {
        name: read_array(folder, name, dtype, card) if has_heads or name != "directions" else np.empty(0, dtype)
        for name, dtype in ARRAYS.items()
    }
    heads = mapped(folder / HEADS, card) if has_heads else np.empty(0, np.uint8)
    return Generation(folder, dimension, int(card["trained_rows"]), arrays, mapped(folder / VECTORS, card), heads)


def empty_generation(folder: Path, dimension: int) -> Generation:
    """A generation without rows and without files."""
    arrays = {name: np.empty(0, dtype) for name, dtype in ARRAYS.items()}
    arrays["starts"] = np.zeros(2, np.int64)
    arrays["centroids"] = np.zeros(dimension, np.float32)
    return Generation(folder, dimension, 0, arrays, np.empty(0, np.uint8), np.empty(0, np.uint8))
