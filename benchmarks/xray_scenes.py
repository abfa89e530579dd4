"""Question: how long does one generated scene take?

    python -m benchmarks.xray_scenes --out benchmarks/results/xray_scenes.json

Parcels and bags of about 1,000 × 800 pixels and containers of 1,240 × 700, two energies, blur, noise and truth;
processor seconds of one thread, after a first scene has compiled the loops and learnt the spectrum in few energies.
"""

from __future__ import annotations

import argparse
from pathlib import Path
from time import process_time
from typing import Any

import numpy as np

from benchmarks.machine import write_result
from pandok.demo.scans.declaring import declared
from pandok.demo.scans.rendering import rendered
from pandok.demo.scans.scenes import Recipe

WAYS = (("parcel", "cabinet-1"), ("bag", "cabinet-1"), ("bag", "cabinet-2"), ("container", "cargo-1"))
SCENES = 20


def main() -> None:
    arguments = argparse.ArgumentParser(description=__doc__)
    arguments.add_argument("--out", type=Path, required=True)
    done: dict[str, Any] = {}
    for kind, machine in WAYS:
        made = rendered(Recipe(kind, seed=999), machine)  # type: ignore[arg-type]
        seconds, items, faces = [], [], []
        for seed in range(SCENES):
            begun = process_time()
            made = rendered(Recipe(kind, seed=seed, threats=seed % 2), machine)  # type: ignore[arg-type]
            declared(made.scene)
            seconds.append(process_time() - begun)
            parts = [part for item in (made.scene.outer, *made.scene.items) for part in item.parts]
            faces.append(sum(len(part.mesh.faces) for part in parts))
            items.append(len(made.items))
        done[f"{kind} on {machine}"] = {
            "scenes": SCENES,
            "shape": made.high.shape,
            "items_median": float(np.median(items)),
            "faces_median": float(np.median(faces)),
            "processor_s_median": round(float(np.median(seconds)), 3),
            "processor_s_worst": round(max(seconds), 3),
        }
    write_result(arguments.parse_args().out, "Processor time of a generated scene", 0, done)
    print(done)


if __name__ == "__main__":
    main()
