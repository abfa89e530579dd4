"""Sealed files of the vault in a folder: `objects/ab/<object>.sealed`. They are named by the object, not by content,
so that a name tells nothing. Plain bytes are only ever in memory."""

from __future__ import annotations

import hashlib
import io
import re
from collections.abc import Callable, Iterator
from dataclasses import dataclass
from pathlib import Path
from typing import BinaryIO

from pandok.engines.files.durable import UNFINISHED, erase, written_durably
from pandok.engines.vault.ciphers import AesGcm, Cipher
from pandok.engines.vault.envelope import SiteKey, seal, unsealed

Random = Callable[[int], bytes]
_NAME = re.compile(r"[0-9a-f]{2}/[0-9a-f-]{36}\.sealed")


@dataclass(frozen=True, slots=True)
class Sealed:
    path: str
    sha256: str
    cipher: str


class SealedFiles:
    def __init__(self, folder: Path, *, random: Random, cipher: Cipher | None = None):
        self.folder = folder
        self._random = random
        self._cipher = cipher or AesGcm()

    def write(self, name: str, version: int, data: bytes, key: SiteKey) -> Sealed:
        """Seal `data` under the object's name. Raises OSError."""
        path = f"{name[:2]}/{name}.sealed"
        with written_durably(self.folder / path) as file:
            target = _Hashing(file)
            seal(
                io.BytesIO(data),
                target,
                name=name,
                version=version,
                site_key=key,
                cipher=self._cipher,
                random=self._random,
            )
        return Sealed(path, target.sha256.hexdigest(), self._cipher.name)

    def read(self, path: str, name: str, version: int, key: SiteKey) -> Iterator[bytes]:
        """The plain chunks. Raises SealBroken, or FileNotFoundError at the first step."""
        with self.at(path).open("rb") as file:
            yield from unsealed(file, name=name, version=version, site_key=key)

    def at(self, path: str) -> Path:
        if not _NAME.fullmatch(path):
            raise FileNotFoundError(path)
        return self.folder / path

    def sha256(self, path: str) -> str:
        """Of the sealed file as it lies there; no key is needed."""
        with self.at(path).open("rb") as file:
            return hashlib.file_digest(file, "sha256").hexdigest()

    def erase(self, path: str) -> bool:
        return erase(self.at(path))

    def all(self) -> Iterator[tuple[str, float]]:
        """Every file and its time of change, unfinished ones too."""
        for path in self.folder.glob("*/*"):
            if path.suffix == ".sealed" or path.name.startswith(UNFINISHED):
                yield str(path.relative_to(self.folder)), path.stat().st_mtime


class _Hashing:
    def __init__(self, target: BinaryIO):
        self._target = target
        self.sha256 = hashlib.sha256()

    def write(self, data: bytes) -> int:
        self.sha256.update(data)
        return self._target.write(data)
