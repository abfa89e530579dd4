"""A confirmed photograph is left out where it would help to read itself: a field that confirms them says which."""

from __future__ import annotations

from collections.abc import Callable, Collection, Sequence
from dataclasses import dataclass

import numpy as np
from numpy.typing import NDArray


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
