"""Hostile and broken XML: refused where it stands alone, reported where it lies among good files."""

from __future__ import annotations

import shutil
from itertools import islice
from pathlib import Path
from typing import Any

import pytest

from pandok.core.errors import ImportRefused
from pandok.fields.register.importers import xml_stream
from pandok.fields.register.importers.xml_stream import Node, XmlBroken, records, root_of
from pandok.fields.register.models import Design
from tests.fields.register.conftest import SAMPLES, picture

LAUGHS = """<?xml version="1.0"?>
<!DOCTYPE response [<!ENTITY a "ha"><!ENTITY b "&a;&a;&a;&a;&a;&a;&a;&a;"><!ENTITY c "&b;&b;&b;&b;&b;&b;&b;&b;">]>
<response><item><articleName>&c;</articleName></item></response>"""
EXTERNAL = """<?xml version="1.0"?>
<!DOCTYPE response [<!ENTITY file SYSTEM "SECRET">]>
<response><item><applicationNumber>1</applicationNumber><articleName>&file;</articleName></item></response>"""
PARAMETER = """<?xml version="1.0"?>
<!DOCTYPE response [<!ENTITY % more SYSTEM "SECRET"> %more;]>
<response><item><applicationNumber>1</applicationNumber></item></response>"""


@pytest.mark.parametrize("text", [LAUGHS, EXTERNAL, PARAMETER])
def test_entities_are_refused(register: Any, text: str) -> None:
    secret = register.folder.parent / "secret.txt"
    secret.write_text("secret words")
    file = register.folder / "bad.xml"
    file.write_text(text.replace("SECRET", secret.as_uri()))
    with pytest.raises(ImportRefused) as refused:
        register.run(file)
    assert refused.value.error_code == "import.xml_dangerous"
    assert "secret words" not in refused.value.message()
    assert Design.objects.count() == 0


def test_a_dangerous_file_among_good_ones_is_a_finding(register: Any, codes: Any) -> None:
    (register.folder / "a-bad.xml").write_text(LAUGHS)
    shutil.copy(SAMPLES / "kipris_six_views.xml", register.folder / "b-good.xml")
    picture(register.folder / "six/1.jpg")
    picture(register.folder / "six/2.jpg", 80)
    assert codes(register.run()) == [("xml.dangerous", 1)]
    assert Design.objects.count() == 1


def test_broken_xml_gives_what_stood_before_the_break(register: Any) -> None:
    text = (SAMPLES / "kipris_list.xml").read_text(encoding="utf-8")
    picture(register.folder / "chair.jpg")
    (register.folder / "cut.xml").write_text(text[: text.index("3020990000022")], encoding="utf-8")
    report = register.run()
    assert [each.code for each in report.findings] == ["xml.broken"]
    assert report.findings[0].line > 20
    assert Design.objects.get().design_id == "3020990000011"


@pytest.mark.parametrize("data", [b"", b"<", b"no xml", b'<?xml version="1.0" encoding="klingon"?><response/>'])
def test_xml_that_is_none(register: Any, codes: Any, data: bytes) -> None:
    (register.folder / "a.xml").write_bytes(data)
    shutil.copy(SAMPLES / "kipris_six_views.xml", register.folder / "b.xml")
    assert ("xml.broken", 1) in codes(register.run())
    assert Design.objects.count() == 1


def test_an_unknown_kind_among_good_files(register: Any, codes: Any) -> None:
    (register.folder / "a.xml").write_text("<rss><item/></rss>")
    shutil.copy(SAMPLES / "kipris_six_views.xml", register.folder / "b.xml")
    assert ("xml.unknown", 1) in codes(register.run())


def test_a_huge_or_deep_record_is_refused(tmp_path: Path, monkeypatch: pytest.MonkeyPatch) -> None:
    deep = tmp_path / "deep.xml"
    deep.write_text("<response><item>" + "<a>" * 300 + "</a>" * 300 + "</item></response>")
    with pytest.raises(ImportRefused):
        list(records(deep, {"item"}))
    monkeypatch.setattr(xml_stream, "MAX_RECORD_CHARACTERS", 1000)
    long = tmp_path / "long.xml"
    long.write_text("<response><item><a>" + "x" * 2000 + "</a></item></response>")
    with pytest.raises(ImportRefused):
        list(records(long, {"item"}))


def test_a_document_type_alone_is_not_read(tmp_path: Path) -> None:
    file = tmp_path / "grant.xml"
    file.write_text('<!DOCTYPE r SYSTEM "absent.dtd" [ ]>\n<r>\n<item>1</item></r>')
    assert [(node.text, node.line) for node in records(file, {"item"}) if isinstance(node, Node)] == [("1", 3)]
    root = root_of(file)
    assert root is not None
    assert root is not None
    assert root.name == "r"


def test_records_stream(tmp_path: Path) -> None:
    """A record is given out before the rest of the file is read: a break at the end comes after it."""
    file = tmp_path / "long.xml"
    file.write_text("<r>" + "<item>x</item>" * 20_000 + "<open>")
    found = records(file, {"item"})
    assert sum(1 for _ in islice(found, 20_000)) == 20_000
    assert isinstance(next(found), XmlBroken)
