"""The files that a data set's table names: below a folder, or in a zip that this house has packed or looked through."""

from __future__ import annotations

import zipfile
from pathlib import Path, PurePosixPath
from typing import BinaryIO, Protocol


class DataFiles(Protocol):
    def outside(self, name: str) -> bool:
        """Whether the name leads out of the data set."""
        ...

    def size(self, name: str) -> int | None:
        """In bytes; None where there is no such file."""
        ...

    def read(self, name: str) -> bytes:
        """Raises OSError."""
        ...


def leads_out(name: str) -> bool:
    path = PurePosixPath(name)
    return path.is_absolute() or ".." in path.parts or "\0" in name


class FolderFiles:
    """What a link leads to outside of the folder counts as outside."""

    def __init__(self, folder: Path):
        self._folder, self._inside = folder, folder.resolve()

    def outside(self, name: str) -> bool:
        return leads_out(name) or not (self._folder / name).resolve().is_relative_to(self._inside)

    def size(self, name: str) -> int | None:
        if self.outside(name):
            return None
        try:
            path = self._folder / name
            return path.stat().st_size if path.is_file() else None
        except OSError:  # a name that no file can have
            return None

    def read(self, name: str) -> bytes:
        if self.outside(name):
            raise FileNotFoundError(name)
        return (self._folder / name).read_bytes()


class ZipFiles:
    """`most_bytes`: of one file, whatever the zip says of it."""

    def __init__(self, source: Path | BinaryIO, *, most_bytes: int):
        self._zip = zipfile.ZipFile(source)
        self._entries = {one.filename: one for one in self._zip.infolist() if not one.is_dir()}
        self._most_bytes = most_bytes

    @property
    def names(self) -> list[str]:
        return sorted(self._entries)

    def outside(self, name: str) -> bool:
        return leads_out(name)

    def size(self, name: str) -> int | None:
        entry = self._entries.get(name)
        return None if entry is None else entry.file_size

    def read(self, name: str) -> bytes:
        entry = self._entries.get(name)
        if entry is None:
            raise FileNotFoundError(name)
        with self._zip.open(entry) as file:
            content = file.read(self._most_bytes + 1)
        if len(content) > self._most_bytes:
            raise OSError(f"{name} holds more than it may")
        return content
