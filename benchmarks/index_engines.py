"""The index of Pandok and its peers, behind one small face: build once, open in a fresh process, search one query.

FAISS peers keep their attributes in numpy and filter with an `IDSelector`; LanceDB filters in its own language.
"""

from __future__ import annotations

import json
from dataclasses import dataclass
from pathlib import Path
from typing import Any, Protocol

import faiss
import numpy as np
from numpy.typing import NDArray

from pandok.engines.index.build import cluster_count
from pandok.engines.index.exact import passing
from pandok.engines.index.faiss import FaissIndex
from pandok.engines.index.port import Attributes, IndexFilter

_BLOCK = 50_000


@dataclass(frozen=True)
class Data:
    """The register on disk: `vectors` (n, d) float32, mapped; row number = key."""

    vectors: NDArray[np.float32]
    attributes: Attributes

    @classmethod
    def load(cls, folder: Path) -> Data:
        with np.load(folder / "attributes.npz") as saved:
            attributes = Attributes(saved["class_code"], saved["in_force"], saved["recorded"])
        return cls(np.load(folder / "vectors.npy", mmap_mode="r"), attributes)

    def blocks(self) -> list[NDArray[np.int64]]:
        n = len(self.vectors)
        return [np.arange(first, min(first + _BLOCK, n)) for first in range(0, n, _BLOCK)]

    def sample(self, rows: int, seed: int) -> NDArray[np.float32]:
        chosen = np.random.default_rng(seed).choice(len(self.vectors), min(rows, len(self.vectors)), replace=False)
        return np.asarray(self.vectors[np.sort(chosen)])


class Engine(Protocol):
    note: str

    def build(self, data: Data, folder: Path, threads: int, seed: int) -> dict[str, Any]: ...

    def open(self, folder: Path, threads: int, options: dict[str, Any]) -> None: ...

    def search(self, query: NDArray[np.float32], k: int, filter: IndexFilter) -> list[int]: ...


class Pandok:
    note = "half floats in clusters, scanned from the nearest on; one thread a search, as shipped"

    def build(self, data: Data, folder: Path, threads: int, seed: int) -> dict[str, Any]:
        from time import perf_counter

        index = FaissIndex(folder, data.vectors.shape[1], threads=threads, seed=seed)
        start = perf_counter()
        for rows in data.blocks():
            index.add(rows, data.vectors[rows], data.attributes.take(rows))
        index.flush()
        added = perf_counter()
        index.rebuild()
        done = perf_counter()
        index.close()
        return {"bulk_add_rows_per_s": round(len(data.vectors) / (added - start)), "rebuild_s": round(done - added, 1)}

    def open(self, folder: Path, threads: int, options: dict[str, Any]) -> None:
        dimension = json.loads(next(folder.glob("g*/generation.json")).read_text())["dimension"]
        self.index = FaissIndex(folder, dimension, threads=threads, **options)

    def search(self, query: NDArray[np.float32], k: int, filter: IndexFilter) -> list[int]:
        return self.index.search(query, k, filter).keys[0].tolist()


class FaissPeer:
    """A FAISS index by its factory string."""

    def __init__(self, factory: str, note: str, *, nprobe: int = 0, ef_search: int = 0, refine: int = 0):
        self.factory, self.note, self.nprobe, self.ef_search, self.refine = factory, note, nprobe, ef_search, refine

    def build(self, data: Data, folder: Path, threads: int, seed: int) -> dict[str, Any]:
        faiss.omp_set_num_threads(threads)
        folder.mkdir(parents=True, exist_ok=True)
        dimension = data.vectors.shape[1]
        factory = self.factory.format(clusters=max(64, cluster_count(len(data.vectors))), codes=dimension // 4)
        index = faiss.index_factory(dimension, factory, faiss.METRIC_INNER_PRODUCT)
        inner = faiss.downcast_index(index.base_index) if isinstance(index, faiss.IndexRefine) else index
        if isinstance(inner, faiss.IndexIVF):
            inner.cp.niter, inner.cp.seed, inner.cp.max_points_per_centroid = 8, seed + 1, 40
        index.train(data.sample(200_000, seed))
        for rows in data.blocks():
            index.add(np.asarray(data.vectors[rows]))
        faiss.write_index(index, str(folder / "index.faiss"))
        np.savez(folder / "attributes.npz", **vars(data.attributes))
        return {}

    def open(self, folder: Path, threads: int, options: dict[str, Any]) -> None:  # noqa: ARG002
        faiss.omp_set_num_threads(threads)
        self.index = faiss.read_index(str(folder / "index.faiss"))
        if self.nprobe and not self.refine:
            self.index.parallel_mode = 1
        with np.load(folder / "attributes.npz") as saved:
            self.attributes = Attributes(saved["class_code"], saved["in_force"], saved["recorded"])
        self._bitmaps: dict[IndexFilter, NDArray[np.uint8] | None] = {IndexFilter(): None}

    def search(self, query: NDArray[np.float32], k: int, filter: IndexFilter) -> list[int]:
        if filter not in self._bitmaps:
            self._bitmaps[filter] = np.packbits(passing(self.attributes, filter), bitorder="little")
        bitmap = self._bitmaps[filter]
        chosen: dict[str, Any] = {"sel": faiss.IDSelectorBitmap(bitmap)} if bitmap is not None else {}
        if self.nprobe:
            parameters = faiss.SearchParametersIVF(nprobe=self.nprobe, **chosen)
            if self.refine:
                parameters = faiss.IndexRefineSearchParameters(
                    k_factor=float(self.refine), base_index_params=parameters
                )
        elif self.ef_search:
            parameters = faiss.SearchParametersHNSW(efSearch=self.ef_search, **chosen)
        else:
            parameters = faiss.SearchParameters(**chosen)
        return self.index.search(query, k, params=parameters)[1][0].tolist()


class USearch:
    note = "HNSW of half floats, expansion 128; filters what was found, ten times as many; pip install usearch"

    def build(self, data: Data, folder: Path, threads: int, seed: int) -> dict[str, Any]:  # noqa: ARG002
        from usearch.index import Index

        folder.mkdir(parents=True, exist_ok=True)
        index = Index(ndim=data.vectors.shape[1], metric="ip", dtype="f16", connectivity=16, expansion_add=128)
        for rows in data.blocks():
            index.add(rows, np.asarray(data.vectors[rows]), threads=threads)
        index.save(str(folder / "index.usearch"))
        np.savez(folder / "attributes.npz", **vars(data.attributes))
        return {}

    def open(self, folder: Path, threads: int, options: dict[str, Any]) -> None:  # noqa: ARG002
        from usearch.index import Index

        self.index, self.threads = Index.restore(str(folder / "index.usearch"), view=True), threads
        self.index.expansion_search = 128
        with np.load(folder / "attributes.npz") as saved:
            self.attributes = Attributes(saved["class_code"], saved["in_force"], saved["recorded"])

    def search(self, query: NDArray[np.float32], k: int, filter: IndexFilter) -> list[int]:
        if filter == IndexFilter():
            return self.index.search(query[0], k, threads=self.threads).keys.tolist()
        keys = self.index.search(query[0], 10 * k, threads=self.threads).keys.astype(np.int64)
        found = keys[passing(self.attributes.take(keys), filter)][:k].tolist()
        return found + [-1] * (k - len(found))


class LanceDB:
    note = "IVF_PQ with refine; threads are its own, set by LANCE_CPU_THREADS"

    def build(self, data: Data, folder: Path, threads: int, seed: int) -> dict[str, Any]:  # noqa: ARG002
        import lancedb
        import pyarrow as pa

        dimension = data.vectors.shape[1]

        def batches() -> Any:
            for rows in data.blocks():
                flat = pa.array(np.asarray(data.vectors[rows]).ravel(), pa.float32())
                some = data.attributes.take(rows)
                yield pa.record_batch(
                    [
                        pa.array(rows),
                        pa.FixedSizeListArray.from_arrays(flat, dimension),
                        pa.array(some.class_code),
                        pa.array(some.in_force),
                        pa.array(some.recorded),
                    ],
                    schema=schema,
                )

        schema = pa.schema(
            [
                ("key", pa.int64()),
                ("vector", pa.list_(pa.float32(), dimension)),
                ("class_code", pa.int32()),
                ("in_force", pa.bool_()),
                ("recorded", pa.bool_()),
            ]
        )
        table = lancedb.connect(folder).create_table("views", batches(), schema=schema)
        table.create_index(
            metric="dot",
            vector_column_name="vector",
            index_type="IVF_PQ",
            num_partitions=int(np.sqrt(len(data.vectors))),
            num_sub_vectors=dimension // 8,
        )
        table.create_scalar_index("class_code")
        return {}

    def open(self, folder: Path, threads: int, options: dict[str, Any]) -> None:  # noqa: ARG002
        import lancedb

        self.table = lancedb.connect(folder).open_table("views")

    def search(self, query: NDArray[np.float32], k: int, filter: IndexFilter) -> list[int]:
        search: Any = self.table.search(query[0])  # of vectors, of which alone the builder has a distance
        ask = search.distance_type("dot").nprobes(64).refine_factor(20).limit(k).select(["key"])
        parts = [f"class_code IN ({', '.join(map(str, filter.classes))})"] if filter.classes else []
        parts += ["in_force = true"] * filter.in_force + ["recorded = true"] * filter.recorded
        if parts:
            ask = ask.where(" AND ".join(parts), prefilter=True)
        keys = ask.to_arrow()["key"].to_pylist()
        return keys + [-1] * (k - len(keys))


ENGINES: dict[str, Engine] = {
    "pandok": Pandok(),
    "faiss-sq8": FaissPeer("SQ8", "flat scan of 8-bit codes; exact but for rounding"),
    "faiss-ivf-sq8": FaissPeer("IVF{clusters},SQ8", "removes and filters; nprobe 64", nprobe=64),
    "faiss-pq-fastscan": FaissPeer(
        "IVF{clusters},PQ{codes}x4fs,Refine(SQfp16)",
        "4-bit codes, re-ranked from half floats; nprobe 64",
        nprobe=64,
        refine=20,
    ),
    "faiss-hnsw": FaissPeer("HNSW32", "efSearch 128; cannot remove rows; filters while walking", ef_search=128),
    "faiss-hnsw-fp16": FaissPeer(
        "HNSW32,SQfp16", "of half floats; efSearch 128; cannot remove rows; filters while walking", ef_search=128
    ),
    "usearch": USearch(),
    "lancedb": LanceDB(),
}
