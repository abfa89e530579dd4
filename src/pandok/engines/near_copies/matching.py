"""Which kept files share so many prints with a file that it must hold a part of them?"""

from __future__ import annotations

from collections.abc import Iterator, Sequence
from dataclasses import dataclass

import numpy as np
from numpy.typing import NDArray

from pandok.engines.near_copies.prints import PIECES, Prints, PrintsOf

LEAST_CORNERS = 12
"""Corners of a kept picture with a piece that the other one has too, and hardly any other kept picture."""
COMMON_SHARE = 0.02
COMMON_LEAST = 3
"""A piece that more kept pictures have than this share, and than so many, is of every drawing and tells nothing."""


@dataclass(frozen=True)
class Kept:
    """One kept file: its name, and its prints."""

    name: str
    prints: PrintsOf


@dataclass(frozen=True)
class Match:
    """`why` is "file", "picture" or "rows"; `shared` corners or rows."""

    name: str
    why: str
    shared: int


class Shelf:
    """The prints of all kept files, side by side: to be asked for many files."""

    def __init__(self, kept: Sequence[Kept]):
        self.names = [one.name for one in kept]
        self._files = np.array([one.prints.file[0] for one in kept], dtype=np.uint64)
        none = np.array([], dtype=np.uint64)
        points = [one.prints.points[0] if one.prints.points else none for one in kept]
        self._points, self._corner_owner = _flat(points, PIECES)
        self._rows, self._row_owner = _flat([one.prints.rows for one in kept], 1)
        values, counts = np.unique(_flat([np.unique(one) for one in points], 1)[0], return_counts=True)
        self._common = values[counts > max(COMMON_LEAST, COMMON_SHARE * len(kept))]

    def matches(self, asked: PrintsOf) -> Iterator[Match]:
        """The kept files that `asked` seems to hold."""
        for place in np.flatnonzero(self._files == asked.file[0]):
            yield Match(self.names[place], "file", 1)
        points = np.zeros(len(self.names), dtype=np.int64)
        for of_scale in asked.points:
            rare = np.setdiff1d(of_scale, self._common)
            corners = np.isin(self._points, rare).reshape(-1, PIECES).any(axis=1)
            points = np.maximum(points, self._of_each(self._corner_owner[corners]))
        for place in np.flatnonzero(points >= LEAST_CORNERS):
            yield Match(self.names[place], "picture", int(points[place]))
        rows = self._of_each(self._row_owner[np.isin(self._rows, asked.rows)])
        for place in np.flatnonzero(rows):
            yield Match(self.names[place], "rows", int(rows[place]))

    def _of_each(self, owners: NDArray[np.int64]) -> NDArray[np.int64]:
        return np.bincount(owners, minlength=len(self.names))


def _flat(each: Sequence[Prints], pieces: int) -> tuple[Prints, NDArray[np.int64]]:
    """Side by side, and for every `pieces` of them whose they are."""
    owner = np.repeat(np.arange(len(each), dtype=np.int64), [len(one) // pieces for one in each])
    return (np.concatenate(each) if each else np.array([], dtype=np.uint64)), owner
