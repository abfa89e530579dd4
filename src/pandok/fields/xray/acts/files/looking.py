"""Reading the scans of files and folders, one after the other; what cannot be read is said and stops no other."""

from __future__ import annotations

from collections.abc import Callable, Iterator, Sequence
from dataclasses import dataclass
from pathlib import Path

from pandok.core.errors import ScanError
from pandok.engines.decoding.pool import DecodingPool
from pandok.engines.scans.there import read_scan
from pandok.fields.xray.acts.files.gathering import Together, files_below, gathered
from pandok.readers.xray.scan import Scan

Progress = Callable[[int, int], None]


def unwatched(done: int, total: int) -> None:
    """Progress that nobody looks at."""
    del done, total


@dataclass(frozen=True)
class Looked:
    """One scan of the folder: what was read, or why not."""

    together: Together
    scan: Scan | None = None
    refused: ScanError | None = None


def scans_of(sources: Sequence[Path], pool: DecodingPool) -> list[Together]:
    """Raises ScanError scan.unreadable for a source that is not there."""
    files = files_below(sources)
    named: dict[Path, Sequence[tuple[str, str]]] = {}
    for _, path in files:
        if path.suffix.lower() == ".xml":
            looked = _look(Together(path.stem, (path,)), pool)
            if looked.scan is not None and looked.scan.facts.cargo is not None:
                named[path] = looked.scan.facts.cargo.files
    return gathered(files, named)


def look(sources: Sequence[Path], pool: DecodingPool, progress: Progress = unwatched) -> Iterator[Looked]:
    """Each scan of the files and folders. Raises ScanError scan.unreadable for a source that is not there."""
    found = scans_of(sources, pool)
    progress(0, len(found))
    for number, together in enumerate(found, 1):
        yield _look(together, pool)
        progress(number, len(found))


def _look(together: Together, pool: DecodingPool) -> Looked:
    try:
        return Looked(together, scan=read_scan(pool, together.read()))
    except ScanError as error:
        return Looked(together, refused=error)
