"""Content-addressed files: the name of a file is the sha256 of its bytes.

Promise: when `put` returns, the file is on disk, whole, also after a loss of power. What `get` gives are the bytes that
were put, or an error: never others. A file that was emptied or exchanged is set aside (`quarantine/`, never erased by
itself) and is written again by the next `put` of the same bytes.
"""

from __future__ import annotations

import hashlib
import os
import re
from collections.abc import Iterator
from contextlib import contextmanager
from datetime import datetime
from pathlib import Path

from pandok.core.errors import StoreError
from pandok.core.text import Text
from pandok.engines.files.disk_faults import disk_fault
from pandok.engines.files.durable import flush_file, flush_folder, make_folder, move_durably, write_durably

_SHA256 = re.compile(r"[0-9a-f]{64}")
QUARANTINE = "quarantine"
MOST_FLUSHED_SINGLY = 16


class FolderBlobs:
    """Blobs in a folder, two levels deep (`ab/abcdef…`)."""

    def __init__(self, folder: Path):
        self.folder = folder

    def put(self, data: bytes) -> str:
        """Keep `data`; returns its sha256 in hexadecimal. Raises StoreError where the disk does not take it."""
        return self._put(data, at_once=True)

    @contextmanager
    def together(self) -> Iterator[FilesTogether]:
        """Many files whose promise is given once, when the block is left: importing a register writes thousands."""
        many = FilesTogether(self)
        yield many
        try:
            many.flush()
        except OSError as error:
            raise disk_fault(error) from error

    def _put(self, data: bytes, *, at_once: bool) -> str:
        sha256 = hashlib.sha256(data).hexdigest()
        path = self.path(sha256)
        try:
            if path.exists():
                if _sha256_of(path) == sha256:
                    # Another process may have named it a moment ago, and not yet flushed the name.
                    if at_once:
                        flush_folder(path.parent)
                    return sha256
                self._set_aside(path, "damaged")
            write_durably(path, data, overwrite=True, at_once=at_once)
        except OSError as error:
            raise disk_fault(error) from error
        return sha256

    def path(self, sha256: str) -> Path:
        """Where the file is or would be. Raises StoreError for anything that is not a sha256."""
        if not _SHA256.fullmatch(sha256):
            raise StoreError(
                Text(ko="파일 이름이 sha256이 아닙니다.", en="That is not the sha256 of a file."),
                Text(ko="주소를 확인하십시오.", en="Check the address."),
                code="store.blob_name",
            )
        return self.folder / sha256[:2] / sha256

    def get(self, sha256: str) -> bytes:
        """The bytes. Raises StoreError where there is no such file, and where it holds other bytes than were put."""
        try:
            data = self.path(sha256).read_bytes()
        except FileNotFoundError as error:
            raise StoreError(
                Text(ko="파일이 저장소에 없습니다.", en="The file is not in the store."),
                Text(ko="원본을 다시 가져오십시오.", en="Import the source again."),
                code="store.blob_missing",
                sha256=sha256,
            ) from error
        except OSError as error:
            raise disk_fault(error) from error
        if hashlib.sha256(data).hexdigest() != sha256:
            raise StoreError(
                Text(
                    ko="저장된 파일이 손상되어 보이지 않습니다.",
                    en="The stored file was damaged, so it is not shown.",
                ),
                Text(
                    ko="관리자에게 알려 `pandok scrub`으로 점검하고 백업에서 되돌리십시오.",
                    en="Tell the operator: check with `pandok scrub`, and restore it from a backup.",
                ),
                code="store.blob_damaged",
                sha256=sha256,
            )
        return data

    def remove(self, sha256: str) -> bool:
        """Erase a file for good; False where there was none. Who calls it has made sure that nothing uses it."""
        try:
            self.path(sha256).unlink()
        except FileNotFoundError:
            return False
        return True

    def set_aside(self, sha256: str, why: str) -> bool:
        """Move a file into quarantine, from where it can be brought back; False where there was none.

        For files that seem to be used by nothing: a database that was put back from a backup may not know them yet.
        """
        path = self.path(sha256)
        if not path.exists():
            return False
        self._set_aside(path, why)
        return True

    def in_quarantine(self) -> Iterator[tuple[str, str, datetime]]:
        """sha256 that the file had by its name, why it was set aside, and when (local clock of the disk)."""
        for path in sorted((self.folder / QUARANTINE).glob("*")):
            sha256, _, why = path.name.partition(".")
            if _SHA256.fullmatch(sha256):
                yield sha256, why.partition(".")[0], datetime.fromtimestamp(path.stat().st_ctime).astimezone()

    def bring_back(self, sha256: str) -> bool:
        """Put a file of the quarantine back into its place, where its bytes are those of its name."""
        for path in sorted((self.folder / QUARANTINE).glob(f"{sha256}.*")):
            if _sha256_of(path) == sha256:
                move_durably(path, self.path(sha256))
                return True
        return False

    def erase_set_aside(self, sha256: str, why: str) -> bool:
        """Erase for good what was set aside for this reason; False where there was none."""
        found = list((self.folder / QUARANTINE).glob(f"{sha256}.{why}*"))
        for path in found:
            path.unlink(missing_ok=True)
        return bool(found)

    def names(self, after: str = "") -> Iterator[str]:
        """The sha256 of all files in order, from the one behind `after` on."""
        for folder in sorted(self.folder.glob("[0-9a-f][0-9a-f]")):
            if folder.name >= after[:2]:
                names = sorted(one.name for one in folder.iterdir())
                yield from (one for one in names if one > after and _SHA256.fullmatch(one))

    def is_whole(self, sha256: str) -> bool:
        """Whether the file is there and holds the bytes that were put. Raises OSError where it cannot be read."""
        path = self.path(sha256)
        return path.exists() and _sha256_of(path) == sha256

    def __contains__(self, sha256: str) -> bool:
        return bool(_SHA256.fullmatch(sha256)) and self.path(sha256).exists()

    def _set_aside(self, path: Path, why: str) -> None:
        aside = self.folder / QUARANTINE
        make_folder(aside)
        number = len(list(aside.glob(f"{path.name}.{why}*")))
        move_durably(path, aside / f"{path.name}.{why}{f'.{number}' if number else ''}")


class FilesTogether:
    """See `FolderBlobs.together`: what was put here is on disk after `flush`, not before."""

    def __init__(self, blobs: FolderBlobs):
        self._blobs = blobs
        self._written: set[str] = set()

    def put(self, data: bytes) -> str:
        sha256 = self._blobs._put(data, at_once=False)
        self._written.add(sha256)
        return sha256

    def flush(self) -> None:
        if len(self._written) > MOST_FLUSHED_SINGLY:
            os.sync()  # one wait for all of them, instead of one for each
        else:
            for sha256 in self._written:
                flush_file(self._blobs.path(sha256))
        self._written.clear()


def _sha256_of(path: Path) -> str:
    with path.open("rb") as file:
        return hashlib.file_digest(file, "sha256").hexdigest()
