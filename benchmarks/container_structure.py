"""Question: how many masses hidden in a container's structure stand out, at one false alarm in a hundred containers?

    python -m benchmarks.container_structure --out benchmarks/results/container_structure.json
    python -m benchmarks.container_structure --bank EMPTIES --clean FOLDER --hidden FOLDER --type 22G1 --out FILE

**Simulated**: computed empty containers with structure variation, 6 MV, without scatter. Bank: 30 containers of a type;
threshold: the 99th of 100 scores of clean containers that the bank does not hold, which one of those exceeds (so few make
the rate of false alarms itself uncertain: exact 95 % from 0 to 5 %); recall: 20 masses at each place, in containers
that neither holds. Spreads were chosen while looking at seeds below 5,000 alone. "bank": robust z of median and MAD.
Peer, "mean image": the darkest piece of ln T less the mean of the bank, on the corners alone: same raster and pieces, no
stretch moved along, no spread, never turned end for end; half of the scans are, so it sees more than it should.

The second form is for an agency's own images: folders of standard transmissions (16-bit PNG or TIFF, air at 60,000).
"""

from __future__ import annotations

import argparse
from collections.abc import Callable
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
from pandok.readers.xray.containers.registering import PIXEL_MM, on_raster

BANK, CLEAN, EACH = 30, 100, 20
THICK_MM = 100.0
FIRST_CLEAN, FIRST_HIDDEN = 100_000, 200_000
AIR = 60_000
RIM = 5
Scan = np.ndarray


def mean_image(bank: StructureBank) -> Callable[[Scan], float]:
    mean = bank.images.mean(axis=0)
    side = round(LOOKED_AT_MM / PIXEL_MM) | 1

    def score(scan: Scan) -> float:
        image = on_raster(scan, bank.kind)
        return max(0.0, -float(cv2.blur(image - mean, (side, side))[RIM:-RIM, RIM:-RIM].min()))

    return score


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
    peer = mean_image(bank)
    ways: dict[str, Callable[[Scan], float]] = {"bank": lambda scan: compared(scan, bank).score, "mean image": peer}
    clean = [structure_scan(code, FIRST_CLEAN + seed).high for seed in range(CLEAN)]
    limits = {way: float(np.quantile([score(one) for one in clean], 0.99)) for way, score in ways.items()}
    done: dict[str, Any] = {"simulated": True, "bank": BANK, "clean": CLEAN, "limits": limits}
    found: dict[str, dict[str, Any]] = {}
    totals = dict.fromkeys(ways, 0)
    for number, place in enumerate(PLACES[code]):
        seeds = [FIRST_HIDDEN + 1000 * number + seed for seed in range(EACH)]
        hidden = [structure_scan(code, seed, visit=1, place=place, thick_mm=THICK_MM).high for seed in seeds]
        hits = {way: sum(score(one) > limits[way] for one in hidden) for way, score in ways.items()}
        found[place] = {way: recall(count, EACH) for way, count in hits.items()}
        totals = {way: totals[way] + count for way, count in hits.items()}
    found["all places"] = {way: recall(count, EACH * len(PLACES[code])) for way, count in totals.items()}
    done[f"mass {THICK_MM:g} mm deep"] = found
    return done


def of_an_agency(folders: dict[str, Path], code: str) -> dict[str, Any]:
    scans = {name: list(_scans(folder)) for name, folder in folders.items()}
    bank = bank_of([scan for _, scan in scans["bank"]], kind_of(code))
    ways: dict[str, Callable[[Scan], float]] = {
        "bank": lambda scan: compared(scan, bank).score,
        "mean image": mean_image(bank),
    }
    done: dict[str, Any] = {"simulated": False, "bank": len(scans["bank"]), "type": code}
    for way, score in ways.items():
        values: dict[str, list[float]] = {"clean": [], "hidden": []}
        unread = 0
        for name, into in values.items():
            for _, scan in scans[name]:
                try:
                    into.append(score(scan))
                except NoContainer:
                    unread += 1
        if not values["clean"] or not values["hidden"]:
            raise SystemExit("no container was found in one of the folders")
        limit = float(np.quantile(values["clean"], 0.99))
        hits = sum(one > limit for one in values["hidden"])
        done[way] = recall(hits, len(values["hidden"])) | {
            "clean": len(values["clean"]),
            "limit": limit,
            "unread": unread,
        }
    return done


def _scans(folder: Path) -> list[tuple[str, Scan]]:
    found = []
    for path in sorted(folder.iterdir()):
        pixels = cv2.imread(str(path), cv2.IMREAD_UNCHANGED)
        if pixels is None or pixels.dtype != np.uint16 or pixels.ndim != 2:
            raise SystemExit(f"{path.name}: no 16-bit picture of one channel")
        found.append((path.name, (pixels / np.float32(AIR)).astype(np.float32)))
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
        done = {code: simulated(code) for code in PLACES}
    write_result(chosen.out, "Masses hidden in the structure of containers", FIRST_CLEAN, done)
    for key, value in done.items():
        print(key, value)


if __name__ == "__main__":
    main()
