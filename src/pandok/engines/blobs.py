"""Content-addressed files: the name of a file is the sha256 of its bytes.

Promise: `put` may be called twice with the same bytes and leaves one file; a file is complete or absent,
also after a crash, because it is written beside and renamed; nothing is overwritten.
"""

from __future__ import annotations

import hashlib
import os
import re
import tempfile
from pathlib import Path

from pandok.core.errors import StoreError
from pandok.core.text import Text

_SHA256 = re.compile(r"[0-9a-f]{64}")


class FolderBlobs:
    """Blobs in a folder, two levels deep (`ab/abcdef…`)."""

    def __init__(self, folder: Path):
        self.folder = folder

    def put(self, data: bytes) -> str:
        """Keep `data`; returns its sha256 in hexadecimal."""
        sha256 = hashlib.sha256(data).hexdigest()
        path = self.path(sha256)
        if path.exists():
            return sha256
        path.parent.mkdir(parents=True, exist_ok=True)
        handle, temporary = tempfile.mkstemp(dir=path.parent, prefix=".put-")
        try:
            with os.fdopen(handle, "wb") as file:
                file.write(data)
            os.replace(temporary, path)
        except OSError as error:
            Path(temporary).unlink(missing_ok=True)
            raise StoreError(
                Text(ko="파일을 저장하지 못했습니다.", en="A file could not be stored."),
                Text(ko="디스크 공간과 권한을 확인하십시오.", en="Check disk space and permissions."),
                code="store.blob",
            ) from error
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
        """The bytes. Raises StoreError where there is no such file."""
        try:
            return self.path(sha256).read_bytes()
        except FileNotFoundError as error:
            raise StoreError(
                Text(ko="파일이 저장소에 없습니다.", en="The file is not in the store."),
                Text(ko="원본을 다시 가져오십시오.", en="Import the source again."),
                code="store.blob_missing",
                sha256=sha256,
            ) from error

    def remove(self, sha256: str) -> bool:
        """Erase a file for good; False where there was none. Who calls it has made sure that nothing uses it."""
        try:
            self.path(sha256).unlink()
        except FileNotFoundError:
            return False
        return True

    def __contains__(self, sha256: str) -> bool:
        return bool(_SHA256.fullmatch(sha256)) and self.path(sha256).exists()
