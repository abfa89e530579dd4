"""Packages and produce twice: as shipped, and with whole articles left out by folds. Intervals by article.

    PYTHONPATH=src:training python -m benchmarks.left_out_articles --cache training/cache

The shipped ranking was fitted on other photographs of the very articles that the two sets ask for. Here the articles
are divided into folds; for each fold the ranking is fitted again from everything but the photographs of its articles,
and answers only their questions. Articles that are in no register were in no fit of the ranking; they are divided too,
so that each is asked once. Four rows a set:

- `shipped`: ranking.json as it is;
- `articles left out`: the fold's articles are in no fit of the ranking;
- `material left out`: no photograph of packages (or of produce) is in any fit of the ranking;
- `articles and network left out`: the fold's articles are in no fit of the ranking, and the part `tuned` says nothing,
  because its network was trained on photographs of these articles. What then answers has not seen them, but for
  contours and sketches of 450 training photographs of goods among the 5,034 shapes of the projections.

Every question is compared once with the whole register (kept in the cache); nothing is fitted on a test picture. That
is a look at the measured sets: write it into training/looks.md. 95 % intervals by bootstrap over articles, those that
are in no register included.
"""

# ruff: noqa: E402  the thread count must be set before numpy is loaded
from __future__ import annotations

import argparse
import os
import pickle
import sys
import time
from collections.abc import Collection, Mapping, Sequence
from dataclasses import replace
from pathlib import Path
from typing import Any

for _variable in ("OMP_NUM_THREADS", "OPENBLAS_NUM_THREADS"):
    os.environ.setdefault(_variable, "1")

import cv2
import numpy as np

from benchmarks.machine import RESULTS, write_result
from pandok.fields.designs.evaluation.measuring import load_folder
from pandok.fields.designs.open_desk import load_reader
from pandok.proof.retrieval import RetrievalTrial, figures, intervals
from pandok.readers.designs.gallery import GalleryView, MemoryGallery
from pandok.readers.designs.ranking import Comparisons, RankingModel

HERE = Path(__file__).resolve().parent
sys.path.insert(0, str(HERE.parent / "training"))

from fit_ranking import Compared, fitted, part_of, simulated, stored
from kinds import FAMILIES
from samples import read

QUESTION = "How does the reader find goods whose articles no fit of its ranking has seen?"
SETS = {"designs-packages": "packages", "designs-produce": "produce"}
SEED, ROUNDS = 5, 1000
Questions = list[tuple[str, Comparisons | None, int]]
"""(article, what was compared or None where nothing could be read, row of the true design or -1)."""


def compared(folder: Path, kept: Path) -> tuple[list[str], Questions]:
    """The register's designs, and every query of the set against all of them."""
    if kept.exists():
        stored: tuple[list[str], Questions] = pickle.loads(kept.read_bytes())
        return stored
    reader, chosen = load_reader(), load_folder(folder)
    pictures = [read(folder / view.path) for view in chosen.views]
    described = reader.describe_views(pictures)
    views = [
        (
            GalleryView(key, view.design, view.view, one.vector, one.plain, (picture.shape[1], picture.shape[0])),
            one.local,
        )
        for key, (view, picture, one) in enumerate(zip(chosen.views, pictures, described, strict=True))
    ]
    gallery = MemoryGallery(views, reader.index_weights())
    designs = sorted({view.design.design_id for view in chosen.views})
    questions: Questions = []
    started = time.monotonic()
    for number, query in enumerate(chosen.queries):
        looks = reader.show(read(folder / query.path)).descriptions
        seen = reader.compare(looks, gallery.views, gallery).seen if looks else None
        truth = designs.index(query.design_ids[0]) if query.design_ids else -1
        questions.append((query.query_id.rsplit("_", 1)[0], seen, truth))
        if number % 50 == 49:
            print(
                f"{folder.name}: {number + 1} of {len(chosen.queries)}, {time.monotonic() - started:.0f} s", flush=True
            )
    kept.parent.mkdir(parents=True, exist_ok=True)
    kept.write_bytes(pickle.dumps((designs, questions)))
    return designs, questions


def without_articles(found: Mapping[str, Compared], family: str, left_out: Collection[str]) -> dict[str, Compared]:
    """The kinds without these designs: neither asked for nor in the register."""
    rest = dict(found)
    for name in FAMILIES[family]:
        one = found[name]
        rows = np.array([row for row, design in enumerate(one.designs) if design not in left_out], np.intp)
        place = {int(row): new for new, row in enumerate(rows)}
        rest[name] = Compared(
            tuple(one.designs[row] for row in rows),
            tuple((part_of(seen, rows), place[truth]) for seen, truth in one.queries if truth in place),
        )
    return rest


def deaf(seen: Comparisons, part: str = "tuned") -> Comparisons:
    """The same with a part that says of every design the same."""
    none = np.zeros(len(seen), np.float32)
    return replace(seen, parts={**seen.parts, part: none}, cohort={**seen.cohort, part: none})


def all_deaf(found: Mapping[str, Compared]) -> dict[str, Compared]:
    return {
        name: Compared(one.designs, tuple((deaf(seen), truth) for seen, truth in one.queries))
        for name, one in found.items()
    }


class Answers:
    """What several models, each for its part of the questions, answered."""

    def __init__(self, questions: Questions):
        self.questions = questions
        self.rank = np.full(len(questions), np.inf)
        self.known, self.first = np.zeros(len(questions)), np.zeros(len(questions))
        self.nothing = np.ones(len(questions), np.bool_)

    def ask(self, model: RankingModel, rows: Sequence[int], *, without_network: bool = False) -> None:
        for row in rows:
            _, seen, truth = self.questions[row]
            if seen is None:
                continue
            ranked = model.rank(deaf(seen) if without_network else seen)
            order = ranked.order()
            if truth >= 0:
                self.rank[row] = int(np.flatnonzero(order == truth)[0]) + 1
            self.known[row], self.first[row] = ranked.in_register, float(ranked.probabilities[order[0]])
            self.nothing[row] = ranked.in_register < model.threshold

    def measured(self) -> dict[str, Any]:
        inside = np.array([truth >= 0 for *_, truth in self.questions])
        trial = RetrievalTrial(
            in_register=inside,
            first_true_rank=self.rank,
            average_precision=np.where(inside, 1 / self.rank, 0.0),
            open_set_score=self.known,
            first_probability=self.first,
            said_nothing_close=self.nothing,
            clusters=tuple(article for article, *_ in self.questions),
        )
        spread = intervals(trial, rounds=ROUNDS, rng=np.random.default_rng(SEED))
        return {
            name: {"value": None if value is None else round(value, 3), "interval": _rounded(spread[name])}
            for name, value in figures(trial).items()
        }


def _rounded(pair: tuple[float, float] | None) -> list[float] | None:
    return None if pair is None else [round(value, 3) for value in pair]


def folds(questions: Questions, designs: Sequence[str], count: int) -> list[tuple[list[int], set[str]]]:
    """Rows and designs of each fold; articles by turns, those of the register and the others apart."""
    articles: dict[str, tuple[bool, list[int]]] = {}
    for row, (article, _, truth) in enumerate(questions):
        articles.setdefault(article, (truth >= 0, []))[1].append(row)
    names = sorted(articles, key=lambda name: (articles[name][0], name))
    order = np.random.default_rng(SEED).permutation(len(names))
    found: list[tuple[list[int], set[str]]] = [([], set()) for _ in range(count)]
    for turn, at in enumerate(sorted(order, key=lambda at: articles[names[at]][0])):
        rows, left_out = found[turn % count]
        rows += articles[names[at]][1]
        left_out |= {designs[questions[row][2]] for row in articles[names[at]][1] if questions[row][2] >= 0}
    return found


def measured(name: str, folder: Path, cache: Path, count: int, each: int) -> dict[str, Any]:
    designs, questions = compared(folder, cache / "test-compared" / f"{name}.pkl")
    found, family = stored(cache), SETS[name]
    trials = simulated(found, each, SEED)
    every = range(len(questions))
    rows: dict[str, Answers] = {}
    rows["shipped"] = Answers(questions)
    rows["shipped"].ask(load_reader().ranking, every)
    rows["material left out"] = Answers(questions)
    rows["material left out"].ask(fitted(trials, without=FAMILIES[family]), every)
    rows["articles left out"], rows["articles and network left out"] = Answers(questions), Answers(questions)
    quiet = simulated(all_deaf(found), each, SEED)
    for asked, left_out in folds(questions, designs, count):
        rest = {
            kind: one for kind, one in without_articles(found, family, left_out).items() if kind in FAMILIES[family]
        }
        rows["articles left out"].ask(fitted({**trials, **simulated(rest, each, SEED)}), asked)
        deaf_rest = simulated(all_deaf(rest), each, SEED)
        rows["articles and network left out"].ask(fitted({**quiet, **deaf_rest}), asked, without_network=True)
        print(f"{name}: without {len(left_out)} of the register's articles, {len(asked)} questions", flush=True)
    articles = {article: truth >= 0 for article, _, truth in questions}
    return {
        "questions": len(questions),
        "articles_in_the_register": sum(articles.values()),
        "articles_not_in_it": len(articles) - sum(articles.values()),
        "folds": count,
        "trials_a_kind": each,
        "rows": {how: answers.measured() for how, answers in rows.items()},
    }


def main() -> None:
    parser = argparse.ArgumentParser(description=QUESTION)
    parser.add_argument("--cache", type=Path, default=Path("training/cache"))
    parser.add_argument("--shared", type=Path, default=Path(os.environ.get("PANDOK_SHARED", "../shared")))
    parser.add_argument("--folds", type=int, default=4)
    parser.add_argument("--each", type=int, default=400, help="trials a kind")
    parser.add_argument("--only", choices=list(SETS), action="append", default=[])
    parser.add_argument("--compare-only", action="store_true", help="compare and keep, measure nothing")
    parser.add_argument("--out", type=Path, default=RESULTS / "left_out_articles.json")
    chosen = parser.parse_args()
    cv2.setNumThreads(1)
    names = chosen.only or list(SETS)
    if chosen.compare_only:
        for name in names:
            compared(chosen.shared / "data" / name, chosen.cache / "test-compared" / f"{name}.pkl")
        return
    found = {
        name: measured(name, chosen.shared / "data" / name, chosen.cache, chosen.folds, chosen.each) for name in names
    }
    for name, one in found.items():
        for how, row in one["rows"].items():
            print(name, how, {key: (value["value"], value["interval"]) for key, value in row.items()})
    write_result(chosen.out, QUESTION, SEED, {"sets": found})


if __name__ == "__main__":
    main()
