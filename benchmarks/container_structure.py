"""Question: how many masses hidden in a container's structure stand out, at one false alarm in a hundred containers?

    python -m benchmarks.container_structure --out benchmarks/results/container_structure.json
    python -m benchmarks.container_structure --bank EMPTIES --clean FOLDER --hidden FOLDER --type 22G1 --out FILE

**Simulated**: computed empty containers with structure variation, 6 MV, without scatter. Bank: 30 containers of a
type; threshold: the 99th of 100 scores of clean containers that the bank does not hold (so few leave the rate of false
alarms uncertain: exact 95 % from 0 to 5 %); recall: 12 masses at each place, in containers that neither holds. Spreads
were chosen while looking at seeds below 5,000 alone. "bank": robust z of median and MAD. Peer, "mean image": the
darkest piece of ln T less the mean of the bank, on the same registered image and pieces, without any spread.

The second form is for an agency's own images: folders of standard transmissions (16-bit PNG or TIFF, air at 60,000).
"""

from __future__ import annotations

import argparse
from concurrent.futures import ProcessPoolExecutor
from pathlib import Path
from typing import Any

import cv2
import numpy as np

from benchmarks.machine import write_result
from pandok.demo.scans.container_structures import PLACES, structure_scan
from pandok.proof.shares import exact_interval
from pandok.readers.xray.containers.comparing import LOOKED_AT_MM, StructureBank, bank_of, compared
from pandok.readers.xray.containers.finding import NoContainer
from pandok.readers.xray.containers.kinds import kind_of
from pandok.readers.xray.containers.registering import PIXEL_MM

BANK, CLEAN, EACH = 30, 100, 12
WAYS = ("bank", "mean image")
THICK_MM = 100.0
FIRST_CLEAN, FIRST_HIDDEN = 100_000, 200_000
AIR = 60_000
RIM = 5
Scan = np.ndarray


def scores(scan: Scan, bank: StructureBank) -> dict[str, float]:
    """Of the product and of its peer, on the same registered image."""
    found = compared(scan, bank)
    side = round(LOOKED_AT_MM / PIXEL_MM) | 1
    plain = cv2.blur(found.image - bank.images.mean(axis=0), (side, side))[RIM:-RIM, RIM:-RIM]
    return {"bank": found.score, "mean image": max(0.0, -float(plain.min()))}


def recall(hits: int, count: int) -> dict[str, Any]:
    interval = exact_interval(hits, count)
    assert interval is not None
    return {
        "found": hits,
        "of": count,
        "recall": round(hits / count, 3),
        "interval_95": [round(x, 3) for x in interval],
    }


def simulated(code: str) -> dict[str, Any]:
    bank = bank_of([structure_scan(code, seed).high for seed in range(BANK)], kind_of(code))
    clean = [scores(structure_scan(code, FIRST_CLEAN + seed).high, bank) for seed in range(CLEAN)]
    limits = {way: float(np.quantile([one[way] for one in clean], 0.99)) for way in WAYS}
    found: dict[str, dict[str, Any]] = {}
    totals = dict.fromkeys(WAYS, 0)
    for number, place in enumerate(PLACES[code]):
        seeds = [FIRST_HIDDEN + 1000 * number + seed for seed in range(EACH)]
        hidden = [
            scores(structure_scan(code, seed, visit=1, place=place, thick_mm=THICK_MM).high, bank) for seed in seeds
        ]
        hits = {way: sum(one[way] > limits[way] for one in hidden) for way in WAYS}
        found[place] = {way: recall(count, EACH) for way, count in hits.items()}
        totals = {way: totals[way] + count for way, count in hits.items()}
    found["all places"] = {way: recall(count, EACH * len(PLACES[code])) for way, count in totals.items()}
    told = {"simulated": True, "bank": BANK, "clean": CLEAN, "limits": limits, "mass_depth_mm": THICK_MM}
    return told | {"recall at one false alarm in a hundred": found}


def of_an_agency(folders: dict[str, Path], code: str) -> dict[str, Any]:
    bank = bank_of(_scans(folders["bank"]), kind_of(code))
    values: dict[str, list[dict[str, float]]] = {"clean": [], "hidden": []}
    unread = 0
    for name, into in values.items():
        for scan in _scans(folders[name]):
            try:
                into.append(scores(scan, bank))
            except NoContainer:
                unread += 1
    if not values["clean"] or not values["hidden"]:
        raise SystemExit("no container was found in one of the folders")
    done: dict[str, Any] = {"simulated": False, "type": code, "clean": len(values["clean"]), "unread": unread}
    for way in WAYS:
        limit = float(np.quantile([one[way] for one in values["clean"]], 0.99))
        done[way] = recall(sum(one[way] > limit for one in values["hidden"]), len(values["hidden"])) | {"limit": limit}
    return done


def _scans(folder: Path) -> list[Scan]:
    found = []
    for path in sorted(folder.iterdir()):
        pixels = cv2.imread(str(path), cv2.IMREAD_UNCHANGED)
        if pixels is None or pixels.dtype != np.uint16 or pixels.ndim != 2:
            raise SystemExit(f"{path.name}: no 16-bit picture of one channel")
        found.append((pixels / np.float32(AIR)).astype(np.float32))
    return found


def main() -> None:
    arguments = argparse.ArgumentParser(description=__doc__)
    arguments.add_argument("--out", type=Path, required=True)
    for name in ("bank", "clean", "hidden"):
        arguments.add_argument(f"--{name}", type=Path)
    arguments.add_argument("--type", default="22G1")
    chosen = arguments.parse_args()
    folders = {name: getattr(chosen, name) for name in ("bank", "clean", "hidden")}
    if any(folders.values()):
        if not all(folders.values()):
            arguments.error("--bank, --clean and --hidden stand together")
        done = of_an_agency(folders, chosen.type)
    else:
        with ProcessPoolExecutor(2) as both:
            done = dict(zip(PLACES, both.map(simulated, PLACES), strict=True))
    write_result(chosen.out, "Masses hidden in the structure of containers", FIRST_CLEAN, done)
    for key, value in done.items():
        print(key, value)


if __name__ == "__main__":
    main()
