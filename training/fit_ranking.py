"""Fit the ranking: how much each comparison says, what "none of them" weighs, and calibrated probabilities.

Command: python training/fit_ranking.py describe --cache training/cache       (once; needs no encoder)
         python training/fit_ranking.py fit --cache training/cache --model src/pandok/models/pandok-design
Trials are simulated on pictures that the encoder was not trained on: in each, a random part of a domain's designs is
the register, and the true design is left out of about a third. No test file of the shared data is read.
"""

from __future__ import annotations

import argparse
import hashlib
import json
import os
import pickle
import time
from dataclasses import dataclass, replace
from pathlib import Path

import cv2
import numpy as np
from cutouts import heap_mask, package_mask, studio
from edges import line_rendering
from numpy.typing import NDArray
from samples import Rgb, garments, goods, read, shard_articles

from pandok.core.reading import RegisteredDesign
from pandok.readers.designs.description import Describer
from pandok.readers.designs.gallery import GalleryView, MemoryGallery
from pandok.readers.designs.in_register import InRegister, evidence_for_best
from pandok.readers.designs.looks import looks
from pandok.readers.designs.ranking import RIVALS, Comparisons, RankingModel, figures
from pandok.readers.designs.reader import DesignReader
from pandok.readers.designs.vocabulary import Vocabulary

STRANGERS = 400
THRESHOLD = 0.67
"""The share of trials whose design is in the register: below it, the pictures speak against being in it."""
PART_LEFT_OUT = 0.3
HIDDEN, EPOCHS = 16, 30
INDEX_WEIGHTS = {"plain": 0.2, "tuned": 0.4, "shape": 0.2, "words": 0.2}


@dataclass
class Trial:
    """One domain: `views` and `queries` are (design, looks) with several looks for a query."""

    name: str
    views: list[tuple[str, list]]
    queries: list[tuple[str, list]]


class NoEncoder:
    """Stands in while everything but the encoder's vectors is computed."""

    name = "none"
    parts: tuple[tuple[str, int], ...] = ()

    def encode(self, squares: NDArray[np.uint8]) -> NDArray[np.float32]:
        return np.zeros((len(squares), 0), np.float32)


def domains(cache: Path, shared: Path, rng: np.random.Generator) -> list[tuple[str, list, list]]:
    """(name, register views, queries), each a list of (design, picture)."""
    found = []
    drawn_views, drawn_queries, shown_views, shown_queries, sheet_views, sheet_queries = [], [], [], [], [], []
    for number, pictures in enumerate(shard_articles(cache, "articles", kept_back=True)):
        line, other, render, easy, hard, sketch = pictures
        design = f"a{number}"
        drawn_views.append((design, line))
        drawn_queries += [(design, other), (design, sketch)]
        if number % 2:
            drawn_queries.append((design, easy))
        sheet_views += [(design, line), (design, other)]
        sheet_queries.append((design, _printed_again(line if number % 2 else other, rng)))
        if number % 2:
            sheet_queries.append((design, sketch))
        shown_views += [(design, render), (design, other)] if number % 3 else [(design, render)]
        shown_queries += [(design, easy), (design, hard)]
    found += [("drawings", drawn_views, drawn_queries), ("renders", shown_views, shown_queries)]
    found.append(("sheets", sheet_views, sheet_queries))
    mark_views, mark_queries = [], []
    for number, pictures in enumerate(shard_articles(cache, "marks", kept_back=True)):
        black, first, _, near, far = pictures
        mark_views.append((f"m{number}", black))
        if number < 240:
            mark_queries += [(f"m{number}", first), (f"m{number}", near if number % 2 else far)]
    found.append(("marks", mark_views, mark_queries))
    for name in ("designs-packages", "designs-produce"):
        held = [row for row in goods(shared, name) if hashlib.sha256(row[0].encode()).digest()[0] < 64]
        views, studios, queries, seen = [], [], [], set()
        for _, design, file in held:
            picture = read(file)
            if design in seen:
                queries.append((design, picture))
            else:
                seen.add(design)
                height, width = picture.shape[:2]
                views.append(
                    (design, picture[int(0.12 * height) : int(0.88 * height), int(0.1 * width) : int(0.9 * width)])
                )
                heap = name == "designs-produce"
                mask = heap_mask(height, width, rng) if heap else package_mask(picture, rng)
                studios.append((design, studio(picture, mask, rng)))
        # The same photographs against a studio picture, as a register shows goods, and against another photograph.
        found += [(f"{name}-studio", studios, queries), (name, views, queries)]
    paths = garments(shared)
    line_views, line_queries = [], []
    for number, index in enumerate(rng.choice(len(paths), 220, replace=False)):
        picture = read(paths[int(index)])
        line_views.append((f"g{number}", picture if number % 2 else line_rendering(picture, rng)))
        line_queries.append((f"g{number}", _taken_again(picture, rng)))
        if number % 4 == 0:
            line_queries.append((f"g{number}", line_rendering(picture, rng)))
    found.append(("garments", line_views, line_queries))
    return found


def _printed_again(drawing: Rgb, rng: np.random.Generator) -> Rgb:
    """The same view on another page: another scale, margin and print, as a front page repeats a figure."""
    scale = rng.uniform(0.45, 1.3)
    out = cv2.resize(drawing, None, fx=scale, fy=scale, interpolation=cv2.INTER_AREA if scale < 1 else cv2.INTER_CUBIC)
    out = cv2.warpAffine(
        out,
        cv2.getRotationMatrix2D((out.shape[1] / 2, out.shape[0] / 2), float(rng.normal(0, 0.7)), 1.0),
        (out.shape[1], out.shape[0]),
        borderValue=(255, 255, 255),
    )
    if rng.random() < 0.4:
        out = cv2.GaussianBlur(out, (0, 0), rng.uniform(0.4, 0.9))
    margins = rng.integers(0, 30, 4).tolist()
    out = cv2.copyMakeBorder(out, *margins, cv2.BORDER_CONSTANT, value=(255, 255, 255))
    raw = cv2.imencode(".jpg", out, [cv2.IMWRITE_JPEG_QUALITY, int(rng.integers(60, 95))])[1]
    return np.asarray(cv2.imdecode(raw, cv2.IMREAD_COLOR), np.uint8)


def _taken_again(picture: Rgb, rng: np.random.Generator) -> Rgb:
    """The same scene from a little elsewhere in other light."""
    height, width = picture.shape[:2]
    corners = np.array([[0, 0], [width, 0], [width, height], [0, height]], np.float32)
    moved = corners + rng.normal(0, 0.08, (4, 2)).astype(np.float32) * [width, height]
    matrix = cv2.getPerspectiveTransform(corners, moved.astype(np.float32))
    out = cv2.warpPerspective(picture, matrix, (width, height), borderMode=cv2.BORDER_REPLICATE).astype(np.float32)
    out = (out - 127) * rng.uniform(0.7, 1.2) + 127 + rng.uniform(-25, 25)
    out += rng.normal(0, rng.uniform(1, 8), (*out.shape[:2], 1))
    return np.clip(out, 0, 255).astype(np.uint8)


def describe(arguments: argparse.Namespace) -> None:
    """Looks, local features, shapes and words of every trial picture, into `trials.pkl`."""
    with np.load(arguments.cache / "constants.npz") as c:
        vocabulary = Vocabulary(c["words"], c["word_mean"], c["word_projection"])
        describer = Describer(NoEncoder(), vocabulary, c["shape_mean"], c["shape_projection"])
        stranger_squares = c["squares"]
    trials = []
    for name, views, queries in domains(arguments.cache, arguments.shared, np.random.default_rng(arguments.seed)):
        started = time.monotonic()
        trial = Trial(name, [], [])
        for source, target, purpose in ((views, trial.views, "view"), (queries, trial.queries, "photograph")):
            for design, picture in source:
                seen = looks(picture, purpose)
                target.append(
                    (design, [(look.square, one) for look, one in zip(seen, describer.describe(seen), strict=True)])
                )
        trials.append(trial)
        count = len(views) + len(queries)
        print(
            f"{name}: {len(views)} views, {len(queries)} queries, "
            f"{1e3 * (time.monotonic() - started) / count:.0f} ms each",
            flush=True,
        )
    rng = np.random.default_rng(arguments.seed + 1)
    chosen = rng.choice(len(stranger_squares), STRANGERS, replace=False)
    strangers = []
    for index in chosen:
        look = looks(stranger_squares[index], "view")[0]
        strangers.append((stranger_squares[index], describer.describe([look])[0]))
    with open(arguments.cache / "trials.pkl", "wb") as file:
        pickle.dump((trials, strangers), file)


def encoded(arguments: argparse.Namespace) -> tuple[list[Trial], NDArray[np.float32], DesignReader]:
    """The trials with the encoder's vectors put in front, and a reader with them."""
    from pandok.core.model_card import ModelCard
    from pandok.engines.onnx_encoder import OnnxEncoder

    card = ModelCard.model_validate(json.loads((arguments.model / "card.json").read_text()))
    encoder = OnnxEncoder(card, arguments.model / card.files[0].name, arguments.threads)
    with open(arguments.cache / "trials.pkl", "rb") as file:
        trials, strangers = pickle.load(file)
    with np.load(arguments.cache / "constants.npz") as c:
        vocabulary = Vocabulary(c["words"], c["word_mean"], c["word_projection"])
        describer = Describer(encoder, vocabulary, c["shape_mean"], c["shape_projection"])

    def join(items: list) -> list:
        vectors = encoder.encode(np.stack([square for square, _ in items]))
        return [
            replace(one, vector=np.concatenate([vector, one.vector]).astype(np.float32))
            for vector, (_, one) in zip(vectors, items, strict=True)
        ]

    for trial in trials:
        trial.views = [(design, join(items)) for design, items in trial.views]
        trial.queries = [(design, join(items)) for design, items in trial.queries]
        print(f"encoded {trial.name}", flush=True)
    stranger_vectors = np.stack([one.vector for one in join(strangers)])
    empty = np.zeros(0, np.float32)
    names = tuple(name for name, _ in describer.parts)
    model = RankingModel(
        names,
        empty,
        empty,
        empty,
        1.0,
        InRegister(empty, empty, empty, empty, empty, empty, 0.0),
        THRESHOLD,
        INDEX_WEIGHTS,
    )
    return trials, stranger_vectors, DesignReader("fit", describer, model, stranger_vectors, checks=48)


def compared(trials: list[Trial], reader: DesignReader) -> list[tuple[str, list[tuple[Comparisons, int]]]]:
    """Each query against the whole register of its domain: what was seen, and the row of the truth."""
    out = []
    for trial in trials:
        views = []
        for key, (design, items) in enumerate(trial.views):
            one = items[0]
            fact = RegisteredDesign(design_id=design)
            size = (one.box.x2, one.box.y2)
            views.append((GalleryView(key, fact, "1", one.vector, one.plain, size), one.local))
        gallery = MemoryGallery(views, reader.index_weights())
        rows = []
        for design, items in trial.queries:
            seen = reader.compare(items, gallery.views, gallery)
            names = [found.design_id for found in seen.designs]
            rows.append((seen.seen, names.index(design) if design in names else -1))
        out.append((trial.name, rows))
        top = np.mean([row.parts["tuned"].argmax() == truth for row, truth in rows])
        print(f"compared {trial.name}: {len(rows)} queries, tuned alone recall@1 {top:.3f}", flush=True)
    return out


def part_of(seen: Comparisons, rows: NDArray[np.intp]) -> Comparisons:
    """The same comparison with a smaller register."""
    return Comparisons(
        parts={name: values[rows] for name, values in seen.parts.items()},
        cohort={name: values[rows] for name, values in seen.cohort.items()},
        local=seen.local[rows],
        searched=len(rows),
    )


def fit(arguments: argparse.Namespace) -> None:
    import torch

    trials, strangers, reader = encoded(arguments)
    rows = compared(trials, reader)
    with open(arguments.cache / "compared.pkl", "wb") as file:
        pickle.dump((rows, strangers, reader.ranking.part_names), file)
    fit_weights(arguments, rows, strangers, reader.ranking.part_names, torch)


def fit_weights(arguments, rows, strangers, names, torch) -> None:
    rng = np.random.default_rng(arguments.seed)
    torch.manual_seed(arguments.seed)
    training, held = [], []
    for domain, seen in rows:
        for one, truth in seen:
            # Queries of one design stay on one side.
            (held if truth % 5 == 0 else training).append((domain, one, truth))

    def draw(source: list, count: int) -> list[tuple[NDArray[np.float32], int, str]]:
        by_domain: dict[str, list] = {}
        for item in source:
            by_domain.setdefault(item[0], []).append(item)
        drawn = []
        for _ in range(count):
            domain = str(rng.choice(list(by_domain)))
            _, one, truth = by_domain[domain][int(rng.integers(len(by_domain[domain])))]
            size = int(np.exp(rng.uniform(np.log(8), np.log(len(one)))))
            others = rng.permutation(np.setdiff1d(np.arange(len(one)), [truth]))[: size - 1]
            inside = truth >= 0 and rng.random() < THRESHOLD
            chosen = np.concatenate([[truth], others]) if inside else others
            drawn.append((figures(part_of(one, chosen.astype(int)), names), 0 if inside else -1, domain))
        return drawn

    episodes = draw(training, arguments.episodes)
    test = draw(held, arguments.episodes // 4)
    stacked = np.concatenate([x for x, _, _ in episodes])
    mean, scale = stacked.mean(0), stacked.std(0) + 0.05
    width = stacked.shape[1]
    # Agreement never counts against a design: weights of all figures but the register's size are kept from 0 up.
    raw = torch.nn.Parameter(torch.full((width,), -2.0))
    none = torch.nn.Parameter(torch.zeros(()))
    parameters = [raw, none]
    optimiser = torch.optim.Adam(parameters, lr=4e-2)

    def weights() -> torch.Tensor:
        return torch.cat([torch.nn.functional.softplus(raw[:-1]), raw[-1:]])

    def loss_of(batch: list, drop: float) -> torch.Tensor:
        sizes = [len(x) for x, _, _ in batch]
        x = torch.from_numpy((np.concatenate([x for x, _, _ in batch]) - mean) / scale).float()
        if drop:
            # Whole parts are left out at random. The trials come from the generator that the tuned part was trained
            # on, and there it is better than it will be elsewhere: the others must be able to carry a decision.
            kept = (torch.rand(len(names)) > drop).repeat_interleave(4)
            x = x * torch.cat([kept, torch.ones(5, dtype=torch.bool)])
        score = x @ weights()
        losses = []
        for part, (_, truth, _) in zip(score.split(sizes), batch, strict=True):
            rivals = torch.cat([part.topk(min(RIVALS, len(part))).values, none[None]])
            right = part[truth] if truth >= 0 else none
            # A true design outside the best counts as one more rival, or its loss would fall below zero.
            losses.append(
                torch.logsumexp(torch.cat([rivals, right[None]]) if right < rivals[-2] else rivals, 0) - right
            )
        return torch.stack(losses).mean()

    best, kept = np.inf, None
    steps = arguments.steps
    for step in range(steps):
        for group in optimiser.param_groups:
            group["lr"] = 4e-2 * (0.5 + 0.5 * np.cos(np.pi * step / steps)) + 1e-5
        batch = [episodes[i] for i in rng.integers(len(episodes), size=48)]
        loss = loss_of(batch, PART_LEFT_OUT)
        optimiser.zero_grad()
        loss.backward()
        optimiser.step()
        if step % 100 == 99:
            with torch.no_grad():
                value = float(loss_of(test, 0.0))
            if value < best:
                best, kept = value, [p.detach().clone() for p in parameters]
            if step % 300 == 299:
                print(f"step {step + 1}: held-out loss {value:.4f} (best {best:.4f})", flush=True)
    for parameter, value in zip(parameters, kept, strict=True):
        parameter.data.copy_(value)
    chosen = weights().detach().numpy().copy()
    standard = [((x - mean) / scale, truth) for x, truth, _ in episodes]
    model = RankingModel(
        tuple(names),
        mean.astype(np.float32),
        scale.astype(np.float32),
        chosen,
        fit_sharpness([(x @ chosen, truth) for x, truth in standard if truth >= 0]),
        fit_in_register(standard, chosen, names, arguments.seed),
        THRESHOLD,
        INDEX_WEIGHTS,
    )
    report(model, test)
    known = model.in_register
    stored = {
        "part_names": list(model.part_names),
        "sharpness": round(model.sharpness, 5),
        "in_register": {
            key: np.round(getattr(known, key).astype(float), 5).tolist()
            for key in ("mean", "scale", "direct", "hidden", "hidden_bias", "weights")
        }
        | {"bias": round(known.bias, 5)},
        "threshold": model.threshold,
        "index_weights": model.index_weights,
        "fit": {"seed": arguments.seed, "episodes": len(episodes), "held_out_loss": round(best, 4)},
    }
    for key in ("mean", "scale", "weights"):
        stored[key] = np.round(getattr(model, key).astype(float), 5).tolist()
    (arguments.model / "ranking.json").write_text(json.dumps(stored) + "\n")
    with np.load(arguments.cache / "constants.npz") as c:
        constants = {key: c[key] for key in ("words", "word_mean", "shape_mean")}
        constants |= {key: c[key].astype(np.float16) for key in ("word_projection", "shape_projection")}
    start = 0
    lengths = dict(arguments.lengths)
    for name in names:
        constants[f"strangers_{name}"] = strangers[:, start : start + lengths[name]].astype(np.float16)
        start += lengths[name]
    np.savez_compressed(arguments.model / "constants.npz", **constants)


def fit_sharpness(trials: list[tuple[NDArray[np.float64], int]]) -> float:
    """The factor on the scores with which the softmax over the best gives the truth its due, trials in register."""
    rows = []
    for scores, truth in trials:
        best = np.argsort(-scores)[:RIVALS]
        if truth in best:
            rows.append((scores[best] - scores[truth]).astype(np.float64))
    factors = np.geomspace(0.1, 5, 120)
    losses = [np.mean([np.log(np.exp(factor * row).sum()) for row in rows]) for factor in factors]
    return float(factors[int(np.argmin(losses))])


def fit_in_register(trials: list, weights: NDArray[np.float32], names: tuple[str, ...], seed: int) -> InRegister:
    """The two models of "in the register", averaged. Each trial is seen twice, once with parts left out at random:
    then they learn to lean on what is there, and not on the one part that is best on these trials."""
    rng = np.random.default_rng(seed)
    rows, inside = [], []
    parts = len(names)
    for x, truth in trials:
        for dropped in (False, True):
            seen = x
            if dropped:
                kept = np.repeat(rng.random(parts) > PART_LEFT_OUT, 4)
                seen = x * np.concatenate([kept, np.ones(5)])
            seen = seen.astype(np.float32)
            rows.append(evidence_for_best(seen, seen @ weights))
            inside.append(truth >= 0)
    evidence, truth = np.stack(rows).astype(np.float64), np.array(inside, float)
    mean, scale = evidence.mean(0), evidence.std(0) + 0.05
    z = (evidence - mean) / scale
    figures_of_best = (z.shape[1] - 3) // 2 + 3
    direct, bias = fit_sum(z[:, :figures_of_best], truth)
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


def fit_network(z: NDArray[np.float64], truth: NDArray[np.float64], seed: int) -> list[NDArray[np.float32]]:
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


def report(model: RankingModel, test: list) -> None:
    """Recall, AUROC and calibration on held-out trials, by domain."""
    for domain in [*sorted({d for _, _, d in test}), "all"]:
        right, sure, inside, certain = [], [], [], []
        for x, truth, of in test:
            if domain not in (of, "all"):
                continue
            z = ((x - model.mean) / model.scale).astype(np.float32)
            scores = z @ model.weights
            known = model.in_register.probability(evidence_for_best(z, scores))
            right.append(scores.argmax() == truth)
            sure.append(known * model.shares(scores).max())
            inside.append(truth >= 0)
            certain.append(known)
        inside, right, certain, sure = map(np.array, (inside, right, certain, sure))
        a, b = certain[inside], certain[~inside]
        auroc = (a[:, None] > b).mean() + 0.5 * (a[:, None] == b).mean()
        order = np.argsort(sure)
        ece = sum(abs(sure[i].mean() - right[i].mean()) * len(i) for i in np.array_split(order, 10)) / len(order)
        dir1 = (right[inside] & (a > np.quantile(b, 0.99))).mean()
        print(
            f"{domain:22} n {len(right):5} recall@1 {right[inside].mean():.3f} dir@1% {dir1:.3f} "
            f"auroc {auroc:.3f} ece {ece:.3f}"
        )


def main() -> None:
    parser = argparse.ArgumentParser()
    parser.add_argument("what", choices=["describe", "fit", "weights"])
    parser.add_argument("--cache", type=Path, default=Path("training/cache"))
    parser.add_argument("--shared", type=Path, default=Path(os.environ.get("PANDOK_SHARED", "../shared")))
    parser.add_argument("--model", type=Path, default=Path("src/pandok/models/pandok-design"))
    parser.add_argument("--episodes", type=int, default=6000)
    parser.add_argument("--steps", type=int, default=3000)
    parser.add_argument("--threads", type=int, default=2)
    parser.add_argument("--seed", type=int, default=5)
    arguments = parser.parse_args()
    arguments.lengths = (("plain", 192), ("tuned", 256), ("shape", 96), ("words", 128))
    cv2.setNumThreads(1)
    if arguments.what == "describe":
        describe(arguments)
    elif arguments.what == "fit":
        fit(arguments)
    else:
        import torch

        with open(arguments.cache / "compared.pkl", "rb") as file:
            rows, strangers, names = pickle.load(file)
        fit_weights(arguments, rows, strangers, names, torch)


if __name__ == "__main__":
    main()
