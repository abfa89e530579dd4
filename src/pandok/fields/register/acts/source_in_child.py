"""A register source read in a process with bounds: whoever made the file may have built it to cost.

Records come over in batches while the next are being read, so that a bulk import waits for neither side.
"""

from __future__ import annotations

import atexit
from collections.abc import Generator, Iterator
from dataclasses import dataclass
from functools import lru_cache
from pathlib import Path
from typing import Any

from pandok.core.errors import ImportRefused
from pandok.core.text import Text
from pandok.engines.decoding.pool import DecodingPool
from pandok.fields.register.import_findings import finding
from pandok.fields.register.importers.detect import TABLES, detect
from pandok.fields.register.records import RawCitation, RawRecord, RawView, SourceFinding

PROCESSOR_S, PROCESSOR_S_A_MB = 20.0, 2.0
"""What reading may cost; sources as offices send them take .1 to .6 s a megabyte."""
BATCH, BATCH_CHARACTERS = 200, 500_000
_SUFFIXES = (*TABLES, ".xml")


@lru_cache(maxsize=1)
def reading_pool() -> DecodingPool:
    """Two processes of the import's own: one reads the source, the other looks at its pictures."""
    pool = DecodingPool(2)
    atexit.register(pool.close)
    return pool


@dataclass(frozen=True)
class OpenSource:
    """`total` in the unit of `Importer.size`; `items` are read once."""

    importer: str
    total: int
    items: Generator[RawRecord | SourceFinding, None, None]


def open_source(source: Path) -> OpenSource:
    """Raises ImportRefused where nothing can be read, also in the midst of `items`; there also for what costs too much
    to read. OSError where a file cannot be opened."""
    pieces = reading_pool().ask_in_pieces(
        read_there,
        what="register",
        refusal=ImportRefused,
        too_costly=lambda: _too_costly(source),
        options={"source": str(source)},
        processor_s=PROCESSOR_S + PROCESSOR_S_A_MB * _bytes_of(source) / 1e6,
    )
    head = next(pieces)
    return OpenSource(head["importer"], head["total"], _items(pieces, source))


def read_there(*, source: str) -> Iterator[dict[str, Any]]:
    """The duty of a parsing process: a head, then batches of records and findings."""
    importer = detect(Path(source))
    yield {"importer": importer.name, "total": importer.size()}
    batch: list[dict[str, Any]] = []
    characters = 0
    for item in importer.read():
        plain = _plain(item)
        batch.append(plain)
        characters += sum(map(len, plain.get("facts", {}).values()))
        if len(batch) >= BATCH or characters >= BATCH_CHARACTERS:
            yield {"items": batch}
            batch, characters = [], 0
    yield {"items": batch}


def _plain(item: RawRecord | SourceFinding) -> dict[str, Any]:
    if isinstance(item, SourceFinding):
        return {
            "code": item.code,
            "file": item.file,
            "line": item.line,
            "design_id": item.design_id,
            "fields": dict(item.fields),
        }
    return {
        "design_id": item.design_id,
        "facts": dict(item.facts),
        "file": item.file,
        "line": item.line,
        "views": [
            [one.name, one.path, str(one.folder), one.line, str(one.file) if one.file else ""] for one in item.views
        ],
        "citations": [[one.country, one.number, one.kind, one.published] for one in item.citations],
        "done": item.done,
        "unread": dict(item.unread),
        "joined": sorted(item.joined),
    }


def _items(pieces: Iterator[dict[str, Any]], source: Path) -> Generator[RawRecord | SourceFinding, None, None]:
    for piece in pieces:
        for plain in piece["items"]:
            try:
                item = _item(plain)
            except (KeyError, TypeError, ValueError) as error:  # a process that was taken over says anything
                raise _too_costly(source) from error
            yield item


def _item(plain: dict[str, Any]) -> RawRecord | SourceFinding:
    if "code" in plain:
        return finding(plain["code"], plain["file"], plain["line"], plain["design_id"], **plain["fields"])
    views = tuple(
        RawView(name, path, Path(folder), line, Path(file) if file else None)
        for name, path, folder, line, file in plain["views"]
    )
    return RawRecord(
        plain["design_id"],
        plain["facts"],
        plain["file"],
        plain["line"],
        views,
        tuple(RawCitation(*one) for one in plain["citations"]),
        plain["done"],
        plain["unread"],
        frozenset(plain["joined"]),
    )


def _bytes_of(source: Path) -> int:
    if source.is_file():
        return source.stat().st_size
    inside = [file for folder in (source, source / "xml") if folder.is_dir() for file in folder.iterdir()]
    return sum(file.stat().st_size for file in inside if file.suffix.casefold() in _SUFFIXES and file.is_file())


def _too_costly(source: Path) -> ImportRefused:
    return ImportRefused(
        Text(
            ko=f"‘{source.name}’을(를) 읽는 데 너무 많은 시간이나 메모리가 들어 멈췄습니다.",
            en=f"Reading “{source.name}” took too much time or memory and was stopped.",
        ),
        Text(
            ko="그때까지 넣은 것은 그대로 있습니다. 보낸 곳에 파일이 맞는지 묻고, 맞으면 나누어 다시 가져오십시오.",
            en="What was stored until then stays. Ask the sender whether the file is right; if it is, "
            "import it again in parts.",
        ),
        code="import.too_costly",
        source=source.name,
    )
