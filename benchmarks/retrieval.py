"""Which reader finds the registered design?

Every peer and the product, with its parts one at a time, on the same sets, measured by the same code:

    python -m benchmarks.retrieval                                   # the four sets of PANDOK_SHARED (../shared)
    python -m benchmarks.retrieval path/to/folder --only HOG         # any folder with register.csv and queries.csv
    python -m benchmarks.retrieval --table                           # what is measured so far, as Markdown

One JSON a (set, method) in benchmarks/results/retrieval. A rerun measures only what is missing or was measured with
other code, another model or another set; --fresh measures everything again. One thread, one query after another,
so that times mean something.
"""

# ruff: noqa: E402  the thread count must be set before numpy is loaded
from __future__ import annotations

import argparse
import hashlib
import json
import os
import re
import sys
import time
from collections.abc import Callable, Iterable, Iterator, Sequence
from dataclasses import dataclass
from functools import partial
from pathlib import Path
from typing import Any

for _variable in ("OMP_NUM_THREADS", "OPENBLAS_NUM_THREADS"):
    os.environ.setdefault(_variable, "1")

import cv2
import numpy as np

from benchmarks.ablation import alone, components, remembering
from benchmarks.machine import RESULTS, write_result
from benchmarks.peer_trial import measure_peer
from benchmarks.peers.hog import Hog
from benchmarks.peers.hsv_grid import HsvGrid
from benchmarks.peers.image_hash import HASHES, ImageHash
from benchmarks.peers.peer import Peer, PeerUnavailable
from benchmarks.peers.plain_backbone import MODEL, PlainBackbone
from benchmarks.peers.root_sift_vlad import RootSiftVlad
from benchmarks.peers.verified_points import VerifiedPoints
from pandok.core.errors import PandokError
from pandok.fields.designs.evaluation.measuring import EvaluationSet, evaluate, load_folder
from pandok.fields.designs.open_desk import load_reader
from pandok.readers.designs.reader import DesignReader

QUESTION = "Which reader finds the registered design?"
SETS = ("designs-drawings", "designs-packages", "designs-produce", "marks-logos")
SEED = 2
HERE = Path(__file__).resolve().parent
READER_SOURCE = HERE.parent / "src" / "pandok" / "readers" / "designs"
MODELS = HERE.parent / "src" / "pandok" / "models"
TABLES = ("register.csv", "queries.csv")
FOLDER = RESULTS / "retrieval"


@dataclass(frozen=True)
class Method:
    """One row of the table. `key` changes whenever its answers could; `measure` gives the JSON of one set."""

    name: str
    kind: str
    key: Callable[[], str]
    measure: Callable[[EvaluationSet, int], dict[str, Any]]


def peers() -> list[Method]:
    makers: list[tuple[str, Callable[[], Peer], tuple[str, ...]]] = [
        *((name, partial(ImageHash, name), ("image_hash",)) for name in HASHES),
        ("HSV grid 3×3", HsvGrid, ("hsv_grid",)),
        ("HOG", Hog, ("hog",)),
        ("EfficientNet-Lite0 GeM", PlainBackbone, ("plain_backbone",)),
        ("RootSIFT-VLAD", RootSiftVlad, ("root_sift_vlad", "verified_points")),
        ("ORB + RANSAC", partial(VerifiedPoints, "ORB"), ("verified_points", "hog")),
        ("SIFT + RANSAC", partial(VerifiedPoints, "SIFT"), ("verified_points", "hog")),
    ]
    return [Method(name, "peer", partial(_peer_key, files), _peer_measure(make)) for name, make, files in makers]


def readers_under_test() -> list[Method]:
    """The product, and every component of it alone. Empty, with a word on stderr, while no reader is installed."""
    try:
        reader = load_reader()
    except PandokError as error:
        print(f"Pandok's reader is left out: {error.message('en')}", file=sys.stderr)
        return []
    shared = remembering(reader)
    return [
        Method("Pandok", "product", _reader_key, _reader_measure(reader)),
        *(
            Method(f"Pandok: {component} alone", "ablation", _reader_key, _ablation_measure(alone(shared, component)))
            for component in components(reader)
        ),
    ]


def _reader_measure(reader: DesignReader) -> Callable[[EvaluationSet, int], dict[str, Any]]:
    return lambda chosen, rounds: evaluate(
        chosen, reader, clock=time.perf_counter, bootstrap_rounds=rounds, seed=SEED
    ).as_json()


def _ablation_measure(reader: DesignReader) -> Callable[[EvaluationSet, int], dict[str, Any]]:
    """No times, because descriptions are remembered between ablations."""

    def measure(chosen: EvaluationSet, rounds: int) -> dict[str, Any]:
        answer = evaluate(
            chosen, reader, clock=time.perf_counter, bootstrap_rounds=rounds, seed=SEED, calibrated=False
        ).as_json()
        return {**answer, "read_ms_p50": None, "read_ms_p95": None}

    return measure


def _reader_key() -> str:
    """The reader's code, and its cards, which hold the sha256 of every model file."""
    return _hash([*sorted(READER_SOURCE.rglob("*.py")), *sorted(MODELS.rglob("*.json"))])


def _peer_measure(make: Callable[[], Peer]) -> Callable[[EvaluationSet, int], dict[str, Any]]:
    return lambda chosen, rounds: measure_peer(make(), chosen, clock=time.perf_counter, rounds=rounds, seed=SEED)


def _peer_key(files: Sequence[str]) -> str:
    sources = [HERE / "peers" / f"{name}.py" for name in ("peer", *files)]
    return _hash([*sources, MODEL] if "plain_backbone" in files and MODEL.exists() else sources)


def _hash(paths: Iterable[Path]) -> str:
    digest = hashlib.sha256()
    for path in paths:
        digest.update(path.read_bytes())
    return digest.hexdigest()[:16]


def result_path(set_name: str, method: str) -> Path:
    return FOLDER / set_name / f"{re.sub(r'[^a-z0-9]+', '-', method.lower()).strip('-')}.json"


def finished(path: Path, key: str) -> bool:
    return path.exists() and json.loads(path.read_text(encoding="utf-8")).get("key") == key


def run(folders: Sequence[Path], methods: Sequence[Method], *, rounds: int, fresh: bool) -> None:
    for folder in folders:
        chosen = load_folder(folder)
        for method in methods:
            path = result_path(folder.name, method.name)
            key = f"{method.key()} {_hash(folder / name for name in TABLES)} {rounds}"
            if finished(path, key) and not fresh:
                continue
            started = time.perf_counter()
            try:
                measured = method.measure(chosen, rounds)
            except PeerUnavailable as reason:
                print(f"{folder.name}: {method.name} is left out: {reason}", file=sys.stderr, flush=True)
                continue
            named = {"set": folder.name, "method": method.name, "kind": method.kind, "key": key}
            write_result(path, QUESTION, SEED, {**named, **measured})
            print(f"{_row(measured, method.name)} {time.perf_counter() - started:.0f} s", flush=True)


COLUMNS = (
    ("recall@1", "recall_at_1"),
    ("@5", "recall_at_5"),
    ("@10", "recall_at_10"),
    ("mAP", "map"),
    ("DIR@1 %", "dir_at_1pct"),
    ("AUROC", "auroc_in_register"),
    ("ECE", "expected_calibration_error"),
    ("ms p50", "read_ms_p50"),
)


def table(results: Sequence[dict[str, Any]]) -> Iterator[str]:
    """Markdown, one table a set; 95 % intervals in brackets."""
    for set_name in dict.fromkeys(result["set"] for result in results):
        of_set = [result for result in results if result["set"] == set_name]
        counts = of_set[0]["counts"]
        yield (
            f"\n**{set_name}**: {counts['designs']} designs, {counts['views']} views, "
            f"{counts['in_register']} queries in the register, {counts['not_in_register']} not\n"
        )
        yield "| reader | " + " | ".join(title for title, _ in COLUMNS) + " |"
        yield "|---|" + "---|" * len(COLUMNS)
        order = {"product": 0, "ablation": 1, "peer": 2}
        for result in sorted(of_set, key=lambda one: (order[one["kind"]], -(one["recall_at_1"] or 0))):
            yield _row(result, result["method"])


def _row(result: dict[str, Any], name: str) -> str:
    cells = []
    for _, key in COLUMNS:
        value, interval = result.get(key), result["intervals"].get(key)
        if value is None:
            cells.append("–")
        elif key.startswith("read_ms"):
            cells.append(f"{value:.0f}" if value >= 10 else f"{value:.1f}")
        elif interval is None:
            cells.append(f"{value:.2f}")
        else:
            cells.append(f"{value:.2f} [{interval[0]:.2f}, {interval[1]:.2f}]")
    return f"| {name} | " + " | ".join(cells) + " |"


def main() -> None:
    parser = argparse.ArgumentParser(description=QUESTION)
    parser.add_argument("folders", nargs="*", type=Path, help="evaluation folders; default: the four sets")
    parser.add_argument("--only", action="append", default=[], help="run methods whose name contains this; repeatable")
    parser.add_argument("--kind", choices=("product", "ablation", "peer"), help="run methods of this kind alone")
    parser.add_argument("--rounds", type=int, default=1000, help="bootstrap rounds")
    parser.add_argument("--fresh", action="store_true", help="measure again what is measured")
    parser.add_argument("--table", action="store_true", help="only print what is measured so far")
    chosen = parser.parse_args()
    data = Path(os.environ.get("PANDOK_SHARED", HERE.parent.parent / "shared")) / "data"
    folders = chosen.folders or [data / name for name in SETS]
    if not chosen.table:
        cv2.setNumThreads(1)
        np.seterr(all="raise", under="ignore")
        methods = [
            method
            for method in (*peers(), *readers_under_test())
            if (not chosen.only or any(part.lower() in method.name.lower() for part in chosen.only))
            and chosen.kind in (None, method.kind)
        ]
        try:
            run(folders, methods, rounds=chosen.rounds, fresh=chosen.fresh)
        except PandokError as error:
            raise SystemExit(error.message("en")) from error
    names = [folder.name for folder in folders]
    found = [
        json.loads(path.read_text(encoding="utf-8"))
        for name in names
        for path in sorted((FOLDER / name).glob("*.json"))
    ]
    print("\n".join(table(found)))


if __name__ == "__main__":
    main()
