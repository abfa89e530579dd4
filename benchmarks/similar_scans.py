"""Consignments of one kind of goods, each on one of five machines, and how they are compared: for `xray_similar`.

Machines A to E are invented: two spectra, five geometries, pitches, blurs and noises, and the five palettes of the
shared folder. Every scene is seen by one machine only, so that no scene meets itself.
"""

from __future__ import annotations

from collections.abc import Callable
from dataclasses import dataclass, replace
from pathlib import Path

import cv2
import numpy as np
from numpy.typing import NDArray

from pandok.demo.scans.machines import MACHINES, ScanMachine
from pandok.demo.scans.rendering import AIR_COUNTS, seen_by
from pandok.demo.scans.scenes import consignment_of
from pandok.readers.xray.embedding import embedding
from pandok.readers.xray.physics.material import index_of
from pandok.readers.xray.physics.noise import Noise, noise_of_scan
from pandok.readers.xray.physics.solver import solve
from pandok.readers.xray.standard import StandardView

GOODS = (
    *(("bottle_of_liquid", one) for one in ("water", "spirits", "oil", "lotion")),
    *(("can", one) for one in ("fruit", "meat", "oil")),
    *(("bag_of_grains", one) for one in ("sugar", "salt", "rice", "coffee", "tablets")),
    *(("clothes", one) for one in ("cotton", "polyester")),
    *(("book", "paper"), ("shoe", "leather"), ("phone", "cell"), ("laptop", "cell"), ("power_bank", "cell")),
    *(("charger", "copper"), ("cable", "copper"), ("keys", "brass"), ("spanner", "steel"), ("cup", "ceramic")),
    *(("cosmetics", "lotion"), ("fruit", "fruit")),
)
LEFT_OUT = GOODS[3::4]
"""Kinds of goods that training/xray_embedding.py does not see."""


def machines() -> dict[str, ScanMachine]:
    one, two = MACHINES["cabinet-1"], MACHINES["cabinet-2"]

    def like(of: ScanMachine, name: str, y: float, z: float, pitch: float, **rest: float) -> ScanMachine:
        spread = (z + 90) / z
        rows = int(620 * spread / pitch)
        scanner = replace(
            of.scanner,
            rows=rows,
            columns=int(800 / pitch),
            pitch_x=pitch,
            pitch_y=pitch,
            source_y=y,
            source_z=z,
            first_y=y * (1 - spread) - rows * pitch / 2,
        )
        return replace(of, name=name, scanner=scanner, **rest)  # type: ignore[arg-type]

    return {
        "A": one,
        "B": two,
        "C": like(one, "C", -180.0, 900.0, 1.5, blur_px=0.8, quanta=(9_000.0, 6_000.0)),
        "D": like(two, "D", 0.0, 1200.0, 0.9, blur_px=1.1, quanta=(50_000.0, 30_000.0)),
        "E": like(one, "E", 220.0, 800.0, 1.2, blur_px=0.7, quanta=(18_000.0, 12_000.0)),
    }


@dataclass(frozen=True, eq=False)
class Seen:
    """One consignment on its machine: `view` on the standard scale, `picture` as the maker colours it."""

    goods: tuple[str, str]
    machine: str
    view: StandardView
    picture: NDArray[np.uint8]


def seen(goods: tuple[str, str], machine: str, seed: int, palette: NDArray[np.uint8]) -> Seen:
    random = np.random.default_rng([seed, 5])
    made = machines()[machine]
    kind = "parcel" if random.random() < 0.6 else "bag"
    scene = consignment_of(*goods, kind, seed, int(random.integers(4, 11)), int(random.integers(0, 4)))
    counts = seen_by(scene, made, random)
    low, high = (np.clip(one / np.float32(AIR_COUNTS), 1e-5, 1.05) for one in (counts.low, counts.high))
    if machine == "E":  # its belt runs the other way
        low, high = np.ascontiguousarray(low[:, ::-1]), np.ascontiguousarray(high[:, ::-1])
    basis = solve(low, high, made.response)
    noise = [noise_of_scan(one) or Noise(0.01) for one in (low, high)]
    index = index_of(basis, low, high, *noise)
    told = index.told & (high < 0.97)
    view = StandardView(
        "1",
        high,
        low,
        np.where(told, index.f, np.nan).astype(np.float32),
        (made.scanner.pitch_y, made.scanner.pitch_x),
    )
    root = np.rint(255 * np.sqrt(np.clip(high, 0, 1))).astype(np.uint8)
    with np.errstate(invalid="ignore"):
        f = np.nan_to_num(basis.second / (basis.first + basis.second), nan=0.0)
    column = np.rint(np.clip(f / 1.5, 0, 1) * 255).astype(np.uint8)
    return Seen(goods, machine, view, palette[root, column])


def palettes(shared: Path) -> dict[str, NDArray[np.uint8]]:
    found = {}
    for name in "ABCDE":
        folder = shared / "data" / ("xray_phantom" if name in "ABC" else "xray_pairs")
        read = cv2.imread(str(folder / f"palette_{name}_lut.png"))
        found[name] = np.ascontiguousarray(read[:, :, ::-1])
    return found


Described = NDArray[np.float32]


def of_densities(one: Seen) -> Described:
    found = embedding(one.view, machines()[one.machine].response)
    assert found is not None
    return found


def colour_histogram(picture: NDArray[np.uint8]) -> Described:
    """512 bins of red, green and blue, air left out; roots, so that inner products are Bhattacharyya's."""
    goods = picture.reshape(-1, 3)[picture.min(axis=2).ravel() < 235]
    found, _ = np.histogramdd(goods, bins=(8, 8, 8), range=[(0, 256)] * 3)
    return np.sqrt(found / max(found.sum(), 1)).ravel().astype(np.float32)


def cut(picture: NDArray[np.uint8]) -> NDArray[np.uint8]:
    """Its box of goods, grey."""
    grey = cv2.cvtColor(picture, cv2.COLOR_RGB2GRAY)
    rows, columns = np.flatnonzero((grey < 235).any(axis=1)), np.flatnonzero((grey < 235).any(axis=0))
    return np.asarray(grey[rows[0] : rows[-1] + 1, columns[0] : columns[-1] + 1], np.uint8)


def p_hash(picture: NDArray[np.uint8]) -> Described:
    """64 signs of a cosine transform, about the median (Zauner 2010), as ±1."""
    small = cv2.resize(cut(picture), (32, 32), interpolation=cv2.INTER_AREA).astype(np.float32)
    low = cv2.dct(small)[:8, :8].ravel()
    return np.where(low > np.median(low[1:]), 1, -1).astype(np.float32)


def d_hash(picture: NDArray[np.uint8]) -> Described:
    """64 signs of the step to the right neighbour, as ±1."""
    small = cv2.resize(cut(picture), (9, 8), interpolation=cv2.INTER_AREA).astype(np.int16)
    return np.where(np.diff(small, axis=1) > 0, 1, -1).ravel().astype(np.float32)


def standard_colours(one: Seen) -> NDArray[np.uint8]:
    from pandok.readers.xray.colour.standard import pseudo_colour

    return pseudo_colour(one.view.high, one.view.material)


METHODS: dict[str, Callable[[Seen], Described]] = {
    "densities (Pandok)": of_densities,
    "colour histogram, makers' colours": lambda one: colour_histogram(one.picture),
    "colour histogram, standard colours": lambda one: colour_histogram(standard_colours(one)),
    "pHash, makers' colours": lambda one: p_hash(one.picture),
    "dHash, makers' colours": lambda one: d_hash(one.picture),
    "pHash, standard colours": lambda one: p_hash(standard_colours(one)),
}
