"""A record made ready for the database: fingerprint, checked values, pictures in the file store.

All reading and decoding happens here, before any transaction is open.
"""

from __future__ import annotations

import hashlib
import json
from contextlib import AbstractContextManager
from dataclasses import dataclass
from pathlib import Path
from typing import Protocol

from pandok.core.rights import STATUS_VOCABULARY
from pandok.register.checking import Checked, check, readable
from pandok.register.findings import finding
from pandok.register.paths import PathRefused, inside
from pandok.register.pictures import MAX_BYTES, PictureFacts, PictureRefused, inspect
from pandok.register.records import Finding, RawRecord, RawView


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
    findings: tuple[Finding, ...]


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


def prepare(located: Located, blobs: Put) -> Prepared:
    """Check the values, read the pictures and put the good ones into the file store."""
    record = located.record
    checked = check(record)
    findings = list(checked.findings)
    views: list[PreparedView] = []
    for order, (view, file) in enumerate(zip(record.views, located.files, strict=True)):
        ready = _view(record, view, file, order, blobs)
        if isinstance(ready, Finding):
            findings.append(ready)
        elif (ready.name, ready.sha256) not in {(each.name, each.sha256) for each in views}:
            views.append(ready)
    fingerprint = "" if findings else located.fingerprint
    return Prepared(record, located.part, fingerprint, checked, tuple(views), tuple(findings))


def _view(record: RawRecord, view: RawView, file: Path | str, order: int, blobs: Put) -> PreparedView | Finding:
    fields = {"path": view.path}
    if isinstance(file, str):
        return finding(file, record.file, view.line, record.design_id, **fields)
    try:
        if file.stat().st_size > MAX_BYTES:
            raise PictureRefused(
                "picture.too_large", f"{file.stat().st_size / 1e6:.0f} MB", f"{MAX_BYTES / 1e6:.0f} MB"
            )
        data = file.read_bytes()
        picture = inspect(data)
    except PictureRefused as refused:
        if refused.found:
            fields |= {"found": refused.found, "limit": refused.limit}
        return finding(refused.code, record.file, view.line, record.design_id, **fields)
    except OSError:
        return finding("path.unreadable", record.file, view.line, record.design_id, **fields)
    name = view.name if view.name and readable(view.name, 100) else str(order + 1)
    path = view.path if readable(view.path, 500) else file.name[:500]
    return PreparedView(name, blobs.put(data), picture, order, path)
