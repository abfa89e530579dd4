"""Names in zips of macOS, Korean Windows and old DOS tools, and the by-products that systems add."""

from __future__ import annotations

import io
import struct
import unicodedata
import zipfile
import zlib

import pytest

from pandok.engines.files.zip_names import entry_name, is_by_product


def entries(*names: bytes, flag: int = 0, extra: bytes = b"") -> list[zipfile.ZipInfo]:
    """A zip whose directory holds exactly these bytes as names."""
    target = io.BytesIO()
    with zipfile.ZipFile(target, "w") as archive:
        for place, name in enumerate(names):
            info = zipfile.ZipInfo(chr(97 + place) * len(name))
            info.extra = extra
            archive.writestr(info, b"x")
    data = target.getvalue()
    for place, name in enumerate(names):
        data = data.replace(bytes([97 + place]) * len(name), name)
    raw = bytearray(data)
    at = raw.find(b"PK\x01\x02")
    while at >= 0:
        raw[at + 9] |= flag >> 8
        at = raw.find(b"PK\x01\x02", at + 4)
    return zipfile.ZipFile(io.BytesIO(bytes(raw))).infolist()


@pytest.mark.parametrize(
    ("raw", "name"),
    [
        (unicodedata.normalize("NFD", "압수품/현장사진.jpg").encode(), "압수품/현장사진.jpg"),
        ("압수품/현장사진.jpg".encode(), "압수품/현장사진.jpg"),
        ("상표권자 목록.xlsx".encode("cp949"), "상표권자 목록.xlsx"),
        ("펲시.png".encode("cp949"), "펲시.png"),
        ("품.cs".encode("cp949"), "품.cs"),  # also UTF-8, by chance
        ("café.txt".encode(), "café.txt"),
        ("Größe.txt".encode(), "Größe.txt"),
        (b"plain.csv", "plain.csv"),
    ],
)
def test_names_without_the_flag(raw: bytes, name: str) -> None:
    [entry] = entries(raw)
    assert entry_name(entry) == name


def test_bytes_that_are_neither_utf_8_nor_cp949_are_read_as_dos_did() -> None:
    [entry] = entries(b"caf\x82\xff.txt")
    assert entry_name(entry) == "café\xa0.txt"


def test_a_name_with_the_flag_is_believed_and_composed() -> None:
    [entry] = entries(unicodedata.normalize("NFD", "라벨.png").encode(), flag=0x800)
    assert entry_name(entry) == "라벨.png"


def test_the_unicode_field_of_info_zip_counts_where_it_belongs_to_the_name() -> None:
    raw = b"___.png"
    body = struct.pack("<BL", 1, zlib.crc32(raw)) + "상표.png".encode()
    [entry] = entries(raw, extra=struct.pack("<HH", 0x7075, len(body)) + body)
    assert entry_name(entry) == "상표.png"
    other = struct.pack("<BL", 1, 7) + "상표.png".encode()
    [entry] = entries(raw, extra=struct.pack("<HH", 0x7075, len(other)) + other)
    assert entry_name(entry) == "___.png"


@pytest.mark.parametrize(
    "name",
    [
        "__MACOSX/a.png",
        "a/__MACOSX/._b",
        "._a",
        "x/.DS_Store",
        "x/THUMBS.DB",
        "Desktop.ini",
        "x/Icon\r",
        "@eaDir/a.jpg",
    ],
)
def test_by_products(name: str) -> None:
    assert is_by_product(name)


@pytest.mark.parametrize("name", ["a.png", "desktop.ini.csv", "x/thumbs", "DS_Store", "macosx/a.png", ".hidden", ""])
def test_what_people_made_is_none(name: str) -> None:
    assert not is_by_product(name)
