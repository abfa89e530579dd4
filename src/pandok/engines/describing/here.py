"""Describing in this process, one group after another. The reference for every other way."""

from __future__ import annotations

from collections.abc import Iterable, Iterator

from pandok.engines.describing.values import DescribedViews, Views, describe
from pandok.readers.designs.reader import DesignReader


class DescribingHere:
    def __init__(self, reader: DesignReader):
        self._reader = reader

    def described(self, groups: Iterable[Views]) -> Iterator[DescribedViews]:
        return (describe(self._reader, group) for group in groups)
