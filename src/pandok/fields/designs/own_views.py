"""A confirmed photograph is left out where it would help to read itself.

A field that confirms photographs knows their files and says which are being read. What was made of one (cut, turned) is
known by its points: nearly all of them agree.
"""

from __future__ import annotations

from collections.abc import Callable, Collection, Sequence
from dataclasses import dataclass

import numpy as np
from numpy.typing import NDArray

from pandok.core.reading import Reading
from pandok.engines.index.feature_store import FeatureStore
from pandok.fields.register.lists.queries import confirmed_keys

COPY_SHARE, LEAST_POINTS = 0.4, 25
"""Of a confirmed view's points so many agree in what was made of it. On 760 photographs of packages: two of one article
.07 (at most .38 of 144 pairs); the same cut by a tenth at each side .52, by 3 in 100 .66, turned by a quarter .82."""


@dataclass(frozen=True, eq=False)
class AskedPhotographs:
    """What is being read: sha256 of the files, and their pixels (H, W, 3) uint8 RGB."""

    sha256: frozenset[str]
    pictures: tuple[NDArray[np.uint8], ...]


OF_FIELDS: list[Callable[[Sequence[int], AskedPhotographs], Collection[int]]] = []
"""Each gives those of some keys of confirmed views that must not answer for these photographs."""


def left_out(view_keys: Sequence[int], asked: AskedPhotographs | None) -> set[int]:
    if asked is None or not view_keys:
        return set()
    return {key for ask in OF_FIELDS for key in ask(view_keys, asked)}


def copies_in(reading: Reading, features: FeatureStore) -> set[int]:
    """The confirmed views that a reading rests on although they were made of the photographs that were read."""
    agreed = {
        one.evidence.view_sha256: one.evidence.matched_points
        for one in reading.candidates
        if one.evidence.confirmed and one.evidence.matched_points >= LEAST_POINTS
    }
    return {
        key
        for sha256, key in confirmed_keys(agreed).items()
        if agreed[sha256] >= COPY_SHARE * len(features.local_features(key))
    }
