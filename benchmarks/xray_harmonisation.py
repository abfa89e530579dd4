"""Question: how far apart are the same goods on two machines, before and after they are brought to one scale?

    PANDOK_SHARED=../shared python -m benchmarks.xray_harmonisation --out benchmarks/results/xray_harmonisation.json

`xray_pairs`: 82 items that both machines show, 9 × 9 pixels at the middle of each box. R = ln T_low / ln T_high; f the
material index. "A's weights": both read as if they were machine A. "Own weights": each with its own, nothing else done.
"A to B": A brought to B's pitch and blur besides; "common": both to the coarser pitch and the softer blur. Statistic of
the window: mean of T as first published, and its median. f is given whole, and held to 1.5, above which all is metal to
the eye. Geometry differs between the machines, so that other things lie before and behind: zero cannot be reached.
"The desk's material plane": what a reader sees, 5 × 5 means of the amounts, NaN where the noise leaves more than .1
open; the median of what is told in the window. Given for all items, for those below metal, and for those whose window
shows one material on both machines, which is judged from each scan alone. With 82 items the median moves by about .01
from one statistic to the other; the interval is a bootstrap over items.

Unseen machines: six, whose spectra are not among those of the fit, known by a wedge of 17 steps with noise alone.
"""

from __future__ import annotations

import argparse
import csv
import os
from pathlib import Path
from typing import Any

import cv2
import numpy as np

from benchmarks.machine import write_result
from pandok.readers.xray.physics.attenuation import mass_attenuation
from pandok.readers.xray.physics.basis import DualResponse
from pandok.readers.xray.physics.harmonising import Sampling, common_sampling, resampled
from pandok.readers.xray.physics.material import index_of
from pandok.readers.xray.physics.noise import air_of, noise_of_scan
from pandok.readers.xray.physics.solver import solve
from pandok.readers.xray.physics.spectra import shipped
from pandok.readers.xray.physics.step_wedge import fitted_response
from pandok.readers.xray.physics.tubes import Sheet
from tests.readers.xray.physics.test_harmonising import GOODS, machine, wedge_of

SEED = 6
LEAST_TOLD = 0.5
ONE_MATERIAL = 0.1
"""Spread of f in a window, of f itself above 1, up to which it shows one thing: the width that the desk calls told."""
OWN = {"A": Sampling((1.5, 1.25), (0.6, 0.6)), "B": Sampling((1.6, 1.0), (0.9, 0.9))}
RESPONSES = {"A": shipped("cabinet-160kv"), "B": shipped("cabinet-140kv")}


def index(low: float, high: float, response: DualResponse) -> float:
    found = solve(np.array([low]), np.array([high]), response)
    return float(found.second[0] / (found.first[0] + found.second[0]))


def told_plane(low: np.ndarray, high: np.ndarray, response: DualResponse) -> np.ndarray:
    """The material plane as the desk gets it: NaN where it cannot be told."""
    noises = noise_of_scan(low), noise_of_scan(high)
    assert noises[0] is not None
    assert noises[1] is not None
    index = index_of(solve(low, high, response), low, high, noises[0], noises[1])
    seen = index.told & ~air_of(high) & (high > noises[1].penetration_limit())
    return np.where(seen, index.f, np.nan)


def of_window(plane: np.ndarray, y: int, x: int) -> tuple[float, float]:
    """Median of what is told in the window where half of it is, else NaN; how far it spreads."""
    part = plane[y - 4 : y + 5, x - 4 : x + 5]
    if np.isfinite(part).mean() < LEAST_TOLD:
        return float("nan"), float("nan")
    low, middle, high = np.nanquantile(part, [0.1, 0.5, 0.9])
    return float(middle), float(high - low)


def summary(pairs: np.ndarray, random: np.random.Generator) -> dict[str, Any]:
    kept = pairs[np.isfinite(pairs).all(axis=1)]
    off = np.abs(kept[:, 0] - kept[:, 1])
    again = [float(np.median(random.choice(off, len(off)))) for _ in range(2000)]
    low, high = np.quantile(again, [0.025, 0.975])
    return {
        "items": len(kept),
        "p50": round(float(np.median(off)), 4),
        "p50_interval_95": [round(float(low), 4), round(float(high), 4)],
        "p90": round(float(np.quantile(off, 0.9)), 3),
        "correlation": round(float(np.corrcoef(kept.T)[0, 1]), 3),
    }


def middle_of(row: dict[str, str], sampling: dict[str, Sampling]) -> tuple[int, int]:
    name = row["machine"]
    scale = [OWN[name].pitch_mm[axis] / sampling[name].pitch_mm[axis] for axis in (0, 1)]
    return int((int(row["y0"]) + int(row["y1"])) / 2 * scale[0]), int((int(row["x0"]) + int(row["x1"])) / 2 * scale[1])


def main() -> None:
    arguments = argparse.ArgumentParser(description=__doc__)
    arguments.add_argument("--out", type=Path, required=True)
    folder = Path(os.environ.get("PANDOK_SHARED", "../shared")) / "data" / "xray_pairs"
    random = np.random.default_rng(SEED)
    rows = list(csv.DictReader((folder / "items.csv").open()))
    scans = {
        (bag, name): [
            cv2.imread(str(folder / f"bag{bag}_{name}_{energy}.png"), -1).astype(np.float32) / 60000
            for energy in ("low", "high")
        ]
        for bag in range(101, 106)
        for name in "AB"
    }
    done: dict[str, Any] = {}
    ways = {"own pitch": OWN, "A to B": dict.fromkeys("AB", OWN["B"])}
    ways["common"] = dict.fromkeys("AB", common_sampling(list(OWN.values())))
    for way, sampling in ways.items():
        ready = {key: [resampled(part, OWN[key[1]], sampling[key[1]]) for part in scan] for key, scan in scans.items()}
        planes = {key: told_plane(scan[0], scan[1], RESPONSES[key[1]]) for key, scan in ready.items()}
        seen: dict[tuple[str, str], dict[str, tuple[float, float]]] = {}
        for row in rows:
            y, x = middle_of(row, sampling)
            seen.setdefault((row["bag"], row["item"]), {})[row["machine"]] = of_window(
                planes[int(row["bag"]), row["machine"]], y, x
            )
        pairs = np.array([[one["A"], one["B"]] for one in seen.values() if len(one) == 2])
        f, spread = pairs[:, :, 0], pairs[:, :, 1]
        even = (spread <= ONE_MATERIAL * np.maximum(f, 1)).all(axis=1)
        done[f"f, the desk's material plane, {way}"] = summary(f, random)
        done[f"f, the desk's material plane, {way}, below metal on both"] = summary(f[(f < 1.5).all(axis=1)], random)
        done[f"f, the desk's material plane, {way}, one material in both windows"] = summary(f[even], random)
        for statistic in (np.mean, np.median):
            found: dict[tuple[str, str], dict[str, tuple[float, float, float]]] = {}
            for row in rows:
                name = row["machine"]
                y, x = middle_of(row, sampling)
                parts = [part[y - 4 : y + 5, x - 4 : x + 5].astype(np.float64) for part in ready[int(row["bag"]), name]]
                low, high = (float(statistic(part)) for part in parts)
                values = (
                    np.log(low) / np.log(high),
                    index(low, high, RESPONSES[name]),
                    index(low, high, RESPONSES["A"]),
                )
                found.setdefault((row["bag"], row["item"]), {})[name] = values
            both = np.array([[one["A"], one["B"]] for one in found.values() if len(one) == 2])
            key = f"{way}, {statistic.__name__} of T"
            done[f"R, {key}"] = summary(both[:, :, 0], random)
            done[f"f, own weights, {key}"] = summary(both[:, :, 1], random)
            done[f"f held to 1.5, own weights, {key}"] = summary(np.minimum(both[:, :, 1], 1.5), random)
            done[f"f, A's weights, {key}"] = summary(both[:, :, 2], random)
    unseen = []
    for kv, filters, front, copper, back in (
        (180, [Sheet("Al", 1.35), Sheet("Cu", 0.09)], Sheet("NaI", 0.13), 0.5, Sheet("CsI", 0.8)),
        (120, [Sheet("Al", 1.08)], Sheet("Gd2O2S", 0.06), 0.3, Sheet("Gd2O2S", 0.3)),
        (165, [Sheet("Al", 0.6), Sheet("Fe", 0.08)], Sheet("CsI", 0.08), 0.6, Sheet("CsI", 1.2)),
        (100, [Sheet("Al", 0.54)], Sheet("ZnSe", 0.15), 0.2, Sheet("CsI", 0.4)),
        (205, [Sheet("Cu", 0.45)], Sheet("Gd2O2S", 0.15), 1.0, Sheet("CdWO4", 2.0)),
        (150, [Sheet("Al", 2.0)], Sheet("Bi4Ge3O12", 0.12), 0.7, Sheet("Bi4Ge3O12", 1.0)),
    ):
        true = machine(kv, filters, front, copper, back)
        fitted = fitted_response(wedge_of(true, random)).response
        for of, amount in GOODS:
            low, high = (float(part) for part in true.behind(mass_attenuation(of, true.energies_kev), amount))
            right = index(low, high, true)
            unseen.append((right, index(low, high, fitted), index(low, high, RESPONSES["A"])))
    values = np.array(unseen)
    for name, column in (("after a step wedge", 1), ("as if machine A", 2)):
        off = np.abs(values[:, column] - values[:, 0])
        done[f"unseen machines, {name}"] = {
            "goods": len(off),
            "p50": round(float(np.nanmedian(off)), 4),
            "worst": round(float(np.nanmax(off)), 4),
        }
    write_result(arguments.parse_args().out, "Difference of the same goods between machines", SEED, done)
    for key, value in done.items():
        print(key, value)


if __name__ == "__main__":
    main()
