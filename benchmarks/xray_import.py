"""Question: how many X-ray images a second come onto the desk, everything included?

    python -m benchmarks.xray_import --images 24 --out benchmarks/results/xray_import.json

Computed bags of 795 × 1,000 pixels and two energies, as the files of five makers and as two PNG files. Everything:
files read, decoded in processes with bounds, brought to the standard scale, solved, quality measured, originals, planes
and preview written and flushed to the disk, records and audit in SQLite. Each form in a process and an empty home of
its own; one image first, which compiles loops and makes the machine's table. Processor seconds are those of the process
that imports and of those that decode, user and system; by the clock is as long as somebody waited, with whatever else
the machine did (`load_at_start`, `load_at_end`). Pictures in colours have no second energy.
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

SEED = 5
FORMS = ("png pair", "maker-1-dicos", "maker-2-dicom", "maker-3-tiff", "maker-4-raw", "maker-5-colours")


def make(folder: Path, form: str, images: int) -> None:
    from pandok.demo.scans.makers import MAKERS, palette_png, pngs
    from pandok.demo.scans.rendering import rendered
    from pandok.demo.scans.scenes import Recipe

    (folder / "home" / "xray" / "palettes").mkdir(parents=True)
    (folder / "home" / "xray" / "palettes" / "maker-5.png").write_bytes(palette_png())
    for number in range(images):
        made = rendered(Recipe("bag", SEED * 1000 + number, threats=number % 2), "cabinet-1")
        files = (pngs if form == "png pair" else MAKERS[form])(made, f"bag-{number:03d}")
        part = folder / ("warm" if number == 0 else "scans")
        part.mkdir(exist_ok=True)
        for one in files:
            (part / one.name).write_bytes(one.data)


def ready(home: Path) -> None:
    os.environ["PANDOK_HOME"] = str(home)
    os.environ.setdefault("DJANGO_SETTINGS_MODULE", "pandok.web.django_settings")
    import django

    django.setup()
    from pandok.web.database_tables import bring_up_to_date

    bring_up_to_date()


def import_once(folder: Path, profile_to: str = "") -> None:
    """In a process of its own."""
    ready(folder / "home")
    from pandok.engines.files.blobs import FolderBlobs
    from pandok.engines.scans.there import scan_pool
    from pandok.fields.xray.acts.beginning import Shares
    from pandok.fields.xray.acts.files.importing import AT_ONCE, import_folder
    from pandok.fields.xray.acts.machines import profile

    pool = scan_pool(AT_ONCE)
    known = profile(folder / "home", "cabinet-160kv", 60_000.0)

    def run(part: str) -> int:
        done = list(
            import_folder(
                [folder / part],
                {},
                profile=known,
                site=None,
                actor=None,
                clock=lambda: datetime.now(UTC),
                shares=Shares(0.2, 0.01),
                chance=lambda: 0.5,
                blobs=FolderBlobs(folder / "home" / "files"),
                pool=pool,
            )
        )
        refused = [one.refused.what.en for one in done if one.refused]
        assert not refused, refused
        return len(done)

    run("warm")
    child = _child_seconds()
    begun, cpu = time.perf_counter(), time.process_time()
    if profile_to:
        import cProfile

        told = cProfile.Profile()
        images = told.runcall(run, "scans")
        told.dump_stats(profile_to)
    else:
        images = run("scans")
    here, wall, there = time.process_time() - cpu, time.perf_counter() - begun, _child_seconds() - child
    pool.close()
    print(
        json.dumps(
            {
                "images": images,
                "wall_s": wall,
                "importing_process_s": here,
                "decoding_processes_s": there,
                "peak_mb": resource.getrusage(resource.RUSAGE_SELF).ru_maxrss / 1024,
            }
        )
    )


def _child_seconds() -> float:
    """Processor seconds of the living children of this process."""
    ticks, me = os.sysconf("SC_CLK_TCK"), str(os.getpid())
    found = 0.0
    for one in Path("/proc").glob("[0-9]*/stat"):
        try:
            rest = one.read_text().rpartition(")")[2].split()
        except OSError:
            continue
        if rest[1] == me:
            found += (int(rest[11]) + int(rest[12])) / ticks
    return found


def measured(folder: Path) -> dict[str, Any]:
    command = [sys.executable, "-m", "benchmarks.xray_import", "--child", str(folder)]
    told = json.loads(subprocess.run(command, check=True, stdout=subprocess.PIPE, text=True).stdout.splitlines()[-1])
    images, wall = told["images"], told["wall_s"]
    here, there = told["importing_process_s"], told["decoding_processes_s"]
    return {
        "images": images,
        "processor_s_an_image": round((here + there) / images, 4),
        "importing_process_s_an_image": round(here / images, 4),
        "decoding_processes_s_an_image": round(there / images, 4),
        "wall_s_an_image": round(wall / images, 4),
        "images_a_second_by_the_clock": round(images / wall, 2),
        "images_a_second_two_cores_by_processor_time": round(2 * images / (here + there), 2),
        "peak_mb": round(told["peak_mb"]),
    }


def main() -> None:
    if sys.argv[1:2] == ["--child"]:
        import_once(Path(sys.argv[2]))
        return
    if sys.argv[1:2] == ["--profile"]:
        import_once(Path(sys.argv[2]), sys.argv[3])
        return
    parser = argparse.ArgumentParser(description=__doc__)
    parser.add_argument("--images", type=int, default=24)
    parser.add_argument("--forms", nargs="*", default=FORMS)
    parser.add_argument("--out", type=Path)
    options = parser.parse_args()
    done: dict[str, Any] = {"load_at_start": [round(one, 1) for one in os.getloadavg()]}
    for form in options.forms:
        with tempfile.TemporaryDirectory() as folder:
            make(Path(folder), form, options.images + 1)
            done[form] = measured(Path(folder))
            print(form, done[form], flush=True)
    done["load_at_end"] = [round(one, 1) for one in os.getloadavg()]
    if options.out:
        write_result(options.out, __doc__.splitlines()[0].removeprefix("Question: "), SEED, done)


if __name__ == "__main__":
    main()
