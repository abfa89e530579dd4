"""Question: do two amounts of basis materials give back both transmissions of every pixel, and how long does it take?

    PANDOK_SHARED=../shared python -m benchmarks.xray_solver --out benchmarks/results/xray_solver.json

`xray_phantom` and the ten scans of `xray_pairs`, pixels with T_high > .01. The residual is that of the whole spectrum
of 145 to 185 energies, computed apart from the solver. Peer: Newton for each pixel from a_PE = −ln T_H / .18, as first
published for this scan form, with the same limit of 40 steps. Seconds are processor time of one thread for a scan of
1,000 × 800 put together of bags, after the table was made; the table once a machine is timed by itself.

What it does not show: scatter; a machine whose spectrum is known only roughly.
"""

from __future__ import annotations

import argparse
import os
from pathlib import Path
from time import process_time
from typing import Any

import cv2
import numpy as np

from benchmarks.machine import write_result
from pandok.readers.xray.physics.basis import DualResponse
from pandok.readers.xray.physics.calibration import calibrated, measure_channels
from pandok.readers.xray.physics.newton import forward
from pandok.readers.xray.physics.nodes import all_nodes
from pandok.readers.xray.physics.solver import prepared, solve
from pandok.readers.xray.physics.spectra import response_from_table

Pair = tuple[np.ndarray, np.ndarray]


def residuals(pair: Pair, response: DualResponse) -> dict[str, Any]:
    low, high = pair
    found = solve(low, high, response)
    seen = high > 0.01
    first, second = (np.nan_to_num(part.astype(np.float64)) for part in (found.first, found.second))
    t_low, t_high = response.transmission(first, second)
    miss = np.maximum(np.abs(t_low / low - 1), np.abs(t_high / high - 1))
    kept = seen & ~found.marked
    return {
        "pixels": int(seen.sum()),
        "marked_percent": round(100 * float((seen & found.marked).sum() / seen.sum()), 5),
        "worst_residual_percent": round(100 * float(miss[kept].max()), 4),
        "median_residual_percent": round(100 * float(np.median(miss[kept])), 5),
    }


def plain_newton(pair: Pair, response: DualResponse, most: int = 20_000) -> dict[str, Any]:
    """Of goods pixels (T_high < .9), at most `most`: share that misses a thousandth, microseconds a pixel."""
    low, high = (part.ravel().astype(np.float64) for part in pair)
    at = np.flatnonzero((high > 0.01) & (high < 0.9) & (low > 0))
    at = np.random.default_rng(0).permutation(at)[:most]
    target = np.log(np.stack([low[at], high[at]]))
    nodes = all_nodes(response)
    begun = process_time()
    first, second = -target[1] / 0.18, np.zeros(len(at))
    with np.errstate(all="ignore"):
        for _ in range(40):
            logs, (a, b, c, d) = forward(first, second, nodes)
            miss = logs - target
            determinant = a * d - b * c
            one, two = (d * miss[0] - b * miss[1]) / determinant, (a * miss[1] - c * miss[0]) / determinant
            first, second = first - np.clip(one, -2, 2), second - np.clip(two, -2, 2)
    seconds = process_time() - begun
    failed = ~(np.abs(forward(first, second, nodes)[0] - target).max(axis=0) <= 1e-3)
    return {
        "failed_percent": round(100 * float(failed.mean()), 3),
        "microseconds_a_pixel": round(seconds / len(at) * 1e6, 1),
    }


def main() -> None:
    arguments = argparse.ArgumentParser(description=__doc__)
    arguments.add_argument("--out", type=Path, required=True)
    data = Path(os.environ.get("PANDOK_SHARED", "../shared")) / "data"
    folder = data / "xray_phantom"
    pair = []
    for energy in ("low", "high"):
        scan, air, dark = (cv2.imread(str(folder / f"{name}_{energy}.png"), -1) for name in ("phantom", "air", "dark"))
        pair.append(calibrated(scan, measure_channels(dark, air)).transmission)
    phantom = response_from_table((folder / "spectrum.csv").read_text())
    begun = process_time()
    prepared(phantom)
    done: dict[str, Any] = {"table_processor_s": round(process_time() - begun, 2)}
    done["phantom"] = residuals((pair[0], pair[1]), phantom)
    table = (data / "xray_pairs" / "spectrum.csv").read_text()
    for machine in "AB":
        response = response_from_table(table, f"w_low_{machine}", f"w_high_{machine}")
        bags = []
        for bag in range(101, 106):
            names = [data / "xray_pairs" / f"bag{bag}_{machine}_{energy}.png" for energy in ("low", "high")]
            low, high = (cv2.imread(str(name), -1).astype(np.float32) / 60000 for name in names)
            bags.append((low, high))
            done[f"bag {bag} {machine}"] = residuals((low, high), response)
        done[f"plain Newton {machine}"] = plain_newton(bags[0], response)
        whole = [np.tile(np.concatenate([bag[part] for bag in bags[:2]]), (2, 2))[:800, :1000] for part in (0, 1)]
        seconds = []
        for _ in range(5):
            begun = process_time()
            solve(whole[0], whole[1], response)
            seconds.append(process_time() - begun)
        done[f"1000 x 800 processor_s {machine}"] = {
            "median": round(float(np.median(seconds)), 3),
            "shape": whole[0].shape,
        }
    write_result(arguments.parse_args().out, "Residual and time of the basis solver", 0, done)
    print(done)


if __name__ == "__main__":
    main()
