"""Computed bags and parcels as maps with their truth, for the reading help of X-rays.

    python training/xray_bags.py --split fit --count 900 --cache training/cache/xray

Scenes of pandok.demo.scans, on both cabinets; those to fit on have pixels twice as wide, which count four times as
much, since they are averaged to 2 mm in any case. Splits differ in the seeds of their scenes: `fit` holds one to three
things that must not be missed in every scene, `calibrate` and `test` one in every third scene, as the demonstration
does. No seed of one split is in another, and none is of the demonstration (7000 to 7999).
"""

from __future__ import annotations

import argparse
import json
from pathlib import Path

import numpy as np
from numpy.typing import NDArray

from pandok.demo.scans.coarse import coarse, seen
from pandok.demo.scans.machines import MACHINES, ScanMachine
from pandok.demo.scans.parts import Item
from pandok.demo.scans.rendering import AIR_COUNTS, rendered
from pandok.demo.scans.scenes import Recipe, Scene, scene_of
from pandok.readers.xray.help.maps import PITCH_MM, GoodsMaps, goods_maps
from pandok.readers.xray.physics.harmonising import Sampling, resampled
from pandok.readers.xray.physics.noise import Noise, noise_of_scan
from pandok.readers.xray.solids.paths import add_path_lengths

FIRST_SEED = {"fit": 1_000_000, "calibrate": 2_000_000, "test": 3_000_000}
CLASSES = ("powder_brick", "knife", "pistol")
MACHINES_USED = ("cabinet-1", "cabinet-2")
Planes = NDArray[np.float32]


def recipe_of(split: str, number: int) -> tuple[Recipe, str]:
    threats = 1 + number % 3 if split == "fit" else int(number % 3 == 0)
    kind = "bag" if number % 2 else "parcel"
    return Recipe(kind, FIRST_SEED[split] + number, threats=threats), MACHINES_USED[(number // 2) % 2]


def maps_of(low: Planes, high: Planes, machine: ScanMachine) -> GoodsMaps:
    noise = noise_of_scan(high) or Noise(0.01)
    pitch = machine.scanner.pitch_y, machine.scanner.pitch_x
    return goods_maps(low, high, pitch, machine.response, noise.penetration_limit())


def silhouette(item: Item, machine: ScanMachine) -> Planes:
    """Share of each pixel of the maps that the item covers."""
    scanner = machine.scanner
    length = np.zeros((scanner.rows, scanner.columns))
    for part in item.parts:
        if part.inside is None:
            add_path_lengths(part.mesh, scanner, length, 1.0)
    covered = (length > 0).astype(np.float32)
    return resampled(covered, Sampling((scanner.pitch_y, scanner.pitch_x)), Sampling((PITCH_MM, PITCH_MM)))


def labels_of(scene: Scene, machine: ScanMachine, shape: tuple[int, ...]) -> NDArray[np.uint8]:
    """0: none; else 1 + the class."""
    found = np.zeros(shape, np.uint8)
    for item in scene.threats:
        found[silhouette(item, machine) > 0.5] = 1 + CLASSES.index(item.kind)
    return found


def bag(split: str, number: int) -> tuple[NDArray[np.float32], NDArray[np.uint8]]:
    """Maps (4, rows, columns) and labels (rows, columns)."""
    recipe, name = recipe_of(split, number)
    if split == "fit":
        scene, machine = scene_of(recipe), coarse(MACHINES[name])
        low, high = seen(scene, machine, np.random.default_rng([recipe.seed, 5]))
    else:
        made = rendered(recipe, name)
        scene, machine = made.scene, made.machine
        low, high = (part.astype(np.float32) / AIR_COUNTS for part in (made.low, made.high))
    values = maps_of(low, high, machine).as_input()
    return values, labels_of(scene, machine, values.shape[1:])


def save(split: str, number: int, cache: Path) -> None:
    target = cache / split / f"{number:05d}.npz"
    if target.exists():
        return
    values, labels = bag(split, number)
    part = target.with_suffix(".part")
    with part.open("wb") as file:
        np.savez(file, maps=np.clip(values, -60, 60).astype(np.float16), labels=labels)
    part.rename(target)


def main() -> None:
    arguments = argparse.ArgumentParser(description=__doc__)
    arguments.add_argument("--split", choices=sorted(FIRST_SEED), required=True)
    arguments.add_argument("--count", type=int, required=True)
    arguments.add_argument("--cache", type=Path, default=Path("training/cache/xray"))
    chosen = arguments.parse_args()
    (chosen.cache / chosen.split).mkdir(parents=True, exist_ok=True)
    for number in range(chosen.count):
        save(chosen.split, number, chosen.cache)
    (chosen.cache / chosen.split / "made.json").write_text(json.dumps({"count": chosen.count}))


if __name__ == "__main__":
    main()
