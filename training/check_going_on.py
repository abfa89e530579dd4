"""Is training that was stopped the same as training that was not?

Command: python training/check_going_on.py --cache training/cache
Trains six steps at once, and six steps in three calls of which one is killed between two checkpoints; then compares
weights, averages and the optimiser's state to the last bit. Exit code 1 where they differ.
"""

from __future__ import annotations

import argparse
import shutil
import subprocess
import sys
import tempfile
import time
from pathlib import Path
from typing import Any

import torch

HERE = Path(__file__).resolve().parent


def call(cache: Path, run: Path, *words: str) -> list[str]:
    common = ["--cache", str(cache), "--run", str(run), "--threads", "1", "--save-every", "2"]
    return [sys.executable, str(HERE / "train_encoder.py"), *common, "--validate-every", "1000", *words]


def same(one: Any, other: Any) -> bool:
    if isinstance(one, torch.Tensor):
        return torch.equal(one, other)
    if isinstance(one, dict):
        return one.keys() == other.keys() and all(same(one[key], other[key]) for key in one)
    if isinstance(one, list):
        return len(one) == len(other) and all(same(a, b) for a, b in zip(one, other, strict=True))
    return bool(one == other)


def main() -> None:
    parser = argparse.ArgumentParser()
    parser.add_argument("--cache", type=Path, default=Path("training/cache"))
    arguments = parser.parse_args()
    with tempfile.TemporaryDirectory() as folder:
        whole, parts = Path(folder) / "whole", Path(folder) / "parts"
        subprocess.run(call(arguments.cache, whole, "--steps", "6"), check=True)
        subprocess.run(call(arguments.cache, parts, "--steps", "2"), check=True)
        killed = subprocess.Popen(call(arguments.cache, parts, "--steps", "6"))
        while killed.poll() is None and torch.load(parts / "checkpoint.pt")["progress"]["step"] < 4:
            time.sleep(0.2)
        killed.kill()
        killed.wait()
        subprocess.run(call(arguments.cache, parts, "--steps", "6"), check=True)
        one, other = (torch.load(run / "checkpoint.pt", weights_only=True) for run in (whole, parts))
        shutil.rmtree(parts)
    for name in ("network", "average", "optimiser", "random"):
        print(name, "same" if same(one[name], other[name]) else "DIFFERENT")
    sys.exit(not all(same(one[name], other[name]) for name in ("network", "average", "optimiser", "random")))


if __name__ == "__main__":
    main()
