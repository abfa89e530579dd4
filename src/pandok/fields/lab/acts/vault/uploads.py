"""What is sent in to be deposited: one file or a zip, looked at in memory, never unpacked to disk.

A zip is hostile until shown otherwise: names that climb, links, encryption, twins, too many or too large members and
bombs are refused as a whole, before anything is sealed.
"""

from __future__ import annotations

import io
import stat
import zipfile
from collections.abc import Sequence
from dataclasses import dataclass
from typing import overload

from pandok.core.errors import RequestError
from pandok.core.foreign_bytes import about_to_parse
from pandok.core.text import Text, counted
from pandok.engines.documents.values import XLSX
from pandok.engines.files.damaged_zip import DAMAGED_ZIP
from pandok.engines.files.zip_names import entry_name, is_by_product
from pandok.fields.lab.acts.vault.masking.table_form import Table, read_table
from pandok.fields.lab.acts.vault.object_names import checked_name
from pandok.fields.lab.acts.vault.tables_in_child import table_ids
from pandok.readers.designs.file_kind import picture_format

MOST_MEMBERS = 20_000
MOST_RATIO = 200
"""Plain bytes for one packed byte; photographs and tables stay far below."""
_DIRECTORY_ENTRY = b"PK\x01\x02"
_PIECE = 1 << 20


@dataclass(frozen=True, slots=True)
class NamedBytes:
    name: str
    data: bytes
    media_type: str

    def table(self) -> Table | None:
        return read_table(self.data) if self.media_type == "text/csv" else None

    def record_ids(self) -> list[str]:
        """The ids of a table's rows: its first column without gaps or repetitions."""
        return table_ids(self.data) if self.media_type == "text/csv" else []


class Incoming(Sequence[NamedBytes]):
    """The files, and how many by-products of systems (`.DS_Store`, `Thumbs.db`, …) were left out."""

    def __init__(self, files: Sequence[NamedBytes], left_out: int = 0):
        self._files, self.left_out = tuple(files), left_out

    def __len__(self) -> int:
        return len(self._files)

    @overload
    def __getitem__(self, place: int) -> NamedBytes: ...
    @overload
    def __getitem__(self, place: slice) -> Sequence[NamedBytes]: ...
    def __getitem__(self, place: int | slice) -> NamedBytes | Sequence[NamedBytes]:
        return self._files[place]


def sealed_words(sealed: int, left_out: int) -> Text:
    """What became of what was sent in."""
    said = Text(ko=f"자료 {sealed}개를 봉인했습니다.", en=f"{counted(sealed, 'object is', 'objects are')} sealed.")
    more = left_out_words(left_out)
    return Text(ko=f"{said.ko} {more.ko}", en=f"{said.en} {more.en}") if left_out else said


def left_out_words(count: int) -> Text:
    return Text(
        ko=f"시스템이 만든 부산물 {count}개(.DS_Store, Thumbs.db 등)는 담지 않았습니다.",
        en=f"{count} by-products of the system (.DS_Store, Thumbs.db, …) were left out.",
    )


def incoming(filename: str, data: bytes, *, most_bytes: int) -> Incoming:
    """The files inside, in the order of their names. Raises RequestError for what is not to be trusted."""
    if not data:
        raise RequestError(
            Text(ko="파일이 비어 있습니다.", en="The file is empty."),
            Text(ko="파일을 다시 골라 올리십시오.", en="Choose the file again."),
            code="vault.empty",
        )
    if len(data) > most_bytes:
        raise too_large(most_bytes)
    if data[:4] in (b"PK\x03\x04", b"PK\x05\x06") and filename.lower().endswith(".zip"):
        return _members(data, most_bytes)
    return Incoming([named(filename.replace("\\", "/").rpartition("/")[2], data)])


def named(name: str, data: bytes) -> NamedBytes:
    """With its kind judged by content; the ending only tells a table from other text."""
    return NamedBytes(checked_name(name), data, _media_type(name, data))


def too_large(most_bytes: int) -> RequestError:
    return RequestError(
        Text(
            ko=f"받을 수 있는 크기 {most_bytes // 1_000_000} MB를 넘습니다.",
            en=f"It is larger than {most_bytes // 1_000_000} MB.",
        ),
        Text(
            ko="나누어 올리거나 서버에서 `pandok lab vault deposit`을 쓰십시오.",
            en="Send it in parts, or use `pandok lab vault deposit` on the server.",
        ),
        code="vault.too_large",
    )


def _members(data: bytes, most_bytes: int) -> Incoming:
    about_to_parse("zip")
    if data.count(_DIRECTORY_ENTRY) > 4 * MOST_MEMBERS:  # the list itself would take gigabytes
        raise _bad_zip("members")
    try:
        archive = zipfile.ZipFile(io.BytesIO(data))
    except (*DAMAGED_ZIP, ValueError) as error:
        raise _bad_zip("form") from error
    found = [(entry_name(one), one) for one in archive.infolist() if not one.is_dir()]
    entries = [(name, one) for name, one in found if not is_by_product(name)]
    if len(found) > MOST_MEMBERS:
        raise _bad_zip("members")
    if found and not entries:
        raise _bad_zip("nothing")
    if len({name.casefold() for name, _ in entries}) != len(entries):
        raise _bad_zip("twins")
    left = min(most_bytes, max(len(data) * MOST_RATIO, 1_000_000))
    if sum(one.file_size for _, one in entries) > left:
        raise _bad_zip("bomb")
    files = []
    for written, one in entries:
        if one.flag_bits & 0x1:
            raise _bad_zip("encrypted")
        mode = one.external_attr >> 16
        if mode and not stat.S_ISREG(mode) and stat.S_IFMT(mode):
            raise _bad_zip("link")
        name = checked_name(written)
        content = _bounded(archive, one, left)
        left -= len(content)
        files.append(named(name, content))
    return Incoming(sorted(files, key=lambda one: one.name), len(found) - len(entries))


def _bounded(archive: zipfile.ZipFile, entry: zipfile.ZipInfo, left: int) -> bytes:
    """The content, stopped as soon as it grows beyond what is left, whatever its header says."""
    pieces, size = [], 0
    try:
        with archive.open(entry) as file:
            while piece := file.read(_PIECE):
                size += len(piece)
                if size > left:
                    raise _bad_zip("bomb")
                pieces.append(piece)
    except DAMAGED_ZIP as error:
        raise _bad_zip("content") from error
    return b"".join(pieces)


def _media_type(name: str, data: bytes) -> str:
    kind = picture_format(data)
    if kind is not None:
        return {"JPEG": "image/jpeg", "PNG": "image/png", "HEIF": "image/heic", "TIFF": "image/tiff"}.get(
            kind, f"image/{kind.lower()}"
        )
    if data.startswith(b"%PDF-"):
        return "application/pdf"
    if data.startswith(b"PK\x03\x04") and b"xl/workbook.xml" in data:
        return XLSX
    if b"\0" in data[:4096]:
        return "application/octet-stream"
    ending = name.rpartition(".")[2].lower()
    return {
        "csv": "text/csv",
        "tsv": "text/csv",
        "json": "application/json",
        "txt": "text/plain",
        "md": "text/plain",
    }.get(ending, "application/octet-stream")


def _bad_zip(fault: str) -> RequestError:
    return RequestError(_FAULTS[fault], _PACK_AGAIN, code=f"vault.zip_{fault}")


_PACK_AGAIN = Text(
    ko="보통 파일만 담아 비밀번호 없이 다시 압축하십시오. 아무것도 보관하지 않았습니다.",
    en="Pack ordinary files again, without password. Nothing was kept.",
)
_FAULTS = {
    "form": Text(ko="압축 파일을 읽을 수 없습니다.", en="The zip cannot be read."),
    "content": Text(ko="압축 파일 안의 내용이 깨졌습니다.", en="Something inside the zip is damaged."),
    "nothing": Text(
        ko="압축 파일 안에 시스템이 만든 부산물밖에 없습니다.", en="The zip holds nothing but by-products of a system."
    ),
    "members": Text(
        ko=f"압축 파일 안에 {MOST_MEMBERS}개가 넘는 파일이 있습니다.",
        en=f"The zip holds more than {MOST_MEMBERS} files.",
    ),
    "twins": Text(ko="압축 파일 안에 같은 이름이 두 번 있습니다.", en="Two files in the zip have the same name."),
    "bomb": Text(ko="압축을 풀면 너무 큽니다.", en="Unpacked, the zip is too large."),
    "encrypted": Text(ko="비밀번호가 걸린 압축 파일입니다.", en="The zip is encrypted."),
    "link": Text(ko="압축 파일 안에 링크나 장치가 있습니다.", en="The zip holds a link or a device."),
}
