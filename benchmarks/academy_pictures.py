"""Question: how much processor time does a computed picture of the academy take, from its plan to its files?

    python -m benchmarks.academy_pictures --out benchmarks/results/academy_pictures.json

Bags in the order of the bank (`pandok academy fill`), one of three machines, one of which has two views: the scene is
packed and scanned, the article projected into each view, difficulty measured, the harmless twin made, planes and
previews packed and written. Two pictures a bag; rows in the database are not in the time. Process time, one thread; the
tables of the machines are made before. Also: how many bags had no place for their article, and how the prior difficulty
spreads.
"""

from __future__ import annotations

import argparse
import tempfile
import time
from pathlib import Path

import numpy as np

from benchmarks.machine import write_result
from pandok.engines.files.blobs import FolderBlobs
from pandok.fields.academy.acts.bank.generator import COUNT_OF_KINDS, COUNT_OF_MACHINES, made
from pandok.fields.academy.acts.bank.plans import plan_of
from pandok.readers.xray.planes import packed

BAGS, WARM, SEED = 60, 12, 1


def main() -> None:
    arguments = argparse.ArgumentParser(description=__doc__)
    arguments.add_argument("--out", type=Path, required=True)
    arguments.add_argument("--bags", type=int, default=BAGS)
    chosen = arguments.parse_args()
    taken: list[float] = []
    difficulties: list[float] = []
    pairs = refused = size = 0
    with tempfile.TemporaryDirectory() as folder:
        blobs = FolderBlobs(Path(folder) / "blobs")
        number = 0
        while len(taken) < chosen.bags + WARM:
            begin = time.process_time()
            bag = made(plan_of(SEED, number, COUNT_OF_KINDS, COUNT_OF_MACHINES))
            number += 1
            if bag is None:
                refused += 1
                continue
            for view in (*bag.threat.views, *bag.twin.views):
                planes, preview = packed(view.levels()), view.preview_jpeg()
                blobs.put(planes)
                blobs.put(preview)
                size += len(planes) + len(preview)
            taken.append((time.process_time() - begin) / 2)
            difficulties.append(bag.threat.prior.b)
            pairs += bag.twin.article is not None
    counted = np.array(taken[WARM:]) * 1000
    measured = {
        "pictures": 2 * len(counted),
        "p50_ms_a_picture": round(float(np.percentile(counted, 50)), 1),
        "p95_ms_a_picture": round(float(np.percentile(counted, 95)), 1),
        "bags_without_a_place": refused,
        "bags_tried": number,
        "twins_with_the_look_alike": int(pairs),
        "bytes_a_picture": size // (2 * len(taken)),
        "prior_difficulty_mean": round(float(np.mean(difficulties)), 2),
        "prior_difficulty_sd": round(float(np.std(difficulties)), 2),
    }
    write_result(chosen.out, "Processor time of one computed picture of the academy", SEED, measured)
    print(measured)


if __name__ == "__main__":
    main()
