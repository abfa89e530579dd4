"""The search index of past scans: one for each site, class of machines and origin (taken or computed), so that a search
meets nothing that it may not show.

It holds views of inspections that were decided on, and nothing else. Whoever searches asks the records again.
"""

from __future__ import annotations

from collections.abc import Sequence
from dataclasses import dataclass
from functools import lru_cache
from pathlib import Path
from threading import Lock

import numpy as np
from numpy.typing import NDArray

from pandok.engines.index.faiss import FaissIndex
from pandok.engines.index.port import EVERYTHING, Attributes, IndexFilter, VectorIndex
from pandok.fields.xray.machine_class import MachineClass
from pandok.readers.xray.embedding import DIMENSION, EMBEDDER

NO_HEADING = 0
"""Class code of what was declared under none."""


@dataclass(frozen=True)
class Shelf:
    """`site`: its key, None for what belongs to no site. `computed`: scans of the generator."""

    site: int | None
    machine_class: MachineClass
    computed: bool

    @property
    def folder(self) -> Path:
        return Path(f"site-{self.site or 0}") / self.machine_class.value / ("computed" if self.computed else "taken")


class SimilarIndexes:
    """The indexes below one home folder, each opened once in a process."""

    def __init__(self, home: Path):
        self._root = home / "xray" / "similar" / EMBEDDER
        self._open: dict[Shelf, VectorIndex] = {}
        self._lock = Lock()

    def there(self, shelf: Shelf) -> bool:
        return (self._root / shelf.folder).is_dir()

    def of(self, shelf: Shelf) -> VectorIndex:
        with self._lock:
            if shelf not in self._open:
                self._open[shelf] = FaissIndex(self._root / shelf.folder, DIMENSION)
            return self._open[shelf]

    def add(self, shelf: Shelf, keys: Sequence[int], vectors: NDArray[np.float32], headings: Sequence[int]) -> None:
        """`keys`: of views; `headings`: HS4 as numbers. Durable when it returns; may be called again."""
        always = np.ones(len(keys), np.bool_)
        index = self.of(shelf)
        index.add(np.array(keys, np.int64), vectors, Attributes(np.array(headings, np.int32), always, always))
        index.flush()

    def remove(self, shelf: Shelf, keys: Sequence[int]) -> None:
        if self.there(shelf):
            index = self.of(shelf)
            index.remove(np.array(keys, np.int64))
            index.flush()

    def search(
        self, shelves: Sequence[Shelf], vectors: NDArray[np.float32], k: int, heading: int | None
    ) -> list[tuple[int, float]]:
        """(key, cosine), the nearest first: the k nearest of each shelf to any of the vectors (n, d), each key once.
        `heading`: only of this HS4."""
        only = EVERYTHING if heading is None else IndexFilter(frozenset({heading}))
        best: dict[int, float] = {}
        for shelf in shelves:
            if not self.there(shelf):
                continue
            found = self.of(shelf).search(vectors, k, only)
            for key, score in zip(found.keys.ravel().tolist(), found.scores.ravel().tolist(), strict=True):
                if key >= 0:
                    best[key] = max(best.get(key, -1.0), score)
        return sorted(best.items(), key=lambda one: (-one[1], one[0]))


@lru_cache(maxsize=4)
def indexes_at(home: Path) -> SimilarIndexes:
    return SimilarIndexes(home)


def heading_of(hs_code: str) -> int:
    return int(hs_code[:4]) if hs_code else NO_HEADING
