"""Question: how long from a photograph to candidates with evidence over a register of 100,000 designs?

    python -m benchmarks.reading_time --designs 100000 --readings 100 --out benchmarks/results/reading_time.json

The register is imported (one small picture a design); its index holds the descriptions of real rendered views with a
little noise on each vector, so that every search, database query and local check does its full work without days of
encoding. Photographs are rendered phone photographs of 1,200 pixels, decoded from JPEG.
"""

from __future__ import annotations

import argparse
import os
import resource
import subprocess
import sys
import tempfile
import time
from datetime import UTC, datetime
from pathlib import Path
from typing import Any

import cv2
import numpy as np

from benchmarks.import_register import make_source
from benchmarks.machine import write_result

SEED = 31
DISTINCT_VIEWS = 120
SIDE_PX = 320


def rendered_views(count: int, rng: np.random.Generator) -> list[np.ndarray]:
    from pandok.demo.articles.families import make_article
    from pandok.demo.articles.sheet import line_drawing, studio_render

    views = []
    for number in range(count):
        article = make_article(rng)
        draw = line_drawing if number % 2 else studio_render
        views.append(draw(article, "perspective", size_px=SIDE_PX))
    return views


def photographs(count: int, rng: np.random.Generator) -> list[bytes]:
    from pandok.demo.articles.families import make_article
    from pandok.demo.articles.photograph import photograph

    made = []
    for _ in range(count):
        pixels, _, _ = photograph(make_article(rng), rng, 600, difficulty=0.5)
        large = cv2.resize(pixels, (1200, 1200), interpolation=cv2.INTER_CUBIC)
        made.append(cv2.imencode(".jpg", large[..., ::-1])[1].tobytes())
    return made


def fill_index(desk: Any, rng: np.random.Generator) -> None:
    """Index rows for every view of the register, from the descriptions of a few real views."""
    from pandok.engines.index.feature_store import StoredFeatures
    from pandok.fields.designs.indexing import _attributes
    from pandok.fields.register.lists.queries import views_after

    views = rendered_views(DISTINCT_VIEWS, rng)
    described = desk.reader.describe_views(views)
    weights = desk.reader.index_weights()
    base = np.stack([one.vector for one in described]) * weights
    key = 0
    while rows := views_after(key, 2000):
        key = rows[-1].view_key
        pick = rng.integers(len(views), size=len(rows))
        vectors = base[pick] + rng.normal(0, 0.35 / np.sqrt(base.shape[1]), (len(rows), base.shape[1]))
        vectors = (vectors / np.linalg.norm(vectors, axis=1, keepdims=True)).astype(np.float32)
        desk.features.put(
            [
                StoredFeatures(row.view_key, described[i].plain, (SIDE_PX, SIDE_PX), described[i].local)
                for row, i in zip(rows, pick, strict=True)
            ]
        )
        desk.index_engine.add(np.array([row.view_key for row in rows], np.int64), vectors, _attributes(rows))
    desk.index_engine.flush()
    desk.index_engine.rebuild()


def measure(designs: int, readings: int, threads: int) -> dict[str, Any]:
    import django

    django.setup()
    from pandok.web.database_tables import bring_up_to_date

    bring_up_to_date()
    from pandok.engines.files.blobs import FolderBlobs
    from pandok.fields.designs.open_desk import Desk
    from pandok.fields.register.acts.importing import import_source
    from pandok.settings import Settings

    rng = np.random.default_rng(SEED)
    home = Path(os.environ["PANDOK_HOME"])
    with tempfile.TemporaryDirectory() as source:
        make_source(Path(source), designs, 1)
        import_source(Path(source), actor="benchmark", now=datetime.now(UTC), blobs=FolderBlobs(home / "blobs"))
    settings = Settings(home=home, threads=threads)
    desk = Desk(settings)
    fill_index(desk, rng)
    cv2.setNumThreads(1)
    taken: dict[str, list[float]] = {}
    pictures = photographs(readings, rng)
    for marks in (False, True):
        desk.read([pictures[0]], marks=marks)
        for data in pictures:
            started = time.perf_counter()
            reading = desk.read([data], marks=marks)
            name = "with marks" if marks else "designs only"
            taken.setdefault(name, []).append(1e3 * (time.perf_counter() - started))
            if not marks:
                for stage, value in reading.timings_ms.items():
                    taken.setdefault(stage, []).append(value)
    return {
        "designs": designs,
        "threads": threads,
        "index_rows": len(desk.index_engine),
        "readings": readings,
        "load_at_start": round(os.getloadavg()[0], 1),
        "ms": {
            name: {f"p{p}": round(float(np.percentile(values, p)), 1) for p in (50, 95)}
            for name, values in taken.items()
        },
        "peak_mb": round(resource.getrusage(resource.RUSAGE_SELF).ru_maxrss / 1024),
    }


def main() -> None:
    parser = argparse.ArgumentParser(description=__doc__.splitlines()[0])
    parser.add_argument("--designs", type=int, default=100_000)
    parser.add_argument("--readings", type=int, default=100)
    parser.add_argument("--threads", type=int, default=2)
    parser.add_argument("--out", type=Path)
    parser.add_argument("--child", action="store_true", help=argparse.SUPPRESS)
    options = parser.parse_args()
    if not options.child:
        with tempfile.TemporaryDirectory() as home:
            environment = {**os.environ, "PANDOK_HOME": home, "DJANGO_SETTINGS_MODULE": "pandok.web.django_settings"}
            command = [sys.executable, "-m", "benchmarks.reading_time", "--child", *sys.argv[1:]]
            sys.exit(subprocess.run(command, env=environment, check=False).returncode)
    measured = measure(options.designs, options.readings, options.threads)
    print(measured)
    if options.out:
        write_result(options.out, __doc__.splitlines()[0].removeprefix("Question: "), SEED, measured)


if __name__ == "__main__":
    main()
