"""What the records are decides which importer reads a file, whatever stands around them."""

from __future__ import annotations

from typing import Any

import pytest

from pandok.core.errors import ImportRefused
from pandok.fields.register.models import Design

NAMESPACE = "http://www.wipo.int/standards/XMLSchema/ST96/Design"
RECORD = (
    '<d:{kind} xmlns:d="{namespace}"><d:RegistrationNumber>R-{number}</d:RegistrationNumber>'
    "<d:DesignTitle>Lamp</d:DesignTitle>"
    "<d:LocarnoClass>26-05</d:LocarnoClass><d:LocarnoClass>26-03</d:LocarnoClass></d:{kind}>"
)


@pytest.mark.parametrize(
    ("before", "after"),
    [
        ("<Transaction><Header/><Body>", "</Body></Transaction>"),
        ('<Export xmlns="urn:office:weekly"><Package>', "</Package></Export>"),
        ("<Transaction>" + "<Note>x</Note>" * 3000, "</Transaction>"),
        ("<soap:Envelope xmlns:soap='urn:soap'><soap:Body>", "</soap:Body></soap:Envelope>"),
    ],
)
@pytest.mark.parametrize("kind", ["DesignApplication", "DesignRegistration", "HagueRegistration"])
def test_st96_records_in_another_wrapper(register: Any, codes: Any, before: str, after: str, kind: str) -> None:
    records = "".join(RECORD.format(kind=kind, number=n, namespace=NAMESPACE) for n in (1, 2))
    (register.folder / "weekly.xml").write_text(before + records + after)
    report = register.run()
    assert (report.importer, codes(report)) == ("st96", [])
    assert set(Design.objects.values_list("design_id", flat=True)) == {"R-1", "R-2"}
    first = Design.objects.get(design_id="R-1")
    assert (first.locarno_class, first.further_classes) == ("26-05", "26-03")


def test_grants_in_a_wrapper(register: Any, codes: Any) -> None:
    grant = (
        "<us-patent-grant><us-bibliographic-data-grant><publication-reference><document-id><country>US</country>"
        "<doc-number>D{}</doc-number></document-id></publication-reference></us-bibliographic-data-grant>"
        "</us-patent-grant>"
    )
    (register.folder / "w.xml").write_text(f"<us-patent-grants>{grant.format(1)}{grant.format(2)}</us-patent-grants>")
    assert codes(register.run()) == []
    assert Design.objects.count() == 2


def test_records_of_another_namespace_stay_unknown(register: Any) -> None:
    file = register.folder / "other.xml"
    file.write_text(
        "<Transaction>" + RECORD.format(kind="HagueRegistration", number=1, namespace="urn:x") + "</Transaction>"
    )
    with pytest.raises(ImportRefused) as refused:
        register.run()
    assert refused.value.error_code == "import.unknown"
