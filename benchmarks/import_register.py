"""Question: how long does importing a register take, and how much memory, for 100,000 designs of two views each?

    python -m benchmarks.import_register --designs 1000 5000 --out benchmarks/results/import_register.json

Makes its own pictures (small PNGs, all different) and its own empty home. Each import runs in a process of its own,
so that its peak memory is its own; "children" are the two processes in which the source and its pictures are parsed.
"again" is the same source a second time: every row is passed by. Several sizes
show whether memory stays flat. SQLite; pictures are copied into the file store.
"""

from __future__ import annotations

import argparse
import json
import os
import random
import resource
import struct
import subprocess
import sys
import tempfile
import time
import zlib
from datetime import UTC, datetime
from pathlib import Path

from benchmarks.machine import write_result

SEED = 20
SIDE_PIXELS = 48
STATUS = ("등록", "등록", "등록", "소멸", "포기")


def tiny_png(noise: random.Random) -> bytes:
    """A gray PNG of 48 × 48 pixels, about 0.6 kB, unlike any other."""

    def chunk(kind: bytes, data: bytes) -> bytes:
        return struct.pack(">I", len(data)) + kind + data + struct.pack(">I", zlib.crc32(kind + data))

    row = b"\0" + noise.randbytes(SIDE_PIXELS)
    rows = b"".join(row if line % 4 else b"\0" + noise.randbytes(SIDE_PIXELS) for line in range(SIDE_PIXELS))
    header = struct.pack(">IIBBBBB", SIDE_PIXELS, SIDE_PIXELS, 8, 0, 0, 0, 0)
    body = chunk(b"IHDR", header) + chunk(b"IDAT", zlib.compress(rows, 1)) + chunk(b"IEND", b"")
    return b"\x89PNG\r\n\x1a\n" + body


def make_source(folder: Path, designs: int, views: int) -> None:
    """`register.csv` and its pictures, 1,000 to a folder."""
    noise = random.Random(SEED)
    with (folder / "register.csv").open("w", encoding="utf-8") as file:
        file.write("design_id,holder,article,locarno_class,status,recorded_with_customs,view,path\n")
        for number in range(designs):
            place = folder / f"{number // 1000:04d}"
            place.mkdir(exist_ok=True)
            facts = f"D{number:07d},holder {number % 997},article {number % 53},{1 + number % 32:02d}-01"
            for view in range(views):
                path = place / f"{number:07d}-{view}.png"
                path.write_bytes(tiny_png(noise))
                status, recorded = STATUS[number % len(STATUS)], "yes" if number % 10 == 0 else "no"
                file.write(f"{facts},{status},{recorded},{view + 1},{path.relative_to(folder)}\n")


def import_once(source: Path, home: Path) -> None:
    """In a process of its own: import and print seconds, peak memory and counts."""
    os.environ["PANDOK_HOME"] = str(home)
    os.environ.setdefault("DJANGO_SETTINGS_MODULE", "pandok.web.django_settings")
    import django

    django.setup()
    from pandok.web.database_tables import bring_up_to_date

    bring_up_to_date()
    from pandok.engines.files.blobs import FolderBlobs
    from pandok.fields.register.acts.importing import import_source
    from pandok.fields.register.acts.source_in_child import reading_pool

    before_mb = resource.getrusage(resource.RUSAGE_SELF).ru_maxrss / 1024
    start, start_processor = time.perf_counter(), time.process_time()
    report = import_source(source, actor="benchmark", now=datetime.now(UTC), blobs=FolderBlobs(home / "files"))
    seconds, processor_s = time.perf_counter() - start, time.process_time() - start_processor
    reading_pool().close()
    children = resource.getrusage(resource.RUSAGE_CHILDREN)
    print(
        json.dumps(
            {
                "seconds": round(seconds, 2),
                "processor_seconds": round(processor_s, 2),
                "children_processor_seconds": round(children.ru_utime + children.ru_stime, 2),
                "children_peak_mb": round(children.ru_maxrss / 1024, 1),
                "peak_mb": round(resource.getrusage(resource.RUSAGE_SELF).ru_maxrss / 1024, 1),
                "peak_mb_before": round(before_mb, 1),
                "database_mb": round(sum(file.stat().st_size for file in home.glob("pandok.db*")) / 1e6, 1),
                "counts": dict(report.counts),
            }
        )
    )


def measure(designs: int, views: int) -> dict[str, object]:
    with tempfile.TemporaryDirectory() as name:
        source, home = Path(name) / "source", Path(name) / "home"
        source.mkdir()
        make_source(source, designs, views)
        runs = {}
        for run in ("first", "again"):
            command = [sys.executable, "-m", "benchmarks.import_register", "--child", str(source), str(home)]
            done = subprocess.run(command, check=True, stdout=subprocess.PIPE, text=True)
            runs[run] = json.loads(done.stdout.splitlines()[-1])
    return {"designs": designs, "views_each": views, **runs}


def main() -> None:
    if sys.argv[1:2] == ["--child"]:
        import_once(Path(sys.argv[2]), Path(sys.argv[3]))
        return
    parser = argparse.ArgumentParser(description=__doc__.splitlines()[0])
    parser.add_argument("--designs", type=int, nargs="+", default=[100_000], help="sizes to measure, one after another")
    parser.add_argument("--views", type=int, default=2)
    parser.add_argument("--out", type=Path)
    options = parser.parse_args()
    load = round(os.getloadavg()[0], 1)
    measured = {"load_at_start": load, "runs": [measure(designs, options.views) for designs in options.designs]}
    print(json.dumps(measured, ensure_ascii=False, indent=1))
    if options.out:
        write_result(options.out, __doc__.splitlines()[0].removeprefix("Question: "), SEED, measured)


if __name__ == "__main__":
    main()
