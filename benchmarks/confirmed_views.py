"""What does one confirmed photograph an article bring?

    python -m benchmarks.confirmed_views                      # produce and packages of PANDOK_SHARED (../shared)
    python -m benchmarks.confirmed_views --only designs-produce --draws 5
    python -m benchmarks.confirmed_views --half --draws 2     # half of the articles have one: what of the others?

The register of a set is imported and indexed by the product in a home of its own. All queries are read against it as
it is; then, once a draw, one photograph of each article is confirmed as a view of its design by the product's own act,
indexed by its own job, and all queries are read again; then the photographs are taken back. Photographs are drawn by
seed from the set's `train.csv`; no query is one of them. Two rows each:

- `shipped`: the reader as it is. Its part `tuned` was trained on photographs of `train.csv`, so that it has seen what
  is confirmed here: a site's own photographs are new to it;
- `network silent`: the part `tuned` says nothing to the shipped ranking, which was not fitted for that. What then
  answers has not been trained on these articles.

Recall@1 with 95 % intervals by bootstrap over articles; of draws together, the mean over draws of each question. This
is a look at the measured sets: write it into training/looks.md.
"""

# ruff: noqa: E402  the thread count must be set before numpy is loaded
from __future__ import annotations

import argparse
import csv
import os
import subprocess
import sys
import tempfile
import time
from collections import defaultdict
from collections.abc import Callable, Sequence
from dataclasses import dataclass, replace
from datetime import UTC, datetime
from pathlib import Path
from typing import Any

for _variable in ("OMP_NUM_THREADS", "OPENBLAS_NUM_THREADS"):
    os.environ.setdefault(_variable, "1")

import cv2
import numpy as np

from benchmarks.ablation import remembering
from benchmarks.machine import RESULTS, write_result
from pandok.core.audit import AuditEvent
from pandok.core.reading import Reading
from pandok.fields.designs.evaluation.measuring import load_folder, trial_of
from pandok.proof.bootstrap import bootstrap_intervals
from pandok.proof.retrieval import RetrievalTrial, figures, intervals
from pandok.readers.designs.ranking import Comparisons, Groups, Ranked, RankingModel

QUESTION = "What does one confirmed photograph an article bring?"
SETS = ("designs-produce", "designs-packages")
SEED, ROUNDS = 7, 1000
NAMED = ("recall_at_1", "recall_at_5", "dir_at_1pct", "auroc_in_register")
SILENT = "tuned"


@dataclass(frozen=True)
class Listening(RankingModel):
    """The shipped ranking, which keeps what it was asked."""

    heard: tuple[list[Comparisons], ...] = ()

    def rank(self, seen: Comparisons, alike: Callable[..., Groups] = lambda _: ()) -> Ranked:
        self.heard[0].append(seen)
        return super().rank(seen, alike)


def without_part(seen: Comparisons) -> Comparisons:
    """The same with one part that says of every design the same."""
    none = np.zeros(len(seen), np.float32)
    return replace(seen, parts={**seen.parts, SILENT: none}, cohort={**seen.cohort, SILENT: none})


def photographs_of(folder: Path) -> dict[str, list[str]]:
    """The paths of `train.csv` by design."""
    found: dict[str, list[str]] = defaultdict(list)
    with (folder / "train.csv").open(encoding="utf-8", newline="") as file:
        for row in csv.DictReader(file):
            found[row["design_id"]].append(row["path"])
    return dict(found)


@dataclass(frozen=True)
class Read:
    """All queries once. `resting`: how many first candidates rest on a confirmed photograph, of those rightly so."""

    shipped: RetrievalTrial
    silent: RetrievalTrial
    resting: tuple[int, int]


class Site:
    """A home of its own with the register of one set, indexed."""

    def __init__(self, folder: Path, home: Path):
        from pandok.fields.designs.open_desk import open_desk
        from pandok.settings import settings

        self.folder, self.chosen = folder, load_folder(folder)
        self.names = sorted({view.design.design_id for view in self.chosen.views})
        self.desk = open_desk(settings().model_copy(update={"home": home, "threads": 1}))
        from pandok.fields.register.acts.importing import import_source
        from pandok.web.database_tables import bring_up_to_date

        bring_up_to_date()
        import_source(folder, actor="benchmark", now=datetime.now(UTC), blobs=self.desk.blobs)
        self.views = self.desk.index()
        reader = remembering(self.desk.reader)
        values = {name: getattr(reader.ranking, name) for name in RankingModel.__dataclass_fields__}
        self.heard: list[Comparisons] = []
        self.ranking = reader.ranking
        self.desk.reader = replace(reader, ranking=Listening(**values, heard=(self.heard,)))

    def confirm(self, paths: dict[str, str]) -> list[int]:
        from pandok.fields.designs.acts.goods_picture import cut
        from pandok.fields.register.acts.view_changes import add_confirmed_view
        from pandok.fields.register.models import Design

        keys = []
        for number, (design_id, path) in enumerate(sorted(paths.items()), start=1):
            goods = cut((self.folder / path).read_bytes())
            view = add_confirmed_view(
                Design.objects.get(design_id=design_id),
                name=f"2026-{number:06}",
                sha256=self.desk.blobs.put(goods.jpeg),
                size_px=goods.size_px,
                event=_event("view.confirmed", design_id),
            )
            self.desk.index_view(view.view_key)
            keys.append(view.view_key)
        return keys

    def take_back(self, keys: Sequence[int]) -> None:
        from pandok.fields.register.acts.view_changes import withdraw_view

        for key in keys:
            withdraw_view(key, event=_event("view.withdrawn", str(key)))
            self.desk.index_view(key)

    def read(self, limit: int) -> Read:
        queries, readings, quiet = self.chosen.queries[:limit], [], []
        resting = [0, 0]
        for query in queries:
            self.heard.clear()
            one = self.desk.read([self.folder / query.path], top=len(self.names), marks=False)
            readings.append(one)
            quiet.append(self._without_part(one))
            if one.candidates and one.candidates[0].evidence.confirmed:
                resting[0] += 1
                resting[1] += one.candidates[0].design.design_id in query.design_ids
        return Read(trial_of(queries, readings), trial_of(queries, quiet), (resting[0], resting[1]))

    def _without_part(self, reading: Reading) -> Reading:
        """The same reading ranked without the part; every design was compared, in the order of names."""
        if not self.heard:
            return reading
        ranked = self.ranking.rank(without_part(self.heard[-1]))
        by_name = {one.design.design_id: one for one in reading.candidates}
        order = [by_name[self.names[row]] for row in ranked.order().tolist()]
        scores = ranked.scores[ranked.order()].tolist()
        chances = ranked.probabilities[ranked.order()].tolist()
        return reading.model_copy(
            update={
                "candidates": tuple(
                    one.model_copy(update={"rank": rank, "score": score, "probability": chance})
                    for rank, (one, score, chance) in enumerate(zip(order, scores, chances, strict=True), start=1)
                ),
                "probability_in_register": ranked.in_register,
                "outcome": "candidates" if ranked.in_register >= self.ranking.threshold else "nothing_close",
            }
        )


def _event(action: str, about: str) -> AuditEvent:
    return AuditEvent("benchmark", action, f"design:{about}", "benchmark", datetime.now(UTC), {})


def measured(trial: RetrievalTrial) -> dict[str, Any]:
    found = figures(trial)
    spread = intervals(trial, rounds=ROUNDS, rng=np.random.default_rng(SEED))
    return {name: {"value": _rounded(found[name]), "interval": _pair(spread[name])} for name in NAMED}


def over_draws(before: RetrievalTrial, trials: Sequence[RetrievalTrial]) -> dict[str, Any]:
    """Recall@1 where each question counts by the share of draws that find it, and how much that is more than before;
    of the other figures the mean of the draws."""
    inside = before.in_register
    found = np.mean([one.first_true_rank == 1 for one in trials], axis=0)
    more = found - (before.first_true_rank == 1)
    statistics = {
        "recall_at_1": lambda rows: float(found[rows][inside[rows]].mean()),
        "gain": lambda rows: float(more[rows][inside[rows]].mean()),
    }
    drawn = bootstrap_intervals(
        statistics, len(found), rounds=ROUNDS, rng=np.random.default_rng(SEED), clusters=before.clusters
    )
    rows = np.arange(len(found))
    each = [figures(one) for one in trials]
    return {
        **{name: {"value": _rounded(one(rows)), "interval": _pair(drawn[name])} for name, one in statistics.items()},
        "recall_at_1_of_draws": [_rounded(one["recall_at_1"]) for one in each],
        **{name: _rounded(float(np.mean([one[name] or 0.0 for one in each]))) for name in NAMED[1:]},
    }


def _rounded(value: float | None) -> float | None:
    return None if value is None else round(value, 3)


def _pair(pair: tuple[float, float] | None) -> list[float | None] | None:
    return None if pair is None else [_rounded(value) for value in pair]


def measure(folder: Path, home: Path, draws: int, limit: int) -> dict[str, Any]:
    site, rng = Site(folder, home), np.random.default_rng(SEED)
    offered, started = photographs_of(folder), time.monotonic()
    before, after = site.read(limit), []
    _say(folder, "register pictures alone", before, started)
    for draw in range(draws):
        keys = site.confirm({design: str(rng.choice(paths)) for design, paths in sorted(offered.items())})
        after.append(site.read(limit))
        site.take_back(keys)
        _say(folder, f"draw {draw + 1}", after[-1], started)
    return {
        "designs": len(site.names),
        "views": site.views,
        "designs_with_a_photograph": len(offered),
        "queries": len(before.shipped),
        "queries_in_register": int(before.shipped.in_register.sum()),
        "draws": draws,
        "seconds": round(time.monotonic() - started),
        "first_candidates_on_a_confirmed_photograph_and_right": [list(one.resting) for one in after],
        "rows": {
            name: {
                "register pictures alone": measured(getattr(before, which)),
                "with one confirmed photograph": over_draws(
                    getattr(before, which), [getattr(one, which) for one in after]
                ),
            }
            for name, which in (("shipped", "shipped"), ("network silent", "silent"))
        },
    }


def measure_half(folder: Path, home: Path, draws: int, limit: int) -> dict[str, Any]:
    """As in use, where some designs have a confirmed photograph and others none: does it draw readings of the others to
    itself?"""
    site, rng = Site(folder, home), np.random.default_rng(SEED + 1)
    offered, started = photographs_of(folder), time.monotonic()
    before = site.read(limit)
    _say(folder, "register pictures alone", before, started)
    truths = [query.design_ids[:1] for query in site.chosen.queries[:limit]]
    found = []
    for draw in range(draws):
        names = sorted(offered)
        half = set(rng.permutation(names)[: len(names) // 2].tolist())
        keys = site.confirm({design: str(rng.choice(offered[design])) for design in sorted(half)})
        after = site.read(limit)
        site.take_back(keys)
        _say(folder, f"half, draw {draw + 1}", after, started)
        has_one = np.array([bool(truth) and truth[0] in half for truth in truths])
        found.append(
            {
                which: {
                    "recall_at_1 of articles with one": _before_and_after(before, after, which, has_one),
                    "recall_at_1 of articles without": _before_and_after(before, after, which, ~has_one),
                    "auroc_in_register": [_rounded(figures(getattr(one, which))[NAMED[3]]) for one in (before, after)],
                }
                for which in ("shipped", "silent")
            }
        )
    return {
        "designs": len(site.names),
        "queries": len(truths),
        "draws": draws,
        "seconds": round(time.monotonic() - started),
        "each draw": found,
    }


def _before_and_after(before: Read, after: Read, which: str, rows: np.ndarray) -> list[float | None]:
    kept = rows & before.shipped.in_register
    return [_rounded(float((getattr(one, which).first_true_rank[kept] == 1).mean())) for one in (before, after)]


def _say(folder: Path, what: str, read: Read, started: float) -> None:
    told = ", ".join(f"{name} {figures(getattr(read, name))['recall_at_1']:.3f}" for name in ("shipped", "silent"))
    print(f"{folder.name}: {what}: {told} ({time.monotonic() - started:.0f} s)", flush=True)


def main() -> None:
    parser = argparse.ArgumentParser(description=QUESTION)
    parser.add_argument("--shared", type=Path, default=Path(os.environ.get("PANDOK_SHARED", "../shared")))
    parser.add_argument("--only", choices=SETS, default="", help="one set; run each in a process of its own")
    parser.add_argument("--draws", type=int, default=5)
    parser.add_argument("--half", action="store_true", help="confirm photographs of half of the articles alone")
    parser.add_argument("--limit", type=int, default=10**9, help="queries, to try it out")
    parser.add_argument("--out", type=Path, default=RESULTS / "confirmed_views")
    chosen = parser.parse_args()
    cv2.setNumThreads(1)
    if not chosen.only:
        for name in SETS:
            # Settings and database belong to a process: each set has one of its own.
            subprocess.run(
                [sys.executable, "-m", "benchmarks.confirmed_views", "--only", name, *sys.argv[1:]], check=True
            )
        return
    with tempfile.TemporaryDirectory() as home:
        os.environ["PANDOK_HOME"] = home
        how = measure_half if chosen.half else measure
        found = how(chosen.shared / "data" / chosen.only, Path(home), chosen.draws, chosen.limit)
        place = chosen.out / ("half" if chosen.half else "") / f"{chosen.only}.json"
        write_result(place, QUESTION, SEED, {"set": chosen.only, **found})


if __name__ == "__main__":
    main()
