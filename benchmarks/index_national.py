"""Does one machine hold the views of a national register? 1.7 million vectors, with and without filters.

    python -m benchmarks.index_national                        ours at full size
    python -m benchmarks.index_national --peers all --peers-rows 1700000
    python -m benchmarks.index_national --rows 100000 --scan-rows 20000,50000,100000

Every engine is built in one process and measured in a fresh one; an engine that fails is reported and the others go
on. Recall is of the ten nearest against exact search of the float32 vectors under the same filter.
"""

from __future__ import annotations

import argparse
import json
import os
import shutil
import subprocess
import sys
import tempfile
from pathlib import Path
from time import perf_counter, process_time
from typing import Any

import numpy as np
from numpy.typing import NDArray

from benchmarks.clustered_views import RARE_CLASSES, ClusteredViews
from benchmarks.machine import RESULTS, write_result
from pandok.engines.index.exact import passing
from pandok.engines.index.port import Attributes, IndexFilter

K = 10
_WARM_UP = 20


def cases(attributes: Attributes, own_class: NDArray[np.int32]) -> dict[str, list[IndexFilter]]:
    """The filter of each query: none; its own class (an officer who knows the goods); one common class for all,
    most queries being of other classes (the hardest for clusters); legal status; classes strewn thinly.
    """
    codes, counts = np.unique(attributes.class_code, return_counts=True)
    common = frozenset({int(codes[np.argmax(counts)])})
    for_all = {
        "none": IndexFilter(),
        "one common class": IndexFilter(common),
        "in force and recorded": IndexFilter(in_force=True, recorded=True),
    }
    for_all |= {f"class of {n} rows": IndexFilter(frozenset({code})) for code, n in RARE_CLASSES.items()}
    chosen = {name: [filter] * len(own_class) for name, filter in for_all.items()}
    chosen["own class, in force"] = [IndexFilter(frozenset({int(code)}), in_force=True) for code in own_class]
    return chosen


def prepare(folder: Path, rows: int, dimension: int, queries: int, seed: int) -> None:
    """Write vectors, attributes, queries and the exact answers, unless they are there."""
    if (folder / "truth.npz").exists():
        return
    folder.mkdir(parents=True, exist_ok=True)
    views = ClusteredViews(rows, dimension, seed)
    vectors = np.lib.format.open_memmap(folder / "vectors.npy", "w+", np.float32, (rows, dimension))
    codes, force, recorded = np.empty(rows, np.int32), np.empty(rows, np.bool_), np.empty(rows, np.bool_)
    for block in views.blocks():
        at = slice(int(block.keys[0]), int(block.keys[-1]) + 1)
        vectors[at], codes[at], force[at], recorded[at] = (
            block.vectors,
            block.class_code,
            block.in_force,
            block.recorded,
        )
    vectors.flush()
    attributes = Attributes(codes, force, recorded)
    np.savez(folder / "attributes.npz", **vars(attributes))
    query, own_class = views.queries(queries)
    np.savez(folder / "queries.npz", queries=query, own_class=own_class)
    answers = {name: exact(vectors, attributes, query, case) for name, case in cases(attributes, own_class).items()}
    np.savez(folder / "truth.npz", **answers)


def exact(
    vectors: NDArray[np.float32], attributes: Attributes, queries: NDArray[np.float32], case: list[IndexFilter]
) -> NDArray[np.int64]:
    """(q, K) rows of largest inner product that pass each query's filter, padded with -1."""
    best_rows = np.full((len(queries), K), -1, np.int64)
    best = np.full((len(queries), K), -np.inf, np.float32)
    for filter in dict.fromkeys(case):
        mine = np.array([other == filter for other in case])
        passes = np.flatnonzero(passing(attributes, filter))
        for first in range(0, len(passes), 20_000):
            rows = passes[first : first + 20_000]
            scores = np.concatenate([best[mine], queries[mine] @ np.asarray(vectors[rows]).T], axis=1)
            all_rows = np.concatenate([best_rows[mine], np.broadcast_to(rows, (mine.sum(), len(rows)))], axis=1)
            top = np.argpartition(-scores, K - 1, axis=1)[:, :K]
            best[mine] = np.take_along_axis(scores, top, axis=1)
            best_rows[mine] = np.take_along_axis(all_rows, top, axis=1)
    return best_rows


def build(engine: str, data_folder: Path, folder: Path, threads: int, seed: int) -> dict[str, Any]:
    from benchmarks.index_engines import ENGINES, Data

    start = perf_counter()
    more = ENGINES[engine].build(Data.load(data_folder), folder, threads, seed)
    size = sum(path.stat().st_size for path in folder.rglob("*") if path.is_file() and path.name != "log.bin")
    return {"build_s": round(perf_counter() - start, 1), "disk_mb": round(size / 2**20), **more}


def measure(engine: str, data_folder: Path, folder: Path, threads: int, options: dict[str, Any]) -> dict[str, Any]:
    """Open in this fresh process and ask one query after another."""
    from benchmarks.index_engines import ENGINES, Data

    one = ENGINES[engine]
    before = resident_mb()
    start = perf_counter()
    one.open(folder, threads, options)
    result: dict[str, Any] = {"note": one.note, "open_s": round(perf_counter() - start, 3), "filters": {}}
    queries, own_class = load_queries(data_folder)
    truth = np.load(data_folder / "truth.npz")
    for name, case in cases(Data.load(data_folder).attributes, own_class).items():
        expected = truth[name]
        start = perf_counter()
        one.search(queries[:1], K, case[0])
        first_ms = (perf_counter() - start) * 1000
        for query, filter in zip(queries[:_WARM_UP], case, strict=False):
            one.search(query[None], K, filter)
        took, worked, found = [], [], []
        for query, filter in zip(queries, case, strict=True):
            start, start_work = perf_counter(), process_time()
            found.append(one.search(query[None], K, filter))
            took.append((perf_counter() - start) * 1000)
            worked.append((process_time() - start_work) * 1000)
        result["filters"][name] = {
            "recall_at_10": round(recall(np.array(found), expected), 4),
            "rows_returned": float((np.array(found) >= 0).sum(axis=1).mean()),
            "rows_expected": float((expected >= 0).sum(axis=1).mean()),
            "ms_first": round(first_ms, 2),
            "ms_p50": round(float(np.percentile(took, 50)), 2),
            "ms_p95": round(float(np.percentile(took, 95)), 2),
            # Processor time of all threads: what is left of a time when other programs share the machine.
            "cpu_ms_p50": round(float(np.percentile(worked, 50)), 2),
            "cpu_ms_p95": round(float(np.percentile(worked, 95)), 2),
        }
    result["resident_mb"] = round(resident_mb())
    result["resident_mb_before_open"] = round(before)
    return result


def change(data_folder: Path, folder: Path, threads: int) -> dict[str, Any]:
    """Rates of small changes to the built index of Pandok, and search on top of them. Leaves it as it was."""
    from benchmarks.index_engines import Data, Pandok

    data, one = Data.load(data_folder), Pandok()
    one.open(folder, threads, {})
    n, batch = 10_000, 100
    chosen = np.random.default_rng(5).choice(len(data.vectors), n, replace=False)
    vectors, new_keys = data.vectors[chosen], len(data.vectors) + np.arange(n)
    result = {}
    start = perf_counter()
    for at in range(0, n, batch):
        some = slice(at, at + batch)
        one.index.add(new_keys[some], vectors[some], data.attributes.take(chosen[some]))
        one.index.flush()
    result["add_rows_per_s_flush_every_100"] = round(n / (perf_counter() - start))
    queries, _ = load_queries(data_folder)
    took = []
    for query in queries:
        start = perf_counter()
        one.search(query[None], K, IndexFilter())
        took.append((perf_counter() - start) * 1000)
    result["ms_p50_with_10000_new_rows"] = round(float(np.percentile(took, 50)), 2)
    result["ms_p95_with_10000_new_rows"] = round(float(np.percentile(took, 95)), 2)
    start = perf_counter()
    for at in range(0, n, batch):
        one.index.remove(new_keys[at : at + batch])
        one.index.flush()
    result["remove_rows_per_s_flush_every_100"] = round(n / (perf_counter() - start))
    one.index.close()
    return result


def load_queries(folder: Path) -> tuple[NDArray[np.float32], NDArray[np.int32]]:
    with np.load(folder / "queries.npz") as saved:
        return saved["queries"], saved["own_class"]


def recall(found: NDArray[np.int64], expected: NDArray[np.int64]) -> float:
    hits = [len(set(a) & set(b) - {-1}) for a, b in zip(found.tolist(), expected.tolist(), strict=True)]
    return float(sum(hits) / max(1, int((expected >= 0).sum())))


def resident_mb() -> float:
    """Resident memory of this process, mapped files included."""
    pages = int(Path("/proc/self/statm").read_text().split()[1])
    return pages * os.sysconf("SC_PAGE_SIZE") / 2**20


def in_fresh_process(step: str, arguments: argparse.Namespace, **more: Any) -> dict[str, Any]:
    """Run one step of this file alone; a failure is a result too."""
    environment = dict(os.environ)
    for name in ("OMP_NUM_THREADS", "OPENBLAS_NUM_THREADS", "LANCE_CPU_THREADS"):
        environment[name] = str(arguments.threads)
    call = {"step": step, "threads": arguments.threads, "seed": arguments.seed, **more}
    command = [sys.executable, "-m", "benchmarks.index_national", "--step", json.dumps(call, default=str)]
    try:
        done = subprocess.run(
            command, capture_output=True, text=True, env=environment, timeout=arguments.limit_s, check=True
        )
    except subprocess.TimeoutExpired:
        return {"failed": f"not done after {arguments.limit_s} s"}
    except subprocess.CalledProcessError as error:
        last = (error.stderr or "").strip().splitlines()[-1:] or [f"exit status {error.returncode}"]
        return {"failed": last[0][:300]}
    return json.loads(done.stdout.strip().splitlines()[-1])


def build_once(engine: str, arguments: argparse.Namespace, data: Path, folder: Path) -> dict[str, Any]:
    """Build unless an earlier run into the same work folder has; what building took is kept beside it."""
    kept = folder.with_suffix(".built.json")
    if not kept.exists():
        shutil.rmtree(folder, ignore_errors=True)
        kept.write_text(json.dumps(in_fresh_process("build", arguments, engine=engine, data=data, folder=folder)))
    return json.loads(kept.read_text())


def run_step(call: dict[str, Any]) -> dict[str, Any]:
    data_folder, folder = Path(call["data"]), Path(call["folder"])
    if call["step"] == "build":
        return build(call["engine"], data_folder, folder, call["threads"], call["seed"])
    if call["step"] == "change":
        return change(data_folder, folder, call["threads"])
    return measure(call["engine"], data_folder, folder, call["threads"], call["options"])


def section(rows: int, engines: list[str], arguments: argparse.Namespace, work: Path) -> dict[str, Any]:
    """Measure `engines` over one register of `rows` rows."""
    data = work / f"data-{rows}-{arguments.dimension}-{arguments.seed}"
    prepare(data, rows, arguments.dimension, arguments.queries, arguments.seed)
    measured: dict[str, Any] = {}
    for engine in engines:
        folder = work / f"{engine}-{rows}-{arguments.dimension}-{arguments.seed}"
        print(f"{engine}, {rows} rows: building", file=sys.stderr, flush=True)
        built = build_once(engine, arguments, data, folder)
        sweep = [{"scan_rows": n} for n in arguments.scan_rows] if engine == "pandok" else [{}]
        for options in sweep or [{}]:
            name = engine + "".join(f" {key}={value}" for key, value in options.items())
            print(f"{name}: measuring", file=sys.stderr, flush=True)
            call = {"engine": engine, "data": data, "folder": folder, "options": options}
            measured[name] = {**built, **({} if "failed" in built else in_fresh_process("measure", arguments, **call))}
            print(json.dumps(measured[name], indent=1), file=sys.stderr, flush=True)
        if engine == "pandok" and "failed" not in built:
            measured[engine + " changes"] = in_fresh_process("change", arguments, data=data, folder=folder)
            print(json.dumps(measured[engine + " changes"]), file=sys.stderr, flush=True)
    return {"rows": rows, "dimension": arguments.dimension, "queries": arguments.queries, "engines": measured}


def main() -> None:
    parser = argparse.ArgumentParser(description=__doc__, formatter_class=argparse.RawDescriptionHelpFormatter)
    parser.add_argument("--rows", type=int, default=1_700_000)
    parser.add_argument("--dimension", type=int, default=384)
    parser.add_argument("--queries", type=int, default=300)
    parser.add_argument("--threads", type=int, default=2)
    parser.add_argument("--seed", type=int, default=2)
    parser.add_argument("--scan-rows", type=lambda text: [int(n) for n in text.split(",")], default=[])
    parser.add_argument("--peers", default="none", help="none, all, or names of benchmarks.index_engines, with commas")
    parser.add_argument("--peers-rows", type=int, default=None, help="size for the peers; ours runs there too")
    parser.add_argument("--limit-s", type=int, default=7200, help="longest time for one engine's step")
    parser.add_argument("--work", type=Path, default=None, help="keep data and indexes in this folder")
    parser.add_argument("--out", type=Path, default=RESULTS / "index_national.json")
    parser.add_argument("--step", default=None, help=argparse.SUPPRESS)
    arguments = parser.parse_args()
    if arguments.step:
        print(json.dumps(run_step(json.loads(arguments.step))))
        return
    every = ["faiss-sq8", "faiss-ivf-sq8", "faiss-pq-fastscan", "faiss-hnsw", "usearch", "lancedb"]
    peers = {"none": [], "all": every}.get(arguments.peers, arguments.peers.split(","))
    peers_rows = arguments.peers_rows or arguments.rows
    with tempfile.TemporaryDirectory() as temporary:
        work = arguments.work or Path(temporary)
        together = peers_rows == arguments.rows
        sections = [section(arguments.rows, ["pandok", *(peers if together else [])], arguments, work)]
        if peers and not together:
            sections.append(section(peers_rows, ["pandok", *peers], arguments, work))
    question = "Does one machine hold the views of a national register?"
    write_result(arguments.out, question, arguments.seed, {"threads": arguments.threads, "sections": sections})


if __name__ == "__main__":
    main()
