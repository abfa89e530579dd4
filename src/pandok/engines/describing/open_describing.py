"""The way of describing that the settings name."""

from __future__ import annotations

from pandok.engines.describing.here import DescribingHere
from pandok.engines.describing.processes import DescribingProcesses
from pandok.engines.describing.ray_describing import RayDescribing
from pandok.engines.describing.values import Describing, ReaderFiles
from pandok.readers.designs.reader import DesignReader

FEW = 192
"""Views that are described before processes of their own have opened their readers."""


def open_describing(bulk: str, reader: DesignReader, files: ReaderFiles, *, places: int, expected: int) -> Describing:
    """`bulk` is the setting of that name, `expected` about how many views will come. Raises Unavailable where Ray is
    asked for and missing."""
    if expected <= FEW:
        return DescribingHere(reader)
    if bulk != "local":
        return RayDescribing(files, places, address=bulk.removeprefix("ray").removeprefix(":"))
    return DescribingProcesses(files, places) if places > 1 else DescribingHere(reader)
