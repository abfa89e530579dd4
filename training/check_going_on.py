"""Is training that was stopped the same as training that was not?

    python training/check_going_on.py --cache training/cache --out training/going_on.json

Trains twelve steps at once; and twelve steps in four calls, of which the second is killed between two checkpoints and
the third is asked to stop wherever it stands. Then weights, averages, the optimiser's state, torch's random numbers and
losses are compared to the last bit. Exit code 1 where they differ, or where nothing was killed or stopped.

The program, its steps and its domains are those of the real training; smaller are the pictures (64 pixels) and the
material (a few shards and photographs, linked from the cache), so that it takes minutes on one core.
"""

from __future__ import annotations

import argparse
import csv
import os
import signal
import subprocess
import sys
import tempfile
import time
from collections.abc import Callable
from pathlib import Path
from typing import Any

import torch
from batches import GARMENTS_KEPT_BACK, held_out, shards_of
from train_encoder import RENDERED

HERE = Path(__file__).resolve().parent
sys.path.insert(0, str(HERE.parent))

from benchmarks.machine import write_result  # noqa: E402  found by the path above

QUESTION = "Is training that was stopped at any moment the same as training that was not?"
STEPS, FIRST, SAVE_EVERY, SIDE_PX = 12, 3, 2, 64
KILL_FROM, STOP_FROM = 6, 8
LEAST_ARTICLES = 70
"""A domain takes part from sixty articles on."""
CLASSES, PHOTOGRAPHS, KEPT_BACK_PHOTOGRAPHS = 20, 60, 12
COMPARED = ("network", "average", "optimiser", "random")


def small_material(cache: Path, shared: Path, folder: Path) -> tuple[Path, Path]:
    """A cache and a shared folder with a little of everything, by links."""
    small_cache, small_shared = folder / "cache", folder / "shared"
    for what in RENDERED:
        articles = 0
        for shard in shards_of(cache, what, for_training=True):
            link = small_cache / shard.parent.name / shard.name
            link.parent.mkdir(parents=True, exist_ok=True)
            link.symlink_to(shard.resolve())
            articles += _articles(shard)
            if articles >= LEAST_ARTICLES:
                break
    for name in ("designs-packages", "designs-produce"):
        by_class: dict[str, int] = {}

        def chosen(row: dict[str, str], by_class: dict[str, int] = by_class) -> bool:
            design = row["design_id"]
            if design not in by_class and len(by_class) == CLASSES:
                return False
            by_class[design] = by_class.get(design, 0) + 1
            return by_class[design] <= 5

        _copied(shared, small_shared, f"data/{name}", "train.csv", chosen)
    count = {True: 0, False: 0}

    def few(row: dict[str, str]) -> bool:
        kept = held_out(row["path"], GARMENTS_KEPT_BACK)
        count[kept] += 1
        return count[kept] <= (KEPT_BACK_PHOTOGRAPHS if kept else PHOTOGRAPHS)

    _copied(shared, small_shared, "data/photos-clothing", "photos.csv", few)
    return small_cache, small_shared


def _copied(shared: Path, small: Path, where: str, table: str, chosen: Callable[[dict[str, str]], bool]) -> None:
    with open(shared / where / table, encoding="utf-8") as file:
        reader = csv.DictReader(file)
        fields, rows = list(reader.fieldnames or ()), [row for row in reader if chosen(row)]
    for row in rows:
        link = small / where / row["path"]
        link.parent.mkdir(parents=True, exist_ok=True)
        link.symlink_to((shared / where / row["path"]).resolve())
    with open(small / where / table, "w", encoding="utf-8", newline="") as file:
        writer = csv.DictWriter(file, fields)
        writer.writeheader()
        writer.writerows(rows)


def _articles(shard: Path) -> int:
    import numpy as np

    with np.load(shard) as stored:
        return len(set(stored["article"].tolist()))


class Training:
    """The training program over the small material."""

    def __init__(self, cache: Path, shared: Path):
        self._words = ["--cache", str(cache), "--shared", str(shared), "--threads", "1", "--side-px", str(SIDE_PX)]
        self._words += ["--save-every", str(SAVE_EVERY), "--validate-every", "1000"]

    def _call(self, run: Path, steps: int) -> list[str]:
        words = [*self._words, "--run", str(run), "--steps", str(steps)]
        return [sys.executable, str(HERE / "train_encoder.py"), *words]

    def until(self, run: Path, steps: int) -> None:
        subprocess.run(self._call(run, steps), check=True)

    def interrupted(self, run: Path, from_step: int, by: signal.Signals) -> tuple[int, int]:
        """Send the signal as soon as a checkpoint of `from_step` or later is there: its step, and the exit status."""
        process = subprocess.Popen(self._call(run, STEPS))
        while process.poll() is None and step_of(run) < from_step:
            time.sleep(0.1)
        process.send_signal(by)
        process.wait()
        return step_of(run), process.returncode


def step_of(run: Path) -> int:
    return int(state_of(run)["progress"]["step"])


def state_of(run: Path) -> dict[str, Any]:
    return dict(torch.load(run / "checkpoint.pt", weights_only=True))


def same(one: Any, other: Any) -> bool:
    if isinstance(one, torch.Tensor):
        return torch.equal(one, other)
    if isinstance(one, dict):
        return one.keys() == other.keys() and all(same(one[key], other[key]) for key in one)
    if isinstance(one, list):
        return len(one) == len(other) and all(same(a, b) for a, b in zip(one, other, strict=True))
    return bool(one == other)


def main() -> None:
    parser = argparse.ArgumentParser(description=QUESTION)
    parser.add_argument("--cache", type=Path, default=Path("training/cache"))
    parser.add_argument("--shared", type=Path, default=Path(os.environ.get("PANDOK_SHARED", "../shared")))
    parser.add_argument("--out", type=Path, default=HERE / "going_on.json")
    arguments = parser.parse_args()
    began = time.monotonic()
    with tempfile.TemporaryDirectory() as name:
        folder = Path(name)
        training = Training(*small_material(arguments.cache, arguments.shared, folder))
        whole, parts = folder / "whole", folder / "parts"
        training.until(whole, STEPS)
        training.until(parts, FIRST)
        killed_at, killed = training.interrupted(parts, KILL_FROM, signal.SIGKILL)
        stopped_at, stopped = training.interrupted(parts, STOP_FROM, signal.SIGTERM)
        training.until(parts, STEPS)
        one, other = state_of(whole), state_of(parts)
    found = {name: same(one[name], other[name]) for name in COMPARED}
    found["losses"] = same(one["progress"]["losses"], other["progress"]["losses"])
    happened = killed == -signal.SIGKILL and killed_at < STEPS and stopped == 0 and killed_at <= stopped_at < STEPS
    measured = {
        "torch": torch.__version__,
        "steps": STEPS,
        "domains": sorted(one["progress"]["losses"]),
        "calls": {"ended_at": FIRST, "killed_at_checkpoint": killed_at, "stopped_at": stopped_at, "went_on_to": STEPS},
        "same_to_the_last_bit": found,
        "minutes": round((time.monotonic() - began) / 60, 1),
    }
    write_result(arguments.out, QUESTION, 20261128, measured)
    print(measured)
    sys.exit(not (happened and all(found.values())))


if __name__ == "__main__":
    main()
