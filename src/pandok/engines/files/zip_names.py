"""Names in zips as the packing system meant them, and the by-products that systems put beside people's files.

Zips say of each name whether it is UTF-8, and often lie by leaving that out: macOS writes UTF-8 without the flag,
Korean Windows CP949. The first reading that fits the bytes is taken: UTF-8, CP949, else CP437, which fits any.
"""

from __future__ import annotations

import struct
import unicodedata
import zipfile
import zlib

_UTF8_FLAG = 0x800
_UNICODE_PATH = 0x7075
_WINDOWS = 0
_BY_PRODUCTS = frozenset(
    {".ds_store", "thumbs.db", "ehthumbs.db", "desktop.ini", ".localized", "icon\r", ".directory", ".apdisk"}
)
_FOLDERS = frozenset(
    {"__macosx", ".spotlight-v100", ".trashes", ".fseventsd", ".temporaryitems", "$recycle.bin"}
    | {"system volume information", "@eadir"}
)


def entry_name(entry: zipfile.ZipInfo) -> str:
    """The name in NFC, with whatever it holds: nothing is judged here."""
    if entry.flag_bits & _UTF8_FLAG:
        return unicodedata.normalize("NFC", entry.orig_filename)
    raw = entry.orig_filename.encode("cp437")
    name = _unicode_path(entry.extra, raw) or _guessed(raw, entry.create_system)
    return unicodedata.normalize("NFC", name)


def is_by_product(name: str) -> bool:
    """Whether a system wrote the file for itself: `__MACOSX/…`, `._name`, `.DS_Store`, `Thumbs.db`, `desktop.ini`, …

    >>> [is_by_product(one) for one in ("사진/._1.png", "__MACOSX/사진/1.png", "사진/Thumbs.db", "사진/1.png")]
    [True, True, True, False]
    """
    parts = [part.casefold() for part in name.replace("\\", "/").split("/") if part]
    if not parts:
        return False
    return parts[-1] in _BY_PRODUCTS or parts[-1].startswith("._") or any(part in _FOLDERS for part in parts)


def _guessed(raw: bytes, system: int) -> str:
    utf8, cp949 = _decoded(raw, "utf-8"), _decoded(raw, "cp949")
    if utf8 is not None and not (cp949 is not None and _rather_korean(utf8, cp949, system)):
        return utf8
    return cp949 if cp949 is not None else raw.decode("cp437")


def _rather_korean(utf8: str, cp949: str, system: int) -> bool:
    """A few syllables of CP949 are UTF-8 too, by chance ("품" and "ǰ"). Hangul is meant where the other reading is of
    letters that hardly anybody writes, or where a Windows tool packed."""
    foreign = [one for one in utf8 if ord(one) > 0x7F]
    hangul = all(ord(one) <= 0x7F or 0xAC00 <= ord(one) <= 0xD7A3 for one in cp949)
    if not foreign or not hangul or any(ord(one) >= 0x300 for one in foreign):
        return False
    return system == _WINDOWS or any(ord(one) >= 0x180 for one in foreign)


def _decoded(raw: bytes, encoding: str) -> str | None:
    try:
        return raw.decode(encoding)
    except UnicodeDecodeError:
        return None


def _unicode_path(extra: bytes, raw: bytes) -> str:
    """Info-ZIP's field with the name in UTF-8, where it belongs to this very name; else ""."""
    while len(extra) >= 4:
        kind, size = struct.unpack_from("<HH", extra)
        body, extra = extra[4 : 4 + size], extra[4 + size :]
        if kind == _UNICODE_PATH and len(body) > 5:
            version, crc = struct.unpack_from("<BL", body)
            if version == 1 and crc == zlib.crc32(raw):
                try:
                    return body[5:].decode("utf-8")
                except UnicodeDecodeError:
                    return ""
    return ""
