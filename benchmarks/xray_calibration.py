"""Question: how well does air and dark calibration recover transmissions that are known?

    PANDOK_SHARED=../shared python -m benchmarks.xray_calibration --out benchmarks/results/xray_calibration.json

`xray_phantom`: 16-bit counts with dark, gain spread of 5 %, drift of 2 %, Poisson noise, a dead and a stuck channel; 74
flat regions whose transmission was computed. Of each region the inner part, 6 pixels from its rim. The worst is 20 mm
of steel in the low image, 68 counts above dark: it is the noise of these counts and of the dark image, not the formula.

What it does not show: scatter, afterglow, channels that respond unevenly; a real machine has all of them.
"""

from __future__ import annotations

import argparse
import csv
import os
from pathlib import Path
from time import process_time
from typing import Any

import cv2
import numpy as np

from benchmarks.machine import write_result
from pandok.readers.xray.physics.calibration import calibrated, measure_channels

RIM_PX = 6


def measured(folder: Path) -> dict[str, Any]:
    found: dict[str, Any] = {}
    regions = [row for row in csv.DictReader((folder / "regions.csv").open()) if not row["name"].startswith("disc")]
    for energy in ("low", "high"):
        scan, air, dark = (cv2.imread(str(folder / f"{name}_{energy}.png"), -1) for name in ("phantom", "air", "dark"))
        begun = process_time()
        done = calibrated(scan, measure_channels(dark, air))
        seconds = process_time() - begun
        errors = {}
        for row in regions:
            if row[f"T_{energy}"]:
                x, y, w, h = (int(row[key]) for key in "xywh")
                inner = done.transmission[y + RIM_PX : y + h - RIM_PX, x + RIM_PX : x + w - RIM_PX]
                errors[row["name"]] = abs(float(inner.mean(dtype=np.float64)) / float(row[f"T_{energy}"]) - 1)
        worst = max(errors, key=lambda name: errors[name])
        found[energy] = {
            "regions": len(errors),
            "median_error_percent": round(100 * float(np.median(list(errors.values()))), 4),
            "worst_error_percent": round(100 * errors[worst], 3),
            "worst_region": worst,
            "bad_channels": [f"{one.channel} {one.why}" for one in done.bad],
            "processor_s": round(seconds, 3),
        }
    return found


def main() -> None:
    arguments = argparse.ArgumentParser(description=__doc__)
    arguments.add_argument("--out", type=Path, required=True)
    shared = Path(os.environ.get("PANDOK_SHARED", "../shared"))
    done = measured(shared / "data" / "xray_phantom")
    write_result(arguments.parse_args().out, "Error of calibrated transmissions", 0, done)
    print(done)


if __name__ == "__main__":
    main()
