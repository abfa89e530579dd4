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
from kinds import FAMILIES, MAKERS, Kind, kinds
from numpy.typing import NDArray

from pandok.core.reading import RegisteredDesign
from pandok.readers.designs.gallery import GalleryView, MemoryGallery
from pandok.readers.designs.in_register import InRegister, evidence_for_best
from pandok.readers.designs.look_alikes import LookAlikeRule
from pandok.readers.designs.ranking import RIVALS, Comparisons, RankingModel, figures
from pandok.readers.designs.reader import DesignReader

Floats = NDArray[np.float32]
INSIDE = 0.67
"""Share of the trials whose design is in the register."""
PART_LEFT_OUT = 0.1
EACH, QUERIES, CHECKS = 200, 110, 16
HIDDEN, EPOCHS = 16, 25
FALSE_NOTHING_CLOSE = 0.1
INDEX_WEIGHTS = {"plain": 0.15, "tuned": 0.25, "layout": 0.2, "shape": 0.1, "lines": 0.15, "words": 0.15}
WITHIN_LOOK_ALIKES = 0.29
"""Sharpness among look-alikes as a share of that among groups; see fit_look_alikes.py."""
SHARPNESSES = (4.0, 8.0, 12.0, 18.0, 26.0, 40.0, 60.0)


@dataclass(frozen=True)
class Compared:
    """One kind: every query against the whole register of its kind, with the row of the truth."""

    designs: tuple[str, ...]
    queries: tuple[tuple[Comparisons, int], ...]


@dataclass(frozen=True)
class Trial:
    """`seen` is one query against a part of its register; `truth` is a row of it, -1: not in it."""

    kind: str
    seen: Comparisons
    truth: int


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


def simulated(found: Mapping[str, Compared], each: int, seed: int) -> list[Trial]:
    """`each` trials of every kind: the register holds 8 designs to all, on a logarithmic scale."""
    rng = np.random.default_rng(seed)
    trials = []
    for name, one in found.items():
        for _ in range(each):
            seen, truth = one.queries[int(rng.integers(len(one.queries)))]
            size = int(np.exp(rng.uniform(np.log(8), np.log(len(one.designs)))))
            others = rng.permutation(np.setdiff1d(np.arange(len(one.designs)), [truth]))[: size - 1]
            inside = rng.random() < INSIDE
            chosen = np.concatenate([[truth], others]) if inside else others
            trials.append(Trial(name, part_of(seen, chosen.astype(np.intp)), 0 if inside else -1))
    return trials


def fitted(
    found: Mapping[str, Compared], *, without: Collection[str] = (), each: int = EACH, steps: int = 300, seed: int = 5
) -> RankingModel:
    """The constants from all kinds but those in `without`."""
    trials = simulated({name: one for name, one in found.items() if name not in without}, each, seed)
    names = tuple(trials[0].seen.parts)
    sharp = tuple(_sharpness_of(name, trials) for name in names)
    rows = [figures(trial.seen, names, sharp) for trial in trials]
    stacked = np.concatenate(rows)
    mean, scale = stacked.mean(0), stacked.std(0) + 0.05
    standard = [((row - mean) / scale).astype(np.float32) for row in rows]
    weights = fit_order(
        [(row, trial.truth) for row, trial in zip(standard, trials, strict=True)], len(names), steps, seed
    )
    scored = [(row @ weights, trial.truth) for row, trial in zip(standard, trials, strict=True) if trial.truth >= 0]
    sharpness = fit_sharpness(scored)
    asked = {
        plain: [(row, t.truth) for row, t in zip(standard, trials, strict=True) if t.seen.plain == plain]
        for plain in (True, False)
    }
    return RankingModel(
        part_names=names,
        part_sharpness=sharp,
        mean=mean.astype(np.float32),
        scale=scale.astype(np.float32),
        weights=weights,
        sharpness=sharpness,
        in_register=fit_in_register(asked[True], weights, len(names), seed, plain=True),
        photographed=fit_in_register(asked[False], weights, len(names), seed, plain=False),
        threshold=0.5,
        index_weights=INDEX_WEIGHTS,
        look_alikes=LookAlikeRule("tuned", 0.88, WITHIN_LOOK_ALIKES * sharpness),
    )


def _sharpness_of(name: str, trials: Sequence[Trial]) -> float:
    """Of the softmax over one part's cosines: that by which the truth was likeliest."""
    cosines = [(trial.seen.parts[name].astype(np.float64), trial.truth) for trial in trials if trial.truth >= 0]
    # Where a part was not asked, all its cosines are the same.
    cosines = [(values, truth) for values, truth in cosines if np.ptp(values) > 1e-6]
    losses = [
        np.mean([np.log(np.exp(sharp * (values - values[truth])).sum()) for values, truth in cosines])
        for sharp in SHARPNESSES
    ]
    return SHARPNESSES[int(np.argmin(losses))]


def fit_order(rows: Sequence[tuple[Floats, int]], parts: int, steps: int, seed: int) -> Floats:
    """Weights of the figures by likelihood of the true design. Agreement never counts against a design: all are kept
    from 0 up. Now and then a whole part is left out, so that none carries everything."""
    import torch

    torch.manual_seed(seed)
    inside = [(row, truth) for row, truth in rows if truth >= 0]
    width, most = inside[0][0].shape[1], max(len(row) for row, _ in inside)
    x, absent = np.zeros((len(inside), most, width), np.float32), np.ones((len(inside), most), bool)
    for place, (row, _) in enumerate(inside):
        x[place, : len(row)], absent[place, : len(row)] = row, False
    values, hidden = torch.from_numpy(x), torch.from_numpy(absent)
    truth = torch.tensor([one for _, one in inside])
    group = torch.tensor(part_of_figure(parts))
    raw = torch.nn.Parameter(torch.full((width,), -2.0))
    optimiser = torch.optim.Adam([raw], lr=5e-2)
    for step in range(steps):
        for parameters in optimiser.param_groups:
            parameters["lr"] = 5e-2 * (0.5 + 0.5 * np.cos(np.pi * step / steps)) + 1e-4
        batch = torch.randint(len(inside), (300,))
        kept = torch.rand(len(batch), parts + 2) > PART_LEFT_OUT
        kept[:, -1] = True
        weights = torch.nn.functional.softplus(raw)[None] * kept.float()[:, group]
        scores = torch.einsum("bnf,bf->bn", values[batch], weights).masked_fill(hidden[batch], -1e9)
        loss = torch.nn.functional.cross_entropy(scores, truth[batch])
        optimiser.zero_grad()
        loss.backward()
        optimiser.step()
    weights = torch.nn.functional.softplus(raw).detach().numpy().copy()
    weights[-1] = 0.0  # the size of the register is the same for all designs
    return weights


def part_of_figure(parts: int) -> list[int]:
    """The part that each figure is of; then the local check; then what is never left out (pool and size)."""
    return [*(part for part in range(parts) for _ in range(5)), *[parts] * 5, *[parts + 1] * 3]


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


def fit_in_register(
    trials: Sequence[tuple[Floats, int]], weights: Floats, parts: int, seed: int, *, plain: bool
) -> InRegister:
    """The two models of "in the register", averaged. Each trial is seen twice, once with parts left out at random:
    then they learn to lean on what is there, and not on the one part that is best on these trials.

    On photographed grounds the sum sees cosines and how much of the view agrees: neither strangers, which come from
    other materials, nor how many points agree, for the brand's layout is on a sibling's front too.
    """
    rng = np.random.default_rng(seed)
    group = np.array(part_of_figure(parts))
    rows, inside = [], []
    for x, truth in trials:
        for dropped in (False, True):
            kept = rng.random(parts + 2) > (PART_LEFT_OUT if dropped else 0)
            kept[-1] = True
            seen = (x * kept[group]).astype(np.float32)
            rows.append(evidence_for_best(seen, np.asarray(seen @ weights, np.float32)))
            inside.append(truth >= 0)
    evidence, truth = np.stack(rows).astype(np.float64), np.array(inside, float)
    mean, scale = evidence.mean(0), evidence.std(0) + 0.05
    z = (evidence - mean) / scale
    figures_of_best = (z.shape[1] - 3) // 2 + 3
    asked = np.ones(figures_of_best, bool)
    if not plain:
        asked[[5 * part + 1 for part in range(parts)]] = False
        asked[[5 * parts + local for local in (0, 1, 3, 4)]] = False
        asked[-3:] = False
    direct, bias = fit_sum(z[:, :figures_of_best] * asked, truth)
    network = fit_network(z, truth, seed)
    return InRegister(
        mean=mean.astype(np.float32),
        scale=scale.astype(np.float32),
        direct=np.concatenate([direct / 2, np.zeros(z.shape[1] - figures_of_best)]).astype(np.float32),
        hidden=network[0].T.copy(),
        hidden_bias=network[1],
        weights=network[2][0] / 2,
        bias=float(network[3][0] + bias) / 2,
    )


def fit_sum(z: NDArray[np.float64], truth: NDArray[np.float64]) -> tuple[NDArray[np.float64], float]:
    """A logistic model of the best design's figures in which agreement never counts against it."""
    from scipy.optimize import minimize

    width = z.shape[1]

    def loss(w: NDArray[np.float64]) -> tuple[float, NDArray[np.float64]]:
        value = z @ w[:-1] + w[-1]
        wrong = 1 / (1 + np.exp(-value)) - truth
        penalty = np.append(w[:-1], 0.0)
        return (
            float((np.logaddexp(0, value) - truth * value).mean() + 1e-3 * (penalty**2).sum()),
            np.append(z.T @ wrong, wrong.sum()) / len(truth) + 2e-3 * penalty,
        )

    size = width - 4  # the figure of the register's size may count either way
    bounds = [(None, None) if i in (size, width) else (0, None) for i in range(width + 1)]
    found = minimize(loss, np.zeros(width + 1), jac=True, bounds=bounds, method="L-BFGS-B").x
    return found[:-1], float(found[-1])


def fit_network(z: NDArray[np.float64], truth: NDArray[np.float64], seed: int) -> list[Floats]:
    """Weights and bias of the hidden layer, then of the last."""
    import torch

    torch.manual_seed(seed)
    net = torch.nn.Sequential(torch.nn.Linear(z.shape[1], HIDDEN), torch.nn.Tanh(), torch.nn.Linear(HIDDEN, 1))
    optimiser = torch.optim.Adam(net.parameters(), lr=2e-3, weight_decay=2e-3)
    x, y = torch.from_numpy(z).float(), torch.from_numpy(truth).float()
    for _ in range(EPOCHS):
        for index in torch.randperm(len(x)).split(256):
            loss = torch.nn.functional.binary_cross_entropy_with_logits(net(x[index])[:, 0], y[index])
            optimiser.zero_grad()
            loss.backward()
            optimiser.step()
    return [parameter.detach().numpy().astype(np.float32) for parameter in net.parameters()]


def threshold_for(found: Mapping[str, Compared], seed: int) -> float:
    """The probability below which one in ten photographs stays whose design is in the register and found first, on
    material that the fit has not seen: each family is left out once and asked, all together (jackknife+, Barber et al.
    2021)."""
    said = []
    for family, members in FAMILIES.items():
        model = fitted(found, without=members, each=EACH // 2, seed=seed)
        for trial in simulated({name: found[name] for name in members if name in found}, 100, seed + 1):
            ranked = model.rank(trial.seen)
            if trial.truth >= 0 and int(ranked.order()[0]) == trial.truth:
                said.append(ranked.in_register)
        print(f"threshold without {family}", flush=True)
    return float(np.quantile(said, FALSE_NOTHING_CLOSE))


def as_json(model: RankingModel) -> dict[str, Any]:
    def rounded(values: NDArray[np.floating]) -> list[Any]:
        return np.round(values.astype(float), 5).tolist()

    def known(one: InRegister) -> dict[str, Any]:
        names = ("mean", "scale", "direct", "hidden", "hidden_bias", "weights")
        return {name: rounded(getattr(one, name)) for name in names} | {"bias": round(one.bias, 5)}

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
    """Put the lines' projection and anew described strangers into the reader's constants."""
    from strangers import strangers

    from pandok.core.model_card import ModelCard
    from pandok.engines.onnx_encoder import OnnxEncoder
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
    from pandok.desk.open import load_reader

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
    model = replace(fitted(found, seed=arguments.seed), threshold=threshold_for(found, arguments.seed))
    written = as_json(model) | {"fit": {"seed": arguments.seed, "kinds": list(found)}}
    (arguments.model / "ranking.json").write_text(json.dumps(written) + "\n")
    print(f"threshold {model.threshold:.3f}, sharpness {model.sharpness:.3f}, parts {model.part_sharpness}")


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
