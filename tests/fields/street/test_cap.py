"""CAP by rule: what the published schema lets pass and receivers refuse; bombs are harmless."""

from __future__ import annotations

import pytest

from pandok.core.errors import RequestError
from pandok.fields.street import cap_reading
from pandok.fields.street.cap import NAMESPACES, CapAlert, CapArea, CapInfo, cap_xml, faults
from pandok.fields.street.cap_reading import cap_alerts_in, faults_in
from tests.fields.street.bed import NOON, later

GOOD = CapAlert(
    identifier="pandok-1",
    sender="pandok@buk.example",
    sent=NOON,
    status="Actual",
    message_type="Alert",
    category="Met",
    urgency="Immediate",
    severity="Severe",
    certainty="Observed",
    expires=later(3600),
    infos=[
        CapInfo("ko-KR", "침수", "제목 <&>", "본문 \x00끝"),
        CapInfo("en-US", "Flood", "Headline", "Text", "Turn round"),
    ],
    area=CapArea("북문 지하차도", (35.18, 126.91, 1.5)),
    sender_name="북구청",
)


@pytest.mark.parametrize("version", ["1.2", "1.1"])
def test_what_we_write_has_no_fault_and_comes_back(version: str) -> None:
    (root,) = cap_alerts_in(cap_xml(GOOD, version))
    assert faults(root) == []
    assert root.tag == f"{{{NAMESPACES[version]}}}alert"
    assert [one.text for one in root.iter() if one.tag.endswith("}headline")] == ["제목 <&>", "Headline"]


@pytest.mark.parametrize(
    ("old", "new", "fault"),
    [
        ("pandok-1<", "pandok 1<", "identifier"),
        ("pandok@buk.example<", "a,b<", "sender"),
        ("<status>Actual", "<status>actual", "status"),
        ("+09:00</sent>", "Z</sent>", "sent"),
        ("2026-07-01T13:00:00", "2026-07-01T11:00:00", "expires"),
        ("<scope>Public", "<scope>Restricted", "restriction"),
        ("<scope>Public", "<scope>Private", "addresses"),
        ("<msgType>Alert", "<msgType>Cancel", "references"),
        ("<category>Met", "<category>Weather", "category"),
        ("<circle>35.18000,126.91000 1.5", "<circle>126.91,35.18 1.5", "circle"),
        ("<circle>35.18000,126.91000 1.5</circle>", "<polygon>35,126 35,127 36,127 36,126</polygon>", "polygon"),
        ("<circle>35.18000,126.91000 1.5</circle>", "<polygon>35,126 35,127 35,126</polygon>", "polygon"),
        ("<areaDesc>북문 지하차도", "<areaDesc>", "areaDesc"),
        ("<urgency>Immediate", "<urgency>Now", "urgency"),
        ("<expires>", "<responseType>Wait</responseType><expires>", "responseType"),
        # What the schema itself says.
        ("<scope>Public</scope>", "", "scope"),
        ("<scope>Public</scope>", "<scope>Public</scope><scope>Public</scope>", "scope"),
        ("<severity>Severe</severity>", "", "severity"),
        ("<event>", "<certainty>Likely</certainty><event>", "event"),
        ("<area>", "<place>here</place><area>", "place"),
        ("<area>", "<parameter><valueName>a</valueName></parameter><area>", "value"),
        ("<area>", "<resource><resourceDesc>a</resourceDesc></resource><area>", "mimeType"),
        ("<area>", "<area>words", "area"),
        ("<areaDesc>", "<areaDesc lang='ko'>", "areaDesc"),
        ("<headline>", "<headline><b>x</b>", "headline"),
        ("<language>ko-KR", "<language>Korean language", "language"),
        ("<headline>", "<web>12:00</web><headline>", "web"),
        ("</circle>", "</circle><altitude>high</altitude>", "altitude"),
    ],
)
def test_what_receivers_refuse_is_named(old: str, new: str, fault: str) -> None:
    text = cap_xml(GOOD, "1.2").decode()
    assert old in text
    (root,) = cap_alerts_in(text.replace(old, new, 1).encode())
    assert any(one.startswith(f"{fault}:") for one in faults(root)), faults(root)


def with_everything(version: str) -> bytes:
    """Every element of the standard once, in its order."""
    text = cap_xml(GOOD, version).decode()
    pair = "<valueName>a</valueName><value>b</value>"
    more = {
        "<scope>": "<source>room</source><scope>",
        "</scope>": "</scope><restriction>none</restriction><addresses>a b</addresses><code>1</code><code>2</code>"
        "<note>n</note><references>a@b.example,1,2026-07-01T11:00:00+09:00</references><incidents>x</incidents>",
        "<urgency>": "<responseType>Monitor</responseType><urgency>",
        "<expires>": f"<audience>all</audience><eventCode>{pair}</eventCode>"
        "<effective>2026-07-01T12:00:00+09:00</effective><onset>2026-07-01T12:00:00-00:00</onset><expires>",
        "<area>": f"<web>https://buk.example/1?a=b</web><contact>062</contact><parameter>{pair}</parameter>"
        "<resource><resourceDesc>map</resourceDesc><mimeType>image/png</mimeType><size>10</size>"
        "<uri>map.png</uri><derefUri>AA==</derefUri><digest>00</digest></resource><area>",
        "<circle>": "<polygon>35,126 35,127 36,127 35,126</polygon><circle>",
        "</circle>": f"</circle><geocode>{pair}</geocode><altitude>10.5</altitude><ceiling>20</ceiling>",
        "</alert>": '<Signature xmlns="http://www.w3.org/2000/09/xmldsig#"><SignedInfo/></Signature></alert>',
    }
    for old, new in more.items():
        assert old in text
        text = text.replace(old, new)
    return text.encode()


@pytest.mark.parametrize("version", ["1.2", "1.1"])
def test_every_element_of_the_standard_is_known_in_its_place(version: str) -> None:
    assert faults_in(with_everything(version)) == [[]]


def test_what_1_1_does_not_know_yet_is_a_fault_there_alone() -> None:
    for version, fault in (("1.1", ["responseType: none of the list"]), ("1.2", [])):
        text = with_everything(version).replace(b"<responseType>Monitor", b"<responseType>AllClear", 1)
        assert faults_in(text) == [fault]


def test_an_alert_that_says_no_more_than_it_must_has_no_fault() -> None:
    whole = cap_xml(GOOD, "1.2").decode()
    assert faults_in((whole[: whole.index("<info>")] + "</alert>").encode()) == [[]]


def test_an_alert_inside_an_envelope_is_found() -> None:
    inner = cap_xml(GOOD, "1.1").decode().partition("\n")[2]
    head = '<EDXLDistribution xmlns="urn:oasis:names:tc:emergency:EDXL:DE:1.0"><contentObject><xmlContent>'
    envelope = f"{head}{inner}</xmlContent></contentObject></EDXLDistribution>"
    assert faults_in(envelope.encode()) == [[]]
    assert faults_in(envelope.replace("<status>Actual", "<status>actual").encode()) == [["status: none of the list"]]


LAUGHS = "".join(f'<!ENTITY l{n} "{f"&l{n - 1};" * 10}">' for n in range(1, 10))


@pytest.mark.parametrize(
    "body",
    [
        f'<?xml version="1.0"?><!DOCTYPE a [<!ENTITY l0 "ha">{LAUGHS}]><alert xmlns="{NAMESPACES["1.2"]}">&l9;</alert>',
        '<!DOCTYPE a [<!ENTITY x SYSTEM "file:///etc/passwd">]><a>&x;</a>',
        '<!DOCTYPE a SYSTEM "http://127.0.0.1/x.dtd"><a/>',
        "<a>",
        "",
        "<a/>",
        "<a>" * 100_000,
        " " * 1_000_001,
    ],
)
def test_bombs_and_what_is_no_cap_are_refused(body: str) -> None:
    with pytest.raises(RequestError) as refused:
        faults_in(body.encode())
    assert refused.value.error_code == "street.bad_cap"


def test_other_peoples_bytes_are_parsed_in_a_process_of_their_own(monkeypatch: pytest.MonkeyPatch) -> None:
    monkeypatch.setattr(cap_reading, "XMLParser", None)
    with pytest.raises(TypeError):
        cap_alerts_in(b"<a/>")
    assert faults_in(cap_xml(GOOD, "1.2")) == [[]]
