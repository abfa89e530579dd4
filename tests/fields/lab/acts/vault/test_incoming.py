"""What is sent in: ordinary files and zips are taken, hostile zips are refused whole."""

from __future__ import annotations

import io
import unicodedata
import zipfile

import pytest

from pandok.core.errors import RequestError
from pandok.fields.lab.acts.vault.uploads import incoming
from tests.fields.designs.fakes import photograph

MOST = 5_000_000


def zipped(*members: tuple[str | zipfile.ZipInfo, bytes]) -> bytes:
    target = io.BytesIO()
    with zipfile.ZipFile(target, "w", zipfile.ZIP_DEFLATED) as archive:
        for name, data in members:
            archive.writestr(name, data)
    return target.getvalue()


def code(data: bytes, most: int = MOST) -> str:
    with pytest.raises(RequestError) as caught:
        incoming("in.zip", data, most_bytes=most)
    return caught.value.error_code


def test_files_come_with_their_kind_by_content_in_order() -> None:
    data = zipped(("b/사진.png", photograph()), ("a.csv", b"id,x\n1,2\n"), ("c.pdf", b"%PDF-1.7"), ("d", b"\0"))
    assert [(one.name, one.media_type) for one in incoming("in.zip", data, most_bytes=MOST)] == [
        ("a.csv", "text/csv"),
        ("b/사진.png", "image/jpeg"),
        ("c.pdf", "application/pdf"),
        ("d", "application/octet-stream"),
    ]


def test_a_single_file_and_names_of_korean_windows() -> None:
    [one] = incoming("C:\\내 문서\\t.csv", b"id\n7\n8\n", most_bytes=MOST)
    assert (one.name, one.record_ids()) == ("t.csv", ["7", "8"])
    entry = zipfile.ZipInfo("x.csv")
    data = zipped((entry, b"id\n1\n")).replace(b"x.csv", "품.cs".encode("cp949"))
    assert [one.name for one in incoming("in.zip", data, most_bytes=MOST)] == ["품.cs"]


@pytest.mark.parametrize("name", ["../x", "/etc/passwd", "a/../../x", "c:/x", "a\\..\\x"])
def test_names_that_climb(name: str) -> None:
    assert code(zipped(("ok.txt", b"1"), (name, b"2"))) == "vault.name"


def test_links_twins_and_too_many() -> None:
    link = zipfile.ZipInfo("link")
    link.external_attr = 0o120777 << 16
    assert code(zipped((link, b"/etc/passwd"))) == "vault.zip_link"
    assert code(zipped(("A.txt", b"1"), ("a.TXT", b"2"))) == "vault.zip_twins"


def test_bombs_also_those_that_lie_about_their_size() -> None:
    assert code(zipped(("zeros", bytes(30_000_000)))) == "vault.zip_bomb"
    honest = zipped(("zeros", bytes(4_000_000)))
    size = (4_000_000).to_bytes(4, "little")
    assert honest.count(size) == 2
    assert code(honest.replace(size, (10).to_bytes(4, "little"))) in ("vault.zip_bomb", "vault.zip_content")


def test_encrypted_damaged_empty_and_too_large() -> None:
    data = zipped(("a.txt", b"some words" * 50))
    flagged = bytearray(data)
    flagged[data.index(b"PK\x01\x02") + 8] |= 1
    assert code(bytes(flagged)) == "vault.zip_encrypted"
    assert code(data[:60]) == "vault.zip_form"
    assert code(b"") == "vault.empty"
    assert code(data, most=10) == "vault.too_large"
    middle = data.index(b"a.txt") + 10
    assert code(data[:middle] + b"\xff\xff" + data[middle + 2 :]) == "vault.zip_content"


def test_a_zip_made_on_a_mac_holds_what_people_put_in_and_says_what_was_left_out() -> None:
    members = {
        "압수/상표 1.csv": b"id\n1\n",
        "__MACOSX/압수/._상표 1.csv": b"\0\5\x16\7",
        "압수/.DS_Store": b"\0\0\0\1Bud1",
        "압수/Thumbs.db": b"\xd0\xcf\x11\xe0",
        "desktop.ini": b"[.ShellClassInfo]",
    }
    names = {unicodedata.normalize("NFD", name).encode(): data for name, data in members.items()}
    target = io.BytesIO()
    with zipfile.ZipFile(target, "w") as archive:
        for place, (raw, data) in enumerate(names.items()):
            archive.writestr(chr(0x61 + place) * len(raw), data)
    data = target.getvalue()
    for place, raw in enumerate(names):
        data = data.replace(bytes([0x61 + place]) * len(raw), raw)
    sent = incoming("mac.zip", data, most_bytes=MOST)
    assert ([one.name for one in sent], sent.left_out) == (["압수/상표 1.csv"], 4)


def test_a_zip_of_by_products_alone_is_refused_and_their_bytes_are_never_read() -> None:
    assert code(zipped((".DS_Store", b"x"), ("__MACOSX/._a", b"y"))) == "vault.zip_nothing"
    bomb = zipped(("a.txt", b"1"), ("__MACOSX/._a.txt", bytes(30_000_000)))
    assert [one.name for one in incoming("in.zip", bomb, most_bytes=MOST)] == ["a.txt"]
