"""Files after the standards' own names: ST.96 with its versions, Hague, ST.86, KIPRISPlus operations, DesignView."""

from __future__ import annotations

from datetime import date
from pathlib import Path
from typing import Any

import pytest

from pandok.core.errors import ImportRefused
from pandok.fields.register.lists.queries import kept_fields
from pandok.fields.register.models import Design, KeptField
from tests.fields.register.conftest import picture

ST96 = "http://www.wipo.int/standards/XMLSchema/ST96"
ROOT = Path(__file__).resolve().parents[4]


def st96(inside: str, version: str = "V6_0") -> str:
    return (
        f'<dgn:DesignTransaction xmlns:dgn="{ST96}/Design" xmlns:com="{ST96}/Common" com:st96Version="{version}">'
        f"<dgn:DesignApplication>{inside}</dgn:DesignApplication></dgn:DesignTransaction>"
    )


APPLICATION = """<com:ApplicationNumber><com:ApplicationNumberText>XX-2099-9</com:ApplicationNumberText>
</com:ApplicationNumber><dgn:DesignBag><dgn:Design><com:RegistrationNumber>R-9</com:RegistrationNumber>
<com:DesignClassificationBag><com:LocarnoClassificationBag>
<com:LocarnoClassificationEdition>14</com:LocarnoClassificationEdition>
<com:LocarnoClassification><com:LocarnoClass>07-01</com:LocarnoClass></com:LocarnoClassification>
<com:LocarnoClassification><com:LocarnoClass>07-03</com:LocarnoClass></com:LocarnoClassification>
</com:LocarnoClassificationBag></com:DesignClassificationBag>
<dgn:DesignCurrentStatusCategory>Invalidity procedure pending</dgn:DesignCurrentStatusCategory>
<dgn:NoveltyStatementText>The handle is new</dgn:NoveltyStatementText>
<dgn:DesignerBag><dgn:Designer><com:FirstName>Nobody</com:FirstName></dgn:Designer></dgn:DesignerBag>
</dgn:Design></dgn:DesignBag>"""


def test_st96_classes_with_edition_and_what_is_not_read(register: Any, codes: Any) -> None:
    (register.folder / "a.xml").write_text(st96(APPLICATION))
    report = register.run()
    assert codes(report) == []
    design = Design.objects.get(design_id="R-9")
    assert (design.locarno_class, design.further_classes, design.locarno_edition) == ("07-01", "07-03", "14")
    assert (design.status, design.status_word) == ("in force", "Invalidity procedure pending")
    assert [(one.name, one.value) for one in kept_fields(design)] == [("NoveltyStatementText", "The handle is new")]
    seen = report.unread["NoveltyStatementText"]
    assert (seen["count"], seen["file"], seen["value"]) == (1, "a.xml", "The handle is new")
    assert report.counts["fields_kept"] == 1


def test_what_is_kept_is_kept_once_and_again_where_it_changed(register: Any) -> None:
    file = register.folder / "a.xml"
    file.write_text(st96(APPLICATION))
    register.run()
    assert not register.run().changed
    file.write_text(st96(APPLICATION.replace("handle", "spout")))
    register.run()
    assert list(KeptField.objects.values_list("value", flat=True)) == ["The handle is new", "The spout is new"]
    assert kept_fields(Design.objects.get())[0].value == "The spout is new"


@pytest.mark.parametrize(
    ("version", "expected"), [("V1_0", []), ("V7_1_D2", []), ("V99_0", ["xml.version"]), ("x", ["xml.version"])]
)
def test_a_version_that_nobody_compared_is_said(register: Any, codes: Any, version: str, expected: list[str]) -> None:
    (register.folder / "a.xml").write_text(st96(APPLICATION, version))
    assert [code for code, _ in codes(register.run())] == expected
    assert Design.objects.count() == 1


@pytest.mark.parametrize("component", ["Patent", "Trademark"])
def test_another_component_of_st96_is_refused(register: Any, component: str) -> None:
    file = register.folder / "a.xml"
    file.write_text(f'<x:Thing xmlns:x="{ST96}/{component}"/>')
    with pytest.raises(ImportRefused) as refused:
        register.run(file)
    assert refused.value.error_code == "import.unknown"


def hague(history: str = "", offices: tuple[str, ...] = ("KR", "JP"), designs: int = 1) -> str:
    country = "<d:DesignatedCountry><d:DesignatedCountryCode>{}</d:DesignatedCountryCode></d:DesignatedCountry>"
    bag = "".join(country.format(one) for one in offices)
    drawn = "".join(f"<d:Design><d:DesignIdentifier>{n}</d:DesignIdentifier></d:Design>" for n in range(1, designs + 1))
    return f"""<Transaction><HagueExpressTransaction xmlns:d="{ST96}/Design" xmlns:c="{ST96}/Common"><d:HagueCurrent>
<d:HagueRegistration><c:InternationalRegistrationNumber>DM/087654</c:InternationalRegistrationNumber>
<c:InternationalRegistrationDate>2095-01-01</c:InternationalRegistrationDate><c:ExpiryDate>2100-01-01</c:ExpiryDate>
<d:DesignatedCountryBag>{bag}</d:DesignatedCountryBag><d:DesignBag>{drawn}</d:DesignBag>
</d:HagueRegistration></d:HagueCurrent>{history}</HagueExpressTransaction></Transaction>"""


def event(name: str, inside: str) -> str:
    return f"<d:HagueHistory><d:{name}>{inside}</d:{name}></d:HagueHistory>"


def notified(office: str) -> str:
    return f"<d:RecordNotifyingOfficeCode>{office}</d:RecordNotifyingOfficeCode>"


@pytest.mark.parametrize(
    ("history", "status", "expires"),
    [
        ("", "in force", date(2100, 1, 1)),
        (event("HagueRenewal", "<c:ExpiryDate>2105-01-01</c:ExpiryDate>"), "in force", date(2105, 1, 1)),
        (event("HagueRefusal", notified("KR") + "<d:DecisionDate>2096-05-01</d:DecisionDate>"), "unknown", None),
        (event("HagueRefusal", notified("JP")), "in force", None),
        (event("HagueRefusal", notified("KR")) + event("HagueGrantProtection", notified("KR")), "in force", None),
        (event("HagueInvalidation", notified("KR")), "invalidated", None),
        (event("HagueRenunciation", ""), "surrendered", None),
        (event("HagueRenunciation", "<d:DesignatedCountryCode>JP</d:DesignatedCountryCode>"), "in force", None),
    ],
)
def test_how_an_international_registration_stands_here(
    register: Any, codes: Any, history: str, status: str, expires: date | None
) -> None:
    (register.folder / "h.xml").write_text(hague(history))
    report = register.run()
    assert (report.importer, codes(report)) == ("st96", [])
    design = Design.objects.get()
    assert (design.international_number, design.status) == ("DM/087654", status)
    assert expires is None or design.expires_on == expires


def test_an_event_may_concern_one_design_of_several(register: Any) -> None:
    affected = "<d:AffectedDesign><d:DesignIdentifier>2</d:DesignIdentifier></d:AffectedDesign>"
    (register.folder / "h.xml").write_text(hague(event("HagueInvalidation", notified("KR") + affected), designs=2))
    register.run()
    assert dict(Design.objects.values_list("design_id", "status")) == {
        "DM/087654-1": "in force",
        "DM/087654-2": "invalidated",
    }


def test_a_registration_for_other_offices_is_no_right_here(register: Any, codes: Any) -> None:
    (register.folder / "h.xml").write_text(hague(offices=("JP", "EM")))
    assert [code for code, _ in codes(register.run())] == ["hague.office"]
    assert Design.objects.get().status == "unknown"


ST86 = """<Transaction xmlns="http://www.wipo.int/standards/XMLSchema/designs"><DesignTransactionBody>
<TransactionContentDetails><TransactionData><DesignApplicationDetails><DesignApplication>
<DesignApplicationNumber>4020990001</DesignApplicationNumber><DesignApplicationDate>2099-02-01</DesignApplicationDate>
<ApplicantDetails><Applicant><ApplicantAddressBook><FormattedNameAddress><Name><FormattedName>
<OrganizationName>Muster Leuchten</OrganizationName></FormattedName></Name></FormattedNameAddress>
</ApplicantAddressBook></Applicant></ApplicantDetails>
<DesignDetails><Design><DesignIdentifier>0001</DesignIdentifier>
<RegistrationNumber>402099000001-0001</RegistrationNumber><RegistrationDate>2099-04-01</RegistrationDate>
<ExpiryDate>2104-02-28</ExpiryDate><DesignCurrentStatusCode>Design surrendered</DesignCurrentStatusCode>
<DesignCurrentStatusDate>2100-01-01</DesignCurrentStatusDate>
<IndicationProductDetails><IndicationProduct><ClassificationKindCode>Locarno</ClassificationKindCode>
<ClassificationVersion>13</ClassificationVersion><ClassDescriptionDetails><ClassDescription>
<ClassNumber>26.05</ClassNumber><ProductDescription>Lamps</ProductDescription></ClassDescription>
</ClassDescriptionDetails></IndicationProduct><IndicationProduct>
<ClassificationKindCode>National</ClassificationKindCode><ClassDescriptionDetails><ClassDescription>
<ClassNumber>99-99</ClassNumber></ClassDescription></ClassDescriptionDetails></IndicationProduct>
</IndicationProductDetails>
<DesignRepresentationSheetDetails><DesignRepresentationSheet><ViewDetails>
<View><ViewFilename>lamp.jpg</ViewFilename><ViewNumber>1.1</ViewNumber></View>
</ViewDetails></DesignRepresentationSheet></DesignRepresentationSheetDetails>
<PriorityDetails><Priority><PriorityDate>2090-01-01</PriorityDate></Priority></PriorityDetails>
<TotalSpecimen>0</TotalSpecimen></Design></DesignDetails></DesignApplication></DesignApplicationDetails>
</TransactionData></TransactionContentDetails></DesignTransactionBody></Transaction>"""


@pytest.mark.parametrize("namespaced", [True, False])
def test_st86(register: Any, codes: Any, namespaced: bool) -> None:
    picture(register.folder / "lamp.jpg", 10)
    text = ST86 if namespaced else ST86.replace(' xmlns="http://www.wipo.int/standards/XMLSchema/designs"', "")
    (register.folder / "a.xml").write_text(text)
    report = register.run()
    assert (report.importer, codes(report)) == ("st86", [])
    design = Design.objects.get(design_id="402099000001-0001")
    assert (design.holder.name, design.article, design.locarno_class) == ("Muster Leuchten", "Lamps", "26-05")
    assert (design.locarno_edition, design.further_classes) == ("13", "")
    assert (design.status, str(design.status_since), str(design.expires_on)) == (
        "surrendered",
        "2100-01-01",
        "2104-02-28",
    )
    assert [view.name for view in design.views.all()] == ["1.1"]
    assert [one.name for one in kept_fields(design)] == ["TotalSpecimen"]


DETAIL = """<response><header><successYN>Y</successYN></header><body><item>
<biblioSummaryInfoArray><biblioSummaryInfo><applicationNumber>3020990000044</applicationNumber>
<articleName>주전자</articleName><designNumber>000</designNumber><registrationNumber>300990044</registrationNumber>
<rgstTpcdDscr>소멸</rgstTpcdDscr><internationalRegisterNumber>DM/123456</internationalRegisterNumber>
<partDesignFg>Y</partDesignFg></biblioSummaryInfo></biblioSummaryInfoArray>
<applicantInfoArray><applicantInfo><applicantName>첫째 상사</applicantName></applicantInfo>
<applicantInfo><applicantName>둘째 상사</applicantName></applicantInfo></applicantInfoArray>
<inventorInfoArray><inventorInfo><inventorName>아무개</inventorName></inventorInfo></inventorInfoArray>
<classificationCodeInfoArray><classificationCodeInfo><classificationCode>C5-30</classificationCode>
</classificationCodeInfo></classificationCodeInfoArray></item></body></response>"""


def test_kipris_detail(register: Any, codes: Any) -> None:
    (register.folder / "d.xml").write_text(DETAIL, encoding="utf-8")
    report = register.run()
    assert codes(report) == []
    design = Design.objects.get(design_id="3020990000044")
    assert (design.holder.name, design.article, design.korean_class) == ("첫째 상사; 둘째 상사", "주전자", "C5-30")
    assert (design.status, design.international_number) == ("lapsed", "DM/123456")
    # Persons are not taken over; what is not read is kept.
    assert [one.name for one in kept_fields(design)] == ["partDesignFg"]


def test_kipris_classes_come_one_a_record_with_other_capitals(register: Any, codes: Any) -> None:
    rows = "".join(
        f"<DesignLocarnoClasscodeInfo><Applicationnumber>3020990000055</Applicationnumber>"
        f"<DesignSerialnumber>000</DesignSerialnumber><LocarnoClasscode>{code}</LocarnoClasscode>"
        "</DesignLocarnoClasscodeInfo>"
        for code in ("26-05", "26-03")
    )
    korean = "".join(
        f"<DesignClasscodeInfo><Applicationnumber>3020990000055</Applicationnumber><DesignClasscode>{code}"
        f"</DesignClasscode><DesignClassificationTypeCode>{kind}</DesignClassificationTypeCode></DesignClasscodeInfo>"
        for code, kind in (("D3-21", "S14001"), ("D3-10", "S14002"))
    )
    (register.folder / "c.xml").write_text(f"<response><body><items>{rows}{korean}</items></body></response>")
    assert codes(register.run()) == []
    design = Design.objects.get(design_id="3020990000055")
    assert (design.locarno_class, design.further_classes) == ("26-05", "26-03")
    assert design.korean_class == "D3-21"
    assert [(one.name, one.value) for one in kept_fields(design)] == [("DesignClasscode", "D3-10")]


def test_kipris_designs_of_other_offices(register: Any, codes: Any) -> None:
    (register.folder / "f.xml").write_text(
        "<response><body><items><searchResult><countryCode>JP</countryCode><registerNo>1700001</registerNo>"
        "<rightHolder>見本商会</rightHolder><articleName>Lamp</articleName><locarnoCode>26-05</locarnoCode>"
        "<registerDate>20990401</registerDate></searchResult></items></body></response>",
        encoding="utf-8",
    )
    assert codes(register.run()) == []
    design = Design.objects.get(design_id="JP1700001")
    assert (design.holder.name, design.locarno_class, str(design.registered_on)) == ("見本商会", "26-05", "2099-04-01")


@pytest.mark.parametrize("separator", [",", ";", "\t"])
def test_a_list_of_designview(register: Any, codes: Any, separator: str) -> None:
    picture(register.folder / "0123456780001.jpg", 10)
    said = {
        "Design number": "012345678-0001",
        "Office": "EM",
        "Indication of product": "Chairs",
        "Locarno class": "06-01",
        "Owner name": "Muster SARL",
        "Design status": "Registered and fully published",
        "Expiry date": "31/05/2104",
        "Verbal element": "x",
    }
    rows = (separator.join(said), separator.join(said.values()), "")
    (register.folder / "list.csv").write_text("\n".join(rows))
    report = register.run(register.folder / "list.csv")
    assert (report.importer, codes(report)) == ("designview", [])
    design = Design.objects.get(design_id="EM012345678-0001")
    assert (design.article, design.holder.name, design.locarno_class) == ("Chairs", "Muster SARL", "06-01")
    assert (design.status, str(design.expires_on)) == ("in force", "2104-05-31")
    assert design.views.count() == 1
    assert [(one.name, one.value) for one in kept_fields(design)] == [("Verbal element", "x")]


def test_a_column_of_ones_own_is_kept_and_reported(register: Any, codes: Any) -> None:
    register.picture("a.png")
    register.write(["D1,front,a.png,창고 7"], header="design_id,view,path,보관")
    report = register.run()
    assert codes(report) == []
    assert list(report.unread) == ["보관"]
    assert KeptField.objects.get().value == "창고 7"


@pytest.mark.parametrize("number", ["DM/2E5", "KR-1", "DM/1234567"])
def test_a_number_that_is_no_hague_number_is_named_with_its_line(register: Any, codes: Any, number: str) -> None:
    register.picture("a.png")
    register.write([f"D1,front,a.png,{number}"], header="design_id,view,path,international_number")
    assert codes(register.run()) == [("number.hague", 2)]
    assert Design.objects.get().international_number == ""


HOSTILE = {
    "entity": ('<!DOCTYPE x [<!ENTITY a "b">]>', "&a;", "import.xml_dangerous"),
    "outside": ('<!DOCTYPE x SYSTEM "file:///etc/passwd">', "", None),
    "external entity": ('<!DOCTYPE x [<!ENTITY a SYSTEM "file:///etc/passwd">]>', "&a;", "import.xml_dangerous"),
    "deep": ("", "<a>" * 300 + "</a>" * 300, "import.xml_dangerous"),
}


@pytest.mark.parametrize("kind", HOSTILE)
@pytest.mark.parametrize(
    "make",
    [
        lambda inside: st96(APPLICATION + inside),
        lambda inside: ST86.replace("<TotalSpecimen>", f"{inside}<TotalSpecimen>"),
        lambda inside: hague(event("HagueRenewal", inside)),
    ],
    ids=["st96", "st86", "hague"],
)
def test_hostile_files_of_each_kind(register: Any, kind: str, make: Any) -> None:
    before, inside, code = HOSTILE[kind]
    file = register.folder / "a.xml"
    file.write_text(before + make(inside))
    if code is None:
        register.run(file)
        return
    with pytest.raises(ImportRefused) as refused:
        register.run(file)
    assert refused.value.error_code == code
    assert Design.objects.count() == 0


def test_the_table_of_formats_names_every_field_that_is_read() -> None:
    from pandok.fields.register.importers import designview_table, kipris_xml, st86_xml, st96_xml, uspto_xml
    from pandok.fields.register.records import FACTS

    page = (ROOT / "docs/look-up/register-formats.md").read_text(encoding="utf-8")
    named = {*FACTS, *st96_xml.NAMES.read, *st86_xml.NAMES.read} - {"FirstName", "LastName"}
    for module in (kipris_xml, uspto_xml, designview_table):
        named |= {name for names in module.FACTS.values() for name in names}
    named -= {st96_xml.NAMES.class_kind, st86_xml.NAMES.class_kind}
    assert sorted(name for name in named if f"`{name}`" not in page) == []
