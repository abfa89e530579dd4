"""Question: does what is learnt on one machine's pictures hold on other machines, raw and on the one scale?

    PANDOK_SHARED=../shared python -m benchmarks.xray_items_across_machines --out benchmarks/results/FILE.json

For each of three seeds about 2,000 crops of items in computed bags and parcels, one for each item that is seen at least
20 × 20 mm large: 19 kinds, threats among them. Machine A colours with palette A, B with B and so on; the five differ in
spectrum, geometry, blur and noise besides. A classifier (multinomial logistic regression on 16 × 16 pixels in three
channels, their histograms and the sides in mm) learns from A's bags and is asked about bags of A that it has not seen,
and about those of B to E. No bag is in two parts.

"raw": the picture as the maker's console shows it. "standardised": the same picture read back through its palette to
intervals, and shown in the standard colours. "two energies": standard colours of the 16-bit scan, which no palette has
cut. The same features, classifier and penalty for all. Gap: accuracy on A less the mean of B to E. Intervals: 2,000
bootstraps over bags.

What it does not show: real machines; items that a person or another program did not cut out.
"""

from __future__ import annotations

import argparse
import os
from dataclasses import dataclass, replace
from pathlib import Path
from typing import Any

import cv2
import numpy as np
from scipy.optimize import minimize

from benchmarks.machine import write_result
from pandok.demo.scans.coarse import coarse, seen
from pandok.demo.scans.goods import GOODS
from pandok.demo.scans.machines import MACHINES, ScanMachine
from pandok.demo.scans.scenes import Recipe, scene_of
from pandok.demo.scans.threats import THREATS
from pandok.readers.xray.colour.inversion import invert
from pandok.readers.xray.colour.palette import MOST_F, Palette, palette_of_picture
from pandok.readers.xray.colour.standard import pseudo_colour
from pandok.readers.xray.physics.solver import solve

KINDS = sorted({maker(np.random.default_rng(0)).kind for maker in (*GOODS, *THREATS)})
SEEDS = (1, 2, 3)
TRAIN, OF_A, OF_EACH = 850, 270, 220
LEAST_MM, SIDE, PENALTY, BOOTSTRAPS = 20.0, 16, 3.0, 2000
WAYS = ("raw", "standardised", "two energies")


def machines() -> dict[str, ScanMachine]:
    one, two = coarse(MACHINES["cabinet-1"]), coarse(MACHINES["cabinet-2"])
    return {
        "A": one,
        "B": two,
        "C": replace(one, blur_px=0.8, quanta=(60_000.0, 40_000.0)),
        "D": replace(two, scanner=replace(two.scanner, pitch_x=1.6), blur_px=0.3),
        "E": replace(one, spectrum="cabinet-140kv", quanta=(90_000.0, 60_000.0)),
    }


@dataclass(frozen=True)
class Crop:
    kind: int
    bag: int
    features: dict[str, np.ndarray]


def features_of(picture: np.ndarray, sides_mm: tuple[float, float]) -> np.ndarray:
    small = cv2.resize(picture, (SIDE, SIDE), interpolation=cv2.INTER_AREA).astype(np.float64) / 255
    bins = [np.histogram(picture[:, :, one], 12, (0, 256))[0] / picture[:, :, one].size for one in range(3)]
    return np.concatenate([small.ravel(), *bins, np.log(sides_mm)])


def console(t_high: np.ndarray, f: np.ndarray, table: np.ndarray) -> np.ndarray:
    rows, columns = table.shape[:2]
    root = np.clip(np.rint(np.sqrt(np.clip(t_high, 0, 1)) * (rows - 1)), 0, rows - 1).astype(int)
    material = np.clip(np.rint(np.nan_to_num(f, nan=0.0) / MOST_F * (columns - 1)), 0, columns - 1).astype(int)
    return np.ascontiguousarray(table[root, material])


def crops_of(
    bag: int, machine: ScanMachine, table: np.ndarray, palette: Palette, random: np.random.Generator
) -> list[Crop]:
    scene = scene_of(Recipe("bag" if bag % 2 else "parcel", 5_000_000 + bag, threats=bag % 3))
    low, high = seen(scene, machine, random)
    basis = solve(low, high, machine.response)
    with np.errstate(divide="ignore", invalid="ignore"):
        f = basis.second / (basis.first + basis.second)
    f = cv2.blur(np.nan_to_num(np.clip(f, -0.2, 6.0), nan=0.0), (3, 3))
    found = []
    scanner = machine.scanner
    for item in scene.items:
        boxes = np.array([scanner.pixel_box(part.mesh) for part in item.parts])
        x1, y1, x2, y2 = (int(one) for one in (*boxes[:, :2].min(axis=0), *boxes[:, 2:].max(axis=0)))
        sides = (x2 - x1) * scanner.pitch_x, (y2 - y1) * scanner.pitch_y
        if min(sides) < LEAST_MM:
            continue
        cut = slice(y1, y2), slice(x1, x2)
        shown = console(high[cut], f[cut], table)
        back = invert(shown, palette, False)
        pictures = {
            "raw": shown,
            "standardised": pseudo_colour(back.t.astype(np.float32), back.f.astype(np.float32)),
            "two energies": pseudo_colour(high[cut], f[cut].astype(np.float32)),
        }
        found.append(Crop(KINDS.index(item.kind), bag, {way: features_of(one, sides) for way, one in pictures.items()}))
    return found


def gathered(first_bag: int, least: int, machine: ScanMachine, table: np.ndarray, palette: Palette) -> list[Crop]:
    found: list[Crop] = []
    bag = first_bag
    while len(found) < least:
        found += crops_of(bag, machine, table, palette, np.random.default_rng([bag, 3]))
        bag += 1
    return found


def learnt(x: np.ndarray, y: np.ndarray) -> tuple[np.ndarray, np.ndarray, np.ndarray]:
    mean, scale = x.mean(axis=0), x.std(axis=0) + 0.05
    z = np.hstack([(x - mean) / scale, np.ones((len(x), 1))])
    wanted = np.eye(len(KINDS))[y]

    def cost(flat: np.ndarray) -> tuple[float, np.ndarray]:
        w = flat.reshape(z.shape[1], len(KINDS))
        logits = z @ w
        logits -= logits.max(axis=1, keepdims=True)
        shares = np.exp(logits)
        shares /= shares.sum(axis=1, keepdims=True)
        loss = -np.log(np.maximum((shares * wanted).sum(axis=1), 1e-12)).sum() + PENALTY / 2 * (w[:-1] ** 2).sum()
        slope = z.T @ (shares - wanted)
        slope[:-1] += PENALTY * w[:-1]
        return float(loss), slope.ravel()

    start = np.zeros(z.shape[1] * len(KINDS))
    weights = minimize(cost, start, jac=True, method="L-BFGS-B", options={"maxiter": 120}).x
    return weights.reshape(-1, len(KINDS)), mean, scale


def right(model: tuple[np.ndarray, np.ndarray, np.ndarray], crops: list[Crop], way: str) -> np.ndarray:
    weights, mean, scale = model
    x = np.array([one.features[way] for one in crops])
    z = np.hstack([(x - mean) / scale, np.ones((len(x), 1))])
    return np.asarray((z @ weights).argmax(axis=1) == np.array([one.kind for one in crops]))


def gap(hits: dict[str, np.ndarray]) -> float:
    return float(hits["A"].mean() - np.mean([hits[name].mean() for name in "BCDE"]))


def resampled(
    hits: dict[str, dict[str, np.ndarray]], bags: dict[str, np.ndarray], random: np.random.Generator
) -> dict[str, float]:
    """Gap of each way over bags drawn again, the same bags for all ways."""
    rows = {}
    for name, of in bags.items():
        known = np.unique(of)
        drawn = random.choice(known, len(known))
        rows[name] = np.concatenate([np.flatnonzero(of == one) for one in drawn])
    return {way: gap({name: each[rows[name]] for name, each in of.items()}) for way, of in hits.items()}


def one_seed(seed: int, tables: dict[str, np.ndarray]) -> dict[str, Any]:
    palettes = {name: palette_of_picture(table, name) for name, table in tables.items()}
    first = seed * 100_000
    by = machines()

    def of(name: str, at: int, least: int) -> list[Crop]:
        return gathered(first + at, least, by[name], tables[name], palettes[name])

    train = of("A", 0, TRAIN)
    test = {"A": of("A", 10_000, OF_A)} | {
        name: of(name, 20_000 + 10_000 * at, OF_EACH) for at, name in enumerate("BCDE")
    }
    bags = {name: np.array([one.bag for one in crops]) for name, crops in test.items()}
    hits = {}
    for way in WAYS:
        model = learnt(np.array([one.features[way] for one in train]), np.array([one.kind for one in train]))
        hits[way] = {name: right(model, crops, way) for name, crops in test.items()}
    random = np.random.default_rng(seed)
    again = [resampled(hits, bags, random) for _ in range(BOOTSTRAPS)]
    gaps = {way: gap(hits[way]) for way in WAYS}
    measured: dict[str, Any] = {
        "crops": len(train) + sum(len(one) for one in test.values()),
        "bags": len({one.bag for one in train}) + sum(len(np.unique(one)) for one in bags.values()),
        "accuracy": {way: {name: round(float(of.mean()), 3) for name, of in hits[way].items()} for way in WAYS},
        "gap": {way: round(value, 3) for way, value in gaps.items()},
    }
    for way in WAYS[1:]:
        less = np.array([one["raw"] - one[way] for one in again])
        half = np.array([one["raw"] / 2 - one[way] for one in again])
        measured[f"gap raw less {way}"] = {
            "value": round(gaps["raw"] - gaps[way], 3),
            "interval_95": [round(float(one), 3) for one in np.quantile(less, [0.025, 0.975])],
            "shrinks_by": round(1 - gaps[way] / gaps["raw"], 3),
            "half_of_raw_less_it_interval_95": [round(float(one), 3) for one in np.quantile(half, [0.025, 0.975])],
        }
    return measured


def main() -> None:
    arguments = argparse.ArgumentParser(description=__doc__)
    arguments.add_argument("--out", type=Path, required=True)
    chosen = arguments.parse_args()
    data = Path(os.environ.get("PANDOK_SHARED", "../shared")) / "data"
    paths = {name: data / "xray_phantom" / f"palette_{name}_lut.png" for name in "ABC"}
    paths |= {name: data / "xray_pairs" / f"palette_{name}_lut.png" for name in "DE"}
    tables = {name: cv2.cvtColor(cv2.imread(str(path)), cv2.COLOR_BGR2RGB) for name, path in paths.items()}
    measured = {f"seed {seed}": one_seed(seed, tables) for seed in SEEDS}
    write_result(
        chosen.out, "A classifier of items from machine A on machines B to E, raw and standardised", SEEDS[0], measured
    )
    for name, value in measured.items():
        print(name, value)


if __name__ == "__main__":
    main()
