"""CAP by rule: what the published schema lets pass and receivers refuse; bombs are harmless."""

from __future__ import annotations

import pytest

from pandok.core.errors import RequestError
from pandok.fields.street.cap import NAMESPACES, CapAlert, CapArea, CapInfo, cap_xml, faults
from pandok.fields.street.cap_reading import cap_alerts_in
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
    ],
)
def test_what_receivers_refuse_is_named(old: str, new: str, fault: str) -> None:
    text = cap_xml(GOOD, "1.2").decode()
    assert old in text
    (root,) = cap_alerts_in(text.replace(old, new).encode())
    assert any(one.startswith(f"{fault}:") for one in faults(root)), faults(root)


def test_an_alert_inside_an_envelope_is_found() -> None:
    inner = cap_xml(GOOD, "1.1").decode().partition("\n")[2]
    head = '<EDXLDistribution xmlns="urn:oasis:names:tc:emergency:EDXL:DE:1.0"><contentObject><xmlContent>'
    envelope = f"{head}{inner}</xmlContent></contentObject></EDXLDistribution>"
    (root,) = cap_alerts_in(envelope.encode())
    assert faults(root) == []


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
        cap_alerts_in(body.encode())
    assert refused.value.error_code == "street.bad_cap"
