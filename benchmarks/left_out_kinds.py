"""Is the reader better than every peer, and than every part of itself, on kinds that it was not fitted on?

Twenty kinds of search (training/kinds.py), from pictures that nothing was trained on. For each the ranking is fitted
without it (`kind`), and without all kinds of its material (`family`), and measured on it; parts and peers need no fit.
In four rounds a quarter of the designs, by hash, is left out of the register, as in the measured sets: recall@1 over
the queries that are in it, DIR@1 % with the threshold that 1 % of the others exceed.

    PYTHONPATH=src:. python -m benchmarks.left_out_kinds --cache training/cache
    PYTHONPATH=src:. python -m benchmarks.left_out_kinds --cache training/cache --peers HOG "ORB + RANSAC"

Comparisons come from `training/fit_ranking.py compare`; peers' scores are kept in the cache. The encoder was trained on
other renderings of the same generator and on other photographs of the same goods: what is left out is the kind, and
the fusion's knowledge of it. One thread.
"""

# ruff: noqa: E402  the thread count must be set before numpy is loaded
from __future__ import annotations

import argparse
import hashlib
import os
import re
import sys
from collections.abc import Callable, Sequence
from dataclasses import dataclass
from functools import partial
from pathlib import Path
from typing import Any

for _variable in ("OMP_NUM_THREADS", "OPENBLAS_NUM_THREADS"):
    os.environ.setdefault(_variable, "1")

import cv2
import numpy as np
from numpy.typing import NDArray

from benchmarks.machine import RESULTS, write_result
from benchmarks.peers.hog import Hog
from benchmarks.peers.peer import Peer, RegisterPicture
from benchmarks.peers.plain_backbone import PlainBackbone
from benchmarks.peers.root_sift_vlad import RootSiftVlad
from benchmarks.peers.verified_points import VerifiedPoints
from pandok.readers.designs.ranking import Comparisons, RankingModel

HERE = Path(__file__).resolve().parent
sys.path.insert(0, str(HERE.parent / "training"))

from fit_ranking import Compared, fitted, part_of, simulated, stored
from kinds import FAMILIES, kinds

QUESTION = "Is the reader better than every peer, and than every part of itself, on kinds it was not fitted on?"
ROUNDS, SEED = 4, 5
EACH, CHANCES = 400, 100
"""Trials a kind, half of those for the shipped ranking, because 27 fits are made; draws for the calibration error that
exact probabilities would show on so few questions."""
PEERS: dict[str, Callable[[], Peer]] = {
    "HOG": Hog,
    "EfficientNet-Lite0 GeM": PlainBackbone,
    "RootSIFT-VLAD": RootSiftVlad,
    "ORB + RANSAC": partial(VerifiedPoints, "ORB"),
    "SIFT + RANSAC": partial(VerifiedPoints, "SIFT"),
}


@dataclass(frozen=True)
class Answers:
    """One row a question: was the design in the register, was the first candidate right, and how sure."""

    inside: NDArray[np.bool_]
    right: NDArray[np.bool_]
    sure: NDArray[np.float64]
    first: NDArray[np.float64] | None = None
    """The probability of the first candidate, of a reader that states one."""

    def figures(self, threshold: float | None = None) -> dict[str, float]:
        a, b = self.sure[self.inside], self.sure[~self.inside]
        least = np.quantile(b, 0.99)
        found = {
            "recall_at_1": self.right[self.inside].mean(),
            "dir_at_1pct": (self.right[self.inside] & (a > least)).mean(),
            "dir_at_5pct": (self.right[self.inside] & (a > np.quantile(b, 0.95))).mean(),
            "auroc": (a[:, None] > b).mean() + 0.5 * (a[:, None] == b).mean(),
        }
        if threshold is not None:
            found |= {
                "nothing_close_wrongly": (a < threshold).mean(),
                "nothing_close_rightly": (b < threshold).mean(),
            }
        if self.first is not None:
            found["calibration_error"] = calibration_error(self.first, self.right)
            rng = np.random.default_rng(SEED)
            meant = [calibration_error(self.first, rng.random(len(self.first)) < self.first) for _ in range(CHANCES)]
            found["calibration_error_by_chance"] = np.mean(meant)
        return {name: round(float(value), 3) for name, value in found.items()}


def calibration_error(stated: NDArray[np.float64], right: NDArray[np.bool_]) -> float:
    """Expected calibration error over ten groups of like size."""
    groups = np.array_split(np.argsort(stated), 10)
    return float(sum(abs(stated[one].mean() - right[one].mean()) * len(one) for one in groups) / len(stated))


def rounds(designs: Sequence[str]) -> list[NDArray[np.intp]]:
    """Which designs are registered in each round: all but a quarter, by hash."""
    part = np.array([hashlib.sha256(name.encode()).digest()[0] % ROUNDS for name in designs])
    return [np.flatnonzero(part != number) for number in range(ROUNDS)]


def asked(
    found: Compared, answer: Callable[[Comparisons], tuple[int, float, float]], *, stated: bool = False
) -> Answers:
    """`answer` gives the row of the first candidate, how sure, and its probability."""
    rows = []
    for registered in rounds(found.designs):
        place = {int(design): row for row, design in enumerate(registered)}
        for seen, truth in found.queries:
            first, sure, chance = answer(part_of(seen, registered))
            rows.append((truth in place, place.get(truth) == first, sure, chance))
    inside, right, sures, chances = (np.array(column) for column in zip(*rows, strict=True))
    return Answers(inside, right, sures.astype(float), chances.astype(float) if stated else None)


def by_model(model: RankingModel, seen: Comparisons) -> tuple[int, float, float]:
    ranked = model.rank(seen)
    first = int(ranked.order()[0])
    return first, ranked.in_register, float(ranked.probabilities[first])


def by_part(part: str, seen: Comparisons) -> tuple[int, float, float]:
    values = np.nan_to_num(seen.local[:, 1]) if part == "local" else seen.parts[part]
    return int(values.argmax()), float(values.max()), 0.0


def of_peer(scores: NDArray[np.float32], designs: Sequence[str], truth: Sequence[str]) -> Answers:
    """The same rounds for a peer's scores (queries, designs)."""
    inside, right, sure = [], [], []
    names = list(designs)
    for registered in rounds(designs):
        for row, name in zip(scores[:, registered], truth, strict=True):
            inside.append(names.index(name) in registered)
            right.append(names[registered[int(row.argmax())]] == name)
            sure.append(float(row.max()))
    return Answers(np.array(inside), np.array(right), np.array(sure))


def peer_scores(cache: Path, shared: Path, chosen: Sequence[str], most: int) -> None:
    """Ask the peers what is not in the cache yet. Of the slow ones `most` queries a kind."""
    folder = cache / "peers"
    folder.mkdir(parents=True, exist_ok=True)
    for kind in kinds(cache, shared):
        for name in chosen:
            path = folder / _file(name, kind.name)
            if path.exists():
                continue
            queries = kind.queries[:most] if "RANSAC" in name else kind.queries
            peer = PEERS[name]()
            peer.enroll([RegisterPicture(design, np.ascontiguousarray(picture)) for design, picture in kind.views])
            scores = np.stack([peer.scores(np.ascontiguousarray(picture)) for _, picture in queries])
            np.savez(
                path, scores=scores.astype(np.float32), designs=peer.design_ids, truth=[design for design, _ in queries]
            )
            print(f"{name}: {kind.name}", flush=True)


def _file(peer: str, kind: str) -> str:
    return re.sub(r"[^a-z0-9]+", "-", f"{peer} {kind}".lower()) + ".npz"


def measured(cache: Path, seed: int = SEED) -> tuple[dict[str, Any], dict[str, float]]:
    """By kind, and the calibration error of all kinds together."""
    found = stored(cache)
    fit = partial(fitted, simulated(found, EACH, seed))
    families = {name: fit(without=members) for name, members in FAMILIES.items()}
    result: dict[str, Any] = {}
    said: dict[str, list[Answers]] = {"without this kind": [], "without its family": []}
    for name, one in found.items():
        family = next(family for family, members in FAMILIES.items() if name in members)
        row: dict[str, Any] = {"queries": len(one.queries), "designs": len(one.designs)}
        for how, model in (
            ("without this kind", fit(without=(name,))),
            ("without its family", families[family]),
        ):
            answers = asked(one, partial(by_model, model), stated=True)
            row[how] = answers.figures(model.threshold)
            said[how].append(answers)
        parts = (*one.queries[0][0].parts, "local")
        row["parts"] = {part: asked(one, partial(by_part, part)).figures() for part in parts}
        row["peers"] = {}
        for peer in PEERS:
            path = cache / "peers" / _file(peer, name)
            if path.exists():
                with np.load(path) as kept:
                    scores, designs, truth = kept["scores"], kept["designs"].tolist(), kept["truth"].tolist()
                row["peers"][peer] = of_peer(scores, designs, truth).figures() | {"queries": len(truth)}
        result[name] = row
        print(_line(name, row), flush=True)
    whole = {
        how: round(
            calibration_error(
                np.concatenate([one.first for one in answers if one.first is not None]),
                np.concatenate([one.right for one in answers]),
            ),
            3,
        )
        for how, answers in said.items()
    }
    return result, whole


COLUMNS = ("recall_at_1", "dir_at_1pct")


def _line(name: str, row: dict[str, Any]) -> str:
    cells = [name]
    for column in COLUMNS:
        ours = [f"{row[how][column]:.2f}" for how in ("without this kind", "without its family")]
        best = [max(of, key=lambda one: of[one][column]) if of else "–" for of in (row["parts"], row["peers"])]
        values = [
            f"{of[one][column]:.2f} {one}" if of else "–"
            for of, one in zip((row["parts"], row["peers"]), best, strict=True)
        ]
        cells += [*ours, *values]
    return "| " + " | ".join(cells) + " |"


def summary(result: dict[str, Any]) -> dict[str, Any]:
    """On how many kinds the fusion keeps up: with its best part (less .01), and with the best peer."""
    found: dict[str, Any] = {"kinds": len(result)}
    for how in ("without this kind", "without its family"):
        of: dict[str, Any] = {}
        for column in COLUMNS:
            part = [row[how][column] - max(one[column] for one in row["parts"].values()) for row in result.values()]
            peer = [
                row[how][column] - max(one[column] for one in row["peers"].values())
                for row in result.values()
                if row["peers"]
            ]
            of[column] = {
                "mean": round(float(np.mean([row[how][column] for row in result.values()])), 3),
                "as_good_as_its_best_part": sum(gap >= -0.01 for gap in part),
                "worst_against_its_best_part": round(min(part), 3),
                "ahead_of_every_peer": sum(gap > 0 for gap in peer),
                "worst_against_a_peer": round(min(peer), 3) if peer else None,
            }
        for column in (
            "dir_at_5pct",
            "auroc",
            "nothing_close_wrongly",
            "nothing_close_rightly",
            "calibration_error",
            "calibration_error_by_chance",
        ):
            of[column] = round(float(np.mean([row[how][column] for row in result.values()])), 3)
        found[how] = of
    return found


def main() -> None:
    parser = argparse.ArgumentParser(description=QUESTION)
    parser.add_argument("--cache", type=Path, default=Path("training/cache"))
    parser.add_argument("--shared", type=Path, default=Path(os.environ.get("PANDOK_SHARED", "../shared")))
    parser.add_argument("--peers", nargs="*", default=[], choices=list(PEERS), help="ask these peers first")
    parser.add_argument("--most", type=int, default=60, help="queries a kind for peers that verify points")
    parser.add_argument("--out", type=Path, default=RESULTS / "left_out_kinds.json")
    chosen = parser.parse_args()
    cv2.setNumThreads(1)
    peer_scores(chosen.cache, chosen.shared, chosen.peers, chosen.most)
    print("| kind | recall@1 without it | without its family | best part | best peer | DIR@1 % … |\n|" + "---|" * 9)
    result, whole = measured(chosen.cache)
    told = summary(result)
    for how, error in whole.items():
        told[how]["calibration_error_of_all_kinds_together"] = error
    write_result(chosen.out, QUESTION, SEED, {"summary": told, "kinds": result})
    for how in ("without this kind", "without its family"):
        print(how, told[how])


if __name__ == "__main__":
    main()
