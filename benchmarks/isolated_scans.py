"""Question: how far is a threat that was scanned by itself, isolated and put into a bag, from the true joint scan?

    python -m benchmarks.isolated_scans --out benchmarks/results/isolated_scans.json

Computed bags and parcels with a threat, each seen three times without noise and with all energies: the bag, the threat
alone, both. The threat is isolated (`readers.xray.lessons.alone`) and laid where it stood. "same machine": pitch, blur
and spectrum are those of the bag; sharp, and blurred by .3 and .7 px. "other spectrum": the threat alone was seen with
another one. "pixels 1.25 times as large": so the threat alone was seen. "averaging pixels": all three are means of four
finer pixels, as a detector of that width counts, with no blur believed and with the σ of such a width believed (of the
first scenes alone). Error: the larger of both energies' |T / T_true − 1| over pixels of the threat with T_high > .01 in
truth. "refused": by reason.
"""

from __future__ import annotations

import argparse
from collections import Counter
from dataclasses import replace
from pathlib import Path
from typing import Any

import numpy as np

from benchmarks.machine import write_result
from benchmarks.projection_composition import errors, said, unseen_machines, whole_spectrum
from pandok.core.errors import InputError
from pandok.demo.scans.coarse import coarse
from pandok.demo.scans.machines import MACHINES
from pandok.demo.scans.projecting import WALL_MM, without_threats
from pandok.demo.scans.scenes import Recipe, Scene, scene_of
from pandok.readers.xray.lessons.alone import item_alone, must_be_of_its_pixels
from pandok.readers.xray.physics.basis import DualResponse
from pandok.readers.xray.physics.harmonising import Sampling
from pandok.readers.xray.physics.noise import Noise
from pandok.readers.xray.projection.projecting import projected
from pandok.readers.xray.projection.solids import PlacedItem
from pandok.readers.xray.projection.views import BagView
from pandok.readers.xray.solids.paths import LineScanner

SEED, SCENES, BLURS_PX, LARGER, FINE_SCENES = 700, 24, (0.0, 0.3, 0.7), 1.25, 8
SEEN_BELOW = 1 - 5e-4
WIDTH_PX = 0.29
"""σ of a pixel's own width: a box of 1 has the variance 1/12."""
Plane = np.ndarray
Pair = tuple[Plane, Plane]


def soft(planes: Pair, sigma: float) -> Pair:
    from benchmarks.projection_composition import _soft

    return _soft(planes, sigma)


def joint(scene: Scene, response: DualResponse, scanner: LineScanner) -> tuple[Pair, Pair]:
    return whole_spectrum(without_threats(scene), response, scanner), whole_spectrum(scene, response, scanner)


def alone(scene: Scene, response: DualResponse, scanner: LineScanner) -> Pair:
    threat = scene.threats[0]
    return whole_spectrum(replace(scene, outer=threat, items=()), response, scanner)


def put(lone: Pair, own: Sampling, response: DualResponse, bag: BagView, where: Plane, to: Sampling) -> Pair:
    """`where`: the threat alone, as the bag's machine sees it: its upper left pixel is where it is laid."""
    must_be_of_its_pixels(own, to)
    item = item_alone(lone[0], lone[1], own, response, to)
    rows, columns = np.flatnonzero((where < SEEN_BELOW).any(axis=1)), np.flatnonzero((where < SEEN_BELOW).any(axis=0))
    top, left = np.flatnonzero(item.solid.any(axis=1))[0], np.flatnonzero(item.solid.any(axis=0))[0]
    placed = PlacedItem(item, int(rows[0] - top), int(columns[0] - left))
    (view,) = projected([bag], [placed], np.random.default_rng(SEED))
    return view.low, view.high


def _binned(planes: Pair) -> Pair:
    low, high = (
        one[: one.shape[0] // 2 * 2, : one.shape[1] // 2 * 2]
        .reshape(one.shape[0] // 2, 2, one.shape[1] // 2, 2)
        .mean(axis=(1, 3))
        .astype(np.float32)
        for one in planes
    )
    return low, high


def measured() -> dict[str, Any]:
    machine = coarse(coarse(MACHINES["cabinet-1"]))
    scanner, response = machine.scanner, machine.response
    other = unseen_machines()["180 kV"]
    pitch = scanner.pitch_y, scanner.pitch_x
    larger = replace(
        scanner,
        pitch_x=scanner.pitch_x * LARGER,
        pitch_y=scanner.pitch_y * LARGER,
        rows=int(scanner.rows / LARGER),
        columns=int(scanner.columns / LARGER),
    )
    ways: dict[str, tuple[DualResponse, LineScanner, float]] = {
        f"same machine, blur {blur} px": (response, scanner, blur) for blur in BLURS_PX
    }
    ways |= {"other spectrum, sharp": (other, scanner, 0.0), "pixels 1.25 times as large": (response, larger, 0.0)}
    averaging = {f"averaging pixels, blur {blur} px believed": blur for blur in (0.0, WIDTH_PX)}
    rows: dict[str, list[Plane]] = {name: [] for name in (*ways, *averaging)}
    refused: dict[str, Counter[str]] = {name: Counter() for name in (*ways, *averaging)}
    made = 0
    for number in range(SCENES):
        scene = scene_of(Recipe("bag" if number % 2 else "parcel", SEED + number, threats=1))
        if not scene.threats:
            continue
        made += 1
        clean_bag, clean_true = joint(scene, response, scanner)
        clean_alone = alone(scene, response, scanner)
        for name, (of, by, blur) in ways.items():
            lone = clean_alone if of is response and by is scanner else alone(scene, of, by)
            bag, true, seen_there, lone = (soft(one, blur) for one in (clean_bag, clean_true, clean_alone, lone))
            view = BagView(
                bag[0], bag[1], response, pitch, blur, (Noise(0.0), Noise(0.0)), wall_mm=WALL_MM[scene.recipe.kind]
            )
            own = Sampling((by.pitch_y, by.pitch_x), (blur, blur))
            try:
                got = put(lone, own, of, view, seen_there[1], Sampling(pitch, (blur, blur)))
            except InputError as error:
                refused[name][error.error_code] += 1
                continue
            rows[name].append(errors(*got, *true, seen_there[1] < 0.995))
        if made > FINE_SCENES:
            continue
        fine = coarse(MACHINES["cabinet-1"]).scanner
        fine_bag, fine_true = joint(scene, response, fine)
        fine_alone = alone(scene, response, fine)
        bag, true, lone = (_binned(one) for one in (fine_bag, fine_true, fine_alone))
        for name, blur in averaging.items():
            view = BagView(
                bag[0], bag[1], response, pitch, blur, (Noise(0.0), Noise(0.0)), wall_mm=WALL_MM[scene.recipe.kind]
            )
            sampling = Sampling(pitch, (blur, blur))
            try:
                got = put(lone, sampling, response, view, lone[1], sampling)
            except InputError as error:
                refused[name][error.error_code] += 1
                continue
            rows[name].append(errors(*got, *true, lone[1] < 0.995))
    return {"scenes": made} | {
        name: said(np.concatenate(parts) if parts else np.zeros(0))
        | {"put": len(parts), "refused": dict(refused[name])}
        for name, parts in rows.items()
    }


def main() -> None:
    arguments = argparse.ArgumentParser(description=__doc__)
    arguments.add_argument("--out", type=Path, required=True)
    chosen = arguments.parse_args()
    found = measured()
    write_result(chosen.out, "Threats scanned by themselves against true joint scans", SEED, found)
    for name, value in found.items():
        print(name, value)


if __name__ == "__main__":
    main()
