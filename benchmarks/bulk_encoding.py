"""Question: how many views a second does indexing a register take in, on one core and on two?

    python -m benchmarks.bulk_encoding --views 240 --out benchmarks/results/bulk_encoding.json

A register of rendered views (half line drawings, half studio pictures) is imported once; its index is made again in a
fresh process for every round, with PANDOK_THREADS at one and at two in turn, from stored pictures to a flushed index.
Counted is the time of `pandok designs index` after the reader has been opened; the start of further processes counts.
"""

from __future__ import annotations

import argparse
import csv
import json
import os
import statistics
import subprocess
import sys
import tempfile
from pathlib import Path
from time import perf_counter
from typing import Any

import numpy as np

from benchmarks.machine import write_result

SEED = 83


def prepare(views: int) -> None:
    """A home with a register of so many views and no index."""
    from datetime import UTC, datetime

    import cv2
    import django

    django.setup()
    from benchmarks.reading_time import rendered_views
    from pandok.engines.files.blobs import FolderBlobs
    from pandok.fields.register.acts.importing import import_source
    from pandok.web.database_tables import bring_up_to_date

    bring_up_to_date()
    home = Path(os.environ["PANDOK_HOME"])
    with tempfile.TemporaryDirectory() as name:
        folder = Path(name)
        with (folder / "register.csv").open("w", encoding="utf-8", newline="") as file:
            table = csv.writer(file)
            table.writerow(["design_id", "holder", "article", "locarno_class", "status", "view", "path"])
            for number, pixels in enumerate(rendered_views(views, np.random.default_rng(SEED))):
                cv2.imwrite(str(folder / f"{number}.png"), pixels[..., ::-1])
                table.writerow([f"D{number}", "holder", "article", "09-01", "in force", "front", f"{number}.png"])
        import_source(folder, actor="benchmark", now=datetime.now(UTC), blobs=FolderBlobs(home / "blobs"))


def index(threads: int) -> dict[str, float]:
    import shutil

    import django

    django.setup()
    from pandok.fields.designs.open_desk import Desk
    from pandok.settings import settings

    shutil.rmtree(Path(os.environ["PANDOK_HOME"]) / "index", ignore_errors=True)
    desk = Desk(settings().model_copy(update={"threads": threads}))
    started, worked = perf_counter(), _processor_s()
    views = desk.index()
    taken = perf_counter() - started
    return {"views_per_s": views / taken, "cores_used": (_processor_s() - worked) / taken, "views": views}


def _processor_s() -> float:
    """Of this process and of the children that have ended."""
    return sum(os.times()[:4])


def _in_process(environment: dict[str, str], *arguments: str) -> Any:
    command = [sys.executable, "-m", "benchmarks.bulk_encoding", *arguments]
    done = subprocess.run(command, env=environment, capture_output=True, text=True, check=True)
    return json.loads(done.stdout.strip().splitlines()[-1])


def main() -> None:
    parser = argparse.ArgumentParser(description=__doc__.splitlines()[0])
    parser.add_argument("--views", type=int, default=240)
    parser.add_argument("--rounds", type=int, default=3)
    parser.add_argument("--out", type=Path)
    parser.add_argument("--child", choices=["prepare", "index"], help=argparse.SUPPRESS)
    parser.add_argument("--threads", type=int, default=1, help=argparse.SUPPRESS)
    options = parser.parse_args()
    if options.child:
        if options.child == "prepare":
            prepare(options.views)
        print(json.dumps(None if options.child == "prepare" else index(options.threads)))
        return
    found: dict[int, list[dict[str, float]]] = {1: [], 2: []}
    with tempfile.TemporaryDirectory() as home:
        environment = {**os.environ, "PANDOK_HOME": home, "DJANGO_SETTINGS_MODULE": "pandok.web.django_settings"}
        _in_process(environment, "--child", "prepare", "--views", str(options.views))
        for _ in range(options.rounds):
            for threads, rounds in found.items():
                rounds.append(_in_process(environment, "--child", "index", "--threads", str(threads)))
    rates = {threads: statistics.median(one["views_per_s"] for one in rounds) for threads, rounds in found.items()}
    measured = {
        "views": options.views,
        "load_at_end": round(os.getloadavg()[0], 1),
        "views_per_s": {f"{threads} threads": round(rate, 1) for threads, rate in rates.items()},
        "speed_up": round(rates[2] / rates[1], 2),
        "rounds": {str(threads): rounds for threads, rounds in found.items()},
    }
    print(json.dumps(measured, indent=1))
    if options.out:
        write_result(options.out, __doc__.splitlines()[0].removeprefix("Question: "), SEED, measured)


if __name__ == "__main__":
    main()
