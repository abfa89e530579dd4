"""The register as the reader's gallery: vectors from the index, facts from the database, local features from disk."""

from __future__ import annotations

from collections.abc import Collection, Sequence
from datetime import date

import numpy as np
from numpy.typing import NDArray

from pandok.engines.index.feature_store import FeatureStore
from pandok.engines.index.port import IndexFilter, VectorIndex
from pandok.fields.designs.own_views import AskedPhotographs, left_out
from pandok.fields.register.lists.queries import MAX_KEYS, ViewFacts, keys_of_further_classes, views_by_key
from pandok.readers.designs.gallery import Filters, GalleryView
from pandok.readers.designs.local import LocalFeatures

MOST_VIEWS = 2000
MOST_ASKED = 16_000
"""Of an index at a time; Milvus gives no more."""


def class_code(locarno_class: str) -> int:
    """ "09-01" as 901, "09" as 900, "" as 0: the code by which the index filters."""
    main, _, sub = locarno_class.partition("-")
    return int(main) * 100 + int(sub or 0) if main.isdigit() and (not sub or sub.isdigit()) else 0


def index_filter(filters: Filters) -> IndexFilter:
    """The same filter in the index's codes; a whole class stands for all its subclasses."""
    codes: set[int] = set()
    for wanted in filters.locarno_classes:
        code = class_code(wanted)
        codes |= {code} if "-" in wanted else set(range(code, code + 100))
    return IndexFilter(
        classes=frozenset(codes) if filters.locarno_classes else None,
        in_force=filters.in_force_only,
        recorded=filters.recorded_only,
    )


class StoredGallery:
    """`weights` (d,) as the reader's `index_weights`: index vectors are descriptions times these. `on` is the day for
    which rights are asked; `asked` the photographs that it is for, which must not answer for themselves; `without` keys
    of further views that must not answer."""

    def __init__(
        self,
        index: VectorIndex,
        features: FeatureStore,
        weights: NDArray[np.float32],
        on: date,
        asked: AskedPhotographs | None = None,
        without: Collection[int] = (),
    ):
        self._index, self._features, self._on, self._asked = index, features, on, asked
        self._without = frozenset(without)
        self._weights = np.maximum(weights, 1e-6)

    def __len__(self) -> int:
        return len(self._index)

    def nearest(self, queries: NDArray[np.float32], k: int, filters: Filters) -> Sequence[GalleryView]:
        register = self._nearest(np.ascontiguousarray(queries), k, filters)
        further = keys_of_further_classes(filters.locarno_classes, MOST_VIEWS)
        register |= self._admitted([key for key in further if key not in register], filters)
        own = left_out([key for key, row in register.items() if row.confirmed], self._asked)
        for key in (own | self._without) & register.keys():
            del register[key]
        if not register:
            return []
        facts = self._features.facts(list(register))
        # A view that was withdrawn or added a moment ago may be in one of the two and not in the other.
        present = np.array(sorted(key for key in register if key in facts), np.int64)
        if not len(present):
            return []
        vectors = self._index.reconstruct(present) / self._weights
        views = []
        for key, vector in zip(present.tolist(), vectors, strict=True):
            row, (plain, size) = register[key], facts[key]
            views.append(
                GalleryView(
                    key,
                    row.design,
                    row.view,
                    vector,
                    plain,
                    size,
                    row.source_path,
                    row.sha256,
                    confirmed=row.confirmed,
                )
            )
        return views

    def _nearest(self, queries: NDArray[np.float32], k: int, filters: Filters) -> dict[int, ViewFacts]:
        """The k nearest views of each query whose rights pass the filters on the day.

        The index does not know days: rights whose term is over, or whose recordal is, take places in its answer. More
        is asked for until k are left that pass, so that they hide no other.
        """
        wanted = k
        while True:
            found = self._index.search(queries, wanted, index_filter(filters))
            admitted = self._admitted(np.unique(found.keys[found.keys >= 0]).tolist(), filters)
            kept = [[key for key in row if key in admitted][:k] for row in found.keys.tolist()]
            exhausted = bool((found.keys[:, -1] < 0).all()) or wanted >= min(len(self._index), MOST_ASKED)
            if exhausted or not filters.asks_for_a_day or all(len(row) == k for row in kept):
                return {key: admitted[key] for row in kept for key in row}
            wanted = min(4 * wanted, len(self._index), MOST_ASKED)

    def _admitted(self, keys: Sequence[int], filters: Filters) -> dict[int, ViewFacts]:
        parts = (keys[start : start + MAX_KEYS] for start in range(0, len(keys), MAX_KEYS))
        return {
            key: row
            for part in parts
            for key, row in views_by_key(part, self._on).items()
            if filters.admits(row.design)
        }

    def local_features(self, key: int) -> LocalFeatures:
        return self._features.local_features(key)
