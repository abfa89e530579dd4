"""Fit the ranking: how much each comparison says, whether any design is right at all, and calibrated probabilities.

    python training/fit_ranking.py constants --cache training/cache     # lines and strangers into constants.npz
    python training/fit_ranking.py compare --cache training/cache       # every kind of kinds.py, compared once
    python training/fit_ranking.py fit --cache training/cache           # writes ranking.json

`--model` names the reader's folder. Trials are simulated on pictures that nothing was trained on: in each, a random
part of a kind's designs is the register, and the true design is left out of a third. `fitted(..., without=...)` leaves
kinds out: benchmarks/left_out_kinds.py measures on them. No test file of the shared data is read.
"""

from __future__ import annotations

import argparse
import json
import os
import pickle
import time
from collections.abc import Collection, Mapping, Sequence
from dataclasses import dataclass, replace
from pathlib import Path
from typing import Any

import cv2
import numpy as np
from fit_in_register import Best, calibrated, fit_curves, sums, together
from kinds import FAMILIES, MAKERS, Kind, kinds
from numpy.typing import NDArray
from scipy.optimize import minimize

from pandok.core.reading import RegisteredDesign
from pandok.readers.designs.gallery import GalleryView, MemoryGallery
from pandok.readers.designs.in_register import InRegister
from pandok.readers.designs.look_alikes import LookAlikeRule
from pandok.readers.designs.ranking import RIVALS, Comparisons, RankingModel, figures
from pandok.readers.designs.reader import DesignReader

Floats = NDArray[np.float32]
INSIDE = 0.67
"""Share of the trials whose design is in the register."""
EACH, QUERIES, CHECKS = 800, 110, 16
ORDER_STEPS, FEW_STEPS, ORDER_SHRINKAGE = 120, 15, 5e-4
FALSE_NOTHING_CLOSE = 0.1
INDEX_WEIGHTS = {"plain": 0.15, "tuned": 0.25, "layout": 0.2, "shape": 0.1, "lines": 0.15, "words": 0.15}
WITHIN_LOOK_ALIKES = 0.29
"""Sharpness among look-alikes as a share of that among groups; see fit_look_alikes.py."""
PART_NAMES = ("plain", "tuned", "layout", "shape", "lines", "words")
PART_SHARPNESS = (12.0, 26.0, 12.0, 8.0, 8.0, 8.0)
"""Of the softmax over one part's cosines: that of 4, 8, 12, 18, 26, 40 and 60 by which the truth was likeliest."""


@dataclass(frozen=True)
class Compared:
    """One kind: every query against the whole register of its kind, with the row of the truth."""

    designs: tuple[str, ...]
    queries: tuple[tuple[Comparisons, int], ...]


@dataclass(frozen=True)
class Trial:
    """One query against a part of its register: `figures` (n, f) of the designs; `truth` is a row, -1: not in it."""

    figures: Floats
    plain: bool
    truth: int


Trials = Mapping[str, Sequence[Trial]]
"""By kind."""


def compared(kind: Kind, reader: DesignReader) -> Compared:
    """The kind's pictures as the reader takes them: a register of views, photographs with all their looks."""
    described = reader.describe_views([picture for _, picture in kind.views])
    views = []
    for key, ((design, picture), one) in enumerate(zip(kind.views, described, strict=True)):
        fact, size = RegisteredDesign(design_id=design), (picture.shape[1], picture.shape[0])
        views.append((GalleryView(key, fact, "1", one.vector, one.plain, size), one.local))
    gallery = MemoryGallery(views, reader.index_weights())
    found, names = [], sorted({design for design, _ in kind.views})
    for design, picture in kind.queries[:QUERIES]:
        looks = reader.show(picture).descriptions
        if looks:
            found.append((reader.compare(looks, gallery.views, gallery).seen, names.index(design)))
    return Compared(tuple(names), tuple(found))


def stored(cache: Path) -> dict[str, Compared]:
    """What `compare` kept, by kind."""
    found = {}
    for name in MAKERS:
        path = cache / "compared" / f"{name.replace(' ', '-')}.pkl"
        if path.exists():
            found[name] = Compared(*pickle.loads(path.read_bytes()))
    return found


def part_of(seen: Comparisons, rows: NDArray[np.intp]) -> Comparisons:
    """The same comparison with a smaller register."""
    return Comparisons(
        parts={name: values[rows] for name, values in seen.parts.items()},
        cohort={name: values[rows] for name, values in seen.cohort.items()},
        local=seen.local[rows],
        searched=len(rows),
        plain=seen.plain,
    )


def simulated(found: Mapping[str, Compared], each: int, seed: int) -> Trials:
    """`each` trials of every kind: the register holds 8 designs to all, on a logarithmic scale. A kind's trials are the
    same whatever other kinds there are."""
    trials: dict[str, list[Trial]] = {}
    for name, one in found.items():
        rng, own = np.random.default_rng([seed, *name.encode()]), []
        for _ in range(each):
            seen, truth = one.queries[int(rng.integers(len(one.queries)))]
            size = int(np.exp(rng.uniform(np.log(8), np.log(len(one.designs)))))
            others = rng.permutation(np.setdiff1d(np.arange(len(one.designs)), [truth]))[: size - 1]
            inside = rng.random() < INSIDE
            chosen = np.concatenate([[truth], others]) if inside else others
            part = part_of(seen, chosen.astype(np.intp))
            own.append(Trial(figures(part, PART_NAMES, PART_SHARPNESS), part.plain, 0 if inside else -1))
        trials[name] = own
    return trials


@dataclass(frozen=True)
class Order:
    """Which design: standardised figures times `weights` (2, f), the first row where pictures stand on plain ground."""

    mean: Floats
    scale: Floats
    weights: Floats

    def scores(self, trial: Trial) -> Floats:
        weights = self.weights[0 if trial.plain else 1]
        return np.asarray(((trial.figures - self.mean) / self.scale) @ weights, np.float32)


def fitted(trials: Trials, *, without: Collection[str] = ()) -> RankingModel:
    """The constants from all kinds but those in `without`. What a score is worth, and from where on something is close,
    is asked of each family by constants that have not seen it."""
    inner = {name: own for name, own in trials.items() if name not in without}
    order = fit_order(inner)
    curves = fit_curves(best_of(inner, order), len(PART_NAMES))
    asked, said, scored = [], [], []
    for members in FAMILIES.values():
        unseen = {name: own for name, own in inner.items() if name in members}
        rest = {name: own for name, own in inner.items() if name not in members}
        if unseen and rest:
            other = fit_order(rest, order.weights, FEW_STEPS)
            best = best_of(unseen, other)
            asked.append(best)
            said.append(sums(fit_curves(best_of(rest, other), len(PART_NAMES)), best))
            scored += [other.scores(trial) for own in unseen.values() for trial in own if trial.truth >= 0]
    best = together(asked)
    known = calibrated(curves, np.concatenate(said), best)
    sharpness = fit_sharpness([(scores, 0) for scores in scored])
    return RankingModel(
        part_names=PART_NAMES,
        part_sharpness=PART_SHARPNESS,
        mean=order.mean,
        scale=order.scale,
        weights=order.weights,
        sharpness=sharpness,
        in_register=known.plain,
        photographed=known.photographed,
        threshold=threshold_of(known.chance, best),
        index_weights=INDEX_WEIGHTS,
        look_alikes=LookAlikeRule("tuned", 0.88, WITHIN_LOOK_ALIKES * sharpness),
    )


def best_of(trials: Trials, order: Order) -> Best:
    """The best design of every trial by this order."""
    found = []
    for number, own in enumerate(trials.values()):
        first = [int(order.scores(trial).argmax()) for trial in own]
        found.append(
            Best(
                np.stack([trial.figures[row] for trial, row in zip(own, first, strict=True)]).astype(np.float64),
                np.array([trial.truth >= 0 for trial in own]),
                np.array([trial.truth == row for trial, row in zip(own, first, strict=True)]),
                np.full(len(own), number),
                np.array([trial.plain for trial in own]),
            )
        )
    return together(found)


def fit_order(trials: Trials, start: Floats | None = None, steps: int = ORDER_STEPS) -> Order:
    """Weights of the figures by likelihood of the true design; a kind counts as much as another. Agreement never counts
    against a design: all are kept from 0 up."""
    own_share = {name: 1 / len(trials) / sum(one.truth >= 0 for one in own) for name, own in trials.items()}
    inside = [(one, own_share[name]) for name, own in trials.items() for one in own if one.truth >= 0]
    rows = np.concatenate([trial.figures for trial, _ in inside])
    mean, scale = rows.mean(axis=0), rows.std(axis=0) + 0.05
    weights = np.full((2, rows.shape[1]), 0.1) if start is None else start.astype(np.float64)
    for ground, plain in enumerate((True, False)):
        chosen = [(trial, share) for trial, share in inside if trial.plain == plain]
        if chosen:
            weights[ground] = _order_on(chosen, mean, scale, weights[ground], steps)
    return Order(mean.astype(np.float32), scale.astype(np.float32), weights.astype(np.float32))


def _order_on(
    inside: Sequence[tuple[Trial, float]], mean: Floats, scale: Floats, start: NDArray[np.float64], steps: int
) -> NDArray[np.float64]:
    rows = ((np.concatenate([trial.figures for trial, _ in inside]) - mean) / scale).astype(np.float32)
    counts = np.array([len(trial.figures) for trial, _ in inside])
    first = np.concatenate([[0], np.cumsum(counts)[:-1]])
    truth = first + np.array([trial.truth for trial, _ in inside])
    share = np.array([weight for _, weight in inside])
    trial_of = np.repeat(np.arange(len(inside)), counts)
    of_truth = share @ rows[truth]

    def loss(weights: NDArray[np.float64]) -> tuple[float, NDArray[np.float64]]:
        scores = rows @ weights.astype(np.float32)
        top = np.maximum.reduceat(scores, first)
        chance = np.exp(scores - top[trial_of])
        total = np.add.reduceat(chance, first)
        value = share @ (np.log(total) + top - scores[truth])
        slope = (chance * (share / total)[trial_of]).astype(np.float32) @ rows - of_truth
        return float(value + ORDER_SHRINKAGE * (weights**2).sum()), slope + 2 * ORDER_SHRINKAGE * weights

    bounds = [(0.0, None)] * (len(start) - 1) + [(0.0, 0.0)]  # the size of the register is the same for all designs
    start[-1] = 0.0
    found = minimize(loss, start, jac=True, bounds=bounds, method="L-BFGS-B", options={"maxiter": steps}).x
    return np.asarray(found)


def fit_sharpness(trials: Sequence[tuple[Floats, int]]) -> float:
    """The factor on the scores with which the softmax over the best gives the truth its due, trials in register."""
    rows = []
    for scores, truth in trials:
        best = np.argsort(-scores)[:RIVALS]
        if truth in best:
            rows.append((scores[best] - scores[truth]).astype(np.float64))
    factors = np.geomspace(0.1, 5, 120)
    losses = [np.mean([np.log(np.exp(factor * row).sum()) for row in rows]) for factor in factors]
    return float(factors[int(np.argmin(losses))])


def threshold_of(chance: NDArray[np.float64], best: Best) -> float:
    """The probability below which one in ten photographs stays whose design is in the register and found first, on
    families that the constants have not seen, all together (jackknife+, Barber et al. 2021)."""
    return float(np.quantile(chance[best.right], FALSE_NOTHING_CLOSE))


def as_json(model: RankingModel) -> dict[str, Any]:
    def rounded(values: NDArray[np.floating]) -> list[Any]:
        return np.round(values.astype(float), 5).tolist()

    def known(one: InRegister) -> dict[str, Any]:
        weights = {name: rounded(getattr(one, name)) for name in ("straight", "bends", "bent")}
        return weights | {"bent_of": one.bent_of.tolist(), "bias": round(one.bias, 5)}

    rule = model.look_alikes
    return {
        "part_names": list(model.part_names),
        "part_sharpness": list(model.part_sharpness),
        **{name: rounded(getattr(model, name)) for name in ("mean", "scale", "weights")},
        "sharpness": round(model.sharpness, 5),
        "in_register": known(model.in_register),
        "photographed": known(model.photographed),
        "threshold": round(model.threshold, 4),
        "index_weights": model.index_weights,
    } | (
        {"look_alikes": {"part": rule.part, "from_resemblance": rule.from_resemblance,
                         "sharpness": round(rule.sharpness, 5)}} if rule else {}
    )  # fmt: skip


def constants(arguments: argparse.Namespace) -> None:
    """Put the lines' projection and again described strangers into the reader's constants."""
    from strangers import strangers

    from pandok.core.model_card import ModelCard
    from pandok.engines.encoders.onnx_encoder import OnnxEncoder
    from pandok.readers.designs.description import Describer
    from pandok.readers.designs.looks import looks
    from pandok.readers.designs.vocabulary import Vocabulary

    path = arguments.model / "constants.npz"
    with np.load(path) as kept:
        basis = {name: kept[name] for name in kept.files if not name.startswith(("strangers_", "lines_"))}
    with np.load(arguments.cache / "layout.npz") as layout:
        basis |= {f"lines_{name}": layout[f"lines_{name}"].astype(np.float16) for name in ("projection", "offset")}
    card = ModelCard.model_validate(json.loads((arguments.model / "card.json").read_text()))
    encoder = OnnxEncoder(card, arguments.model / card.files[0].name, arguments.threads)
    vocabulary = Vocabulary(basis["words"], basis["word_mean"], basis["word_projection"])
    lines = basis["lines_projection"].astype(np.float32), basis["lines_offset"].astype(np.float32)
    describer = Describer(encoder, vocabulary, basis["shape_mean"], basis["shape_projection"], lines)
    pictures = strangers(arguments.cache, arguments.shared)
    vectors = np.stack([describer.describe(looks(picture, "view")[:1])[0].vector for picture in pictures])
    basis |= {f"strangers_{name}": vectors[:, where].astype(np.float16) for name, where in describer.slices().items()}
    np.savez_compressed(path, **basis)
    print(f"{len(vectors)} strangers, {path.stat().st_size} bytes")


def compare(arguments: argparse.Namespace) -> None:
    from pandok.fields.designs.open_desk import load_reader

    reader = replace(load_reader(), checks=CHECKS)
    folder = arguments.cache / "compared"
    folder.mkdir(parents=True, exist_ok=True)
    for kind in kinds(arguments.cache, arguments.shared, tuple(arguments.only)):
        started = time.monotonic()
        one = compared(kind, reader)
        (folder / f"{kind.name.replace(' ', '-')}.pkl").write_bytes(pickle.dumps((one.designs, one.queries)))
        print(f"{kind.name}: {len(one.queries)} queries, {time.monotonic() - started:.0f} s", flush=True)


def fit(arguments: argparse.Namespace) -> None:
    found = stored(arguments.cache)
    model = fitted(simulated(found, EACH, arguments.seed))
    written = as_json(model) | {"fit": {"seed": arguments.seed, "kinds": list(found)}}
    (arguments.model / "ranking.json").write_text(json.dumps(written) + "\n")
    print(f"threshold {model.threshold:.3f}, sharpness {model.sharpness:.3f}")


def main() -> None:
    parser = argparse.ArgumentParser()
    parser.add_argument("what", choices=["constants", "compare", "fit"])
    parser.add_argument("--cache", type=Path, default=Path("training/cache"))
    parser.add_argument("--shared", type=Path, default=Path(os.environ.get("PANDOK_SHARED", "../shared")))
    parser.add_argument("--model", type=Path, default=Path("src/pandok/models/pandok-design"))
    parser.add_argument("--only", action="append", default=[], help="compare this kind only; repeatable")
    parser.add_argument("--threads", type=int, default=1)
    parser.add_argument("--seed", type=int, default=5)
    arguments = parser.parse_args()
    cv2.setNumThreads(1)
    {"constants": constants, "compare": compare, "fit": fit}[arguments.what](arguments)


if __name__ == "__main__":
    main()
