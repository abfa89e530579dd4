"""Question: how much processor time does projecting an item of 40,000 pixels into a bag of 1,000 × 800 take?

    python -m benchmarks.projection_time --out benchmarks/results/projection_time.json

40 bags that were not seen before (no outline, no amounts known), each with a brick whose picture has about 200 × 200
pixels; the machine's tables are made before. Everything is in the time: outline, checks, join, noise, difficulty.
Process time, one thread.
"""

from __future__ import annotations

import argparse
import time
from dataclasses import replace
from pathlib import Path

import numpy as np

from benchmarks.machine import write_result
from pandok.core.errors import InputError
from pandok.demo.scans.machines import MACHINES
from pandok.demo.scans.parts import Item, Part
from pandok.demo.scans.projecting import bag_view, placed_item
from pandok.demo.scans.scenes import Recipe, scene_of
from pandok.demo.scans.threats import powder_brick
from pandok.readers.xray.projection.projecting import projected
from pandok.readers.xray.solids.shapes import box

BAGS, SEED, ROWS, COLUMNS, SIDE_MM = 40, 5000, 800, 1000, 137.0


def main() -> None:
    arguments = argparse.ArgumentParser(description=__doc__)
    arguments.add_argument("--out", type=Path, required=True)
    chosen = arguments.parse_args()
    machine = MACHINES["cabinet-1"]
    extra = ROWS - machine.scanner.rows
    scanner = replace(machine.scanner, rows=ROWS, columns=COLUMNS, first_y=machine.scanner.first_y - extra / 2 * 0.85)
    machine = replace(machine, scanner=scanner)
    wanted = powder_brick(np.random.default_rng(1))
    taken, refused, pixels = [], 0, []
    for number in range(BAGS + 1):
        scene = scene_of(Recipe("bag", SEED + number))
        random = np.random.default_rng([SEED, number])
        bag = bag_view(scene, machine, random)
        low, high = scene.outer.parts[0].mesh.box_mm
        middle = (low + high) / 2
        part = Part(box(SIDE_MM, SIDE_MM, 30.0).moved((middle[0], middle[1], high[2] - 20.0)), wanted.content)
        placed = placed_item(Item("brick", wanted.words, (part,), wanted.content, threat=True), machine)
        begin = time.process_time()
        try:
            projected([bag], [placed], random)
        except InputError as error:
            print(error.error_code)
            refused += 1
            continue
        if number:  # the first makes the machine's tables
            taken.append(1000 * (time.process_time() - begin))
            pixels.append(int(placed.item.solid.sum()))
    measured = {
        "bags": len(taken),
        "refused": refused,
        "item_pixels_median": int(np.median(pixels)),
        "p50_ms": round(float(np.percentile(taken, 50)), 2),
        "p95_ms": round(float(np.percentile(taken, 95)), 2),
        "worst_ms": round(max(taken), 2),
    }
    write_result(chosen.out, "Processor time of one projection, 40,000 pixels into 1,000 × 800", SEED, measured)
    print(measured)


if __name__ == "__main__":
    main()
