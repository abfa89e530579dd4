"""Fit how look-alikes share a probability: the sharpness between groups of them, and the lower one within a group.

Command: PYTHONPATH=src:. python training/fit_look_alikes.py --cache training/cache
Fitted by likelihood on queries whose design is in the register: demonstration registers with seeds that nothing is
measured on, and sixteen queries of each kind that fit_ranking.py compared. Weights of the figures and "in the register"
stay as they are. Where two designs count as look-alikes (`--from-resemblance`) was chosen on the same registers: at .88
are 89 % of the look-alikes that were made, a fifth of the other pairs of one goods group, and six in a thousand of all
other pairs. A kind's designs count as strangers to each other.
"""

from __future__ import annotations

import argparse
import json
from dataclasses import replace
from pathlib import Path

import cv2
import numpy as np
from fit_ranking import stored
from numpy.typing import NDArray
from scipy.optimize import minimize

from benchmarks.demonstration_probabilities import Query, Register, compared
from pandok.fields.designs.open_desk import load_reader
from pandok.readers.designs.look_alikes import LookAlikeRule, together
from pandok.readers.designs.ranking import RIVALS, RankingModel
from pandok.readers.designs.reader import DesignReader

SEEDS = (101, 102)
FROM_EACH_KIND = 16
PART = "tuned"


def trials(reader: DesignReader, arguments: argparse.Namespace) -> list[tuple[Query, Register | None]]:
    """Queries with their registers, from both sources; None: without look-alikes."""
    rng = np.random.default_rng(arguments.seed)
    found: list[tuple[Query, Register | None]] = []
    for seed in SEEDS:
        register = compared(seed, reader, arguments.registers)
        found += [(query, register) for query in register.queries if query.truth >= 0]
    for kind in stored(arguments.cache).values():
        for place in rng.permutation(len(kind.queries))[:FROM_EACH_KIND].tolist():
            seen, truth = kind.queries[place]
            found.append((Query(seen, truth), None))
    return found


def loss(
    values: NDArray[np.float64], found: list[tuple[Query, Register | None]], model: RankingModel, at_least: float
) -> float:
    """Mean negative log likelihood of the true design."""
    between, within = np.exp(values)
    rule = LookAlikeRule(PART, at_least, float(within))
    sharpened = replace(model, sharpness=float(between), look_alikes=rule)
    total = 0.0
    for query, register in found:
        scores = sharpened.scores(query.seen)
        best = np.argsort(-scores, kind="stable")[:RIVALS]
        groups = together([register.views[row] for row in best], rule) if register else ()
        shares = sharpened.shares(scores, tuple(tuple(int(best[place]) for place in group) for group in groups))
        total -= np.log(max(float(shares[query.truth]), 1e-4))
    return total / len(found)


def main() -> None:
    parser = argparse.ArgumentParser()
    parser.add_argument("--cache", type=Path, default=Path("training/cache"))
    parser.add_argument("--registers", type=Path, help="folder that keeps the comparisons of the registers")
    parser.add_argument("--model", type=Path, default=Path("src/pandok/models/pandok-design"))
    parser.add_argument("--from-resemblance", type=float, default=0.88)
    parser.add_argument("--seed", type=int, default=0)
    arguments = parser.parse_args()
    cv2.setNumThreads(1)
    reader = load_reader()
    found = trials(reader, arguments)
    start = np.log([reader.ranking.sharpness, 0.3 * reader.ranking.sharpness])
    at_least = arguments.from_resemblance
    fitted = minimize(
        loss, start, args=(found, reader.ranking, at_least), method="Nelder-Mead", options={"maxiter": 50}
    )
    between, within = np.exp(fitted.x)
    print(f"between {between:.4f}, within {within:.4f}, loss {fitted.fun:.4f} on {len(found)} queries")
    path = arguments.model / "ranking.json"
    stored = json.loads(path.read_text(encoding="utf-8"))
    stored["sharpness"] = round(float(between), 5)
    stored["look_alikes"] = {"part": PART, "from_resemblance": at_least, "sharpness": round(float(within), 5)}
    path.write_text(json.dumps(stored) + "\n", encoding="utf-8")


if __name__ == "__main__":
    main()
