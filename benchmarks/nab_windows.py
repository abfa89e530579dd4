"""Question: how many labelled windows of NAB does the stream reader hit at a fixed budget of false alarms?

    PANDOK_SHARED=../shared python -m benchmarks.nab_windows --out benchmarks/results/nab_windows.json

58 streams, 116 windows, 2,282 stream-days; NAB's probation is left out. An alarm is raised where the score reaches the
threshold, and none within the next 144 points. A window is hit by an alarm that is raised in it; every other alarm is a
false episode. For each category the threshold is the lowest that keeps the budget on the *other* categories, so the
false episodes that really came differ from the budget and stand beside it. NAB's score (standard profile) by the same
rule, and with the best threshold of the whole corpus.

Peers in the same run: river's detectors, a robust z of 2,000 points (renewed each 20), Sub-PCA and POLY in forms that
know the past alone (refitted each 500 points on windows of 48; a cubic through 48 points asked for the next).
"""

from __future__ import annotations

import argparse
import csv
import json
import os
from collections.abc import Callable
from dataclasses import dataclass
from datetime import UTC, datetime
from pathlib import Path
from time import process_time
from typing import Any

import numpy as np
from river import anomaly, preprocessing
from scipy.special import expit

from benchmarks.machine import write_result
from pandok.readers.streetlights.streams import StreamBank

BUDGETS = (0.1, 0.03, 0.01, 0.003)
COOL_DOWN_POINTS = 144
FALSE_POSITIVE_WEIGHT = 0.11
WINDOW = 48


@dataclass(frozen=True)
class Stream:
    name: str
    at_s: np.ndarray
    value: np.ndarray
    windows: tuple[tuple[int, int], ...]

    @property
    def category(self) -> str:
        return self.name.split("/")[0]

    @property
    def probation(self) -> int:
        return min(int(0.15 * len(self.value)), 750)

    @property
    def days(self) -> float:
        return float(self.at_s[-1] - self.at_s[0]) / 86400


def streams(folder: Path) -> list[Stream]:
    found = []
    for name, windows in sorted(json.loads((folder / "combined_windows.json").read_text()).items()):
        with (folder / name).open(newline="") as file:
            rows = list(csv.reader(file))[1:]
        at_s = np.array([_seconds(row[0]) for row in rows])
        inside = tuple(
            (int(np.searchsorted(at_s, _seconds(first))), int(np.searchsorted(at_s, _seconds(last), side="right")) - 1)
            for first, last in windows
        )
        found.append(Stream(name, at_s, np.array([float(row[1]) for row in rows]), inside))
    return found


def _seconds(text: str) -> float:
    return datetime.fromisoformat(text).replace(tzinfo=UTC).timestamp()


def pandok(stream: Stream) -> np.ndarray:
    return StreamBank(1).read(np.zeros(len(stream.value), np.int64), stream.at_s, stream.value)


def robust_z(stream: Stream) -> np.ndarray:
    scores, middle, spread = np.zeros(len(stream.value)), 0.0, 1.0
    for at, value in enumerate(stream.value):
        if at % 20 == 0 and at >= 20:
            past = stream.value[max(0, at - 2000) : at]
            middle = float(np.median(past))
            # Where most values are equal the median deviation is nought: a part of the standard one is its floor (.6
            # was the best of 0, .1, .3 and .6 for this peer).
            spread = max(float(np.median(np.abs(past - middle))) * 1.4826, 0.6 * float(past.std())) + 1e-9
        scores[at] = abs(value - middle) / spread if at >= 20 else 0.0
    return scores


def sub_pca(stream: Stream) -> np.ndarray:
    value, scores = stream.value, np.zeros(len(stream.value))
    rows = np.lib.stride_tricks.sliding_window_view(value, WINDOW)
    for begin in range(max(stream.probation, WINDOW * 2), len(value), 500):
        past = rows[: begin - WINDOW + 1]
        middle, spread = past.mean(0), past.std(0) + 1e-9
        eigenvalues, vectors = np.linalg.eigh(np.cov(((past - middle) / spread).T))
        asked = rows[begin - WINDOW + 1 : min(begin + 500, len(value)) - WINDOW + 1]
        projected = ((asked - middle) / spread) @ vectors
        weighed = np.sqrt((projected**2 / np.maximum(eigenvalues, 1e-3)).sum(1))
        scores[begin : begin + len(weighed)] = weighed
    return scores


def poly(stream: Stream) -> np.ndarray:
    past = np.vander(np.arange(WINDOW), 4)
    weights = np.vander([WINDOW], 4) @ np.linalg.pinv(past)
    rows = np.lib.stride_tricks.sliding_window_view(stream.value, WINDOW)[:-1]
    error = np.abs(stream.value[WINDOW:] - rows @ weights[0])
    mean = np.cumsum(error) / np.arange(1, len(error) + 1)
    return np.concatenate(
        [np.zeros(WINDOW + 1), error[1:] / (mean[:-1] + 1e-9 + 1e-4 * np.abs(stream.value[WINDOW + 1 :]))]
    )


def of_river(make: Callable[[], Any], supervised: bool = False) -> Callable[[Stream], np.ndarray]:
    def scored(stream: Stream) -> np.ndarray:
        detector, scaler, scores = make(), preprocessing.MinMaxScaler(), np.zeros(len(stream.value))
        for at, value in enumerate(stream.value.tolist()):
            if supervised:
                scores[at] = detector.score_one(None, value)
                detector.learn_one(None, value)
            else:
                x = {"x": value}
                scaler.learn_one(x)
                scaled = scaler.transform_one(x)
                scores[at] = detector.score_one(scaled)
                detector.learn_one(scaled)
        return np.nan_to_num(np.abs(scores), posinf=1e6)

    return scored


READERS: dict[str, Callable[[Stream], np.ndarray]] = {
    "Pandok streams": pandok,
    "robust z, 2,000 points": robust_z,
    "Sub-PCA, past alone": sub_pca,
    "POLY, past alone": poly,
    "river StandardAbsoluteDeviation": of_river(anomaly.StandardAbsoluteDeviation, supervised=True),
    "river GaussianScorer": of_river(lambda: anomaly.GaussianScorer(window_size=2000), supervised=True),
    "river HalfSpaceTrees": of_river(lambda: anomaly.HalfSpaceTrees(n_trees=10, height=6, window_size=250, seed=1)),
}


def raised(scores: np.ndarray, threshold: float, probation: int) -> list[int]:
    over = np.flatnonzero(scores[probation:] >= threshold) + probation
    found: list[int] = []
    at = 0
    while at < len(over):
        found.append(int(over[at]))
        at = int(np.searchsorted(over, over[at] + COOL_DOWN_POINTS, side="right"))
    return found


def counted(stream: Stream, alarms: list[int]) -> tuple[int, int, float]:
    """Windows hit, false episodes, and NAB's raw score with the standard profile."""
    first: dict[int, int] = {}
    false, score = 0, 0.0
    for at in alarms:
        inside = next((k for k, (begin, end) in enumerate(stream.windows) if begin <= at <= end), None)
        if inside is not None:
            first.setdefault(inside, at)
            continue
        false += 1
        before = [one for one in stream.windows if one[1] < at]
        far = (at - before[-1][1]) / max(before[-1][1] - before[-1][0], 1) if before else 4.0
        score += FALSE_POSITIVE_WEIGHT * _sigmoid(far)
    for number, (begin, end) in enumerate(stream.windows):
        at_first = first.get(number)
        width = end - begin + 1
        score += -1.0 if at_first is None else _sigmoid(-(end - at_first + 1) / width) / _sigmoid(-1.0)
    return len(first), false, score


def _sigmoid(position: float) -> float:
    return -1.0 if position > 3 else float(2 * expit(-5 * position) - 1)


def measured(known: list[Stream], scored: list[np.ndarray]) -> dict[str, Any]:
    after = np.concatenate([one[stream.probation :] for stream, one in zip(known, scored, strict=True)])
    grid = np.unique(np.quantile(after[after > 0], 1 - np.geomspace(0.1, 1e-6, 60)))
    table = np.array(
        [
            [counted(stream, raised(one, threshold, stream.probation)) for threshold in grid]
            for stream, one in zip(known, scored, strict=True)
        ]
    )
    days = np.array([one.days for one in known])
    category = np.array([one.category for one in known])
    windows = sum(len(one.windows) for one in known)
    budgets = {}
    for budget in BUDGETS:
        hit = false = 0.0
        for one in sorted(set(category)):
            others, own = category != one, category == one
            rate = table[others, :, 1].sum(0) / days[others].sum()
            kept = np.flatnonzero(rate <= budget)
            at = kept[0] if len(kept) else len(grid) - 1
            hit += table[own, at, 0].sum()
            false += table[own, at, 1].sum()
        rate = table[:, :, 1].sum(0) / days.sum()
        kept = np.flatnonzero(rate <= budget)
        at = kept[0] if len(kept) else len(grid) - 1
        budgets[str(budget)] = {
            "windows_hit": int(hit),
            "false_a_stream_day": round(float(false / days.sum()), 4),
            "windows_hit_one_threshold": int(table[:, at, 0].sum()),
            "threshold": round(float(grid[at]), 4),
        }
    raw = table[:, :, 2]
    others_best = sum(
        float(raw[category == one, raw[category != one].sum(0).argmax()].sum()) for one in sorted(set(category))
    )
    return {
        "windows": windows,
        "budgets": budgets,
        "nab_score_best_threshold": round(50 * (float(raw.sum(0).max()) + windows) / windows, 1),
        "nab_score_other_categories": round(50 * (others_best + windows) / windows, 1),
    }


def main() -> None:
    parser = argparse.ArgumentParser(description=__doc__)
    parser.add_argument("--out", type=Path, required=True)
    shared = Path(os.environ.get("PANDOK_SHARED", "../shared"))
    known = streams(shared / "data" / "nab")
    rows: dict[str, Any] = {}
    chosen = parser.parse_args()
    points = sum(len(one.value) for one in known)
    pandok(known[0])
    for name, reader in READERS.items():
        begun = process_time()
        scored = [reader(one) for one in known]
        seconds = process_time() - begun
        rows[name] = {**measured(known, scored), "points_s_core": round(points / seconds)}
        print(name, rows[name], flush=True)
    write_result(
        chosen.out, "Windows of NAB hit at fixed budgets of false episodes", 1, {"points": points, "rows": rows}
    )


if __name__ == "__main__":
    main()
