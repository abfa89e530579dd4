"""DesignReader: photographs of one article in, ranked registered designs with evidence out.

The way of one reading: looks at each photograph → descriptions → the nearest views of the register → comparison by
appearance, shape and visual words → local check of the best → ranking with "nothing close" → evidence.
"""

from __future__ import annotations

import time
from collections.abc import Callable, Iterable, Sequence
from dataclasses import dataclass, field

import numpy as np
from numpy.typing import NDArray

from pandok.core.reading import Box, Candidate, ComparedView, Evidence, LookAlikes, Reading, Region, Remark
from pandok.readers.designs import local
from pandok.readers.designs.articles import suggest_articles
from pandok.readers.designs.comparing import Comparer, Comparison
from pandok.readers.designs.description import Describer, Description
from pandok.readers.designs.evidence import regions_from_matches
from pandok.readers.designs.gallery import Filters, Gallery, GalleryView, MemoryGallery, ViewPicture
from pandok.readers.designs.goods import find_goods
from pandok.readers.designs.look_alikes import together
from pandok.readers.designs.looks import at_working_size, looks, turned
from pandok.readers.designs.quality import assess, remarks
from pandok.readers.designs.ranking import Groups, Ranked, RankingModel

Pixels = NDArray[np.uint8]
EVERYTHING = Filters()
SHORTLIST_VIEWS = 400
"""Views compared in full for each look; a smaller register is compared whole."""
CHECKED_VIEWS = 32
"""Views whose local structure is checked: the most that stay within the time of one reading."""
EVIDENCE_SHOWN = 10
FEW_POINTS = 12
"""Fewer agreeing points than these do not tell where a drawing agrees."""


@dataclass(frozen=True)
class Shown:
    """One photograph as the reader takes it: pixels (H, W, 3) uint8 RGB, what was seen in it, its descriptions."""

    pixels: Pixels
    goods: tuple[Box, ...]
    descriptions: tuple[Description, ...]
    remarks: tuple[Remark, ...] = ()


@dataclass(frozen=True)
class DesignReader:
    """`strangers` (m, d) float32: descriptions of pictures that are in no register, for score normalisation.

    `clock` gives seconds and only fills `timings_ms`. The reader holds no state: it may be used from many threads.
    """

    name: str
    describer: Describer
    ranking: RankingModel
    strangers: NDArray[np.float32]
    clock: Callable[[], float] = time.perf_counter
    checks: int = CHECKED_VIEWS
    shortlist: int = SHORTLIST_VIEWS
    slices: dict[str, slice] = field(init=False)

    def __post_init__(self) -> None:
        object.__setattr__(self, "slices", self.describer.slices())

    def index_weights(self) -> NDArray[np.float32]:
        """(d,) factors that make the inner product of two descriptions the first, coarse score; a vector times these
        has unit length."""
        weights = np.zeros(self.describer.dimension, np.float32)
        total = sum(self.ranking.index_weights.get(name, 1.0) for name in self.slices)
        for name, where in self.slices.items():
            weights[where] = np.sqrt(self.ranking.index_weights.get(name, 1.0) / total)
        return weights

    def describe_view(self, pixels: Pixels) -> Description:
        """The description of one registered view."""
        return self.describer.describe(looks(pixels, "view"))[0]

    def describe_views(self, pictures: Sequence[Pixels]) -> list[Description]:
        """Descriptions of many views; the encoder runs once for all of them."""
        return self.describer.describe([looks(pixels, "view")[0] for pixels in pictures])

    def enroll(self, entries: Iterable[ViewPicture]) -> MemoryGallery:
        """A gallery in memory of views with their pixels."""
        views = []
        for key, entry in enumerate(entries):
            seen = self.describe_view(entry.pixels)
            size = (entry.pixels.shape[1], entry.pixels.shape[0])
            view = GalleryView(
                key,
                entry.design,
                entry.view,
                seen.vector,
                seen.plain,
                size,
                entry.path,
                entry.sha256,
                confirmed=entry.confirmed,
            )
            views.append((view, seen.local))
        return MemoryGallery(views, self.index_weights())

    def show(self, pixels: Pixels, index: int = 0, box: Box | None = None) -> Shown:
        """Judge the quality of one photograph, find the goods (or take the officer's box) and describe them."""
        goods = find_goods(pixels)
        chosen = box or goods[0]
        others = tuple(other for other in goods if other != chosen)
        said = remarks(assess(pixels, chosen), index)
        if any(remark.blocking for remark in said):
            return Shown(pixels, (chosen, *others), (), said)
        part, scale = at_working_size(pixels, chosen)
        upright = looks(part, "photograph")
        described = self.describer.describe((upright[0], *turned(upright[0]), *upright[1:]))
        return Shown(
            pixels, (chosen, *others), tuple(one.moved(scale, chosen.x1, chosen.y1) for one in described), said
        )

    def read(
        self,
        photographs: Sequence[Pixels],
        gallery: Gallery,
        *,
        top: int = 10,
        filters: Filters = EVERYTHING,
        boxes: Sequence[Box | None] | None = None,
    ) -> Reading:
        """Read photographs of one article. `boxes` are the officer's choice for each photograph, None where none.

        A photograph that cannot be compared is left out with its reason; the outcome is "unreadable" when none
        is left.
        """
        started = self.clock()
        chosen = list(boxes) if boxes else [None] * len(photographs)
        shown = [self.show(pixels, i, box) for i, (pixels, box) in enumerate(zip(photographs, chosen, strict=True))]
        described = self.clock()
        said = tuple(remark for one in shown for remark in one.remarks)
        goods = tuple(one.goods for one in shown)
        queries = [(i, description) for i, one in enumerate(shown) for description in one.descriptions]
        blank = Reading(
            outcome="unreadable",
            threshold=self.ranking.threshold,
            remarks=said,
            goods=goods,
            reader=self.name,
        )
        if not queries:
            return blank
        blank = blank.model_copy(update={"outcome": "nothing_close", "searched_views": len(gallery)})
        vectors = np.stack([description.vector for _, description in queries])
        views = gallery.nearest(vectors * self.index_weights(), self.shortlist, filters)
        found = self.clock()
        if not views:
            return blank
        comparison = self.compare([description for _, description in queries], views, gallery)
        compared = self.clock()
        ranked = self.ranking.rank(comparison.seen, lambda best: self._alike(best, comparison, views))
        order = ranked.order()[:top]
        candidates = tuple(
            self._candidate(rank, int(row), comparison, queries, shown, ranked, gallery)
            for rank, row in enumerate(order, start=1)
        )
        finished = self.clock()
        return blank.model_copy(
            update={
                "outcome": "candidates" if ranked.in_register >= self.ranking.threshold else "nothing_close",
                "candidates": candidates,
                "look_alikes": _named_together(candidates, order.tolist(), ranked, comparison, views),
                "probability_in_register": ranked.in_register,
                "articles": suggest_articles(comparison.designs, ranked.probabilities),
                "timings_ms": {
                    "describe": 1e3 * (described - started),
                    "search": 1e3 * (found - described),
                    "compare": 1e3 * (compared - found),
                    "rank": 1e3 * (finished - compared),
                },
            }
        )

    def compare(self, looks: Sequence[Description], views: Sequence[GalleryView], gallery: Gallery) -> Comparison:
        """Compare one article's looks with registered views of `gallery`."""
        comparer = Comparer(self.slices, self.ranking.index_weights, self.strangers, self.checks)
        return comparer.compare(looks, views, gallery)

    def _alike(self, best: NDArray[np.intp], comparison: Comparison, views: Sequence[GalleryView]) -> Groups:
        """Which of these rows are look-alikes of each other, by their registered views."""
        rule = self.ranking.look_alikes
        if rule is None or rule.part not in self.slices:
            return ()
        own = _views_of(views, {comparison.designs[row].design_id for row in best})
        part = self.slices[rule.part]
        vectors = [np.stack([one.vector[part] for one in own[comparison.designs[row].design_id]]) for row in best]
        return tuple(tuple(int(best[place]) for place in group) for group in together(vectors, rule))

    def _candidate(
        self,
        rank: int,
        row: int,
        comparison: Comparison,
        queries: Sequence[tuple[int, Description]],
        shown: Sequence[Shown],
        ranked: Ranked,
        gallery: Gallery,
    ) -> Candidate:
        view = comparison.views[row]
        query_index, match = int(comparison.best_look[row]), local.NO_MATCH
        if row in comparison.checks:
            query_index, match = comparison.checks[row].look, comparison.checks[row].match
        photograph_index, look = queries[query_index]
        pixels = shown[photograph_index].pixels
        regions: tuple[Region, ...] = ()
        agreed = match
        if rank <= EVIDENCE_SHOWN and match.inliers < FEW_POINTS and look.plain and view.plain and not look.turns:
            # Two drawings that lie on each other share no exact map: what agrees are places.
            placed = local.agreeing_places(look.local, gallery.local_features(view.key))
            agreed = placed if placed.inliers > match.inliers else match
        if rank <= EVIDENCE_SHOWN and match.transform is not None and agreed is match:
            agreed = local.filled(look.local, gallery.local_features(view.key), match)
        if rank <= EVIDENCE_SHOWN and agreed.inliers:
            regions = regions_from_matches(
                agreed.points_photograph,
                agreed.points_view,
                agreed.transform,
                (pixels.shape[1], pixels.shape[0]),
                view.size,
            )
        seen = comparison.seen
        components = {name: round(float(values[row]), 4) for name, values in seen.parts.items()}
        components["local"] = 0.0 if np.isnan(seen.local[row, 1]) else round(float(seen.local[row, 1]), 4)
        return Candidate(
            rank=rank,
            design=view.design,
            probability=float(ranked.probabilities[row]),
            score=float(ranked.scores[row]),
            evidence=Evidence(
                photograph_index=photograph_index,
                view=view.view,
                view_sha256=view.sha256,
                view_path=view.path,
                confirmed=view.confirmed,
                regions=regions,
                matched_points=match.inliers,
                components=components,
            ),
        )


def _views_of(views: Sequence[GalleryView], designs: set[str]) -> dict[str, list[GalleryView]]:
    """The registered views of each design: how much two designs resemble each other must not depend on what cases
    brought. A design of which only confirmed photographs came near has those."""
    own: dict[str, list[GalleryView]] = {design: [] for design in designs}
    for view in views:
        if view.design.design_id in own:
            own[view.design.design_id].append(view)
    return {design: [view for view in found if not view.confirmed] or found for design, found in own.items()}


def _named_together(
    candidates: Sequence[Candidate],
    order: Sequence[int],
    ranked: Ranked,
    comparison: Comparison,
    views: Sequence[GalleryView],
) -> tuple[LookAlikes, ...]:
    """The look-alikes among the candidates that are shown with evidence, each with a view to compare."""
    place_of = {row: place for place, row in enumerate(order[:EVIDENCE_SHOWN])}
    own = _views_of(views, {comparison.designs[row].design_id for group in ranked.groups for row in group})
    found = []
    for group in ranked.groups:
        shown = [candidates[place] for place in sorted(place_of[row] for row in group if row in place_of)]
        if len(shown) > 1:
            found.append(
                LookAlikes(
                    ranks=tuple(one.rank for one in shown),
                    probability=min(1.0, sum(one.probability for one in shown)),
                    views=_same_view(shown, [own[one.design.design_id] for one in shown]),
                )
            )
    return tuple(sorted(found, key=lambda one: one.ranks))


def _same_view(candidates: Sequence[Candidate], views: Sequence[Sequence[GalleryView]]) -> tuple[ComparedView, ...]:
    """A view of each: of the name of the first one's evidence, else of any name that all have, else the evidence."""
    names = [candidates[0].evidence.view, *sorted(view.view for view in views[0])]
    for name in names:
        found = [next((view for view in own if view.view == name), None) for own in views]
        if all(found):
            return tuple(_compared(one, view) for one, view in zip(candidates, found, strict=True) if view is not None)
    return tuple(
        _compared(one, next((view for view in own if view.sha256 == one.evidence.view_sha256), own[0]))
        for one, own in zip(candidates, views, strict=True)
    )


def _compared(candidate: Candidate, view: GalleryView) -> ComparedView:
    return ComparedView(rank=candidate.rank, view=view.view, view_sha256=view.sha256, confirmed=view.confirmed)
