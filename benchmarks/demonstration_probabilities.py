"""Does a probability mean what it says on the demonstration's goods?

Registers are made as `pandok demo` makes its own (80 designs, a third of them look-alikes of another), with other seeds
than those that anything was fitted on; every design is photographed once, and a third as many articles that are not in
the register, half of these relatives of registered ones. Measured twice on the same comparisons: with every design
sharing the chance by its score alone ("scores alone"), and as the reader answers, look-alikes together ("as read").

    python -m benchmarks.demonstration_probabilities --seeds 501 502 503 504
    python -m benchmarks.demonstration_probabilities --cache folder     # keeps the comparisons, for another look

`named`: what the reading names, one design or look-alikes together; `right` where the true design is among it.
Intervals are 95 %: Wilson for shares, bootstrap by register and query for the calibration error.
"""

# ruff: noqa: E402  the thread count must be set before numpy is loaded
from __future__ import annotations

import argparse
import os
import pickle
import time
from collections.abc import Iterator, Sequence
from dataclasses import dataclass, replace
from pathlib import Path
from typing import Any

for _variable in ("OMP_NUM_THREADS", "OPENBLAS_NUM_THREADS"):
    os.environ.setdefault(_variable, "1")

import cv2
import numpy as np
from numpy.typing import NDArray

from benchmarks.machine import RESULTS, write_result
from pandok.core.reading import MOST_NAMED, NAMED_FROM, RegisteredDesign
from pandok.demo.articles.demonstration import demonstration_articles, published_views
from pandok.demo.articles.families import make_article, sibling
from pandok.demo.articles.photograph import photograph
from pandok.demo.articles.shapes.article import Article
from pandok.fields.designs.open_desk import load_reader
from pandok.proof.shares import wilson_interval
from pandok.readers.designs.gallery import GalleryView, MemoryGallery
from pandok.readers.designs.look_alikes import together
from pandok.readers.designs.ranking import Comparisons, RankingModel
from pandok.readers.designs.reader import DesignReader

QUESTION = "Does a probability mean what it says on the demonstration's goods?"
SEEDS = (501, 502, 503, 504)
"""The command `pandok demo` uses seed 2; training/fit_look_alikes.py seeds 101 to 108."""
DESIGNS, PHOTOGRAPH_PX, BINS, ROUNDS = 80, 480, 10, 1000


@dataclass(frozen=True)
class Query:
    """One photograph against its register: what was compared, the row of the truth (-1: not in the register)."""

    seen: Comparisons
    truth: int


@dataclass(frozen=True)
class Register:
    """`views` (n, d) of each design by the part that look-alikes are found with, in the order of the rows."""

    views: tuple[NDArray[np.float32], ...]
    queries: tuple[Query, ...]


def compared(seed: int, reader: DesignReader, cache: Path | None = None) -> Register:
    """The register of this seed and all its photographs, compared."""
    path = cache / f"reg-{seed}.pkl" if cache else None
    if path is not None and path.exists():
        views, rows, *_ = pickle.loads(path.read_bytes())
    else:
        views, rows = _made(seed, reader)
        if path is not None:
            path.write_bytes(pickle.dumps((views, rows)))
    part = reader.slices[reader.ranking.look_alikes.part if reader.ranking.look_alikes else "tuned"]
    by_design: dict[str, list[NDArray[np.float32]]] = {}
    for view, _ in views:
        by_design.setdefault(view.design.design_id, []).append(view.vector[part])
    queries = tuple(Query(row[0], row[1]) for row in rows)
    return Register(tuple(np.stack(by_design[name]) for name in sorted(by_design)), queries)


def _made(seed: int, reader: DesignReader) -> tuple[list[Any], list[Any]]:
    articles = demonstration_articles(seed, DESIGNS)
    views: list[tuple[GalleryView, Any]] = []
    for number, article in enumerate(articles):
        rng = np.random.default_rng([seed, 1, number])
        # As write_demonstration draws holder, status and recordal before the views.
        rng.integers(1, 13), rng.random(), rng.random()
        for name, picture in published_views(article, rng):
            described = reader.describe_view(picture)
            size = (picture.shape[1], picture.shape[0])
            fact = RegisteredDesign(design_id=f"{number:04d}")
            views.append(
                (GalleryView(len(views), fact, name, described.vector, described.plain, size), described.local)
            )
    gallery = MemoryGallery(views, reader.index_weights())
    rows = []
    for truth, picture in _photographs(seed, articles):
        shown = reader.show(picture)
        if shown.descriptions:
            seen = reader.compare(list(shown.descriptions), gallery.views, gallery).seen
            rows.append((seen, truth))
    return views, rows


def _photographs(seed: int, articles: Sequence[Article]) -> Iterator[tuple[int, NDArray[np.uint8]]]:
    for number in range(len(articles) + len(articles) // 3):
        rng = np.random.default_rng([seed, 3, number])
        truth = number if number < len(articles) else -1
        if truth >= 0:
            article = articles[truth]
        else:
            article = sibling(articles[int(rng.integers(DESIGNS))], rng) if rng.random() < 0.5 else make_article(rng)
        picture, _, _ = photograph(article, rng, PHOTOGRAPH_PX, float(rng.uniform(0.3, 0.85)))
        _, packed = cv2.imencode(".jpg", np.ascontiguousarray(picture[..., ::-1]), [cv2.IMWRITE_JPEG_QUALITY, 90])
        yield truth, np.ascontiguousarray(cv2.imdecode(packed, cv2.IMREAD_COLOR)[..., ::-1])


@dataclass(frozen=True)
class Answer:
    """What was said of one photograph: the first candidate, what was named, and whether each was right."""

    in_register: bool
    first: float
    first_right: bool
    in_three: bool
    close: bool
    named: int
    named_probability: float
    named_right: bool


def answered(query: Query, register: Register, model: RankingModel) -> Answer:
    """As DesignReader.read and Reading.named put it together."""
    rule = model.look_alikes

    def alike(best: NDArray[np.intp]) -> tuple[tuple[int, ...], ...]:
        groups = together([register.views[row] for row in best], rule) if rule else ()
        return tuple(tuple(int(best[place]) for place in group) for group in groups)

    ranked = model.rank(query.seen, alike)
    order = ranked.order()
    close = ranked.in_register >= model.threshold
    grouped = {row for group in ranked.groups for row in group}
    offers = [*ranked.groups, *((int(row),) for row in order[:10] if int(row) not in grouped)]
    sure = [rows for rows in offers if len(rows) <= MOST_NAMED and ranked.probabilities[list(rows)].sum() >= NAMED_FROM]
    named = sure[0] if sure and close else ()
    return Answer(
        in_register=query.truth >= 0,
        first=float(ranked.probabilities[order[0]]),
        first_right=int(order[0]) == query.truth,
        in_three=query.truth in order[:3],
        close=close,
        named=len(named),
        named_probability=float(ranked.probabilities[list(named)].sum()) if named else 0.0,
        named_right=query.truth in named,
    )


def figures(answers: Sequence[Answer], seed: int) -> dict[str, Any]:
    inside = [one for one in answers if one.in_register]
    named = [one for one in answers if one.named]
    single = [one for one in named if one.named == 1]
    certain = [one for one in answers if one.first >= NAMED_FROM]
    first = np.array([(one.first, one.first_right) for one in answers], float)
    of_named = np.array([(one.named_probability, one.named_right) for one in named], float).reshape(-1, 2)
    return {
        "recall_at_1": _share(inside, "first_right"),
        "recall_at_3": _share(inside, "in_three"),
        "first_right_where_close_designs_are_found": _share([one for one in answers if one.close], "first_right"),
        "first_right_from_50_percent": _share(certain, "first_right"),
        "named": len(named),
        "named_right": _share(named, "named_right"),
        "named_mean_probability": round(float(of_named[:, 0].mean()), 3) if len(named) else None,
        "named_alone": len(single),
        "named_alone_right": _share(single, "named_right"),
        "calibration_error_of_the_first": _error(first, seed),
        "calibration_error_of_what_is_named": _error(of_named, seed) if len(named) else None,
    }


def _share(of: Sequence[Answer], what: str) -> dict[str, Any] | None:
    if not of:
        return None
    hits = sum(getattr(one, what) for one in of)
    low, high = wilson_interval(hits, len(of))
    return {"share": round(hits / len(of), 3), "of": len(of), "interval": [round(low, 3), round(high, 3)]}


def calibration_error(pairs: NDArray[np.float64]) -> float:
    """Expected calibration error over ten groups of like size; `pairs` (n, 2): probability, right."""
    order = np.argsort(pairs[:, 0], kind="stable")
    parts = [part for part in np.array_split(order, BINS) if len(part)]
    return float(sum(abs(pairs[part, 0].mean() - pairs[part, 1].mean()) * len(part) for part in parts) / len(pairs))


def _error(pairs: NDArray[np.float64], seed: int) -> dict[str, Any]:
    rng = np.random.default_rng(seed)
    again = [calibration_error(pairs[rng.integers(len(pairs), size=len(pairs))]) for _ in range(ROUNDS)]
    low, high = np.quantile(again, [0.025, 0.975])
    value = calibration_error(pairs)
    return {"value": round(value, 3), "interval": [round(float(low), 3), round(float(high), 3)], "of": len(pairs)}


def measured(seeds: Sequence[int], reader: DesignReader, cache: Path | None = None) -> dict[str, Any]:
    """Both ways of sharing on the same comparisons. The sharpness of "scores alone" is that of version 1.2.0."""
    answers: dict[str, list[Answer]] = {"scores alone": [], "as read": []}
    alone = replace(reader.ranking, look_alikes=None, sharpness=1.38728)
    for seed in seeds:
        started = time.perf_counter()
        register = compared(seed, reader, cache)
        for query in register.queries:
            answers["scores alone"].append(answered(query, register, alone))
            answers["as read"].append(answered(query, register, reader.ranking))
        print(
            f"register {seed}: {len(register.queries)} photographs, {time.perf_counter() - started:.0f} s", flush=True
        )
    return {
        "reader": reader.name,
        "seeds": list(seeds),
        "photographs": len(answers["as read"]),
        "in_register": sum(one.in_register for one in answers["as read"]),
        "results": {name: figures(found, seeds[0]) for name, found in answers.items()},
    }


def main() -> None:
    parser = argparse.ArgumentParser(description=QUESTION)
    parser.add_argument("--seeds", type=int, nargs="+", default=SEEDS)
    parser.add_argument("--cache", type=Path, help="folder that keeps the comparisons (pickle: only your own)")
    parser.add_argument("--out", type=Path, default=RESULTS / "demonstration_probabilities.json")
    chosen = parser.parse_args()
    cv2.setNumThreads(1)
    result = measured(chosen.seeds, load_reader(), chosen.cache)
    write_result(chosen.out, QUESTION, chosen.seeds[0], result)
    for name, found in result["results"].items():
        print(name)
        for key, value in found.items():
            print(f"  {key}: {value}")


if __name__ == "__main__":
    main()
