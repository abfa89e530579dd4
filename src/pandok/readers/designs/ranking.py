"""Ranking: from the comparisons of one article with many views to calibrated probabilities.

For every design the best agreement over its views and the photograph's looks is taken, part by part, and put beside
what the same part says of the other designs and of a cohort of strangers (adaptive score normalisation, Matejka et
al. 2017, as used for speaker verification). A weighted sum of these figures is the score of a design. Two questions are
then answered apart: which design it is, if it is in the register (a softmax over the best), and whether it is in the
register at all (pandok.readers.designs.in_register). The probability of a design is the product, so that all of them
and "none of them" sum to one. The constants are learned by training/fit_ranking.py.
"""

from __future__ import annotations

from collections.abc import Callable, Sequence
from dataclasses import dataclass

import numpy as np
from numpy.typing import NDArray

from pandok.readers.designs.in_register import InRegister
from pandok.readers.designs.look_alikes import LookAlikeRule

Floats = NDArray[np.float32]
Groups = tuple[tuple[int, ...], ...]
LOCAL_FIGURES = ("inliers", "quality", "coverage")
NEAREST_STRANGERS = 60
RIVALS = 20


@dataclass(frozen=True)
class Comparisons:
    """All that was compared, one row a design. `parts` maps a part's name to (n,) cosines; `cohort` to (n,) cosines
    normalised by strangers; `local` (n, 3): inliers, quality, coverage, NaN where not checked; `searched` is the size
    of the register part that was compared, in designs; `plain`: photograph and most views stand on plain grounds."""

    parts: dict[str, Floats]
    cohort: dict[str, Floats]
    local: Floats
    searched: int
    plain: bool = False

    def __len__(self) -> int:
        return len(self.local)


def figures(seen: Comparisons, part_names: Sequence[str], sharpness: Sequence[float]) -> Floats:
    """What is weighed, `(n, 5 * parts + 8)` float32; every figure but the last grows with agreement.

    For each part the cosine, the same against strangers, against the other designs, the lead over the best other one,
    and how far it stands out from all; then the local check (agreeing points, their distinctness, coverage, lead,
    many points), the opinion pool of the parts, and the size of the register. A pool (Stone 1961) shares one chance
    among the designs by each part alone, as sharply as that part deserves (`sharpness`, one a part), and takes the mean
    and the largest: a part that is sure is heard, and no part that sees nothing can veto.
    """
    columns: list[NDArray[np.floating]] = []
    shares: list[NDArray[np.floating]] = []
    for name, sharp in zip(part_names, sharpness, strict=True):
        cosine = seen.parts[name]
        apart = _spread(cosine)
        columns += [cosine, seen.cohort[name] / 4, apart, _lead(cosine) * 5, np.maximum(apart * 4 - 2, 0) ** 2 / 16]
        weight = np.exp(sharp * (cosine.astype(np.float64) - float(cosine.max(initial=-1.0))))
        shares.append(weight / max(float(weight.sum()), 1e-9))
    local = np.nan_to_num(seen.local, nan=0.0)
    quality = np.log1p(local[:, 1])
    columns += [np.log1p(local[:, 0]) / 2, quality, local[:, 2], _lead(quality), np.maximum(quality - 1, 0)]
    pool = np.stack(shares)
    columns += [np.log(pool.mean(axis=0) + 1e-4) / 3, pool.max(axis=0) * 2]
    columns.append(np.full(len(seen), np.log10(max(seen.searched, 1)) / 4))
    return np.stack(columns, axis=1).astype(np.float32)


def _spread(scores: Floats) -> Floats:
    """Each score against the others: distance from the median in robust deviations, a quarter of it, capped."""
    if len(scores) < 3:
        return np.zeros_like(scores)
    middle = np.median(scores)
    deviation = 1.4826 * np.median(np.abs(scores - middle)) + 0.02
    return np.asarray(np.clip((scores - middle) / deviation, -8, 8) / 4, np.float32)


def _lead(scores: Floats) -> Floats:
    """How far each score is ahead of the best other one; negative for all but the first."""
    if len(scores) < 2:
        return np.zeros_like(scores)
    order = np.argsort(-scores, kind="stable")
    best = np.full(len(scores), scores[order[0]])
    best[order[0]] = scores[order[1]]
    return np.asarray(np.clip(scores - best, -2, 2), np.float32)


def normalised(cosines: Floats, query_strangers: Floats, view_strangers: Floats) -> Floats:
    """Adaptive symmetric normalisation: cosines (n,) against the nearest strangers of query (m,) and views (n, m)."""

    def top(values: Floats) -> tuple[Floats, Floats]:
        count = min(NEAREST_STRANGERS, values.shape[-1])
        nearest = -np.partition(-values, count - 1, axis=-1)[..., :count]
        return nearest.mean(axis=-1), nearest.std(axis=-1) + 0.02

    query_mean, query_deviation = top(query_strangers)
    view_mean, view_deviation = top(view_strangers)
    both = (cosines - query_mean) / query_deviation + (cosines - view_mean) / view_deviation
    return np.asarray(np.clip(both / 2, -10, 20), dtype=np.float32)


@dataclass(frozen=True)
class Ranked:
    """`scores` (n,) of the designs, `probabilities` (n,) that it is this one, and of being in the register at all;
    `groups`: rows of look-alikes among the best."""

    scores: Floats
    probabilities: Floats
    in_register: float
    groups: Groups = ()

    def order(self) -> NDArray[np.intp]:
        """Rows by probability; where that is the same (the long tail has none), by score."""
        return np.lexsort((-self.scores, -self.probabilities))


def _no_groups(_best: NDArray[np.intp]) -> Groups:
    return ()


@dataclass(frozen=True)
class RankingModel:
    """The fitted constants. `part_names` in order, `part_sharpness` of each alone; `mean` and `scale` (f,) of the
    figures, `weights` (2, f), the first row where the pictures stand on plain grounds; `sharpness` of the softmax over
    the best designs; `in_register` answers whether any is right where the pictures stand on plain grounds,
    `photographed` elsewhere; `threshold`: below this probability of being in the register the reading says "nothing
    close"; `index_weights` by part, for the first search."""

    part_names: tuple[str, ...]
    part_sharpness: tuple[float, ...]
    mean: Floats
    scale: Floats
    weights: Floats
    sharpness: float
    in_register: InRegister
    photographed: InRegister
    threshold: float
    index_weights: dict[str, float]
    look_alikes: LookAlikeRule | None = None
    """None: designs share the chance by their scores alone."""

    def rank(self, seen: Comparisons, alike: Callable[[NDArray[np.intp]], Groups] = _no_groups) -> Ranked:
        """Scores and probabilities of all designs that were compared. `alike` groups the rows of the best designs that
        are look-alikes."""
        found = figures(seen, self.part_names, self.part_sharpness)
        scores = self.scores(seen, found)
        best = np.argsort(-scores, kind="stable")[:RIVALS]
        asked = self.in_register if seen.plain else self.photographed
        known = asked.probability(found[best[0]]) if len(scores) else 0.0
        groups = alike(best) if self.look_alikes and len(best) > 1 else ()
        return Ranked(scores, np.asarray(known * self.shares(scores, groups), np.float32), known, groups)

    def scores(self, seen: Comparisons, found: Floats | None = None) -> Floats:
        """The score of every design, (n,): its `figures`, in units of their spread over the trials, weighted."""
        if found is None:
            found = figures(seen, self.part_names, self.part_sharpness)
        weights = self.weights[0 if seen.plain else 1]
        return np.asarray(((found - self.mean) / self.scale) @ weights, np.float32)

    def shares(self, scores: Floats, groups: Groups = ()) -> Floats:
        """The chance of each design given that one of them is right, `(n,)`: only the best `RIVALS` share it, so that
        the long tail of a large register does not. What a group of look-alikes has is then shared among its rows more
        evenly than their scores say."""
        shares = np.zeros(len(scores), np.float32)
        sharpness = self.look_alikes.sharpness if self.look_alikes else self.sharpness
        if len(scores):
            best = np.argsort(-scores, kind="stable")[:RIVALS]
            weights = np.exp(self.sharpness * (scores[best].astype(np.float64) - float(scores[best[0]])))
            shares[best] = weights / weights.sum()
        for group in groups:
            rows = list(group)
            within = np.exp(sharpness * (scores[rows].astype(np.float64) - float(scores[rows].max())))
            shares[rows] = shares[rows].sum() * within / within.sum()
        return shares
