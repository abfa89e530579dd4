"""A submitted zip, opened with suspicion: four known names, plain files, within their sizes; everything else refused.

Nothing is written to disk, no name of the zip is ever used as a path, and at most the allowed bytes are unpacked,
whatever the zip claims.
"""

from __future__ import annotations

import io
import stat
import zipfile
from typing import BinaryIO

from pandok.core.lab.refusals import SubmissionRefusal
from pandok.engines.files.damaged_zip import DAMAGED_ZIP
from pandok.engines.files.zip_names import is_by_product
from pandok.fields.lab.acts.submissions.zip_end import zip_end
from pandok.settings import Settings

MODEL, SHEET, CARD, SAMPLES = "model.onnx", "submission.json", "card.md", "sample_outputs.csv"
MOST_BYTES = {MODEL: 512 << 20, SHEET: 2 << 20, CARD: 256 << 10, SAMPLES: 16 << 20}
MOST_UPLOAD_BYTES = sum(MOST_BYTES.values())
MOST_ENTRIES = 16
MOST_DIRECTORY_BYTES = 16 << 10
MOST_RATIO, RATIO_FROM_BYTES = 200, 16 << 20
"""Weights that somebody trained shrink by a few times; a larger file that shrinks more holds nothing."""
_CHUNK = 1 << 20
_ENCRYPTED = 0x1 | 0x40 | 0x2000
_CODE = (
    ".py",
    ".pyc",
    ".pkl",
    ".pickle",
    ".pt",
    ".pth",
    ".joblib",
    ".npy",
    ".sh",
    ".exe",
    ".dll",
    ".so",
    ".js",
    ".jar",
)
_ARCHIVES = (".zip", ".7z", ".tar", ".gz", ".tgz", ".bz2", ".xz", ".rar", ".npz", ".whl", ".keras")
_ARCHIVE_STARTS = (b"PK\x03\x04", b"PK\x05\x06", b"\x1f\x8b", b"BZh", b"\xfd7zXZ\x00", b"7z\xbc\xaf\x27\x1c", b"Rar!")


class UploadRefused(Exception):
    """The zip is not opened further. `refusals`: what is wrong, at least one."""

    def __init__(self, refusals: list[SubmissionRefusal]):
        super().__init__(refusals[0].code)
        self.refusals = refusals


def largest_request(chosen: Settings) -> int:  # noqa: ARG001
    """Bytes of a model with what goes with it, and room for the form around it."""
    return MOST_UPLOAD_BYTES + 1_000_000


def unpacked(source: BinaryIO, size: int) -> dict[str, bytearray]:
    """The four files by name. Raises UploadRefused."""
    check_outside(source, size)
    try:
        with zipfile.ZipFile(source) as archive:
            entries = [one for one in archive.infolist() if not _left_out(one)]
            refusals = _names(entries)
            if refusals:
                raise UploadRefused(refusals)
            return {entry.filename: _read(archive, entry) for entry in entries}
    except (*DAMAGED_ZIP, ValueError) as error:
        raise UploadRefused([SubmissionRefusal("upload.damaged")]) from error


def _left_out(entry: zipfile.ZipInfo) -> bool:
    """What macOS and Windows put beside people's files is nobody's fault and is not read."""
    return is_by_product(entry.orig_filename) and not _climbs(entry.orig_filename)


def check_outside(source: BinaryIO, size: int) -> None:
    """What can be said before the list of files is read. Raises UploadRefused; else the file stands at its start."""
    if not size:
        raise UploadRefused([SubmissionRefusal("upload.empty")])
    if size > MOST_UPLOAD_BYTES:
        raise UploadRefused([SubmissionRefusal("upload.too_large")])
    source.seek(0)
    start = source.read(4)
    end = zip_end(source, size) if start == b"PK\x03\x04" else None
    if end is None:
        raise UploadRefused([SubmissionRefusal("upload.not_zip")])
    if end.entries > MOST_ENTRIES or end.directory_bytes > MOST_DIRECTORY_BYTES:
        raise UploadRefused([SubmissionRefusal("upload.unknown_file", f"{end.entries}")])
    source.seek(0)


def _names(entries: list[zipfile.ZipInfo]) -> list[SubmissionRefusal]:
    """What is wrong with the list of files, before one byte of them is unpacked."""
    found: list[SubmissionRefusal] = []
    seen: set[str] = set()
    for entry in entries:
        code = _fault(entry, seen)
        if code:
            found.append(SubmissionRefusal(code, readable(entry.orig_filename)))
        seen.add(entry.filename)
    if not found and sum(entry.file_size for entry in entries) > MOST_UPLOAD_BYTES:
        found.append(SubmissionRefusal("upload.bomb"))
    missing = [name for name in MOST_BYTES if name not in seen]
    return found or [SubmissionRefusal("upload.missing_file", name) for name in missing]


def _fault(entry: zipfile.ZipInfo, seen: set[str]) -> str:
    name = entry.orig_filename
    kind = stat.S_IFMT(entry.external_attr >> 16)
    if entry.flag_bits & _ENCRYPTED:
        return "upload.encrypted"
    if kind not in (0, stat.S_IFREG, stat.S_IFDIR):
        return "upload.link"
    if _climbs(name):
        return "upload.path"
    if name in seen:
        return "upload.twice"
    if name not in MOST_BYTES:
        lower = name.lower()
        if lower.endswith(_CODE):
            return "upload.code"
        return "upload.nested" if lower.endswith(_ARCHIVES) else "upload.unknown_file"
    hollow = entry.file_size > RATIO_FROM_BYTES and entry.file_size > MOST_RATIO * entry.compress_size
    if entry.file_size > MOST_BYTES[name] or hollow:
        return "upload.bomb"
    return ""


def _climbs(name: str) -> bool:
    parts = name.replace("\\", "/").split("/")
    odd = any(ord(one) < 32 or ord(one) == 127 for one in name)
    return odd or "\\" in name or name.startswith("/") or ".." in parts or ":" in parts[0]


def _read(archive: zipfile.ZipFile, entry: zipfile.ZipInfo) -> bytearray:
    """At most as many bytes as the file may have; what it claims of itself is not believed."""
    data = bytearray(min(entry.file_size, MOST_BYTES[entry.filename]))
    with archive.open(entry) as file, memoryview(data) as room:
        assert isinstance(file, io.BufferedIOBase)  # which the stubs do not say
        place = 0
        while count := file.readinto(room[place : place + _CHUNK]):
            place += count
        if place < len(data) or file.read(1):
            raise UploadRefused(
                [SubmissionRefusal("upload.bomb" if place == len(data) else "upload.damaged", entry.filename)]
            )
    if entry.filename != MODEL and bytes(data[:8]).startswith(_ARCHIVE_STARTS):
        raise UploadRefused([SubmissionRefusal("upload.nested", entry.filename)])
    return data


def readable(name: str) -> str:
    """A name of a stranger as text that can be shown and stored."""
    return "".join(one if one.isprintable() else "?" for one in name)[:80]
