"""What goes into describing, and what comes out."""

from __future__ import annotations

from collections.abc import Iterable, Iterator
from dataclasses import dataclass, replace
from pathlib import Path
from typing import Protocol

import numpy as np

from pandok.core.errors import PhotographError
from pandok.engines.encoders.reader_files import open_reader, vectors_fingerprint
from pandok.readers.designs.description import Description
from pandok.readers.designs.local import LocalFeatures
from pandok.readers.designs.photograph import Photograph, decode
from pandok.readers.designs.reader import DesignReader


@dataclass(frozen=True, eq=False)
class Views:
    """Files of registered views that are described together. `number` is their own within a run."""

    number: int
    files: tuple[bytes, ...]


@dataclass(frozen=True, eq=False)
class Described:
    """One view. Local features lie in pixels of the stored picture, `size_px` is its (width, height)."""

    description: Description
    size_px: tuple[int, int]


@dataclass(frozen=True, eq=False)
class DescribedViews:
    """One for each file, in order; None for a file that is no picture, or that brought its process down alone."""

    number: int
    views: tuple[Described | None, ...]


class Describing(Protocol):
    """Promise: one result for each group, in any order; the same vectors, whoever works; no group is asked for long
    before its turn, and all are asked for in the thread of the caller."""

    def described(self, groups: Iterable[Views]) -> Iterator[DescribedViews]: ...


@dataclass(frozen=True)
class ReaderFiles:
    """Picklable, so that another process or machine opens the same reader. `fingerprint` names the files that vectors
    come from."""

    encoder: str
    home: Path
    fingerprint: str

    @classmethod
    def of(cls, encoder: str, home: Path) -> ReaderFiles:
        return cls(encoder, home, vectors_fingerprint(encoder, home))

    def same_here(self) -> bool:
        """Whether this machine has the files of the one that asked."""
        return vectors_fingerprint(self.encoder, self.home) == self.fingerprint

    def open(self) -> DesignReader:
        """On one thread. Raises ModelError."""
        return open_reader(self.encoder, self.home, 1)


def describe(reader: DesignReader, group: Views) -> DescribedViews:
    """The views of one group."""
    found: list[Described | None] = [None] * len(group.files)
    pictures: dict[int, Photograph] = {}
    for place, data in enumerate(group.files):
        try:
            pictures[place] = decode(data)
        except PhotographError:
            # The import checked what can be checked cheaply; a picture that still cannot be decoded is left out.
            continue
    descriptions = reader.describe_views([picture.pixels for picture in pictures.values()])
    for (place, picture), one in zip(pictures.items(), descriptions, strict=True):
        # A large sheet is described reduced.
        scale = np.float32(picture.width_px / picture.pixels.shape[1])
        own = replace(one, local=LocalFeatures(one.local.points * scale, one.local.descriptors))
        found[place] = Described(own, (picture.width_px, picture.height_px))
    return DescribedViews(group.number, tuple(found))
