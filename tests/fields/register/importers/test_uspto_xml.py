from __future__ import annotations

from pathlib import Path
from typing import Any

import pytest

from pandok.fields.register.models import Citation, ClassChange, Design, View

pytestmark = pytest.mark.shared_data


def test_fifty_real_grants(register: Any, shared: Path) -> None:
    folder = shared / "data" / "designs-drawings"
    report = register.run(folder / "xml")
    assert report.importer == "uspto"
    assert report.counts["designs_added"] == 50
    assert View.objects.count() == 352, "every sheet that is there"
    assert {each.code for each in report.findings} == {"sheet.missing"}
    assert all(each.line > 1 and each.file.startswith("USD") for each in report.findings)
    razor = Design.objects.get(design_id="USD0907292")
    assert (razor.holder.name, razor.article, razor.status) == ("BIC-VIOLEX SA", "Shaving blade cartridge", "in force")
    assert (razor.locarno_class, razor.locarno_edition) == ("28-03", "13")
    assert (str(razor.registered_on), str(razor.expires_on)) == ("2021-01-05", "2036-01-05")
    assert razor.citations.filter(number="D633254").exists(), "cited by the examiner"
    assert not razor.citations.filter(number="4621424").exists(), "cited by the applicant"
    assert Design.objects.get(design_id="USD0909824").holder is None, "masked persons are no holders"
    before = Citation.objects.count()
    assert not register.run(folder / "xml").changed
    assert Citation.objects.count() == before


def test_csv_and_xml_of_the_same_designs_meet(register: Any, shared: Path) -> None:
    folder = shared / "data" / "designs-drawings"
    first = register.run(folder)
    assert (first.importer, first.counts["designs_added"], first.findings) == ("csv", 39, [])
    second = register.run(folder / "xml")
    assert second.counts["designs_added"] == 11
    assert second.counts["views_withdrawn"] == 0
    assert View.objects.count() == 352, "the same sheets are not added twice"
    edition = ClassChange.objects.filter(design__design_id="USD0907292").order_by("pk")
    assert [(each.new, each.new_edition) for each in edition] == [("28-03", ""), ("28-03", "13")]
