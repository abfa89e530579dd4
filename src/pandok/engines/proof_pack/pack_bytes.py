"""The files of a pack, as a zip or a folder. One value has one byte form: a pack in any other form is refused."""

from __future__ import annotations

import hashlib
import io
import stat
import zipfile
from collections.abc import Mapping
from dataclasses import dataclass
from pathlib import Path

from pandok.core.errors import InputError
from pandok.core.foreign_bytes import about_to_parse
from pandok.core.text import Text
from pandok.engines.files.damaged_zip import DAMAGED_ZIP

STATEMENT, ENVELOPE, REGISTRATION = "statement.json", "envelope.json", "registration.json"
COMPARISON, LEDGER, README, SUMS = "comparison.json", "ledger.json", "README.txt", "SHA256SUMS"
REPORT_PDF, REPORT_JSON = "report.pdf", "report.json"
NAMES = (COMPARISON, ENVELOPE, LEDGER, README, REGISTRATION, REPORT_JSON, REPORT_PDF, STATEMENT, SUMS)
"""Exactly these, in this order (ASCII without case)."""
NAMED_BY_STATEMENT = (COMPARISON, LEDGER, README, REGISTRATION, REPORT_JSON, REPORT_PDF)
MOST_FILE_BYTES = 16_000_000
MOST_PACK_BYTES = 40_000_000
_DIRECTORY_ENTRY = b"PK\x01\x02"
_EPOCH = (1980, 1, 1, 0, 0, 0)


class PackRefused(InputError):
    """The file is no proof pack, or not safe to open."""

    code = "proof"
    turn = "submitter"


def sums_of(files: Mapping[str, bytes]) -> bytes:
    """SHA256SUMS, as `sha256sum` writes it."""
    names = [name for name in NAMES if name != SUMS and name in files]
    return "".join(f"{hashlib.sha256(files[name]).hexdigest()}  {name}\n" for name in names).encode()


@dataclass(frozen=True)
class PackForm:
    """Exactly these files in this order, stored, with one fixed time and plain rights."""

    names: tuple[str, ...]
    most_file_bytes: int = MOST_FILE_BYTES
    most_pack_bytes: int = MOST_PACK_BYTES

    def zipped(self, files: Mapping[str, bytes]) -> bytes:
        """The same bytes for the same files."""
        target = io.BytesIO()
        with zipfile.ZipFile(target, "w", zipfile.ZIP_STORED) as archive:
            for name in self.names:
                entry = zipfile.ZipInfo(name, _EPOCH)
                entry.create_system, entry.external_attr = 3, (stat.S_IFREG | 0o644) << 16
                archive.writestr(entry, files[name])
        return target.getvalue()

    def unzipped(self, data: bytes) -> dict[str, bytes]:
        """The files of a zip in this form. Nothing is written to disk, nothing is decompressed. Raises PackRefused."""
        about_to_parse("zip")
        if len(data) > self.most_pack_bytes:
            raise refused("huge")
        if data.count(_DIRECTORY_ENTRY) > 4 * len(self.names):
            raise refused("many")
        try:
            with zipfile.ZipFile(io.BytesIO(data)) as archive:
                entries = archive.infolist()
                self._check(entries)
                files = {entry.filename: archive.read(entry) for entry in entries}
        except (*DAMAGED_ZIP, ValueError, OverflowError) as error:
            raise refused("zip") from error
        if self.zipped(files) != data:
            raise refused("form")
        return files

    def _check(self, entries: list[zipfile.ZipInfo]) -> None:
        """What an entry says of itself, before any of its bytes are read."""
        names = [entry.filename for entry in entries]
        for entry in entries:
            name, kind = entry.filename, stat.S_IFMT(entry.external_attr >> 16)
            if name.startswith("/") or ".." in name.replace("\\", "/").split("/") or "\\" in name or ":" in name:
                raise refused("path", name)
            if kind and not stat.S_ISREG(kind):
                raise refused("symlink", name)
            if names.count(name) > 1:
                raise refused("duplicate", name)
            if name not in self.names:
                raise refused("unknown", name)
            if entry.flag_bits & 1:
                raise refused("encrypted", name)
            if entry.file_size > self.most_file_bytes:
                raise refused("huge", name)
            if entry.compress_type != zipfile.ZIP_STORED or entry.compress_size != entry.file_size:
                raise refused("compressed", name)
        for name in self.names:
            if name not in names:
                raise refused("missing", name)


PROOF = PackForm(NAMES)


def zipped(files: Mapping[str, bytes]) -> bytes:
    """A proof: the same bytes for the same files."""
    return PROOF.zipped(files)


def read_pack(path: Path) -> dict[str, bytes]:
    """The files of a zip or folder. Raises PackRefused."""
    if path.is_symlink():
        raise refused("symlink", path.name)
    if path.is_dir():
        return _folder(path)
    try:
        if path.stat().st_size > MOST_PACK_BYTES:
            raise refused("huge", path.name)
        return unzipped(path.read_bytes())
    except OSError as error:
        raise refused("unreadable", path.name) from error


def unzipped(data: bytes) -> dict[str, bytes]:
    """The files of a proof in our one form. Raises PackRefused."""
    return PROOF.unzipped(data)


def _folder(path: Path) -> dict[str, bytes]:
    files: dict[str, bytes] = {}
    try:
        for inside in sorted(path.iterdir()):
            if inside.is_symlink():
                raise refused("symlink", inside.name)
            if inside.name not in NAMES or not inside.is_file():
                raise refused("unknown", inside.name)
            if inside.stat().st_size > MOST_FILE_BYTES:
                raise refused("huge", inside.name)
            files[inside.name] = inside.read_bytes()
    except OSError as error:
        raise refused("unreadable", path.name) from error
    for name in NAMES:
        if name not in files:
            raise refused("missing", name)
    return files


_WHAT = {
    "zip": Text(ko="zip 파일로 읽을 수 없습니다.", en="It cannot be read as a zip."),
    "form": Text(
        ko="내용 밖의 바이트가 바뀌었거나 더해졌습니다.", en="Bytes outside the contents were changed or added."
    ),
    "huge": Text(ko="너무 큽니다.", en="It is too large."),
    "many": Text(ko="파일이 너무 많습니다.", en="It holds too many files."),
    "path": Text(ko="폴더 밖을 가리키는 이름이 있습니다.", en="A name points outside the folder."),
    "symlink": Text(ko="링크나 특수 파일이 있습니다.", en="It holds a link or special file."),
    "duplicate": Text(ko="같은 이름이 두 번 있습니다.", en="A name stands twice."),
    "unknown": Text(ko="입증서에 없어야 할 파일이 있습니다.", en="It holds a file that no proof has."),
    "missing": Text(ko="있어야 할 파일이 없습니다.", en="A file is missing."),
    "encrypted": Text(ko="비밀번호가 걸린 파일이 있습니다.", en="A file is encrypted."),
    "compressed": Text(ko="압축된 파일이 있습니다. 입증서는 압축하지 않습니다.", en="A file is compressed; none is."),
    "costly": Text(ko="여는 데 너무 많은 시간이나 메모리가 듭니다.", en="Opening it takes too much time or memory."),
    "unreadable": Text(ko="읽을 수 없습니다.", en="It cannot be read."),
    "value": Text(ko="내용이 입증서의 형식이 아닙니다.", en="The contents are not those of a proof."),
}
REASONS = tuple(_WHAT)


def refused(reason: str, name: str = "") -> PackRefused:
    shown = f" ({name[:80]!r})" if name else ""
    return PackRefused(
        Text(
            ko=f"입증서를 열지 않았습니다. {_WHAT[reason].ko}{shown}",
            en=f"The proof was not opened. {_WHAT[reason].en}{shown}",
        ),
        Text(
            ko="보낸 기관에서 proof.zip을 고치지 않은 그대로 다시 받으십시오.",
            en="Ask the sending agency for proof.zip again, unchanged.",
        ),
        code=f"proof.{reason}",
        name=name[:80],
    )
