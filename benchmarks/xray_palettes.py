"""Question: do the intervals that a makers' colour leaves hold the true material index, and is its palette told?

    PANDOK_SHARED=../shared python -m benchmarks.xray_palettes --out benchmarks/results/xray_palettes.json

Palettes A to C of `xray_phantom` with their pictures and true indices, D and E of `xray_pairs` and two made here (F:
three hard bands; G: hue runs evenly, brightness by T to the power .7), laid on the same true indices of both phantom
bags; then the pictures of bags 101 to 105 in D and E, where the truth is the index of the 16-bit scan of the same bag,
noise included. Pixels with T_high < .94. "Nearest": one nearest colour in Lab, as is usual. JPEG by OpenCV, chroma
subsampled.

Recognition: each picture against all seven palettes, and against the six that are not its own, where it must be
refused. What it does not show: real makers' palettes, which are secret; scaled and sharpened screenshots.
"""

from __future__ import annotations

import argparse
import os
from pathlib import Path
from time import process_time
from typing import Any

import cv2
import numpy as np
from scipy.spatial import cKDTree

from benchmarks.machine import write_result
from pandok.core.errors import InputError
from pandok.readers.xray.colour.inversion import invert
from pandok.readers.xray.colour.lab import lab
from pandok.readers.xray.colour.palette import Palette, palette_of_picture
from pandok.readers.xray.colour.recognising import recognised
from pandok.readers.xray.physics.solver import solve
from pandok.readers.xray.physics.spectra import response_from_table

QUALITIES = (85, 60)


def read(path: Path) -> np.ndarray:
    return cv2.cvtColor(cv2.imread(str(path)), cv2.COLOR_BGR2RGB)


def jpeg(picture: np.ndarray, quality: int) -> np.ndarray:
    _, coded = cv2.imencode(".jpg", cv2.cvtColor(picture, cv2.COLOR_RGB2BGR), [cv2.IMWRITE_JPEG_QUALITY, quality])
    return cv2.cvtColor(cv2.imdecode(coded, cv2.IMREAD_COLOR), cv2.COLOR_BGR2RGB)


def own_tables() -> dict[str, np.ndarray]:
    f, s = np.meshgrid(np.linspace(0, 1.5, 256), np.linspace(0, 1, 256))
    bands = np.select([f < 0.22, f < 0.9], [28.0, 105.0], 232.0)
    made = {}
    for name, hue, value in (("F", bands, s), ("G", 20 + f / 1.5 * 210, s**1.4)):
        light = np.clip(0.04 + 0.96 * value, 0, 1)
        hls = np.stack([hue, light, np.full_like(f, 0.75)], axis=-1).astype(np.float32)
        made[name] = np.rint(255 * cv2.cvtColor(hls, cv2.COLOR_HLS2RGB)).astype(np.uint8)
    return made


def scored(picture: np.ndarray, palette: Palette, f: np.ndarray, t: np.ndarray, compressed: bool) -> dict[str, Any]:
    begun = process_time()
    found = invert(picture, palette, compressed)
    seconds = process_time() - begun
    goods = t < 0.94
    inside = (f >= found.f_low - 1e-6) & (f <= found.f_high + 1e-6)
    t_inside = (t >= found.t_low - 1e-6) & (t <= found.t_high + 1e-6)
    _, nearest = cKDTree(lab(palette.rgb)).query(lab(picture[goods]))
    one = palette.f.mean(axis=1)[nearest]
    kept = goods & ~found.rejected
    return {
        "covers_percent": round(100 * float(inside[kept].mean()), 2),
        "covers_t_percent": round(100 * float(t_inside[kept].mean()), 2),
        "rejected_percent": round(100 * float(found.rejected[goods].mean()), 2),
        "width_p50": round(float(np.median((found.f_high - found.f_low)[kept])), 4),
        "df_p50": round(float(np.median(np.abs(found.f - f)[kept])), 4),
        "df_p50_nearest": round(float(np.median(np.abs(one - f[goods]))), 4),
        "processor_s": round(seconds, 3),
    }


def main() -> None:
    arguments = argparse.ArgumentParser(description=__doc__)
    arguments.add_argument("--out", type=Path, required=True)
    data = Path(os.environ.get("PANDOK_SHARED", "../shared")) / "data"
    phantom, pairs = data / "xray_phantom", data / "xray_pairs"
    tables = {name: read(phantom / f"palette_{name}_lut.png") for name in "ABC"}
    tables |= {name: read(pairs / f"palette_{name}_lut.png") for name in "DE"} | own_tables()
    palettes = {name: palette_of_picture(table, name) for name, table in tables.items()}
    done: dict[str, Any] = {}
    pictures: list[tuple[str, str, np.ndarray]] = []
    for bag in ("bag", "true"):
        material, root = (
            cv2.imread(str(phantom / f"palette_index_{name}_{bag}.png"), -1) for name in ("material", "thigh")
        )
        f, t = material / 255 * 1.5, (root / 255.0) ** 2
        for name, palette in palettes.items():
            picture = tables[name][root, material]
            if name in "ABC":
                assert (picture == read(phantom / f"palette_{name}_{bag}.png")).all()
            pictures.append((f"{name} {bag}", name, picture))
            done[f"{name} {bag}"] = scored(picture, palette, f, t, compressed=False)
            for quality in QUALITIES:
                done[f"{name} {bag} JPEG {quality}"] = scored(jpeg(picture, quality), palette, f, t, compressed=True)
    table = (pairs / "spectrum.csv").read_text()
    for machine, name in (("A", "D"), ("B", "E")):
        response = response_from_table(table, f"w_low_{machine}", f"w_high_{machine}")
        for bag in range(101, 106):
            paths = [pairs / f"bag{bag}_{machine}_{energy}.png" for energy in ("low", "high")]
            low, high = (cv2.imread(str(path), -1).astype(np.float32) / 60000 for path in paths)
            basis = solve(low, high, response)
            with np.errstate(all="ignore"):
                f = np.clip(np.nan_to_num(basis.second / (basis.first + basis.second)), 0, 1.5)
            picture = read(pairs / f"bag{bag}_{machine}_palette_{name}.png")
            pictures.append((f"bag {bag} in {name}", name, picture))
            done[f"bag {bag} in {name}"] = scored(picture, palettes[name], f, high.astype(np.float64), compressed=False)
    for quality in (None, *QUALITIES):
        told = {"pictures": len(pictures), "right": 0, "wrong": 0, "refused": 0}
        unknown = {"pictures": len(pictures), "refused": 0, "accepted": 0}
        for _, name, picture in pictures:
            shown = jpeg(picture, quality) if quality else picture
            try:
                fit = recognised(shown, list(palettes.values()), compressed=quality is not None)
                told["right" if fit.palette.name == name else "wrong"] += 1
            except InputError:
                told["refused"] += 1
            try:
                others = [one for key, one in palettes.items() if key != name]
                recognised(shown, others, compressed=quality is not None)
                unknown["accepted"] += 1
            except InputError:
                unknown["refused"] += 1
        stored = f"JPEG {quality}" if quality else "without loss"
        done[f"palette told, {stored}"] = told
        done[f"palette not among the known, {stored}"] = unknown
    write_result(arguments.parse_args().out, "Intervals of f from makers' colours", 0, done)
    for key, value in done.items():
        print(key, value)


if __name__ == "__main__":
    main()
