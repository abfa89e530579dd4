"""What the automatic checks find, and which uploads are not taken at all."""

from __future__ import annotations

import io
import zipfile

import pytest

from pandok.core.errors import PandokError, RequestError
from pandok.fields.lab.acts.exports.export_findings import ExportFinding
from pandok.fields.lab.acts.exports.file_checks import findings_of
from pandok.fields.lab.acts.exports.sealed_index import print_key, shelf
from pandok.fields.lab.acts.exports.small_cells import small_cells
from pandok.fields.lab.acts.exports.types import looked_into
from pandok.fields.lab.acts.vault.masking.table_form import read_table
from tests.engines.near_copies.test_near_copies import jpeg, scene
from tests.fields.lab.acts.exports.conftest import TABLE, Office

PDF = b"%PDF-1.7\n1 0 obj\n%%EOF\n"


def zipped(*files: tuple[str, bytes]) -> bytes:
    target = io.BytesIO()
    with zipfile.ZipFile(target, "w", zipfile.ZIP_DEFLATED) as archive:
        for name, data in files:
            archive.writestr(name, data)
    return target.getvalue()


def codes(office: Office, name: str, data: bytes) -> set[str]:
    found = findings_of(looked_into(name, data), shelf(), print_key(office.ledger))
    assert all(one.words.ko and one.words.en and ExportFinding.of(one.as_dict()) == one for one in found)
    return {one.code for one in found}


def test_sealed_rows_and_pictures_are_found_also_inside_a_zip_and_a_pdf(office: Office) -> None:
    office.seal(TABLE, 1)
    office.seal(jpeg(scene(3)), 2)
    office.seal(zipped(("0", jpeg(scene(4))), ("1", b'{"declaration":"26-0009","goods":"green jars of clay"}')), 3)
    cut = jpeg(scene(3).crop((90, 70, 810, 630)))
    assert codes(office, "cut.jpg", cut) == {"copy_picture"}
    assert codes(office, "all.zip", zipped(("notes.md", b"# notes"), ("a/cut.jpg", cut))) == {"copy_picture"}
    assert codes(office, "r.pdf", PDF[:9] + jpeg(scene(4)) + PDF[9:]) == {"copy_picture", "not_read"} | {"copy_file"}
    assert codes(office, "r.csv", b"w,g,d,score\n120,Red bottles of glass,26-0001,0.7\n") == {"copy_rows"}
    assert codes(office, "r.csv", b"goods,id\ngreen jars of clay,26-0009\n") == {"copy_rows"}
    assert codes(office, "same.csv", TABLE) == {"copy_file", "copy_rows"}


def test_what_is_new_is_not_found(office: Office) -> None:
    office.seal(TABLE, 1)
    office.seal(jpeg(scene(3)), 2)
    assert codes(office, "other.jpg", jpeg(scene(30))) == set()
    assert codes(office, "figures.csv", b"month,share\nMarch,0.71\nApril,0.72\n") == set()


def test_personal_data_and_small_cells_are_found(office: Office) -> None:
    assert "personal_email" in codes(office, "a.txt", b"write to kim@example.org please")
    assert "personal_resident_number" in codes(office, "a.csv", "번호\n900101-1234568\n".encode())
    assert "personal_phone" in codes(office, "a.md", "전화 010-1234-5678".encode("cp949"))
    assert codes(office, "a.csv", "지역,건수\n가,12\n나,3\n".encode()) == {"small_cells"}


@pytest.mark.parametrize(
    ("table", "found"),
    [
        ("site,count\nA,12\nB,4\nC,0\n", [(2, "count")]),
        ('site,n cases,share\nA,"1,200",0.5\nB,1,0.5\n', [(2, "n cases")]),
        ("site,yes,no\nA,10,3\nB,12,20\n", [(1, "no")]),
        ("site,score,level\nA,0.5,3\nB,0.6,2\n", []),
        ("month,share\nMarch,3\n", []),
        ("지역,인원\n가,4\n", [(1, "인원")]),
    ],
)
def test_cells_under_five(table: str, found: list[tuple[int, str]]) -> None:
    read = read_table(table.encode())
    assert read is not None
    assert list(small_cells(read)) == found


LINK = zipfile.ZipInfo("link.csv")
LINK.external_attr = 0o120777 << 16


def with_link() -> bytes:
    target = io.BytesIO()
    with zipfile.ZipFile(target, "w") as archive:
        archive.writestr(LINK, b"/etc/passwd")
    return target.getvalue()


HOSTILE = {
    "empty": ("a.csv", b""),
    "program": ("a.csv", b"MZ" + bytes(100)),
    "pickle": ("a.pkl", b"\x80\x04\x95"),
    "pickle as csv": ("a.csv", b"\x80\x04\x95\x00\x00"),
    "notebook": ("a.ipynb", b"{}"),
    "page": ("a.html", b"<script>alert(1)</script>"),
    "picture with another ending": ("a.csv", jpeg(scene(1))),
    "office": ("a.xlsx", zipped(("xl/workbook.xml", b"<x/>"))),
    "model that is none": ("a.onnx", b"hello"),
    "json that is none": ("a.json", b"{"),
    "deep json": ("a.json", b"[" * 100_000),
    "pdf cut off": ("a.pdf", b"%PDF-1.7 hello"),
    "slip": ("a.zip", zipped(("../../a.csv", b"a,b\n"))),
    "absolute": ("a.zip", zipped(("/etc/a.csv", b"a,b\n"))),
    "zip in zip": ("a.zip", zipped(("b.zip", zipped(("c.csv", b"a\n"))))),
    "program in zip": ("a.zip", zipped(("b.csv", b"\x7fELF\0\0"))),
    "bomb": ("a.zip", zipped(("a.csv", bytes(120_000_000)))),
    "link": ("a.zip", with_link()),
    "broken zip": ("a.zip", zipped(("a.csv", b"a,b\n"))[:-8]),
    "climbing name": ("..", b"a,b\n"),
    "control letters": ("a\x07.csv", b"a,b\n"),
}


@pytest.mark.parametrize("name", HOSTILE)
def test_hostile_uploads_are_refused(name: str) -> None:
    with pytest.raises(RequestError) as caught:
        looked_into(*HOSTILE[name])
    assert caught.value.message("ko")


def test_a_refused_upload_leaves_nothing(office: Office) -> None:
    request = office.begun()
    with pytest.raises(PandokError):
        office.add(request, *HOSTILE["slip"])
    assert not request.files.exists()
    office.add(request, "a.csv", b"a,b\n1.5,2.5\n")
    with pytest.raises(RequestError) as caught:
        office.add(request, "a.csv", b"other\n")
    assert caught.value.error_code == "export.name"


def test_nothing_lies_in_clear_on_disk(office: Office, tmp_path: object) -> None:
    office.submitted("figures.csv", b"month,share\nMarch-is-the-word,0.71\n")
    for path in tmp_path.rglob("*"):  # type: ignore[attr-defined]
        assert path.is_dir() or b"March-is-the-word" not in path.read_bytes()
