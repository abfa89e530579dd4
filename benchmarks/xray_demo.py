"""Question: how long does the demonstration take to compute its X-ray scans?

    python -m benchmarks.xray_demo --out benchmarks/results/xray_demo.json
    python -m benchmarks.xray_demo --whole --out …

Into an empty home, in a process of its own: scenes rendered for two cabinets, brought to the one scale, originals,
planes and previews written and flushed, records, and each scan read once by the reading help that comes with Pandok. An
image is one scan of both energies. `--whole`: `pandok demo --no-serve` from beginning to end as well, of which the
scans are a part. Processor seconds are user and system, of the process and of those that it waited for; by the clock
is as long as somebody waited, with whatever else the machine did (`load_at_start`, `load_at_end`).
"""

from __future__ import annotations

import argparse
import json
import os
import resource
import subprocess
import sys
import tempfile
import time
from datetime import UTC, datetime
from pathlib import Path
from typing import Any

from benchmarks.machine import write_result
from benchmarks.xray_import import ready

MOST_S = 180.0
"""What the demonstration may take."""


def bring(home: Path, scans: int) -> None:
    """In a process of its own."""
    ready(home)
    from pandok.demo.scans_to_read import ensure_demo_scans
    from pandok.engines.files.blobs import FolderBlobs
    from pandok.fields.xray.models import HelpReading, ScanView

    cpu, begun = time.process_time(), time.perf_counter()
    ensure_demo_scans(blobs=FolderBlobs(home / "files"), home=home, site=None, now=datetime.now(UTC), scans=scans)
    spent, waited = time.process_time() - cpu, time.perf_counter() - begun
    there = ScanView.objects.count()
    assert there == scans == HelpReading.objects.count()
    kept = sum(one.stat().st_size for one in (home / "files").rglob("*") if one.is_file())
    told = {
        "images": there,
        "processor_s": round(spent, 1),
        "processor_s_an_image": round(spent / there, 3),
        "wall_s": round(waited, 1),
        "within_3_minutes": waited <= MOST_S,
        "stored_gb": round(kept / 1e9, 2),
        "peak_mb": round(resource.getrusage(resource.RUSAGE_SELF).ru_maxrss / 1024),
    }
    print(json.dumps(told))


def whole(home: Path) -> dict[str, Any]:
    before, begun = resource.getrusage(resource.RUSAGE_CHILDREN), time.perf_counter()
    command = [sys.executable, "-c", "from pandok.cli.main import app; app()", "demo", "--no-serve"]
    subprocess.run(command, check=True, env={**os.environ, "PANDOK_HOME": str(home)}, stdout=subprocess.DEVNULL)
    after = resource.getrusage(resource.RUSAGE_CHILDREN)
    spent = after.ru_utime + after.ru_stime - before.ru_utime - before.ru_stime
    return {"processor_s": round(spent, 1), "wall_s": round(time.perf_counter() - begun, 1)}


def main() -> None:
    parser = argparse.ArgumentParser(description=__doc__)
    parser.add_argument("--scans", type=int, default=300)
    parser.add_argument("--whole", action="store_true")
    parser.add_argument("--child", type=Path)
    parser.add_argument("--out", type=Path)
    given = parser.parse_args()
    if given.child:
        bring(given.child, given.scans)
        return
    told: dict[str, Any] = {"load_at_start": [round(one, 1) for one in os.getloadavg()]}
    with tempfile.TemporaryDirectory() as folder:
        command = [sys.executable, "-m", "benchmarks.xray_demo", "--child", folder, "--scans", str(given.scans)]
        said = subprocess.run(command, check=True, stdout=subprocess.PIPE, text=True).stdout
        told["scans alone"] = json.loads(said.splitlines()[-1])
    if given.whole:
        with tempfile.TemporaryDirectory() as folder:
            told["pandok demo --no-serve"] = whole(Path(folder))
    told["load_at_end"] = [round(one, 1) for one in os.getloadavg()]
    print(json.dumps(told, indent=1))
    if given.out:
        question = "How long does the demonstration take to compute its X-ray scans?"
        write_result(given.out, question, 7, told)


if __name__ == "__main__":
    main()
