"""Question: how well is "15 cm within 15 minutes" told, minute by minute, by the flood forecast and its peers?

    PANDOK_SHARED=../shared python -m benchmarks.flood_forecast --out benchmarks/results/flood_forecast.json

`floodnet_nyc`, by default the floods of the first half of 2025; `--data`, `--from` and `--until` judge others. Each
minute of a flood's first four hours is judged until the line is reached, with what was measured by then. Pandok is the
shipped model through the reader itself, which learns each place's earlier floods. Peers: the depth now; the rise over
the last ten minutes going on; ten of the features with scikit-learn's gradient boosting, fitted on the same floods
before 2025.

Floods: the threshold is set so that 5 % of the floods that stay below the line alarm; counted are the floods that reach
it and were warned, and those warned at least five minutes before. `at_shipped_threshold` is what the reader really
does, with the threshold that was chosen on 2024. Intervals: 95 %, bootstrap by flood.
"""

from __future__ import annotations

import argparse
import os
from collections import defaultdict
from pathlib import Path
from time import process_time
from typing import Any

import numpy as np
from sklearn.ensemble import HistGradientBoostingClassifier
from sklearn.metrics import average_precision_score, roc_auc_score

from benchmarks.floodnet import JUDGED_MIN, Flood, floods, judged
from benchmarks.machine import write_result
from pandok.engines.encoders.model_store import SHIPPED, load_card
from pandok.engines.streetlights.flood_model import FloodModel, open_flood_model
from pandok.readers.streetlights.flood.so_far import NAMES
from pandok.readers.streetlights.flood_forecast import AHEAD_MIN, LINE_CM

FITTED_BEFORE = "2025"
FALSE_ALARM_RATE = 0.05
AHEAD_LEAST_MIN = 5
SEED = 0
RESAMPLES = 500
TEN = (
    "depth_cm", "highest_cm", "minutes", "rise_1_min_cm", "rise_3_min_cm", "rise_5_min_cm", "rise_10_min_cm",
    "rise_20_min_cm", "age_s", "deviation_10_min_cm",
)  # fmt: skip


class Asked:
    """The judged minutes of a set of floods, with each one's answer and features."""

    def __init__(self, all_floods: list[Flood], begins: str, until: str, model: FloodModel, score: bool = True):
        self.floods: list[Flood] = []
        self.minute, self.of, self.answer, rows, said = [], [], [], [], []
        begun = process_time()
        for one in judged(all_floods, model.reader):
            if not begins <= one.flood.day < until:
                continue
            if not self.floods or self.floods[-1] is not one.flood:
                self.floods.append(one.flood)
            state = one.reader.known(one.asked)
            said.append((one.reader.score_one(one.asked) or 0.0) if score else 0.0)
            rows.append(
                state[0].features(one.asked.at_ms, LINE_CM, one.flood.tidal, state[1]) if state else [0.0] * len(NAMES)
            )
            self.minute.append(one.minute)
            self.of.append(len(self.floods) - 1)
            self.answer.append(one.flood.reaches_within(one.minute))
        self.seconds = process_time() - begun
        self.rows, self.said = np.array(rows), np.array(said)
        self.answers, self.flood_of = np.array(self.answer), np.array(self.of)

    def column(self, name: str) -> np.ndarray:
        return self.rows[:, NAMES.index(name)]


def by_flood(asked: Asked, scores: np.ndarray, threshold: float | None = None) -> dict[str, Any]:
    highest: dict[int, float] = defaultdict(lambda: -np.inf)
    for of, score in zip(asked.flood_of, scores, strict=True):
        highest[of] = max(highest[of], score)
    quiet = sorted((highest[of] for of, one in enumerate(asked.floods) if not one.reaches()), reverse=True)
    # Alarms are scores above the threshold: of n quiet floods, at most 5 % lie above this one.
    chosen = quiet[int(FALSE_ALARM_RATE * len(quiet))] if threshold is None else threshold
    first: dict[int, int] = {}
    for of, minute, score in zip(asked.flood_of, asked.minute, scores, strict=True):
        if score > chosen:
            first.setdefault(of, minute)
    reaching = [of for of, one in enumerate(asked.floods) if one.reaches()]
    ahead = [asked.floods[of].minute_of_line() - first[of] for of in reaching if of in first]
    return {
        "threshold": round(float(chosen), 4),
        "reach_the_line": len(reaching),
        "warned": len(ahead),
        "warned_5_min_ahead": sum(bool(one >= AHEAD_LEAST_MIN) for one in ahead),
        "median_min_ahead": round(float(np.median(ahead)), 1) if ahead else None,
        "stay_below": len(quiet),
        "false_alarms": sum(bool(one > chosen) for one in quiet),
    }


def measured(asked: Asked, scores: np.ndarray) -> dict[str, Any]:
    random = np.random.default_rng(SEED)
    index = [np.flatnonzero(asked.flood_of == of) for of in range(len(asked.floods))]
    drawn = []
    for _ in range(RESAMPLES):
        rows = np.concatenate([index[of] for of in random.integers(0, len(index), len(index))])
        if asked.answers[rows].any():
            drawn.append(_both(asked.answers[rows], scores[rows]))
    low, high = np.quantile(drawn, [0.025, 0.975], axis=0)
    auroc, ap = _both(asked.answers, scores)
    return {
        "auroc": round(auroc, 4),
        "auroc_interval": [round(low[0], 4), round(high[0], 4)],
        "average_precision": round(ap, 4),
        "average_precision_interval": [round(low[1], 4), round(high[1], 4)],
        "floods": by_flood(asked, scores),
    }


def _both(answers: np.ndarray, scores: np.ndarray) -> tuple[float, float]:
    return float(roc_auc_score(answers, scores)), float(average_precision_score(answers, scores))


def main() -> None:
    parser = argparse.ArgumentParser(description=__doc__)
    parser.add_argument("--out", type=Path, required=True)
    shared = Path(os.environ.get("PANDOK_SHARED", "../shared"))
    parser.add_argument("--data", type=Path, default=shared / "data" / "floodnet_nyc")
    parser.add_argument("--from", dest="begins", default="2025-01")
    parser.add_argument("--until", default="2025-07")
    chosen = parser.parse_args()
    known = floods(chosen.data)
    model = open_flood_model(load_card(SHIPPED / "pandok-flood" / "card.json"))
    before = Asked([one for one in known if one.day < FITTED_BEFORE], "", FITTED_BEFORE, model, score=False)
    asked = Asked(known, chosen.begins, chosen.until, model)
    ten = [NAMES.index(name) for name in TEN]
    boosting = HistGradientBoostingClassifier(random_state=SEED).fit(before.rows[:, ten], before.answers)
    depth = asked.column("depth_cm")
    rows = {
        "Pandok flood-forecast": measured(asked, asked.said),
        "ten features + boosting": measured(asked, boosting.predict_proba(asked.rows[:, ten])[:, 1]),
        "rise over 10 min goes on": measured(asked, depth + AHEAD_MIN / 10 * asked.column("rise_10_min_cm")),
        "depth now": measured(asked, depth),
    }
    result = {
        "period": [chosen.begins, chosen.until],
        "judged_min": JUDGED_MIN,
        "floods": len(asked.floods),
        "minutes": len(asked.answers),
        "minutes_before_the_line": int(asked.answers.sum()),
        "processor_ms_a_minute": round(1000 * asked.seconds / max(len(asked.answers), 1), 3),
        "rows": rows,
        "at_shipped_threshold": by_flood(asked, asked.said, model.alarm_at),
    }
    write_result(chosen.out, "15 cm within 15 minutes, judged each minute", SEED, result)
    for name, row in rows.items():
        print(name, row)
    print("at the shipped threshold", result["at_shipped_threshold"])


if __name__ == "__main__":
    main()
