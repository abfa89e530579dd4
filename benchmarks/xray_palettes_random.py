"""Question: is the reach around a JPEG's colours right for palettes that nobody looked at while choosing it?

    python -m benchmarks.xray_palettes_random --out benchmarks/results/xray_palettes_random.json

Palettes drawn at random: a hue that runs over two to five anchors or stands in three to six bands, brightness by √T
to a power of .7 to 1.6 above a dark end, saturation .4 to 1, falling or not towards light. Computed bags (half of a
scan each) in those colours, as JPEG of quality 85 by OpenCV, chroma subsampled; pixels with T_high < .94 that are not
rejected. The rule was set before the first run: the smallest reach of those tried whose intervals hold the truth in at
least 94 % of the pixels of every palette of the choosing half. The checking half is other palettes on other bags. The
palettes A to E are not looked at here: `benchmarks/xray_palettes.py` reports them.
"""

from __future__ import annotations

import argparse
from pathlib import Path
from typing import Any

import cv2
import numpy as np

from benchmarks.machine import write_result
from pandok.demo.scans.rendering import AIR_COUNTS, rendered
from pandok.demo.scans.scenes import Recipe
from pandok.readers.xray.colour import inversion
from pandok.readers.xray.colour.palette import MOST_F, palette_of_picture
from pandok.readers.xray.physics.solver import solve

SEED, SIDE = 31, 256
REACHES = (6.0, 8.0, 10.0)
WANTED = 0.94
CHOOSING, CHECKING = 6, 6


def drawn_table(random: np.random.Generator) -> np.ndarray:
    f, root = np.meshgrid(np.linspace(0, MOST_F, SIDE), np.linspace(0, 1, SIDE))
    anchors = int(random.integers(2, 6))
    hues = np.cumsum(np.append(random.uniform(0, 360), random.uniform(30, 110, anchors - 1) * random.choice([-1, 1])))
    if random.random() < 0.4:
        edges = np.sort(random.uniform(0.1, 1.2, anchors))
        hue = np.append(hues, hues[-1] + 70)[np.searchsorted(edges, f)]
    else:
        hue = np.interp(f, np.linspace(0, MOST_F, anchors), hues)
    dark = random.uniform(0, 0.08)
    light = dark + (1 - dark) * root ** random.uniform(0.7, 1.6)
    saturation = random.uniform(0.4, 1.0) * (1 - random.choice([0.0, 0.4]) * root)
    hls = np.stack([hue % 360, light, saturation], axis=-1).astype(np.float32)
    return np.rint(255 * np.clip(cv2.cvtColor(hls, cv2.COLOR_HLS2RGB), 0, 1)).astype(np.uint8)


def indices(seed: int) -> tuple[np.ndarray, np.ndarray]:
    """Columns and rows of the palette for half a bag, smoothed as consoles do."""
    made = rendered(Recipe("bag", seed), "cabinet-2")
    low, high = (np.maximum(part, 1).astype(np.float32)[:, ::2] / AIR_COUNTS for part in (made.low, made.high))
    basis = solve(low, high, made.machine.response)
    first, second = (cv2.blur(np.nan_to_num(part), (3, 3)) for part in (basis.first, basis.second))
    with np.errstate(all="ignore"):
        f = np.clip(np.nan_to_num(second / (first + second)), 0, MOST_F)
    last = SIDE - 1
    return np.rint(f / MOST_F * last).astype(np.intp), np.rint(np.sqrt(np.clip(high, 0, 1)) * last).astype(np.intp)


def covered(table: np.ndarray, column: np.ndarray, row: np.ndarray) -> dict[str, float]:
    picture = table[row, column]
    _, coded = cv2.imencode(".jpg", np.ascontiguousarray(picture[:, :, ::-1]), [cv2.IMWRITE_JPEG_QUALITY, 85])
    seen = np.ascontiguousarray(cv2.imdecode(coded, cv2.IMREAD_COLOR)[:, :, ::-1]).astype(np.uint8)
    found = inversion.invert(seen, palette_of_picture(table, "drawn"), compressed=True)
    f, t = column / (SIDE - 1) * MOST_F, (row / (SIDE - 1)) ** 2
    goods = t < 0.94
    kept = goods & ~found.rejected
    inside = (f >= found.f_low - 1e-6) & (f <= found.f_high + 1e-6)
    return {
        "covers": round(float(inside[kept].mean()), 4),
        "rejected": round(float(found.rejected[goods].mean()), 4),
        "width_p50": round(float(np.median((found.f_high - found.f_low)[kept])), 4),
    }


def main() -> None:
    arguments = argparse.ArgumentParser(description=__doc__)
    arguments.add_argument("--out", type=Path, required=True)
    out = arguments.parse_args().out
    shipped = inversion.REACH_DELTA_E
    done: dict[str, Any] = {"shipped_reach": shipped}
    parts = (("choosing", CHOOSING, SEED, REACHES), ("checking", CHECKING, SEED + 1, REACHES))
    for name, count, seed, reaches in parts:
        random = np.random.default_rng(seed)
        tables = [drawn_table(random) for _ in range(count)]
        places = [indices(seed * 100 + number) for number in range(count)]
        for reach in reaches:
            inversion.REACH_DELTA_E = reach
            inversion._grid.cache_clear()
            each = [covered(table, *place) for table, place in zip(tables, places, strict=True)]
            worst = min(one["covers"] for one in each)
            done[f"{name}, reach {reach:g}"] = {"worst_covers": worst, "palettes": each}
            print(name, reach, worst, each, flush=True)
    right = [reach for reach in REACHES if done[f"choosing, reach {reach:g}"]["worst_covers"] >= WANTED]
    done["reach_by_the_rule"] = right[0] if right else None
    write_result(out, "Coverage of f at JPEG quality 85 on palettes drawn at random", SEED, done)


if __name__ == "__main__":
    main()
