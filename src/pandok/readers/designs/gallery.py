"""Gallery: the registered views that a photograph is compared with."""

from __future__ import annotations

from collections.abc import Iterable, Sequence
from dataclasses import dataclass
from typing import Protocol

import numpy as np
from numpy.typing import NDArray

from pandok.core.reading import RegisteredDesign
from pandok.readers.designs.local import LocalFeatures


@dataclass(frozen=True)
class Filters:
    """Which part of the register is searched. `locarno_classes` holds classes ("09") or subclasses ("09-01");
    empty means all."""

    locarno_classes: tuple[str, ...] = ()
    in_force_only: bool = False
    recorded_only: bool = False

    @property
    def asks_for_a_day(self) -> bool:
        """Whether a design may pass on one day and not on another."""
        return self.in_force_only or self.recorded_only

    def admits(self, design: RegisteredDesign) -> bool:
        if self.in_force_only and design.status != "in force":
            return False
        if self.recorded_only and not design.recorded_with_customs:
            return False
        return not self.locarno_classes or any(
            code == wanted or code.startswith(f"{wanted}-")
            for wanted in self.locarno_classes
            for code in (design.locarno_class, *design.further_classes)
        )


@dataclass(frozen=True)
class ViewPicture:
    """One registered view with its pixels, RGB uint8 (H, W, 3). `confirmed`: as in GalleryView."""

    design: RegisteredDesign
    view: str
    pixels: NDArray[np.uint8]
    path: str = ""
    sha256: str = ""
    confirmed: bool = False


@dataclass(frozen=True)
class GalleryView:
    """A registered view as the reader needs it: `vector` (d,) float32 as in Description, `size` (width, height) in
    pixels. Its local features are fetched only where they are checked. `confirmed`: it is no picture of the register
    but a photograph of which a case showed that it is this design."""

    key: int
    design: RegisteredDesign
    view: str
    vector: NDArray[np.float32]
    plain: bool
    size: tuple[int, int]
    path: str = ""
    sha256: str = ""
    confirmed: bool = False


class Gallery(Protocol):
    """Where registered views come from. `nearest` may be called from several threads and changes nothing."""

    def __len__(self) -> int: ...

    def nearest(self, queries: NDArray[np.float32], k: int, filters: Filters) -> Sequence[GalleryView]:
        """The union of the k nearest views of each query that pass the filters; in any order. `queries` (q, d) are
        description vectors times the reader's `index_weights`."""
        ...

    def local_features(self, key: int) -> LocalFeatures:
        """The local features of a view that `nearest` returned."""
        ...


class MemoryGallery:
    """Views in memory, searched exactly: the reference, and all that a small register needs."""

    def __init__(self, views: Iterable[tuple[GalleryView, LocalFeatures]], weights: NDArray[np.float32]):
        self.views: list[GalleryView] = []
        self._local: dict[int, LocalFeatures] = {}
        for view, features in views:
            self.views.append(view)
            self._local[view.key] = features
        vectors = [view.vector for view in self.views]
        self._vectors = (np.stack(vectors) if vectors else np.zeros((0, len(weights)), np.float32)) * weights

    def __len__(self) -> int:
        return len(self.views)

    def local_features(self, key: int) -> LocalFeatures:
        return self._local[key]

    def nearest(self, queries: NDArray[np.float32], k: int, filters: Filters) -> Sequence[GalleryView]:
        rows = np.array([i for i, view in enumerate(self.views) if filters.admits(view.design)], np.int64)
        if not len(rows):
            return []
        if len(rows) <= k:
            return [self.views[row] for row in rows]
        scores = queries @ self._vectors[rows].T
        chosen = np.unique(np.argpartition(-scores, k - 1, axis=1)[:, :k])
        return [self.views[rows[index]] for index in chosen]
