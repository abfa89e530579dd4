"""A record made ready for the database: fingerprint, checked values, pictures in the file store.

All reading and decoding happens here, before any transaction is open.
"""

from __future__ import annotations

import hashlib
import json
from collections.abc import Callable, Sequence
from contextlib import AbstractContextManager
from dataclasses import dataclass
from pathlib import Path
from typing import Protocol

from pandok.core.rights import STATUS_VOCABULARY
from pandok.fields.register.acts.picture_facts import MAX_BYTES, PictureFacts, PictureRefused
from pandok.fields.register.acts.pictures_in_child import Inspected, inspected, together
from pandok.fields.register.acts.source_in_child import reading_pool
from pandok.fields.register.import_findings import finding
from pandok.fields.register.paths import PathRefused, inside
from pandok.fields.register.records import RawRecord, SourceFinding
from pandok.fields.register.row_checks import Checked, check, readable


class Put(Protocol):
    """`put` returns the sha256 and may be called twice with the same bytes."""

    def put(self, data: bytes) -> str: ...


class Blobs(Put, Protocol):
    """Content-addressed files. What is put into `together` is on disk when that block is left."""

    def together(self) -> AbstractContextManager[Put]: ...


@dataclass(frozen=True, slots=True)
class PreparedView:
    name: str
    sha256: str
    picture: PictureFacts
    order: int
    source_path: str


@dataclass(frozen=True, slots=True)
class Prepared:
    """`fingerprint` is empty where something was wrong, so that the next run looks at the record again."""

    record: RawRecord
    part: str
    fingerprint: str
    checked: Checked
    views: tuple[PreparedView, ...]
    findings: tuple[SourceFinding, ...]


@dataclass(frozen=True, slots=True)
class Located:
    """A record with the files of its views, or why a view has none."""

    record: RawRecord
    part: str
    fingerprint: str
    files: tuple[Path | str, ...]
    """For each view its file, or the code of the finding."""


def locate(record: RawRecord) -> Located:
    """Find the view files and fingerprint the record: its values, and name, size and time of each file.

    A file counts as unchanged while size and modification time are the same (the rule of rsync).
    """
    files: list[Path | str] = []
    stamps: list[tuple[str, str, int, int]] = []
    for view in record.views:
        try:
            file = view.file or inside(view.folder, view.path)
            stat = file.stat()
        except PathRefused as refused:
            files.append(refused.code)
        except OSError:
            files.append("path.unreadable")
        else:
            files.append(file)
            stamps.append((view.name, view.path, stat.st_size, stat.st_mtime_ns))
    names = [(view.name, view.path) for view in record.views]
    part = hashlib.blake2b(json.dumps(names).encode(), digest_size=16).hexdigest()
    if len(stamps) < len(record.views):
        return Located(record, part, "", tuple(files))
    citations = [(each.country, each.number) for each in record.citations]
    facts, unread = sorted(record.facts.items()), sorted(record.unread.items())
    content = json.dumps([STATUS_VOCABULARY, record.design_id, facts, stamps, citations, unread])
    return Located(record, part, hashlib.blake2b(content.encode(), digest_size=32).hexdigest(), tuple(files))


def prepare(batch: Sequence[Located], blobs: Put, progress: Callable[[Located], None]) -> list[Prepared]:
    """Check the values, look at the pictures and put the good ones into the file store."""
    files = [(located, place) for located in batch for place in range(len(located.files))]
    looked_at: dict[tuple[int, int], PreparedView | SourceFinding] = {}
    sizes = [_size(located.files[place]) for located, place in files]
    for part in together(sizes):
        read: list[tuple[Located, int, bytes]] = []
        for located, place in files[part]:
            progress(located)
            data = _bytes(located.record, place, located.files[place])
            if isinstance(data, bytes):
                read.append((located, place, data))
            else:
                looked_at[id(located), place] = data
        found = inspected(reading_pool(), [data for _, _, data in read]) if read else []
        for (located, place, data), said in zip(read, found, strict=True):
            looked_at[id(located), place] = _view(located.record, place, located.files[place], data, said, blobs)
    return [_prepared(one, [looked_at[id(one), place] for place in range(len(one.files))]) for one in batch]


def _prepared(located: Located, looked_at: Sequence[PreparedView | SourceFinding]) -> Prepared:
    checked = check(located.record)
    findings = list(checked.findings)
    views: list[PreparedView] = []
    for ready in looked_at:
        if isinstance(ready, SourceFinding):
            findings.append(ready)
        elif (ready.name, ready.sha256) not in {(each.name, each.sha256) for each in views}:
            views.append(ready)
    fingerprint = "" if findings else located.fingerprint
    return Prepared(located.record, located.part, fingerprint, checked, tuple(views), tuple(findings))


def _size(file: Path | str) -> int:
    try:
        return file.stat().st_size if isinstance(file, Path) else 0
    except OSError:
        return 0


def _bytes(record: RawRecord, place: int, file: Path | str) -> bytes | SourceFinding:
    view = record.views[place]
    if isinstance(file, str):
        return finding(file, record.file, view.line, record.design_id, path=view.path)
    try:
        size = file.stat().st_size
        if size > MAX_BYTES:
            large = {"found": f"{size / 1e6:.0f} MB", "limit": f"{MAX_BYTES / 1e6:.0f} MB"}
            return finding("picture.too_large", record.file, view.line, record.design_id, path=view.path, **large)
        return file.read_bytes()
    except OSError:
        return finding("path.unreadable", record.file, view.line, record.design_id, path=view.path)


def _view(
    record: RawRecord, place: int, file: Path | str, data: bytes, said: Inspected, blobs: Put
) -> PreparedView | SourceFinding:
    view = record.views[place]
    if isinstance(said, PictureRefused):
        numbers = {"found": said.found, "limit": said.limit} if said.found else {}
        return finding(said.code, record.file, view.line, record.design_id, path=view.path, **numbers)
    name = view.name if view.name and readable(view.name, 100) else str(place + 1)
    path = view.path if readable(view.path, 500) else Path(file).name[:500]
    return PreparedView(name, blobs.put(data), said, place, path)
