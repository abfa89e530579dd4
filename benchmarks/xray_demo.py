"""Question: how long does the demonstration take to compute its X-ray scans?

    python -m benchmarks.xray_demo --out benchmarks/results/xray_demo.json
    python -m benchmarks.xray_demo --whole --out …

Into an empty home, in a process of its own: scenes rendered for two cabinets, brought to the one scale, originals,
planes and previews written and flushed, records, and each scan read once by the reading help that comes with Pandok;
then containers that wait, the empty ones that they are compared with and what comparing finds; then what was read the
day before, decided on, opened and put into the index of similar images. An image is one scan of both energies.
`--whole`: `pandok demo --no-serve` from beginning to end as well, of which the scans are a part. Processor seconds are
user and system, of the process and of those that it waited for; by the clock is as long as somebody waited, with
whatever else the machine did (`load_at_start`, `load_at_end`).
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
    from pandok.common.models import Site
    from pandok.common.people.accounts import ensure_demo_accounts
    from pandok.demo.containers_to_read import EMPTIES, ensure_demo_containers
    from pandok.demo.parties import ensure_demo_parties
    from pandok.demo.scans_of_past import ensure_demo_past
    from pandok.demo.scans_to_read import ensure_demo_scans
    from pandok.engines.files.blobs import FolderBlobs
    from pandok.fields.xray.help_sources import HelpSource
    from pandok.fields.xray.models import HelpReading, ScanView
    from pandok.fields.xray.similar_index import indexes_at

    now, blobs = datetime.now(UTC), FolderBlobs(home / "files")
    ensure_demo_accounts(now)
    ensure_demo_parties(now)
    site = Site.objects.get()
    cpu, begun = time.process_time(), time.perf_counter()
    ensure_demo_scans(blobs=blobs, home=home, site=site, now=now, scans=scans)
    assert scans == HelpReading.objects.filter(source=HelpSource.PROGRAM.value).count()
    parcels = time.process_time() - cpu
    containers = ensure_demo_containers(blobs=blobs, home=home, site=site, now=now)
    compared = time.process_time() - cpu - parcels
    past = ensure_demo_past(indexes_at(home))
    spent, waited = time.process_time() - cpu, time.perf_counter() - begun
    there = ScanView.objects.count()
    assert there == scans + containers
    kept = sum(one.stat().st_size for one in (home / "files").rglob("*") if one.is_file())
    told = {
        "images": there,
        "of them read the day before": past,
        "of them containers": containers,
        "empty containers beside": EMPTIES,
        "processor_s_parcels_and_bags": round(parcels, 1),
        "processor_s_containers": round(compared, 1),
        "processor_s_the_day_before": round(spent - parcels - compared, 1),
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
