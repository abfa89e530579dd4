"""The files of a pack before anything reads them, from a folder or from a zip in memory.

No links, nothing special, nothing that climbs, nothing endless. A zip is never written out: what is to be sealed must
not lie anywhere in clear.
"""

from __future__ import annotations

import io
import os
import re
import stat
import unicodedata
import zipfile
from collections.abc import Iterator
from pathlib import Path, PurePosixPath
from typing import IO, Protocol

from pandok.engines.files.damaged_zip import DAMAGED_ZIP
from pandok.engines.files.zip_names import entry_name, is_by_product
from pandok.fields.lab.acts.packs.pack_faults import Faults

INPUTS = "inputs"
KNOWN_FILES = frozenset(
    {"problem.toml", "cases.csv", "truth.csv", "practice.csv", "README.md", "README.ko.md", "LICENSE"}
)
MOST_FILES = 500_000
MOST_INPUT_BYTES = 64 << 20
MOST_TABLE_BYTES = 1 << 30
MOST_ZIP_BYTES = 4 << 30
_SAFE = re.compile(r"[\w.\- ()+,]{1,200}")
_DEEPEST = 8


class PackFiles(Protocol):
    """The checked files of one pack, by names in NFC. `inputs` are those below inputs/, as paths relative to the pack.
    `left_out`: how
    many by-products of systems (`.DS_Store`, `Thumbs.db`, …) are no part of it."""

    inputs: frozenset[str]
    left_out: int

    def size(self, name: str) -> int | None:
        """None where there is no such file."""
        ...

    def open(self, name: str) -> IO[bytes]: ...


class FolderFiles:
    def __init__(self, folder: Path, faults: Faults):
        """Raises PackRefused at once where something must not even be opened (a link, a device)."""
        if folder.is_symlink() or not folder.is_dir():
            faults.add(".", 0, "과제 묶음 폴더가 아닙니다.", "This is no folder with a pack.")
            faults.refuse_if_any()
        self._folder = folder
        self._sizes: dict[str, int] = {}
        self._written: dict[str, str] = {}
        dangerous, self.left_out = False, 0
        for path, entry in _walk(folder, PurePosixPath()):
            if is_by_product(path.as_posix()):
                self.left_out += entry.is_file(follow_symlinks=False)
                continue
            written, found = path.as_posix(), entry.stat(follow_symlinks=False)
            name = unicodedata.normalize("NFC", written)
            self._written[name] = written
            if stat.S_ISLNK(found.st_mode):
                dangerous = True
                faults.add(shown(name), 0, "링크는 받지 않습니다.", "Links are not accepted.")
            elif stat.S_ISDIR(found.st_mode):
                if path.parts[0] != INPUTS:
                    faults.add(shown(name), 0, "inputs 밖의 폴더입니다.", "A folder outside inputs.")
            elif not stat.S_ISREG(found.st_mode):
                dangerous = True
                faults.add(shown(name), 0, "보통 파일이 아닙니다.", "This is no ordinary file.")
            elif not _keep(name, found.st_size, self._sizes, faults):
                break
        if dangerous:
            faults.refuse_if_any()
        self.inputs = frozenset(name for name in self._sizes if name not in KNOWN_FILES)

    def size(self, name: str) -> int | None:
        return self._sizes.get(name)

    def open(self, name: str) -> IO[bytes]:
        return (self._folder / self._written[name]).open("rb")


class ZipFiles:
    def __init__(self, source: IO[bytes] | bytes, faults: Faults):
        """Raises PackRefused at once for what is no zip, or has members that must not be read."""
        members: list[zipfile.ZipInfo] = []
        try:
            self._zip = zipfile.ZipFile(io.BytesIO(source) if isinstance(source, bytes) else source)
            members = self._zip.infolist()
        except (*DAMAGED_ZIP, ValueError):
            faults.add(".", 0, "zip 파일이 아니거나 손상되었습니다.", "This is no zip, or it is damaged.")
            faults.refuse_if_any()
        self._sizes: dict[str, int] = {}
        self._members: dict[str, zipfile.ZipInfo] = {}
        self.left_out = sum(not one.is_dir() and is_by_product(entry_name(one)) for one in members)
        for member in members:
            if not self._keep_member(member, faults):
                break
        if sum(self._sizes.values()) > MOST_ZIP_BYTES:
            faults.add(".", 0, "풀면 4 GB를 넘습니다.", "More than 4 GB when unpacked.")
            faults.refuse_if_any()
        self.inputs = frozenset(name for name in self._sizes if name not in KNOWN_FILES)

    def _keep_member(self, member: zipfile.ZipInfo, faults: Faults) -> bool:
        name = entry_name(member)
        if member.is_dir() or is_by_product(name):
            return True
        kind = stat.S_IFMT(member.external_attr >> 16)
        if kind not in (0, stat.S_IFREG):
            faults.add(shown(name), 0, "링크는 받지 않습니다.", "Links are not accepted.")
        elif member.flag_bits & 1 or member.compress_type not in (zipfile.ZIP_STORED, zipfile.ZIP_DEFLATED):
            faults.add(shown(name), 0, "암호화되었거나 모르는 압축입니다.", "Encrypted, or an unknown compression.")
        elif name in self._sizes:
            faults.add(shown(name), 0, "같은 이름이 두 번 있습니다.", "The same name stands twice.")
        else:
            self._members[name] = member
            return _keep(name, member.file_size, self._sizes, faults)
        return True

    def size(self, name: str) -> int | None:
        return self._sizes.get(name)

    def open(self, name: str) -> IO[bytes]:
        return self._zip.open(self._members[name])


def is_safe(path: str) -> bool:
    """Whether a path stays below inputs/ on every system: plain names, no dots that climb, no backslash, no drive."""
    parts = PurePosixPath(path).parts
    if len(parts) < 2 or len(parts) > _DEEPEST or parts[0] != INPUTS or "/".join(parts) != path:
        return False
    return all(_SAFE.fullmatch(part) and part.strip(". ") for part in parts)


def shown(name: str) -> str:
    """A name that may hold anything, as text that can be shown and stored."""
    return "".join(one if one.isprintable() else "?" for one in name.encode("utf-8", "replace").decode())[:120]


def _keep(name: str, size: int, sizes: dict[str, int], faults: Faults) -> bool:
    """Note a file, or what is wrong with it; False where there are too many."""
    if len(sizes) >= MOST_FILES:
        faults.add(".", 0, f"파일이 {MOST_FILES}개를 넘습니다.", f"More than {MOST_FILES} files.")
        return False
    if name in KNOWN_FILES:
        if size > MOST_TABLE_BYTES:
            faults.add(name, 0, "파일이 1 GB를 넘습니다.", "The file is larger than 1 GB.")
    elif not name.startswith(f"{INPUTS}/"):
        faults.add(shown(name), 0, "과제 묶음에 속하지 않는 파일입니다.", "This file does not belong in a pack.")
        return True
    elif not is_safe(name):
        faults.add(shown(name), 0, "쓸 수 없는 파일 이름입니다.", "The file name cannot be used.")
        return True
    elif size > MOST_INPUT_BYTES:
        faults.add(shown(name), 0, "입력 파일이 64 MB를 넘습니다.", "An input is larger than 64 MB.")
    sizes[name] = size
    return True


def _walk(folder: Path, below: PurePosixPath) -> Iterator[tuple[PurePosixPath, os.DirEntry[str]]]:
    """Every entry below; links are not followed."""
    with os.scandir(folder / below) as entries:
        for entry in sorted(entries, key=lambda one: one.name):
            path = below / entry.name
            yield path, entry
            if entry.is_dir(follow_symlinks=False) and len(path.parts) <= _DEEPEST:
                yield from _walk(folder, path)
