"""Thousands of documents one after another in one file: all of them, with lines counted through the file."""

from __future__ import annotations

import gc
import tracemalloc
from pathlib import Path
from typing import Any

import pytest

from pandok.fields.register.importers import xml_source
from pandok.fields.register.importers.xml_stream import Node, XmlBroken, records
from pandok.fields.register.models import Design
from tests.fields.register.conftest import SAMPLES, picture

GRANT = """<?xml version="1.0" encoding="UTF-8"?>
<!DOCTYPE us-patent-grant SYSTEM "us-patent-grant-v47-2022-02-17.dtd" [ ]>
<us-patent-grant file="US{number}.XML"><us-bibliographic-data-grant>
<publication-reference><document-id><country>US</country><doc-number>{number}</doc-number><date>20260203</date>
</document-id></publication-reference><invention-title>{title}</invention-title>
</us-bibliographic-data-grant></us-patent-grant>
"""


def grants(*numbers: str) -> list[str]:
    return [GRANT.format(number=number, title=f"Vase {number}") for number in numbers]


def test_all_grants_of_a_weekly_file(register: Any, codes: Any) -> None:
    numbers = [f"D99{index:04d}" for index in range(700)]  # longer than one piece that is read
    (register.folder / "ipg260203.xml").write_text("".join(grants(*numbers)), encoding="utf-8")
    assert codes(register.run()) == []
    assert set(Design.objects.values_list("design_id", flat=True)) == {f"US{number}" for number in numbers}


@pytest.mark.parametrize("between", ["", "\n", "\r\n\r\n", "\n<!-- next -->\n", "\ufeff"])
@pytest.mark.parametrize("cut", [0, 39, 39 + 75])  # with declaration and document type, without the first, bare
def test_whatever_stands_between_two_documents(tmp_path: Path, between: str, cut: int) -> None:
    first, second = grants("D1", "D2")
    file = tmp_path / "two.xml"
    file.write_text(first.rstrip("\n") + between + second[cut:], encoding="utf-8", newline="")
    found = list(records(file, {"doc-number"}))
    assert [node.text for node in found if isinstance(node, Node)] == ["D1", "D2"]


def test_a_break_in_the_middle_takes_only_its_document_out(register: Any, codes: Any) -> None:
    texts = grants("D1", "D2", "D3", "D4", "D5")
    texts[1] = texts[1].replace("</publication-reference>", "")  # a wrong end
    texts[3] = texts[3][:250] + "\n"  # cut short: the next declaration stands inside it
    (register.folder / "ipg.xml").write_text("".join(texts), encoding="utf-8")
    assert codes(register.run()) == [("xml.broken", 12), ("xml.broken", 22)]
    assert set(Design.objects.values_list("design_id", flat=True)) == {"USD1", "USD3", "USD5"}


def test_lines_are_counted_through_the_file(register: Any) -> None:
    views = '<drawings><figure><img file="USD{}-20260203-D00001.TIF"/></figure></drawings></us-patent-grant>'
    texts = [
        text.replace("</us-patent-grant>", views.format(index))
        for index, text in enumerate(grants("D1", "D2", "D3"), 1)
    ]
    (register.folder / "ipg.xml").write_text("".join(texts), encoding="utf-8")
    assert [(each.code, each.line) for each in register.run().findings] == [
        ("sheet.missing", 6),
        ("sheet.missing", 12),
        ("sheet.missing", 18),
    ]


def test_pages_of_the_korean_service_one_after_another(register: Any, codes: Any) -> None:
    page = (SAMPLES / "kipris_six_views.xml").read_text(encoding="utf-8")
    number = Node("", "", {}, 0)
    number.text = page.partition("<applicationNumber>")[2].partition("<")[0]
    other = page.replace(number.text, "3020990000099")
    picture(register.folder / "six/1.jpg")
    picture(register.folder / "six/2.jpg", 80)
    (register.folder / "pages.xml").write_text(page.rstrip() + "\n" + other, encoding="utf-8")
    assert codes(register.run()) == []
    assert Design.objects.filter(design_id__startswith="3020990000099").count() == 1
    assert Design.objects.count() == 2


def test_many_documents_stream_in_little_memory(tmp_path: Path) -> None:
    file = tmp_path / "ipg.xml"
    drawing = "<!--" + "x" * 6000 + "-->"
    text = "".join(grants(*(f"D{index}" for index in range(1500)))).replace(
        "</us-patent-grant>", f"{drawing}</us-patent-grant>"
    )
    file.write_text(text, encoding="utf-8")
    seldom = gc.get_threshold()
    gc.set_threshold(700, 10, 10)  # as the product runs; tests collect more seldom
    tracemalloc.start()
    count = sum(1 for node in records(file, {"us-patent-grant"}) if isinstance(node, Node))
    peak = tracemalloc.get_traced_memory()[1]
    tracemalloc.stop()
    gc.set_threshold(*seldom)
    assert count == 1500
    assert peak < len(text) / 2, "the file is never held as a whole"


@pytest.mark.parametrize(
    ("declared", "codec"),
    [
        ("EUC-KR", "euc_kr"),
        ("euc-kr", "cp949"),  # called EUC-KR, with syllables that only CP949 has
        ("ks_c_5601-1987", "cp949"),
        ("CP949", "cp949"),
        ("windows-949", "cp949"),
        ("MS949", "cp949"),
        ("UTF-16", "utf-16"),
        ("utf-16", "utf-8"),  # what .NET writes into a file that it then saves as UTF-8
        ("UTF-8", "utf-8-sig"),
        ("Shift_JIS", "shift_jis"),
        ("ISO-8859-1", "latin-1"),
    ],
)
def test_the_declared_encoding_holds(
    tmp_path: Path, declared: str, codec: str, monkeypatch: pytest.MonkeyPatch
) -> None:
    monkeypatch.setattr(xml_source, "PIECE_BYTES", 7)  # characters are cut in the middle
    words = {"shift_jis": "折り畳み椅子", "latin-1": "Chaise dépliée"}.get(codec, "가상 상사")
    if codec == "cp949":
        words = "뷁 상사 펲"
    text = f'<?xml version="1.0" encoding="{declared}"?>\n<response>\n<item>{words}</item></response>\n'
    file = tmp_path / "answer.xml"
    file.write_bytes((text + text).encode(codec))
    found = [(node.text, node.line) for node in records(file, {"item"}) if isinstance(node, Node)]
    assert found == [(words, 3), (words, 6)]


def test_utf_16_without_a_mark(tmp_path: Path) -> None:
    file = tmp_path / "answer.xml"
    for codec in ("utf-16-le", "utf-16-be"):
        file.write_bytes("<response><item>컵</item></response>".encode(codec))
        assert [node.text for node in records(file, {"item"}) if isinstance(node, Node)] == ["컵"]


def test_bytes_that_are_not_in_the_encoding_are_named(register: Any, codes: Any) -> None:
    good, bad = (text.encode() for text in grants("D1", "D2"))
    bad = bad.replace(b"Vase", b"\xb0\xa1\xff")
    (register.folder / "ipg.xml").write_bytes(good + bad + grants("D3")[0].encode())
    report = register.run()
    assert codes(report) == [("xml.encoding", 11)]
    assert "utf-8" in report.findings[0].text.ko
    assert set(Design.objects.values_list("design_id", flat=True)) == {"USD1", "USD3"}


def test_entities_stay_refused_in_other_encodings_and_later_documents(register: Any) -> None:
    laughs = '<!DOCTYPE r [<!ENTITY a "ha">]><us-patent-grant>&a;</us-patent-grant>'
    shape = '<?xml version="1.0" encoding="{}"?>\n'
    for data in (
        (shape.format("UTF-16") + laughs).encode("utf-16"),
        (shape.format("EUC-KR") + laughs).encode("euc_kr"),
        (grants("D1")[0] + shape.format("UTF-8") + laughs).encode(),
    ):
        (register.folder / "a-bad.xml").write_bytes(data)
        (register.folder / "b-good.xml").write_text(grants("D7")[0])
        assert "xml.dangerous" in [each.code for each in register.run().findings]


def test_a_break_is_told_once(tmp_path: Path) -> None:
    file = tmp_path / "junk.xml"
    file.write_text(grants("D1")[0] + "and then words that are no XML <")
    found = list(records(file, {"us-patent-grant"}))
    assert [type(item) for item in found] == [Node, XmlBroken]
