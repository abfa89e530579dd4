"""Question: can a program tell a composed threat from one that was simulated together with its bag?

    python -m benchmarks.projection_realism --bags 240 --out benchmarks/results/projection_realism.json

Realism as far as a program sees it; nothing here says what people see. Computed bags of the academy's generator:
"joint" is the bag scanned with the article in it, "composed" the bag scanned without it and the article projected
into it by the product's own path (noise and blur of the machine included), "product" the same with both transmissions
multiplied, the noise left out as the rule does. Each has noise of its own. Crops around the article (its box and a
margin), both energies.

Classifiers: gradient-boosted trees and logistic regression on about 60 features of a crop (levels, ratios of both
energies, noise within and around the box and between energies, edges), ten folds in which no bag
stands on both sides; the larger AUC of the two counts. Its interval: bootstrap over bags. Goal: composed ≤ .55 with
an upper bound of .60; the product rule, as a positive control, ≥ .80, else the test has no power.
"""

from __future__ import annotations

import argparse
from dataclasses import replace
from pathlib import Path
from typing import Any

import cv2
import numpy as np
from sklearn.ensemble import HistGradientBoostingClassifier
from sklearn.linear_model import LogisticRegression
from sklearn.model_selection import GroupKFold
from sklearn.pipeline import make_pipeline
from sklearn.preprocessing import StandardScaler

from benchmarks.machine import write_result
from pandok.core.errors import InputError
from pandok.demo.scans.articles import KINDS, article
from pandok.demo.scans.training import TRAINING_MACHINES, bags_of, placed_in, scene_with
from pandok.proof.clustered_areas import placements
from pandok.readers.xray.lessons.composing import composed

SEED, MARGIN_PX, ROUNDS = 900, 10, 2000
Plane = np.ndarray
Box = tuple[int, int, int, int]


def triples(bags: int) -> list[tuple[int, dict[str, Plane]]]:
    """(bag, {"joint", "composed", "product"}: features), of the first view; a bag without a place is left out."""
    found: list[tuple[int, dict[str, Plane]]] = []
    number = -1
    while len(found) < bags:
        number += 1
        kind, machine = KINDS[number % len(KINDS)], TRAINING_MACHINES[number // len(KINDS) % len(TRAINING_MACHINES)]
        packed = scene_with(article(kind.name, number % 24), "bag" if number % 2 else "parcel", SEED + number)
        if packed is None:
            continue
        scene, lies = packed
        random = np.random.default_rng([SEED, number])
        empty = bags_of(scene, machine, random)
        try:
            placed = placed_in(lies, scene, machine)
            put = composed(empty, [placed], random).views[0]
        except (InputError, ValueError):
            continue
        whole = bags_of(replace(scene, items=(lies, *scene.items)), machine, random)[0]
        other = bags_of(scene, machine, random)[0]
        product = _product(other, placed[0])
        planes = {"joint": (whole.low, whole.high), "composed": (put.low, put.high), "product": product}
        found.append((number, {way: features(*pair, put.box) for way, pair in planes.items()}))
    return found


def _product(bag: Any, placed: Any) -> tuple[Plane, Plane]:
    low, high = bag.low.copy(), bag.high.copy()
    alone = bag.response.transmission(placed.item.first, placed.item.second)
    rows, columns = placed.item.shape
    top, left = max(0, placed.top), max(0, placed.left)
    bottom, right = min(low.shape[0], placed.top + rows), min(low.shape[1], placed.left + columns)
    here = np.s_[top:bottom, left:right]
    of_item = np.s_[top - placed.top : bottom - placed.top, left - placed.left : right - placed.left]
    low[here] *= np.asarray(alone[0], np.float32)[of_item]
    high[here] *= np.asarray(alone[1], np.float32)[of_item]
    return low, high


def features(low: Plane, high: Plane, box: Box) -> Plane:
    """60 or so numbers of one crop."""
    left, top, right, bottom = box
    rows, columns = low.shape
    y0, y1, x0, x1 = (
        max(0, top - MARGIN_PX),
        min(rows, bottom + MARGIN_PX),
        max(0, left - MARGIN_PX),
        min(columns, right + MARGIN_PX),
    )
    inside = np.zeros((y1 - y0, x1 - x0), bool)
    inside[top - y0 : bottom - y0, left - x0 : right - x0] = True
    logs = [-np.log(np.clip(one[y0:y1, x0:x1], 1e-4, None)).astype(np.float32) for one in (low, high)]
    noise = [one[y0:y1, x0:x1] - cv2.medianBlur(np.ascontiguousarray(one[y0:y1, x0:x1]), 3) for one in (low, high)]
    ratio = logs[0] / np.maximum(logs[1], 0.02)
    told: list[float] = []
    for one in (*logs, ratio):
        told += [float(v) for v in np.percentile(one[inside], [2, 10, 25, 50, 75, 90, 98])]
        told += [float(one[inside].std()), float(one[~inside].mean()) if (~inside).any() else 0.0]
    for one in noise:
        for where in (inside, ~inside):
            told += [float(one[where].std()), float(np.abs(one[where]).mean())] if where.any() else [0.0, 0.0]
    told.append(float(np.corrcoef(noise[0][inside], noise[1][inside])[0, 1]) if inside.sum() > 9 else 0.0)
    # Noise against transmission: what is missing shows where little comes through.
    for one, plane in zip(noise, (low, high), strict=True):
        part = plane[y0:y1, x0:x1][inside]
        dark = part < np.median(part)
        spread = one[inside]
        told += [float(spread[dark].std()) if dark.any() else 0.0, float(spread[~dark].std())]
    # How both energies go together, by thickness.
    thick = logs[1][inside]
    for lower, upper in ((0.05, 0.3), (0.3, 0.8), (0.8, 1.6), (1.6, 3.0)):
        chosen = (thick >= lower) & (thick < upper)
        told += (
            [float(np.median(ratio[inside][chosen])), float(ratio[inside][chosen].std())]
            if chosen.sum() > 8
            else [0.0, 0.0]
        )
    gradient = np.hypot(cv2.Sobel(logs[1], cv2.CV_32F, 1, 0), cv2.Sobel(logs[1], cv2.CV_32F, 0, 1))
    told += [float(v) for v in np.percentile(gradient[inside], [50, 90, 99])]
    return np.nan_to_num(np.array(told))


def told_apart(rows: list[tuple[int, dict[str, Plane]]], way: str) -> dict[str, Any]:
    x = np.array([kinds[one] for _, kinds in rows for one in ("joint", way)])
    y = np.tile([False, True], len(rows))
    bags = np.repeat([number for number, _ in rows], 2)
    scores = {}
    models = {
        "trees": HistGradientBoostingClassifier(max_iter=150, learning_rate=0.06, random_state=1),
        "logistic": make_pipeline(StandardScaler(), LogisticRegression(C=0.1, max_iter=2000)),
    }
    for name, model in models.items():
        told = np.empty(len(y))
        for learn, test in GroupKFold(10).split(x, y, bags):
            told[test] = model.fit(x[learn], y[learn]).predict_proba(x[test])[:, 1]
        scores[name] = told
    areas = {name: placements(told, y)[1] for name, told in scores.items()}
    best = max(areas, key=lambda name: areas[name])
    random = np.random.default_rng(SEED)
    drawn = []
    for _ in range(ROUNDS):
        chosen = random.integers(0, len(rows), len(rows))
        index = np.stack([2 * chosen, 2 * chosen + 1], axis=1).ravel()
        drawn.append(placements(scores[best][index], y[index])[1])
    low, high = np.percentile(drawn, [2.5, 97.5])
    return {
        "auc": round(float(areas[best]), 3),
        "interval_95": [round(float(low), 3), round(float(high), 3)],
        "by": {name: round(float(area), 3) for name, area in areas.items()},
    }


def main() -> None:
    arguments = argparse.ArgumentParser(description=__doc__)
    arguments.add_argument("--bags", type=int, default=240)
    arguments.add_argument("--out", type=Path, required=True)
    chosen = arguments.parse_args()
    rows = triples(chosen.bags)
    measured: dict[str, Any] = {"bags": len(rows), "features": len(rows[0][1]["joint"])}
    for way in ("composed", "product"):
        measured[way] = told_apart(rows, way)
        print(way, measured[way], flush=True)
    write_result(chosen.out, "Composed threats told from jointly simulated ones by a program", SEED, measured)


if __name__ == "__main__":
    main()
