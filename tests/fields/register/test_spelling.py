"""Pictures are found although their names are spelled as another system spells them."""

from __future__ import annotations

import os
import unicodedata
from pathlib import Path
from typing import Any

import pytest

from pandok.core.natural_order import natural_key
from pandok.fields.register.models import Design, View
from tests.fields.register.conftest import picture

NAME = "도면/사시도 1.png"
MAC = unicodedata.normalize("NFD", NAME)


@pytest.mark.parametrize(
    ("written", "lies"),
    [
        (NAME, MAC),
        (MAC, NAME),
        ("img_0007.jpg", "IMG_0007.JPG"),
        ("Front.PNG", "front.png"),
        ("Sheets/Front.png", "sheets/FRONT.PNG"),
        (NAME.replace(".png", ".PNG"), MAC),
        ("ÉTUI.png", unicodedata.normalize("NFD", "étui.png")),
    ],
)
def test_a_picture_is_found(register: Any, codes: Any, written: str, lies: str) -> None:
    register.picture(lies)
    register.write([f"D1,H,Cup,07-01,등록,front,{written}"])
    assert codes(register.run()) == []
    assert Design.objects.get().views.count() == 1


def test_the_exact_name_comes_first(register: Any, codes: Any) -> None:
    register.picture("A.png", 10)
    exact = register.picture("a.png", 60)
    register.write(["D1,H,Cup,07-01,등록,front,a.png"])
    assert codes(register.run()) == []
    assert View.objects.get().sha256 == register.blobs.put(exact.read_bytes())


@pytest.mark.parametrize(("first", "second"), [("A.png", "a.PNG"), ("가.PNG", unicodedata.normalize("NFD", "가.Png"))])
def test_two_that_could_be_meant_are_a_finding(register: Any, codes: Any, first: str, second: str) -> None:
    register.picture(first, 10)
    register.picture(second, 60)
    register.write([f"D1,H,Cup,07-01,등록,front,{first.casefold()}"])
    report = register.run()
    assert codes(report) == [("path.ambiguous", 2)]
    assert View.objects.count() == 0


def test_a_spelled_path_never_leads_out(register: Any, codes: Any) -> None:
    outside = picture(register.folder.parent / "outside" / "secret.png")
    os.symlink(outside.parent, register.folder / "Sheets")
    os.symlink(outside, register.folder / "Front.png")
    register.write(["D1,H,Cup,07-01,등록,front,sheets/SECRET.png", "D2,H,Cup,07-01,등록,front,front.png"])
    assert codes(register.run()) == [("path.outside", 2), ("path.outside", 3)]


def test_sheets_of_xml_are_found_in_any_spelling_and_two_are_a_finding(register: Any, codes: Any) -> None:
    grant = (
        "<us-patent-grant><us-bibliographic-data-grant><publication-reference><document-id><country>US</country>"
        "<doc-number>D1</doc-number></document-id></publication-reference></us-bibliographic-data-grant>\n"
        '<drawings><img file="{}"/></drawings></us-patent-grant>'
    )
    (register.folder / "a.xml").write_text(grant.format(MAC.rpartition("/")[2]), encoding="utf-8")
    register.picture(NAME.rpartition("/")[2])
    assert codes(register.run()) == []
    assert Design.objects.get().views.count() == 1
    (register.folder / "a.xml").write_text(grant.format("sheet.tif"), encoding="utf-8")
    register.picture("Sheet.TIF", 10)
    register.picture("SHEET.tif", 60)
    assert codes(register.run()) == [("path.ambiguous", 2)]


def test_pictures_beside_the_xml_come_by_their_number(register: Any) -> None:
    (register.folder / "answer.xml").write_text(
        "<response><item><applicationNumber>3020270000011</applicationNumber><articleName>컵</articleName>"
        "<imagePath>http://x.example/1</imagePath></item></response>",
        encoding="utf-8",
    )
    for number in (100, 1, 20, 3, 11, 2):
        picture(register.folder / "3020270000011" / f"도면_{number}.jpg", number)
    register.run()
    assert [view.name for view in View.objects.order_by("order")] == [f"도면_{n}" for n in (1, 2, 3, 11, 20, 100)]


def test_natural_order() -> None:
    names = ["a10b2", "a10b10", "A2", "a1", "a", "10", "9", "도면 10", "도면 9", "a02"]
    assert sorted(names, key=natural_key) == ["9", "10", "a", "a1", "a02", "A2", "a10b2", "a10b10", "도면 9", "도면 10"]


def test_a_file_that_came_later_is_found_in_the_same_process(register: Any, codes: Any, tmp_path: Path) -> None:
    register.write(["D1,H,Cup,07-01,등록,front,front.png"])
    register.picture("other.png")
    assert codes(register.run()) == [("path.missing", 2)]
    register.picture("FRONT.png")
    os.utime(register.folder, ns=(1, 1))  # the clock of a file system may be coarse
    assert codes(register.run()) == []
    assert tmp_path.exists()
