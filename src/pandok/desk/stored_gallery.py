"""The register as the reader's gallery: vectors from the index, facts from the database, local features from disk."""

from __future__ import annotations

from collections.abc import Sequence

import numpy as np
from numpy.typing import NDArray

from pandok.engines.feature_store import FeatureStore
from pandok.engines.vector_index import IndexFilter, VectorIndex
from pandok.readers.designs.gallery import Filters, GalleryView
from pandok.readers.designs.local import LocalFeatures
from pandok.register.queries import views_by_key

MOST_VIEWS = 2000


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
    """`weights` (d,) as the reader's `index_weights`: index vectors are descriptions times these."""

    def __init__(self, index: VectorIndex, features: FeatureStore, weights: NDArray[np.float32]):
        self._index, self._features = index, features
        self._weights = np.maximum(weights, 1e-6)

    def __len__(self) -> int:
        return len(self._index)

    def nearest(self, queries: NDArray[np.float32], k: int, filters: Filters) -> Sequence[GalleryView]:
        found = self._index.search(np.ascontiguousarray(queries), k, index_filter(filters))
        keys = np.unique(found.keys[found.keys >= 0])[:MOST_VIEWS]
        if not len(keys):
            return []
        register = views_by_key(keys.tolist())
        facts = self._features.facts(keys.tolist())
        # A view that was withdrawn a moment ago may still be in the index.
        present = np.array([key for key in keys if int(key) in register and int(key) in facts], np.int64)
        if not len(present):
            return []
        vectors = self._index.reconstruct(present) / self._weights
        views = []
        for key, vector in zip(present.tolist(), vectors, strict=True):
            row, (plain, size) = register[key], facts[key]
            if filters.admits(row.design):
                views.append(GalleryView(key, row.design, row.view, vector, plain, size, row.source_path, row.sha256))
        return views

    def local_features(self, key: int) -> LocalFeatures:
        return self._features.local_features(key)
