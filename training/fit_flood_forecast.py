"""Fit the flood forecast on the floods before 2025 and write the shipped model.

    PANDOK_SHARED=../shared python training/fit_flood_forecast.py

Needs lightgbm (extra `training`). The recipe was chosen by two folds in order of time, fitted before and judged in the
first and the second half of 2024; they are measured again here and printed. The floods of 2025 are not read. Lines of
12 and 19 cm are asked beside the 15: three times the questions from the same water. The alarm threshold is that at
which 5 % of the floods of both folds that stay below the line alarm.
"""

from __future__ import annotations

import argparse
import os
from pathlib import Path
from typing import Any

import lightgbm
import numpy as np
from sklearn.metrics import average_precision_score, roc_auc_score

from benchmarks.floodnet import Flood, floods, judged
from pandok.core.model_card import MeasuredScore, ModelCard, ModelFile
from pandok.engines.encoders.model_store import sha256_of, write_card
from pandok.engines.streetlights.flood_model import save_trees
from pandok.readers.streetlights.flood.boosted_trees import BoostedTrees
from pandok.readers.streetlights.flood_forecast import LINE_CM, FloodForecast

FITTED_BEFORE = "2025"
FOLDS = (("2024-01", "2024-07"), ("2024-07", "2025"))
LINES_CM = (12.0, 15.0, 19.0)
ROUNDS = 300
FALSE_ALARM_RATE = 0.05
SEED = 1
RECIPE = {
    "objective": "binary",
    "learning_rate": 0.03,
    "num_leaves": 15,
    "min_child_samples": 200,
    "feature_fraction": 0.5,
    "bagging_fraction": 0.7,
    "bagging_freq": 1,
    "lambda_l2": 10.0,
    "use_missing": False,
    "deterministic": True,
    "force_row_wise": True,
    "num_threads": 1,
    "seed": SEED,
    "verbose": -1,
}
ABSENT = BoostedTrees(*(np.zeros(0, kind) for kind in (np.int32, float, np.int32, np.int32, float, np.int32)), depth=0)


def questions(folder: Path) -> tuple[np.ndarray, np.ndarray, np.ndarray, np.ndarray, list[Flood]]:
    """Features, answers, line and number of the flood for each minute and line before 2025; and the floods."""
    known = [one for one in floods(folder) if one.day < FITTED_BEFORE]
    number = {id(one): at for at, one in enumerate(known)}
    rows, answers, lines, of_flood = [], [], [], []
    for minute in judged(known, lambda tidal: FloodForecast(ABSENT, "0", tidal), max(LINES_CM)):
        state = minute.reader.known(minute.asked)
        if state is None:
            continue
        flood, places = state
        for line in LINES_CM:
            if flood.highest_cm < line:
                rows.append(flood.features(minute.asked.at_ms, line, minute.flood.tidal, places))
                answers.append(minute.flood.reaches_within(minute.minute, line))
                lines.append(line)
                of_flood.append(number[id(minute.flood)])
    return np.array(rows), np.array(answers), np.array(lines), np.array(of_flood), known


def fitted(rows: np.ndarray, answers: np.ndarray) -> lightgbm.Booster:
    return lightgbm.train(RECIPE, lightgbm.Dataset(rows, answers), ROUNDS)


def as_arrays(booster: lightgbm.Booster) -> BoostedTrees:
    """The booster's trees as rows of nodes."""
    feature: list[int] = []
    left: list[int] = []
    right: list[int] = []
    roots: list[int] = []
    threshold: list[float] = []
    value: list[float] = []
    deepest = 0

    def add(node: dict[str, Any], depth: int) -> int:
        nonlocal deepest
        at = len(feature)
        deepest = max(deepest, depth)
        leaf = "leaf_value" in node
        feature.append(-1 if leaf else node["split_feature"])
        threshold.append(0.0 if leaf else node["threshold"])
        value.append(node["leaf_value"] if leaf else 0.0)
        left.append(at)
        right.append(at)
        if not leaf:
            assert node["decision_type"] == "<="
            left[at] = add(node["left_child"], depth + 1)
            right[at] = add(node["right_child"], depth + 1)
        return at

    for tree in booster.dump_model()["tree_info"]:
        roots.append(add(tree["tree_structure"], 0))
    integers = (np.array(one, np.int32) for one in (feature, left, right, roots))
    of_node, to_left, to_right, first = integers
    return BoostedTrees(of_node, np.array(threshold), to_left, to_right, np.array(value), first, deepest)


def main() -> None:
    parser = argparse.ArgumentParser(description=__doc__)
    parser.add_argument("--out", type=Path, default=Path("src/pandok/models/pandok-flood"))
    parser.add_argument("--version", default="1.0.0")
    arguments = parser.parse_args()
    data = Path(os.environ.get("PANDOK_SHARED", "../shared")) / "data" / "floodnet_nyc"
    rows, answers, lines, of_flood, known = questions(data)
    day = np.array([one.day for one in known])[of_flood]
    reaching = np.array([one.reaches() for one in known])
    scores, quiet = [], []
    for begins, ends in FOLDS:
        asked = (day >= begins) & (day < ends) & (lines == LINE_CM)
        said = fitted(rows[day < begins], answers[day < begins]).predict(rows[asked])
        auroc, ap = roc_auc_score(answers[asked], said), average_precision_score(answers[asked], said)
        name = f"floodnet_nyc {begins} to before {ends}, fitted before {begins}"
        scores += [MeasuredScore(data_set=name, metric="AUROC", value=round(auroc, 4))]
        scores += [MeasuredScore(data_set=name, metric="average precision", value=round(ap, 4))]
        print(name, f"AUROC {auroc:.4f} AP {ap:.4f}")
        for one in np.unique(of_flood[asked]):
            if not reaching[one]:
                quiet.append(said[of_flood[asked] == one].max())
    alarm_at = float(np.quantile(quiet, 1 - FALSE_ALARM_RATE))
    print(f"alarm at {alarm_at:.4f}, of {len(quiet)} floods that stayed below")
    booster = fitted(rows, answers)
    trees = as_arrays(booster)
    some = rows[:: max(len(rows) // 500, 1)]
    assert np.allclose([trees.log_odds(row.tolist()) for row in some], booster.predict(some, raw_score=True), atol=1e-9)
    arguments.out.mkdir(parents=True, exist_ok=True)
    file = save_trees(arguments.out, trees, alarm_at)
    write_card(
        arguments.out,
        ModelCard(
            name="pandok-flood",
            version=arguments.version,
            task="will the water reach 15 cm within 15 minutes",
            files=(ModelFile(name=file.name, sha256=sha256_of(file), bytes=file.stat().st_size),),
            outputs=("probability",),
            dimensions=1,
            score_direction="none",
            licence="Apache-2.0",
            origin_of_weights="fitted by training/fit_flood_forecast.py (gradient-boosted trees), no other weights",
            training_data=(
                "floodnet_nyc: 1,226 street floods in New York before 2025 (NYC Open Data aq7i-eu5q, kb2e-tjy3). "
                "None of 2025."
            ),
            scores=tuple(scores),
            notes=(
                "A probability, higher is likelier; alarm_at in the file is the threshold at which 5 % of the floods "
                "of 2024 that stayed below 15 cm alarmed. Floods of one city: measure before use elsewhere."
            ),
        ),
    )
    print(f"{len(trees.feature)} nodes, {file.stat().st_size} bytes")


if __name__ == "__main__":
    main()
