"""Question: does projection refuse what cannot be, and let pass what can?

    python -m benchmarks.projection_placements --out benchmarks/results/projection_placements.json

Good: a computed bag or parcel in which a threat was packed by the rules of solids (boxes never overlap); the scene
without it is scanned, and the threat projected to where it lay. Impossible, 50 each: moved so that at least a third of
it lies outside the bag; put through a wall, the floor or the lid by a tenth to a third of its length; drawn a quarter
to twice too large or too small for its known sides; cut through, or with a rectangle of background around it. Which of
these an item gets is drawn; none was looked at when limits were set but seeds below 100.
"""

from __future__ import annotations

import argparse
from collections import Counter
from dataclasses import replace
from pathlib import Path
from typing import Any

import cv2
import numpy as np

from benchmarks.machine import write_result
from pandok.core.errors import InputError
from pandok.demo.scans.coarse import coarse
from pandok.demo.scans.machines import MACHINES, ScanMachine
from pandok.demo.scans.parts import Item
from pandok.demo.scans.projecting import bag_view, placed_item, without_threats
from pandok.demo.scans.scenes import Recipe, Scene, scene_of
from pandok.proof.shares import wilson_interval
from pandok.readers.xray.projection.projecting import projected
from pandok.readers.xray.projection.solids import PlacedItem
from pandok.readers.xray.projection.views import BagView

EACH, SEED = 50, 1000
WRONG = ("outside", "wall", "scale", "cut")
Random = np.random.Generator


def cases(first: int) -> Any:
    """Scenes with a threat that found its place, and their machine, one after the other."""
    machines = [coarse(MACHINES["cabinet-1"]), coarse(MACHINES["cabinet-2"])]
    seed = first
    while True:
        scene = scene_of(Recipe("bag" if seed % 2 else "parcel", seed, threats=1))
        if scene.threats:
            yield seed, scene, machines[seed // 2 % 2]
        seed += 1


def verdict(bag: BagView, item: PlacedItem, random: Random) -> str:
    try:
        projected([bag], [item], random)
    except InputError as error:
        return error.error_code
    return "accepted"


def outside(item: Item, scene: Scene, machine: ScanMachine, random: Random) -> PlacedItem:
    low, high = item.box_mm
    floor, lid = scene.outer.parts[0].mesh.box_mm
    axis = int(random.integers(2))
    size = high[axis] - low[axis]
    by = np.zeros(3)
    beyond = float(random.uniform(0.34, 1.2)) * size
    # So that this much of it lies beyond the outer side of the wall, as seen past the edge of the lid.
    spread = machine.scanner.source_z / (machine.scanner.source_z - lid[2]) if axis else 1.0
    if random.integers(2):
        by[axis] = lid[axis] * spread - high[axis] + beyond
    else:
        by[axis] = floor[axis] * spread - low[axis] - beyond
    return placed_item(item.moved(by), machine)


def wall(item: Item, scene: Scene, machine: ScanMachine, random: Random) -> PlacedItem:
    low, high = item.box_mm
    floor, lid = scene.outer.parts[0].mesh.box_mm
    axis = int(random.integers(3))
    out = max(float(random.uniform(0.1, 0.33)) * (high[axis] - low[axis]), 6.0)
    by = np.zeros(3)
    by[axis] = lid[axis] - high[axis] + out if random.integers(2) else floor[axis] - low[axis] - out
    return placed_item(item.moved(by), machine)


def scale(item: Item, _scene: Scene, machine: ScanMachine, random: Random) -> PlacedItem:
    placed = placed_item(item, machine)
    factor = float(random.uniform(1.25, 2.0)) ** (1 if random.integers(2) else -1)
    one = placed.item
    size = (max(3, round(one.shape[1] * factor)), max(3, round(one.shape[0] * factor)))
    first, second = (cv2.resize(part, size, interpolation=cv2.INTER_LINEAR) for part in (one.first, one.second))
    solid = cv2.resize(one.solid.view(np.uint8), size, interpolation=cv2.INTER_NEAREST).view(np.bool_)
    middle = placed.top + one.shape[0] // 2, placed.left + one.shape[1] // 2
    return replace(
        placed,
        item=replace(one, first=first, second=second, solid=solid),
        top=middle[0] - size[1] // 2,
        left=middle[1] - size[0] // 2,
    )


def cut(item: Item, _scene: Scene, machine: ScanMachine, random: Random) -> PlacedItem:
    placed = placed_item(item, machine)
    one = placed.item
    if random.integers(2):
        # A background that was not air: one value more everywhere in the rectangle.
        amount = np.float32(random.uniform(0.05, 0.3))
        return replace(placed, item=replace(one, first=one.first + amount))
    columns = np.flatnonzero(one.solid.any(axis=0))
    rows = np.flatnonzero(one.solid.any(axis=1))
    share = float(random.uniform(0.15, 0.4))
    kept = np.zeros(one.shape, np.bool_)
    if len(columns) >= len(rows):
        kept[:, : columns[0] + round((1 - share) * len(columns))] = True
    else:
        kept[: rows[0] + round((1 - share) * len(rows))] = True
    first, second = (np.where(kept, part, 0).astype(np.float32) for part in (one.first, one.second))
    return replace(placed, item=replace(one, first=first, second=second, solid=one.solid & kept))


MAKERS = {"outside": outside, "wall": wall, "scale": scale, "cut": cut}


def measured(first: int, each: int) -> dict[str, Any]:
    found: dict[str, Counter[str]] = {name: Counter() for name in ("good", *WRONG)}
    many = cases(first)
    for _ in range(4 * each):
        seed, scene, machine = next(many)
        random = np.random.default_rng([seed, 5])
        bag = bag_view(without_threats(scene), machine, random)
        found["good"][verdict(bag, placed_item(scene.threats[0], machine), random)] += 1
        way = WRONG[sum(found[name].total() for name in WRONG) % 4]
        try:
            wrong = MAKERS[way](scene.threats[0], scene, machine, random)
        except ValueError:
            # Not even in the scan, or under the belt: nothing that could be asked for.
            found[way]["not seen by the machine"] += 1
            continue
        found[way][verdict(bag, wrong, random)] += 1
    wrong_total = sum(found[name].total() for name in WRONG)
    passed = sum(found[name]["accepted"] for name in WRONG)
    good = found["good"]
    refused_good = good.total() - good["accepted"]
    return {
        "impossible": {
            "cases": wrong_total,
            "refused": wrong_total - passed,
            "share_refused": round(1 - passed / wrong_total, 4),
            "interval_95": [round(one, 4) for one in wilson_interval(wrong_total - passed, wrong_total)],
        },
        "good": {
            "cases": good.total(),
            "refused": refused_good,
            "share_refused": round(refused_good / good.total(), 4),
            "interval_95": [round(one, 4) for one in wilson_interval(refused_good, good.total())],
        },
        "by_kind": {name: dict(sorted(counts.items())) for name, counts in found.items()},
    }


def main() -> None:
    arguments = argparse.ArgumentParser(description=__doc__)
    arguments.add_argument("--out", type=Path, required=True)
    arguments.add_argument("--first", type=int, default=SEED)
    arguments.add_argument("--each", type=int, default=EACH)
    chosen = arguments.parse_args()
    found = measured(chosen.first, chosen.each)
    write_result(chosen.out, "Projection refuses impossible placements and accepts possible ones", chosen.first, found)
    print(found)


if __name__ == "__main__":
    main()
