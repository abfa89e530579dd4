"""Fit how look-alikes share a probability: the sharpness between groups of them, and the lower one within a group.

Command: PYTHONPATH=src:. python training/fit_look_alikes.py --cache training/cache
Fitted by likelihood on queries whose design is in the register: demonstration registers with seeds that nothing is
measured on, and the trials of fit_ranking.py (a register of one or two views a design), forty of each domain. Weights
of the figures and "in the register" stay as they are. Where two designs count as look-alikes (`--from-resemblance`)
was chosen on the same registers: at .88 are 89 % of the look-alikes that were made, a fifth of the other pairs of one
goods group, and six in a thousand of all other pairs.
"""

from __future__ import annotations

import argparse
import json
import os
from dataclasses import replace
from pathlib import Path

import cv2
import numpy as np
from fit_ranking import domains
from numpy.typing import NDArray
from scipy.optimize import minimize

from benchmarks.demonstration_probabilities import Query, Register, compared
from pandok.core.reading import RegisteredDesign
from pandok.desk.open import load_reader
from pandok.readers.designs.gallery import GalleryView, MemoryGallery
from pandok.readers.designs.look_alikes import LookAlikeRule, together
from pandok.readers.designs.looks import looks
from pandok.readers.designs.ranking import RankingModel
from pandok.readers.designs.reader import DesignReader

SEEDS = tuple(range(101, 109))
FROM_REGISTERS, FROM_EACH_DOMAIN, VIEWS_OF_A_DOMAIN = 400, 40, 260
PART = "tuned"


def trials(reader: DesignReader, arguments: argparse.Namespace) -> list[tuple[Query, Register]]:
    """Queries with their registers, from both sources."""
    rng = np.random.default_rng(arguments.seed)
    found: list[tuple[Query, Register]] = []
    for seed in SEEDS:
        register = compared(seed, reader, arguments.cache)
        found += [(query, register) for query in register.queries if query.truth >= 0]
    found = [found[place] for place in rng.permutation(len(found))[:FROM_REGISTERS]]
    for name, views, queries in domains(arguments.cache, arguments.shared, np.random.default_rng(5)):
        kept = set(sorted({design for design, _ in views})[:200]) if len(views) > VIEWS_OF_A_DOMAIN else None
        chosen = [one for one in views if kept is None or one[0] in kept]
        asked = [one for one in queries if kept is None or one[0] in kept]
        part = [asked[place] for place in rng.permutation(len(asked))[:FROM_EACH_DOMAIN]]
        found += _of_domain(reader, chosen, part)
        print(f"{name}: {len(chosen)} views, {len(part)} queries", flush=True)
    return found


def _of_domain(reader: DesignReader, views: list, queries: list) -> list[tuple[Query, Register]]:
    entries = []
    for key, (design, picture) in enumerate(views):
        seen = reader.describe_view(picture)
        size = (picture.shape[1], picture.shape[0])
        fact = RegisteredDesign(design_id=design)
        entries.append((GalleryView(key, fact, "1", seen.vector, seen.plain, size), seen.local))
    gallery = MemoryGallery(entries, reader.index_weights())
    by_design: dict[str, list[NDArray[np.float32]]] = {}
    for view, _ in entries:
        by_design.setdefault(view.design.design_id, []).append(view.vector[reader.slices[PART]])
    names = sorted(by_design)
    register = Register(tuple(np.stack(by_design[name]) for name in names), ())
    return [
        (
            Query(
                reader.compare(reader.describer.describe(looks(picture, "photograph")), gallery.views, gallery).seen,
                names.index(design),
            ),
            register,
        )
        for design, picture in queries
    ]


def loss(
    values: NDArray[np.float64], found: list[tuple[Query, Register]], model: RankingModel, at_least: float
) -> float:
    """Mean negative log likelihood of the true design."""
    between, within = np.exp(values)
    rule = LookAlikeRule(PART, at_least, float(within))
    sharpened = replace(model, sharpness=float(between), look_alikes=rule)
    total = 0.0
    for query, register in found:
        scores = np.asarray(sharpened.standard(query.seen) @ sharpened.weights, np.float32)
        best = np.argsort(-scores, kind="stable")[:20]
        groups = together([register.views[row] for row in best], rule)
        shares = sharpened.shares(scores, tuple(tuple(int(best[place]) for place in group) for group in groups))
        total -= np.log(max(float(shares[query.truth]), 1e-4))
    return total / len(found)


def main() -> None:
    parser = argparse.ArgumentParser()
    parser.add_argument("--cache", type=Path, default=Path("training/cache"))
    parser.add_argument("--shared", type=Path, default=Path(os.environ.get("PANDOK_SHARED", "../shared")))
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
