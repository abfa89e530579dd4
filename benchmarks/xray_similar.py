"""Question: does a reader find earlier scans of the same goods, taken on other machines, and at once among a million?

    PANDOK_SHARED=../shared python -m benchmarks.xray_similar --out benchmarks/results/xray_similar.json

`precision_at_10`: 390 generated consignments of 26 kinds of goods, 4 to 10 pieces with up to 3 other things, 78 on each
of five machines with their own palettes (benchmarks/similar_scans). Each is asked for once; the gallery are those on
the other four machines, 12 of them of the same goods. Share of the same goods among the nearest ten. Seeds differ from
those that the embedding was fitted to; `goods left out` are the kinds that the fit never saw. Random order: .038.

`among a million`: 1,000,000 vectors made of the real ones: a mixture of two consignments (the second up to a half),
plus up to the whole difference between two consignments of one kind of goods, once or twice, so that they scatter as
real ones do and not evenly as random numbers would. Queries are made likewise of consignments that are not in the
gallery. Recall of the ten nearest against exact search of float32. Peers in the same process: faiss HNSW, faiss IVF
and exact search. What it does not show: goods as they are really declared; scatter; wrong spectra.
"""

from __future__ import annotations

import argparse
import os
import tempfile
from collections.abc import Callable
from concurrent.futures import ProcessPoolExecutor
from pathlib import Path
from time import perf_counter, process_time
from typing import Any

import faiss
import numpy as np
from numpy.typing import NDArray

from benchmarks.machine import write_result
from benchmarks.similar_scans import GOODS, LEFT_OUT, METHODS, palettes, seen
from pandok.engines.index.faiss import FaissIndex
from pandok.engines.index.port import Attributes, IndexFilter
from pandok.readers.xray.embedding import DIMENSION, EMBEDDER

SEED, CONSIGNMENTS, K = 9_000_000, 15, 10
OURS = "densities (Pandok)"
Vectors = NDArray[np.float32]
Job = tuple[tuple[str, str], str, int]


def described(job: Job, shared: Path) -> dict[str, Vectors]:
    goods, machine, seed = job
    one = seen(goods, machine, seed, palettes(shared)[machine])
    return {name: unit(method(one)) for name, method in METHODS.items()}


def unit(vector: Vectors) -> Vectors:
    return np.asarray(vector / np.maximum(np.linalg.norm(vector, axis=-1, keepdims=True), 1e-9), np.float32)


def precisions(vectors: Vectors, jobs: list[Job]) -> NDArray[np.float64]:
    """Of each consignment, its share of the same goods among the ten nearest of other machines."""
    goods = np.array([GOODS.index(one) for one, _, _ in jobs])
    machine = np.array([one for _, one, _ in jobs])
    scores = vectors @ vectors.T
    scores[machine[:, None] == machine[None]] = -9
    nearest = np.argsort(-scores, axis=1, kind="stable")[:, :K]
    return np.asarray((goods[nearest] == goods[:, None]).mean(axis=1))


def interval(values: NDArray[np.float64], groups: NDArray[np.int64]) -> list[float]:
    """95 %, bootstrap over kinds of goods."""
    random = np.random.default_rng(1)
    kinds = np.unique(groups)
    means = np.array([values[groups == one].mean() for one in kinds])
    drawn = means[random.integers(0, len(kinds), (2000, len(kinds)))].mean(axis=1)
    return [round(float(one), 3) for one in np.quantile(drawn, [0.025, 0.975])]


def same_goods(jobs: list[Job], found: dict[str, Vectors]) -> dict[str, Any]:
    goods = np.array([GOODS.index(one) for one, _, _ in jobs])
    unseen = np.array([one in LEFT_OUT for one, _, _ in jobs])
    told: dict[str, Any] = {}
    for name, vectors in found.items():
        each = precisions(vectors, jobs)
        told[name] = {
            "precision_at_10": round(float(each.mean()), 3),
            "interval_95": interval(each, goods),
            "goods_left_out": round(float(each[unseen].mean()), 3),
        }
    scores = found[OURS] @ found[OURS].T
    machine = np.array([one for _, one, _ in jobs])
    pairs = machine[:, None] != machine[None]
    same = goods[:, None] == goods[None]
    told["share of the same goods, by cosine"] = {
        str(low): round(float(same[pairs & (scores >= low) & (scores < low + 0.2)].mean()), 3)
        for low in (0.0, 0.2, 0.4, 0.6, 0.8)
    }
    return told


def many(vectors: Vectors, goods: NDArray[np.int64], count: int, seed: int) -> tuple[Vectors, NDArray[np.int32]]:
    random = np.random.default_rng(seed)
    of_kind = np.stack([np.flatnonzero(goods == one) for one in range(len(GOODS))])
    made = np.empty((count, DIMENSION), np.float32)
    heading = np.empty(count, np.int32)
    for begin in range(0, count, 50_000):
        size = min(50_000, count - begin)
        first, second = random.integers(0, len(vectors), (2, size))
        share = random.uniform(0, 0.5, (size, 1))
        mixed = (1 - share) * vectors[first] + share * vectors[second]
        for _ in range(2):
            kind = random.integers(0, len(GOODS), size)
            one, other = (of_kind[kind, random.integers(0, of_kind.shape[1], size)] for _ in range(2))
            mixed += (
                random.uniform(0, 1, (size, 1)) * (random.random((size, 1)) < 0.75) * (vectors[one] - vectors[other])
            )
        made[begin : begin + size] = unit(mixed.astype(np.float32))
        heading[begin : begin + size] = goods[first] + 1
    return made, heading


def timed(search: Callable[[Vectors], NDArray[np.int64]], queries: Vectors, truth: NDArray[np.int64]) -> dict[str, Any]:
    for query in queries[:20]:
        search(query[None])
    took, worked, recall = [], [], []
    for query, right in zip(queries, truth, strict=True):
        start, start_work = perf_counter(), process_time()
        found = search(query[None])
        took.append(1000 * (perf_counter() - start))
        worked.append(1000 * (process_time() - start_work))
        recall.append(np.isin(right, found).mean())
    return {
        "recall_at_10": round(float(np.mean(recall)), 4),
        **{f"ms_p{at}": round(float(np.percentile(took, at)), 2) for at in (50, 95)},
        **{f"cpu_ms_p{at}": round(float(np.percentile(worked, at)), 2) for at in (50, 95)},
    }


def among_many(vectors: Vectors, goods: NDArray[np.int64], rows: int, asked: int) -> dict[str, Any]:
    held = np.arange(len(vectors)) % CONSIGNMENTS >= CONSIGNMENTS - 3
    gallery, heading = many(vectors[~held], goods[~held], rows, SEED)
    queries, own = many(vectors[held], goods[held], asked, SEED + 1)
    faiss.omp_set_num_threads(1)
    exact = faiss.IndexFlatIP(DIMENSION)
    exact.add(gallery)
    truth = exact.search(queries, K)[1]
    told: dict[str, Any] = {
        "rows": rows,
        "queries": asked,
        "exact (faiss)": timed(lambda q: exact.search(q, K)[1][0], queries[:100], truth[:100]),
    }
    with tempfile.TemporaryDirectory() as folder:
        started = process_time()
        index = FaissIndex(Path(folder), DIMENSION)
        always = np.ones(rows, np.bool_)
        for begin in range(0, rows, 20_000):
            part = np.s_[begin : begin + 20_000]
            keys = np.arange(rows)[part]
            index.add(keys, gallery[part], Attributes(heading[part], always[part], always[part]))
        index.flush()
        index.rebuild()
        told["Pandok"] = {"build_cpu_s": round(process_time() - started, 1)}
        told["Pandok"] |= timed(lambda q: index.search(q, K).keys[0], queries, truth)
        filtered = np.full((asked, K), -1, np.int64)
        for one in np.unique(own):
            inside, mine = np.flatnonzero(heading == one), np.flatnonzero(own == one)
            scores = queries[mine] @ gallery[inside].T
            filtered[mine] = inside[np.argsort(-scores, axis=1)[:, :K]]
        headings = iter([*own[:20], *own])
        told["Pandok, one HS heading"] = timed(
            lambda q: index.search(q, K, IndexFilter(frozenset({int(next(headings))}))).keys[0], queries, filtered
        )
        index.close()
    faiss.omp_set_num_threads(1)
    for name, kind, setting in (
        ("faiss IVF4096, 32 probes", "IVF4096,Flat", ("nprobe", 32)),
        ("faiss HNSW16, ef 64", "HNSW16,Flat", ("efSearch", 64)),
    ):
        started = process_time()
        peer = faiss.index_factory(DIMENSION, kind, faiss.METRIC_INNER_PRODUCT)
        if "HNSW" in name:
            peer.hnsw.efConstruction = 60
        peer.train(gallery[:: max(1, rows // 160_000)])
        peer.add(gallery)
        faiss.ParameterSpace().set_index_parameter(peer, *setting)
        told[name] = {"build_cpu_s": round(process_time() - started, 1)}
        told[name] |= timed(lambda q, peer=peer: peer.search(q, K)[1][0], queries, truth)
        del peer
    return told


def main() -> None:
    arguments = argparse.ArgumentParser(description=__doc__)
    arguments.add_argument("--out", type=Path, default=Path("benchmarks/results/xray_similar.json"))
    arguments.add_argument("--rows", type=int, default=1_000_000)
    arguments.add_argument("--queries", type=int, default=1000)
    given = arguments.parse_args()
    shared = Path(os.environ.get("PANDOK_SHARED", "../shared"))
    jobs = [
        (goods, "ABCDE"[number % 5], SEED + 1000 * place + number)
        for place, goods in enumerate(GOODS)
        for number in range(CONSIGNMENTS)
    ]
    load = [os.getloadavg()]
    with ProcessPoolExecutor(2) as pool:
        each = list(pool.map(described, jobs, [shared] * len(jobs), chunksize=8))
    found = {name: np.stack([one[name] for one in each]) for name in METHODS}
    goods = np.array([GOODS.index(one) for one, _, _ in jobs])
    told: dict[str, Any] = {"embedder": EMBEDDER, "dimension": DIMENSION, "same_goods": same_goods(jobs, found)}
    load.append(os.getloadavg())
    told["among_a_million"] = among_many(found[OURS], goods, given.rows, given.queries)
    load.append(os.getloadavg())
    told["load_average"] = [[round(value, 2) for value in one] for one in load]
    question = "Does a reader find earlier scans of the same goods, taken on other machines, among a million?"
    write_result(given.out, question, SEED, told)
    for part in ("same_goods", "among_a_million"):
        for name, values in told[part].items():
            print(name, values)


if __name__ == "__main__":
    main()
