"""Question: how many things that must not be missed does the reading help point at, for how many false alarms?

    python -m benchmarks.xray_help --out benchmarks/results/xray_help.json [--cache FOLDER]

120 computed bags and parcels on both cabinets, seeds from 3,000,000, which neither training (from 1,000,000) nor
calibration (from 2,000,000) has seen; every third holds one thing of one of three classes. Rendered in pixels twice as
wide as the machines have, since the help averages to 2 mm in any case; kept as the product keeps them, read by the
shipped model through its functions. A place counts as a hit as at the desk: the middle of one box lies in the other.
Recall with the interval of Clopper and Pearson, one thing a bag.

Peer: a rule of thresholds on the same maps, as an image function of a console would have it: pixels with more than 1
g/cm² and a material index of .25 to .7 (powder) or over 1.5 (metal), pieces of 2 cm² and more, ranked by their mass. It
names no class: its recall by class is of any piece that points there.

What it does not show: real machines, scatter, things of other forms than the three that the generator draws, things
that somebody hid on purpose. "Unseen machine": 30 of these bags on a third one of other geometry, blur and noise.
"""

from __future__ import annotations

import argparse
import tempfile
from collections.abc import Callable
from dataclasses import dataclass, replace
from pathlib import Path
from time import process_time
from typing import Any

import cv2
import numpy as np

from benchmarks.machine import write_result
from pandok.demo.scans.coarse import coarse, seen
from pandok.demo.scans.machines import MACHINES, ScanMachine
from pandok.demo.scans.rendering import AIR_COUNTS
from pandok.demo.scans.scenes import Kind, Recipe, scene_of
from pandok.engines.scans.help_model import READER, open_help_model
from pandok.proof.shares import exact_interval
from pandok.readers.xray.help.maps import PITCH_MM, GoodsMaps, goods_maps
from pandok.readers.xray.help.reading import places_in
from pandok.readers.xray.physics.noise import Noise, noise_of_scan
from pandok.readers.xray.planes import transmission_levels, transmission_of

FIRST_SEED, BAGS, UNSEEN = 3_000_000, 120, 30
RATES = (0.05, 0.1, 0.25, 0.5, 1.0)
Box = tuple[int, int, int, int]


@dataclass(frozen=True)
class Found:
    """Places of a bag with their scores, and the one thing in it, if any."""

    places: list[tuple[Box, float]]
    thing: tuple[str, Box] | None


def machine_of(number: int, unseen: bool) -> ScanMachine:
    if not unseen:
        return coarse(MACHINES[("cabinet-1", "cabinet-2")[(number // 2) % 2]])
    base = coarse(MACHINES["cabinet-1"])
    scanner = replace(base.scanner, source_y=-120.0, first_y=base.scanner.first_y + 20)
    return replace(base, spectrum="cabinet-140kv", scanner=scanner, blur_px=0.8, quanta=(50_000.0, 32_000.0))


def planes_of(number: int, unseen: bool) -> tuple[np.ndarray, np.ndarray, tuple[str, Box] | None]:
    """(T_low, T_high) in levels as they are kept, and the thing."""
    kind: Kind = "bag" if number % 2 else "parcel"
    recipe = Recipe(kind, FIRST_SEED + number, threats=int(number % 3 == 0))
    scene, machine = scene_of(recipe), machine_of(number, unseen)
    low, high = (
        np.rint(part * AIR_COUNTS).clip(0, 65535) / AIR_COUNTS
        for part in seen(scene, machine, np.random.default_rng([recipe.seed, 6]))
    )
    thing = None
    for item in scene.threats:
        boxes = np.array([machine.scanner.pixel_box(part.mesh) for part in item.parts])
        x1, y1, x2, y2 = (int(one) for one in (*boxes[:, :2].min(axis=0), *boxes[:, 2:].max(axis=0)))
        thing = item.kind, (x1, y1, x2, y2)
    return transmission_levels(low), transmission_levels(high), thing


def maps_of(low: np.ndarray, high: np.ndarray, machine: ScanMachine) -> GoodsMaps:
    t_low, t_high = transmission_of(low), transmission_of(high)
    noise = noise_of_scan(t_high) or Noise(0.01)
    pitch = machine.scanner.pitch_y, machine.scanner.pitch_x
    return goods_maps(t_low, t_high, pitch, machine.response, noise.penetration_limit())


def by_rule(maps: GoodsMaps) -> list[tuple[Box, float]]:
    amount = np.where(maps.told, maps.basis.first + maps.basis.second, 0.0)
    with np.errstate(divide="ignore", invalid="ignore"):
        f = np.where(amount > 1.0, maps.basis.second / amount, 0.0)
    f = cv2.medianBlur(np.nan_to_num(np.clip(f, -1, 6)).astype(np.float32), 3)
    found = []
    for picked in ((f >= 0.25) & (f <= 0.7), f > 1.5):
        count, numbers, facts, _ = cv2.connectedComponentsWithStats(
            (picked & (amount > 1.0)).astype(np.uint8), connectivity=8
        )
        for number in range(1, count):
            x, y, wide, high, area = (int(one) for one in facts[number])
            if area * PITCH_MM**2 >= 200:
                down, right = maps.to_view
                box = int(x * right), int(y * down), int((x + wide) * right), int((y + high) * down)
                found.append((box, float(amount[numbers == number].sum())))
    return found


def touches(one: Box, other: Box) -> bool:
    def middle_in(box: Box, around: Box) -> bool:
        x, y = (box[0] + box[2]) / 2, (box[1] + box[3]) / 2
        return around[0] <= x <= around[2] and around[1] <= y <= around[3]

    return middle_in(one, other) or middle_in(other, one)


def best_score(bag: Found) -> float:
    """Of the places that point at the thing; −∞ where none does."""
    assert bag.thing is not None
    box = bag.thing[1]
    return max((score for place, score in bag.places if touches(place, box)), default=-np.inf)


def alarms(bags: list[Found]) -> np.ndarray:
    """Scores of the places that point at nothing, the highest first."""
    wrong = [
        score for bag in bags for place, score in bag.places if bag.thing is None or not touches(place, bag.thing[1])
    ]
    return np.sort(np.array(wrong))[::-1]


def share(hits: int, count: int) -> dict[str, Any]:
    interval = exact_interval(hits, count)
    return {
        "hits": hits,
        "of": count,
        "recall": round(hits / count, 3) if count else None,
        "interval_95": [round(one, 3) for one in interval] if interval else None,
    }


def recall_at(bags: list[Found], threshold: float) -> dict[str, Any]:
    best = [(bag.thing[0], best_score(bag)) for bag in bags if bag.thing is not None]
    kinds = sorted({kind for kind, _ in best})
    return {"all": share(sum(one >= threshold for _, one in best), len(best))} | {
        kind: share(sum(one >= threshold for k, one in best if k == kind), sum(k == kind for k, _ in best))
        for kind in kinds
    }


def curve(bags: list[Found]) -> dict[str, Any]:
    wrong = alarms(bags)
    told = {}
    for rate in RATES:
        most = int(rate * len(bags))
        # Just above the first alarm that would be one too many.
        threshold = np.nextafter(wrong[most], np.inf) if most < len(wrong) else -np.finfo(float).max
        told[f"{rate} false alarms a bag"] = recall_at(bags, float(threshold))
    return told


def calibration(bags: list[Found]) -> list[dict[str, Any]]:
    pairs = [
        (score, bag.thing is not None and touches(place, bag.thing[1])) for bag in bags for place, score in bag.places
    ]
    rows = []
    for low, high in ((0.0, 0.1), (0.1, 0.3), (0.3, 0.5), (0.5, 0.7), (0.7, 0.9), (0.9, 1.01)):
        inside = [(score, right) for score, right in pairs if low <= score < high]
        if inside:
            mean = float(np.mean([score for score, _ in inside]))
            rows.append(
                {
                    "from": low,
                    "places": len(inside),
                    "mean_score": round(mean, 3),
                    **share(sum(right for _, right in inside), len(inside)),
                }
            )
    return rows


def read_all(
    numbers: range, unseen: bool, cache: Path, read: Callable[..., list[tuple[Box, float]]]
) -> tuple[list[Found], list[Found], float]:
    helped, ruled, seconds = [], [], 0.0
    for number in numbers:
        path = cache / f"{number}-{unseen}.npz"
        if path.exists():
            with np.load(path, allow_pickle=False) as kept:
                low, high = kept["low"], kept["high"]
                kind, box = str(kept["kind"]), tuple(int(one) for one in kept["box"])
            thing: Any = (kind, box) if kind else None
        else:
            low, high, thing = planes_of(number, unseen)
            np.savez_compressed(
                path, low=low, high=high, kind=thing[0] if thing else "", box=thing[1] if thing else (0, 0, 0, 0)
            )
        begun = process_time()
        maps = maps_of(low, high, machine_of(number, unseen))
        places = read(maps, high.shape)
        seconds += process_time() - begun
        helped.append(Found(places, thing))
        ruled.append(Found(by_rule(maps), thing))
    return helped, ruled, seconds


def main() -> None:
    arguments = argparse.ArgumentParser(description=__doc__)
    arguments.add_argument("--out", type=Path, required=True)
    arguments.add_argument("--cache", type=Path)
    chosen = arguments.parse_args()
    cache = chosen.cache or Path(tempfile.mkdtemp())
    cache.mkdir(parents=True, exist_ok=True)
    model = open_help_model(READER, cache)

    def read(maps: GoodsMaps, shape: tuple[int, int]) -> list[tuple[Box, float]]:
        return [
            (one.box, one.score) for one in places_in(maps, model.shares, model.classes, model.curve, model.rule, shape)
        ]

    done: dict[str, Any] = {"model": model.title, "model_sha256": model.sha256}
    for name, numbers, unseen in (("both cabinets", range(BAGS), False), ("unseen machine", range(UNSEEN), True)):
        helped, ruled, seconds = read_all(numbers, unseen, cache, read)
        wrong = alarms(helped)
        done[name] = {
            "bags": len(helped),
            "things": sum(one.thing is not None for one in helped),
            "processor_s_a_scan": round(seconds / len(helped), 3),
            "shown at score 0.5": {
                **recall_at(helped, 0.5),
                "false_alarms_a_bag": round(float((wrong >= 0.5).sum()) / len(helped), 3),
            },
            "reading help": curve(helped),
            "thresholds (peer)": curve(ruled),
            "scores": calibration(helped),
        }
    write_result(chosen.out, "Recall of the reading help at false alarms a bag", FIRST_SEED, done)
    for key, value in done.items():
        print(key, value)


if __name__ == "__main__":
    main()
