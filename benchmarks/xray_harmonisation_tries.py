"""Question: which treatment brings the same goods on two machines nearest to each other?

    PANDOK_SHARED=../shared python -m benchmarks.xray_harmonisation_tries --out FILE

Chosen apart from where it is tried. **Bags of our own**: 60 of 120 computed bags on two machines with the spectra,
pitches, blur, noise and geometry of A and B, 9 × 9 pixels at the middle of each box: every treatment on every sampling,
median |Δf| with a bootstrap over bags. The treatment that is best there on the sampling "A to B" is `chosen`: that rule
was written before any figure was seen. **xray_pairs** (82 items): all treatments once, with nothing learnt from them.

Treatments, of f (material index) in a window: `mean of T`, `median of T`: as the issue and its baseline. `desk`: the
material plane, median of what is told. `third material`: beyond aluminium the pixel is read as a mixture of aluminium
and iron instead of a negative amount of polyethylene, so that f of a metal depends no longer on its thickness: a table
of beam hardening for each machine. `weighted`: each pixel's f by the inverse of its own variance (noise of the scan's
air, slopes of the solver). `largest piece`: the middle of the narrowest half of f in the window: where an edge runs
through it, the larger side. `edges kept`: amounts after a filter that averages on one side of an edge alone (guided by
ln T_high). `matched`: after `desk`, B's f through the curve that lays quantiles of f of B on those of A, learnt on the
60 bags of our own that no figure is of. `third material, largest piece`: both.
"""

from __future__ import annotations

import argparse
import csv
import os
from collections.abc import Callable
from dataclasses import dataclass, replace
from pathlib import Path
from typing import Any

import cv2
import numpy as np

from benchmarks.machine import write_result
from benchmarks.xray_harmonisation import OWN, RESPONSES, told_plane
from pandok.demo.scans.machines import MACHINES
from pandok.demo.scans.rendering import AIR_COUNTS, seen_by
from pandok.demo.scans.scenes import Recipe, scene_of
from pandok.readers.xray.physics.attenuation import mass_attenuation
from pandok.readers.xray.physics.basis import DualResponse
from pandok.readers.xray.physics.harmonising import Sampling, common_sampling, resampled
from pandok.readers.xray.physics.noise import noise_of_scan
from pandok.readers.xray.physics.solver import solve

SEED, BAGS, HALF = 15, 120, 4
QUANTILES = np.linspace(0.01, 0.99, 60)
Plane = np.ndarray


@dataclass(frozen=True, eq=False)
class Seen:
    """One scan on one sampling. `middles`: row and column of the middle of each item's box, by the item."""

    machine: str
    low: Plane
    high: Plane
    middles: dict[str, tuple[float, float]]


def cabinet(name: str) -> Any:
    """A cabinet of the generator with the measures of A or B, which its own have but for the pitch."""
    model = MACHINES["cabinet-1" if name == "A" else "cabinet-2"]
    rows_mm, columns_mm = OWN[name].pitch_mm
    whole = model.scanner.rows * model.scanner.pitch_y
    scanner = replace(
        model.scanner, rows=round(whole / rows_mm), columns=int(800 / columns_mm), pitch_x=columns_mm, pitch_y=rows_mm
    )
    return replace(model, scanner=scanner)


def own_bag(seed: int) -> dict[str, Seen]:
    found = {}
    for number, name in enumerate("AB"):
        made = seen_by(
            scene_of(Recipe("bag", 10_000 + seed, threats=seed % 2)),
            cabinet(name),
            np.random.default_rng([seed, number, SEED]),
        )
        low, high = (part.astype(np.float32) / AIR_COUNTS for part in (made.low, made.high))
        middles = {
            str(at): ((one.box[1] + one.box[3]) / 2, (one.box[0] + one.box[2]) / 2) for at, one in enumerate(made.items)
        }
        found[name] = Seen(name, low, high, middles)
    return found


def pairs_bags(folder: Path) -> list[dict[str, Seen]]:
    rows = list(csv.DictReader((folder / "items.csv").open()))
    found = []
    for bag in range(101, 106):
        both = {}
        for name in "AB":
            low, high = (
                cv2.imread(str(folder / f"bag{bag}_{name}_{energy}.png"), -1).astype(np.float32) / 60000
                for energy in ("low", "high")
            )
            mine = [row for row in rows if int(row["bag"]) == bag and row["machine"] == name]
            middles = {
                row["item"]: ((int(row["y0"]) + int(row["y1"])) / 2, (int(row["x0"]) + int(row["x1"])) / 2)
                for row in mine
            }
            both[name] = Seen(name, low, high, middles)
        found.append(both)
    return found


def sampled(one: Seen, to: Sampling) -> Seen:
    own = OWN[one.machine]
    scale = [own.pitch_mm[axis] / to.pitch_mm[axis] for axis in (0, 1)]
    low, high = (resampled(part, own, to) for part in (one.low, one.high))
    middles = {name: (y * scale[0], x * scale[1]) for name, (y, x) in one.middles.items()}
    return Seen(one.machine, low, high, middles)


class Mixtures:
    """Pixels as mixtures: polyethylene and aluminium up to f = 1, aluminium and iron beyond. One for each machine."""

    def __init__(self, response: DualResponse):
        energies = response.energies_kev
        iron = mass_attenuation("Fe", energies)
        self.shares = np.concatenate([np.linspace(-0.4, 1, 57), np.linspace(1.02, 2.4, 70)])
        logs = np.linspace(np.log(3e-4), np.log(0.985), 160)
        amounts = np.exp(np.linspace(np.log(2e-3), np.log(90), 400))
        self.logs, self.table = logs, np.empty((len(self.shares), len(logs)))
        for row, share in enumerate(self.shares):
            below = (1 - share) * response.first + share * response.second
            beyond = (2 - share) * response.second + (share - 1) * iron
            low, high = response.behind(np.maximum(below if share <= 1 else beyond, 1e-4), amounts)
            with np.errstate(divide="ignore"):
                self.table[row] = np.interp(logs, np.log(high)[::-1], np.log(low)[::-1])
        # f of each mixture alone at 3 g/cm² on machine A: the same number on every machine.
        reference = RESPONSES["A"]
        mu = [
            (1 - share) * reference.first + share * reference.second
            if share <= 1
            else (2 - share) * reference.second + (share - 1) * mass_attenuation("Fe", reference.energies_kev)
            for share in self.shares
        ]
        low, high = np.array([[float(part) for part in reference.behind(np.maximum(one, 1e-4), 3.0)] for one in mu]).T
        basis = solve(low, high, reference)
        self.index = np.maximum.accumulate(basis.second / (basis.first + basis.second))

    def f(self, low: Plane, high: Plane) -> Plane:
        t_low, t_high = np.log(np.clip(low, 1e-5, 1.0)).ravel(), np.log(np.clip(high, 3e-4, 0.985)).ravel()
        place = (t_high - self.logs[0]) / (self.logs[1] - self.logs[0])
        left = np.clip(place.astype(int), 0, len(self.logs) - 2)
        weight = (place - left)[None]
        here = self.table[:, left] * (1 - weight) + self.table[:, left + 1] * weight
        found = np.array([np.interp(-one, -column, self.index) for one, column in zip(t_low, here.T, strict=True)])
        return found.reshape(np.shape(low))


def window(plane: Plane, at: tuple[float, float]) -> Plane:
    y, x = int(at[0]), int(at[1])
    return plane[y - HALF : y + HALF + 1, x - HALF : x + HALF + 1]


def narrowest_half(values: Plane) -> float:
    kept = np.sort(values[np.isfinite(values)])
    if kept.size < 0.25 * values.size or kept.size < 4:
        return float("nan")
    count = kept.size // 2
    widths = kept[count:] - kept[: kept.size - count]
    begin = int(np.argmin(widths))
    return float(np.median(kept[begin : begin + count + 1]))


def median_told(values: Plane) -> float:
    return float(np.nanmedian(values)) if np.isfinite(values).mean() >= 0.5 else float("nan")


def f_of(low: Plane, high: Plane, response: DualResponse) -> Plane:
    found = solve(low, high, response)
    with np.errstate(all="ignore"):
        return np.asarray(found.second / (found.first + found.second))


def of_planes(one: Seen, mixtures: dict[str, Mixtures]) -> dict[str, dict[str, float]]:
    """By treatment and item."""
    response = RESPONSES[one.machine]
    basis = solve(one.low, one.high, response)
    with np.errstate(all="ignore"):
        kept = [np.nan_to_num(part) for part in (basis.first, basis.second)]
        calm = [cv2.blur(part, (3, 3)) for part in kept]
        f3 = calm[1] / (calm[0] + calm[1])
        guide = np.log(np.clip(one.high, 1e-4, 1)).astype(np.float32)
        filtered = [guided(guide, part.astype(np.float32)) for part in kept]
        f_edges = filtered[1] / (filtered[0] + filtered[1])
    desk = told_plane(one.low, one.high, response)
    low3, high3 = (cv2.blur(part, (3, 3)) for part in (one.low, one.high))
    noises = noise_of_scan(one.low), noise_of_scan(one.high)
    found: dict[str, dict[str, float]] = {}

    def keep(treatment: str, item: str, value: float) -> None:
        found.setdefault(treatment, {})[item] = value

    for item, at in one.middles.items():
        low, high = window(one.low, at), window(one.high, at)
        if low.size != (2 * HALF + 1) ** 2:
            continue
        for statistic in (np.mean, np.median):
            one_low, one_high = (np.array([float(statistic(part))]) for part in (low, high))
            keep(f"{statistic.__name__} of T", item, float(f_of(one_low, one_high, response)[0]))
            keep(
                f"third material, {statistic.__name__} of T", item, float(mixtures[one.machine].f(one_low, one_high)[0])
            )
        keep("desk", item, median_told(window(desk, at)))
        keep("edges kept", item, median_told(window(f_edges, at)))
        keep("largest piece", item, narrowest_half(window(f3, at)))
        third = mixtures[one.machine].f(window(low3, at), window(high3, at))
        keep("third material, median of pixels", item, median_told(third))
        keep("third material, largest piece", item, narrowest_half(third))
        keep("weighted", item, weighted(basis, noises, low, high, at))
    return found


def weighted(basis: Any, noises: Any, low: Plane, high: Plane, at: tuple[float, float]) -> float:
    first, second = (window(part, at).astype(np.float64) for part in (basis.first, basis.second))
    slopes = window(basis.slopes.transpose(2, 3, 0, 1), at)
    with np.errstate(all="ignore"):
        total = first + second
        f = second / total
        by_first, by_second = -second / total**2, first / total**2
        share = [noise.of(t) / np.maximum(t, 1e-5) for noise, t in zip(noises, (low, high), strict=True)]
        variance = sum(((by_first * slopes[..., 0, k] + by_second * slopes[..., 1, k]) * share[k]) ** 2 for k in (0, 1))
        weights = np.where(np.isfinite(f) & (variance > 0), 1 / variance, 0)
    return float((weights * np.nan_to_num(f)).sum() / weights.sum()) if weights.sum() > 0 else float("nan")


def guided(guide: Plane, values: Plane, radius: int = 4, eps: float = 4e-4) -> Plane:
    """He, Sun and Tang 2010."""
    side = (2 * radius + 1, 2 * radius + 1)
    mean_g, mean_v = cv2.blur(guide, side), cv2.blur(values, side)
    variance = cv2.blur(guide * guide, side) - mean_g**2
    a = (cv2.blur(guide * values, side) - mean_g * mean_v) / (variance + eps)
    return np.asarray(cv2.blur(a, side) * guide + cv2.blur(mean_v - a * mean_g, side))


Values = dict[str, list[np.ndarray]]


def pairs_of(bags: list[dict[str, Seen]], sampling: dict[str, Sampling], mixtures: dict[str, Mixtures]) -> Values:
    """By treatment a list of one array (items, 2) for each bag."""
    found: Values = {}
    for bag in bags:
        values = {name: of_planes(sampled(bag[name], sampling[name]), mixtures) for name in "AB"}
        for treatment, of_a in values["A"].items():
            of_b = values["B"].get(treatment, {})
            both = [(one, of_b[item]) for item, one in of_a.items() if item in of_b]
            found.setdefault(treatment, []).append(np.array(both).reshape(-1, 2))
    return found


def told(bags: list[np.ndarray], random: np.random.Generator) -> dict[str, Any]:
    off = [np.abs(one[:, 0] - one[:, 1])[np.isfinite(one).all(axis=1)] for one in bags]
    every = np.concatenate(off)
    again = [
        float(np.median(np.concatenate([off[at] for at in random.integers(len(off), size=len(off))])))
        for _ in range(1000)
    ]
    low, high = np.quantile(again, [0.025, 0.975])
    return {
        "pairs": len(every),
        "of": sum(len(one) for one in bags),
        "p50": round(float(np.median(every)), 4),
        "p50_interval_95": [round(float(low), 4), round(float(high), 4)],
        "p90": round(float(np.quantile(every, 0.9)), 3),
    }


def matched(curve: tuple[np.ndarray, np.ndarray]) -> Callable[[np.ndarray], np.ndarray]:
    def laid(one: np.ndarray) -> np.ndarray:
        return np.stack([one[:, 0], np.interp(one[:, 1], curve[1], curve[0])], axis=1)

    return laid


def main() -> None:
    arguments = argparse.ArgumentParser(description=__doc__)
    arguments.add_argument("--out", type=Path, required=True)
    arguments.add_argument("--bags", type=int, default=BAGS)
    given = arguments.parse_args()
    folder = Path(os.environ.get("PANDOK_SHARED", "../shared")) / "data" / "xray_pairs"
    mixtures = {name: Mixtures(RESPONSES[name]) for name in "AB"}
    own, test = [own_bag(seed) for seed in range(given.bags)], pairs_bags(folder)
    ways = {"own pitch": OWN, "A to B": dict.fromkeys("AB", OWN["B"])}
    ways["common"] = dict.fromkeys("AB", common_sampling(list(OWN.values())))
    random = np.random.default_rng(SEED)
    done: dict[str, Any] = {"bags of our own": {}, "xray_pairs": {}}
    for way, sampling in ways.items():
        mine, theirs = pairs_of(own, sampling, mixtures), pairs_of(test, sampling, mixtures)
        learnt = given.bags // 2
        base = np.concatenate(mine["desk"][:learnt])
        base = base[np.isfinite(base).all(axis=1)]
        laid = matched((np.quantile(base[:, 0], QUANTILES), np.quantile(base[:, 1], QUANTILES)))
        for into in (mine, theirs):
            into["matched"] = [laid(one) for one in into["desk"]]
        done["bags of our own"][way] = {name: told(bags[learnt:], random) for name, bags in mine.items()}
        done["xray_pairs"][way] = {name: told(bags, random) for name, bags in theirs.items()}
    best = done["bags of our own"]["A to B"]
    done["chosen"] = min(best, key=lambda name: best[name]["p50"])
    done["chosen on xray_pairs"] = {way: done["xray_pairs"][way][done["chosen"]] for way in ways}
    write_result(given.out, "Which treatment brings the same goods on two machines nearest", SEED, done)
    for where in ("bags of our own", "xray_pairs"):
        for name in best:
            row = [done[where][way][name] for way in ways]
            print(f"{where:16} {name:34}", *(f"{one['p50']:.4f} {one['p50_interval_95']}" for one in row))
    print(done["chosen"])


if __name__ == "__main__":
    main()
