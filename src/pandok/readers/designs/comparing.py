"""Comparing: every look at the photographs with every view of the shortlist, gathered by design.

Appearance, shape, layout and visual words are cosines of all pairs; the local structure, which costs a thousand times
more, is checked only where the coarse score is highest. What keeps the layout is asked only where both pictures stand
on plain grounds.
"""

from __future__ import annotations

from collections.abc import Mapping, Sequence
from dataclasses import dataclass, replace

import numpy as np
from numpy.typing import NDArray

from pandok.core.reading import RegisteredDesign
from pandok.readers.designs import local
from pandok.readers.designs.description import LAID_OUT, Description
from pandok.readers.designs.gallery import Gallery, GalleryView
from pandok.readers.designs.ranking import Comparisons, normalised

Floats = NDArray[np.float32]
REVERSED_CHECKS = 10
"""Of so many first views the photograph's negative is checked too: each check costs as much as the first."""
SURE_INLIERS = 15
"""Agreeing points from which the negative need not be tried."""
COST_OF_TURNING = np.float32(0.03)
"""A cosine that is reached only on its side counts so much less: most pictures stand upright."""


@dataclass(frozen=True)
class Check:
    """The local check of one design: which view, which look, and what agreed."""

    view: int
    look: int
    match: local.Match


@dataclass(frozen=True)
class Comparison:
    """`seen` with the designs and views it is about, row by row; `best_look` (n,) is the look that agrees best;
    `checks` maps a row to its local check, where there was one."""

    seen: Comparisons
    designs: tuple[RegisteredDesign, ...]
    views: tuple[GalleryView, ...]
    best_look: NDArray[np.intp]
    checks: Mapping[int, Check]


@dataclass(frozen=True)
class Comparer:
    """`slices` says where each part lies in a vector, `weights` what it counts in the coarse score; `strangers`
    (m, d) belong to no register; at most `checks` views are checked locally."""

    slices: Mapping[str, slice]
    weights: Mapping[str, float]
    strangers: Floats
    checks: int

    def compare(self, looks: Sequence[Description], views: Sequence[GalleryView], gallery: Gallery) -> Comparison:
        """Compare one article's looks with the views; neither may be empty."""
        queries = np.stack([look.vector for look in looks])
        targets = np.stack([view.vector for view in views])
        names = sorted({view.design.design_id for view in views})
        row_of = {name: row for row, name in enumerate(names)}
        design_of = np.array([row_of[view.design.design_id] for view in views])
        parts: dict[str, Floats] = {}
        cohort: dict[str, Floats] = {}
        coarse = np.zeros((len(looks), len(views)), np.float32)
        on_plain = np.outer([look.plain for look in looks], [view.plain for view in views])
        turned = np.array([look.turns > 0 for look in looks])
        for name, where in self.slices.items():
            cosines = queries[:, where] @ targets[:, where].T
            cosines[turned] -= COST_OF_TURNING
            if name in LAID_OUT:
                cosines = np.where(on_plain, cosines, 0.0).astype(np.float32)
            coarse += self.weights.get(name, 1.0) * cosines
            parts[name] = _best_of(cosines.max(axis=0), design_of, len(names))
            standard = self._against_strangers(cosines, queries[:, where], targets[:, where], where)
            cohort[name] = _best_of(standard, design_of, len(names))
        checks = self._check(looks, views, gallery, coarse, design_of)
        figures = np.full((len(names), 3), np.nan, np.float32)
        for row, check in checks.items():
            figures[row] = (check.match.inliers, check.match.quality, check.match.coverage)
        chosen = [0] * len(names)
        for view in np.argsort(coarse.max(axis=0), kind="stable").tolist():
            chosen[design_of[view]] = view
        for row, check in checks.items():
            chosen[row] = check.view
        seen = Comparisons(
            parts=parts,
            cohort=cohort,
            local=figures,
            searched=len(names),
            plain=bool(looks[0].plain and _drawn(views)),
        )
        best_look = np.asarray(coarse[:, chosen].argmax(axis=0), np.intp)
        shown = tuple(views[view] for view in chosen)
        return Comparison(seen, tuple(view.design for view in shown), shown, best_look, checks)

    def _against_strangers(self, cosines: Floats, queries: Floats, targets: Floats, where: slice) -> Floats:
        """(n,) best cosine of each view, normalised by the strangers of its look and of itself."""
        strangers = self.strangers[:, where]
        of_looks, of_views = queries @ strangers.T, targets @ strangers.T
        best, look = cosines.max(axis=0), cosines.argmax(axis=0)
        standard = np.empty(cosines.shape[1], np.float32)
        for index in range(len(queries)):
            rows = np.flatnonzero(look == index)
            if len(rows):
                standard[rows] = normalised(best[rows], of_looks[index], of_views[rows])
        return standard

    def _check(
        self,
        looks: Sequence[Description],
        views: Sequence[GalleryView],
        gallery: Gallery,
        coarse: Floats,
        design_of: NDArray[np.intp],
    ) -> dict[int, Check]:
        """The best local check of each design that was looked at."""
        found: dict[int, Check] = {}
        for place, view in enumerate(self._to_check(coarse, design_of)):
            row = int(design_of[view])
            registered = gallery.local_features(views[view].key)
            for index in _looks_to_check(looks, coarse[:, view]):  # of a turned look the one that stands upright
                # A mark on goods may stand light on dark where the register has it dark on light.
                maybe_reversed = place < REVERSED_CHECKS and looks[index].plain != views[view].plain
                match = _match(looks[index], registered, maybe_reversed=maybe_reversed)
                if row not in found or match.quality > found[row].match.quality:
                    found[row] = Check(view, index, match)
        return found

    def _to_check(self, coarse: Floats, design_of: NDArray[np.intp]) -> list[int]:
        """The first views by coarse score, at most two of a design; most go to designs' first views."""
        firsts: list[int] = []
        seconds: list[int] = []
        seen: dict[int, int] = {}
        for view in np.argsort(-coarse.max(axis=0), kind="stable"):
            row = int(design_of[view])
            seen[row] = seen.get(row, 0) + 1
            if seen[row] <= 2:
                (firsts if seen[row] == 1 else seconds).append(int(view))
        few = firsts[: max(1, self.checks * 3 // 4)]
        return few + seconds[: self.checks - len(few)]


def _looks_to_check(looks: Sequence[Description], coarse: Floats) -> list[int]:
    """The look that agrees best; beside a symbol cut from a mark also the whole mark."""
    best = int(coarse.argmax())
    best -= next(back for back in range(best + 1) if not looks[best - back].turns)
    return [best] if best == 0 or not looks[0].plain else [best, 0]


def _match(look: Description, registered: local.LocalFeatures, *, maybe_reversed: bool) -> local.Match:
    found = local.verify(look.local, registered)
    if not maybe_reversed or found.inliers >= SURE_INLIERS:
        return found
    negative = local.verify(local.reversed_contrast(look.local), registered)
    return replace(negative, negative=True) if negative.quality > found.quality else found


def _drawn(views: Sequence[GalleryView]) -> bool:
    """Whether most registered views stand on plain grounds. Photographs that cases brought do not change that."""
    return bool(np.mean([view.plain for view in views if not view.confirmed] or [False]) > 0.5)


def _best_of(values: Floats, design_of: NDArray[np.intp], count: int) -> Floats:
    """The largest value of each design, (count,)."""
    best = np.full(count, -np.inf, np.float32)
    np.maximum.at(best, design_of, values)
    return best
