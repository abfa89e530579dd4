"""Files by their content: on disk when promised, never other bytes than were put, healed by the next put."""

from __future__ import annotations

import hashlib
import os
from pathlib import Path
from typing import Any

import pytest

from pandok.core.errors import StoreError
from pandok.engines.files.blobs import FolderBlobs

DATA = b"a photograph" * 500


@pytest.fixture
def blobs(tmp_path: Path) -> FolderBlobs:
    return FolderBlobs(tmp_path / "blobs")


@pytest.mark.parametrize("damage", [b"", b"other bytes", DATA[:-1], DATA + b"x"])
def test_a_damaged_file_is_never_given_and_the_next_put_heals_it(blobs: FolderBlobs, damage: bytes) -> None:
    sha256 = blobs.put(DATA)
    blobs.path(sha256).write_bytes(damage)
    with pytest.raises(StoreError) as refused:
        blobs.get(sha256)
    assert refused.value.error_code == "store.blob_damaged"
    assert not blobs.is_whole(sha256)
    assert blobs.put(DATA) == sha256
    assert blobs.get(sha256) == DATA
    [(name, why, _)] = blobs.in_quarantine()
    assert (name, why) == (sha256, "damaged"), "what was found there is kept for a person to look at"


def test_what_is_set_aside_comes_back(blobs: FolderBlobs) -> None:
    sha256 = blobs.put(DATA)
    assert blobs.set_aside(sha256, "unused")
    assert sha256 not in blobs
    assert not blobs.set_aside(sha256, "unused")
    assert blobs.bring_back(sha256)
    assert blobs.get(sha256) == DATA
    assert not blobs.bring_back(sha256)


def test_other_bytes_do_not_come_back_under_a_name(blobs: FolderBlobs) -> None:
    sha256 = blobs.put(DATA)
    blobs.path(sha256).write_bytes(b"swapped")
    blobs.set_aside(sha256, "damaged")
    assert not blobs.bring_back(sha256)
    assert sha256 not in blobs


def test_names_go_on_where_one_stopped(blobs: FolderBlobs) -> None:
    names = sorted(blobs.put(bytes([one]) * 9) for one in range(40))
    assert list(blobs.names()) == names
    assert list(blobs.names(after=names[17])) == names[18:]
    blobs.set_aside(names[0], "unused")
    assert list(blobs.names()) == names[1:]


class Disk:
    """Remembers what was flushed: bytes of files, and folders after a name in them changed."""

    def __init__(self, monkeypatch: pytest.MonkeyPatch):
        self.done: list[tuple[str, str]] = []
        for name in ("fsync", "replace", "link", "mkdir", "sync"):
            monkeypatch.setattr(os, name, self._told(name, getattr(os, name)))

    def _told(self, name: str, real: Any) -> Any:
        def call(*arguments: Any, **options: Any) -> Any:
            found = real(*arguments, **options)
            last = arguments[-1] if arguments else ""
            where = os.readlink(f"/proc/self/fd/{last}") if name == "fsync" else str(last)
            self.done.append((name, where))
            return found

        return call


def test_bytes_are_flushed_before_the_name_and_the_name_after(blobs: FolderBlobs, monkeypatch: Any) -> None:
    disk = Disk(monkeypatch)
    path = blobs.path(blobs.put(DATA))
    order = [what for what, _ in disk.done]
    named = order.index("replace")
    assert disk.done[named][1] == str(path)
    assert any(what == "fsync" and ".unfinished-" in where for what, where in disk.done[:named])
    assert ("fsync", str(path.parent)) in disk.done[named:]
    for folder in (path.parent, path.parent.parent):
        assert ("fsync", str(folder.parent)) in disk.done, "a new folder is known to the disk as well"


def test_the_second_put_of_the_same_bytes_flushes_the_name_too(blobs: FolderBlobs, monkeypatch: Any) -> None:
    path = blobs.path(blobs.put(DATA))
    disk = Disk(monkeypatch)
    blobs.put(DATA)
    assert disk.done == [("fsync", str(path.parent))]


@pytest.mark.parametrize("count", [3, 40])
def test_many_files_are_flushed_before_the_block_is_left(blobs: FolderBlobs, monkeypatch: Any, count: int) -> None:
    disk = Disk(monkeypatch)
    with blobs.together() as many:
        names = [many.put(f"{one}".encode()) for one in range(count)]
        before = len(disk.done)
    flushed = {where for what, where in disk.done[before:] if what == "fsync"}
    at_once = ("sync", "") in disk.done[before:]
    assert at_once or {str(blobs.path(one)) for one in names} <= flushed
    assert [hashlib.sha256(blobs.get(one)).hexdigest() for one in names] == names
