"""Alerts in the Common Alerting Protocol: written as CAP 1.2 (OASIS) and as CAP 1.1 (KS X ITU-T X.1303:2007), and
checked by rule.

The published schema lets pass what receivers refuse (identifiers with blanks, open rings, longitude before latitude,
an end before the beginning) and both versions write the zone as an offset, never as Z. `faults` says all of it, and
what the schema itself says (`cap_structure`).
"""

from __future__ import annotations

import re
from collections.abc import Sequence
from dataclasses import dataclass
from datetime import datetime
from xml.etree import ElementTree as ET

from pandok.core.terms.zone import OFFICE_ZONE
from pandok.fields.street.cap_structure import RESPONSES, structure_faults

NAMESPACES = {"1.2": "urn:oasis:names:tc:emergency:cap:1.2", "1.1": "urn:oasis:names:tc:emergency:cap:1.1"}
_TIME = re.compile(r"\d{4}-\d\d-\d\dT\d\d:\d\d:\d\d[+-]\d\d:\d\d")
_NO_BLANKS = re.compile(r"[^\s<&,]+")
STATUS = frozenset({"Actual", "Exercise", "System", "Test", "Draft"})
MESSAGE_TYPE = frozenset({"Alert", "Update", "Cancel", "Ack", "Error"})
SCOPE = frozenset({"Public", "Restricted", "Private"})
CATEGORY = frozenset(
    {"Geo", "Met", "Safety", "Security", "Rescue", "Fire", "Health", "Env", "Transport", "Infra", "CBRNE", "Other"}
)
URGENCY = frozenset({"Immediate", "Expected", "Future", "Past", "Unknown"})
SEVERITY = frozenset({"Extreme", "Severe", "Moderate", "Minor", "Unknown"})
CERTAINTY = frozenset({"Observed", "Likely", "Possible", "Unlikely", "Unknown"})


@dataclass(frozen=True)
class CapInfo:
    """One language of the same warning."""

    language: str
    event: str
    headline: str
    description: str
    instruction: str = ""


@dataclass(frozen=True)
class CapArea:
    """`circle`: latitude, longitude, radius in km."""

    words: str
    circle: tuple[float, float, float] | None = None


@dataclass(frozen=True)
class CapAlert:
    """`references`: sender, identifier and sent of what is updated or cancelled."""

    identifier: str
    sender: str
    sent: datetime
    status: str
    message_type: str
    category: str
    urgency: str
    severity: str
    certainty: str
    expires: datetime
    infos: Sequence[CapInfo]
    area: CapArea
    sender_name: str = ""
    references: tuple[str, str, datetime] | None = None


def cap_time(at: datetime) -> str:
    """
    >>> from datetime import UTC
    >>> cap_time(datetime(2026, 7, 1, 3, tzinfo=UTC))
    '2026-07-01T12:00:00+09:00'
    """
    return at.astimezone(OFFICE_ZONE).isoformat(timespec="seconds")


def cap_xml(alert: CapAlert, version: str) -> bytes:
    """`version` "1.2" or "1.1". The order of elements is the schema's."""
    root = ET.Element("alert", {"xmlns": NAMESPACES[version]})
    _add(root, "identifier", alert.identifier)
    _add(root, "sender", alert.sender)
    _add(root, "sent", cap_time(alert.sent))
    _add(root, "status", alert.status)
    _add(root, "msgType", alert.message_type)
    _add(root, "scope", "Public")
    if alert.references is not None:
        sender, identifier, sent = alert.references
        _add(root, "references", f"{sender},{identifier},{cap_time(sent)}")
    for one in alert.infos:
        info = ET.SubElement(root, "info")
        _add(info, "language", one.language)
        _add(info, "category", alert.category)
        _add(info, "event", one.event)
        _add(info, "urgency", alert.urgency)
        _add(info, "severity", alert.severity)
        _add(info, "certainty", alert.certainty)
        _add(info, "expires", cap_time(alert.expires))
        if alert.sender_name:
            _add(info, "senderName", alert.sender_name)
        _add(info, "headline", one.headline)
        _add(info, "description", one.description)
        if one.instruction:
            _add(info, "instruction", one.instruction)
        area = ET.SubElement(info, "area")
        _add(area, "areaDesc", alert.area.words)
        if alert.area.circle is not None:
            latitude, longitude, radius_km = alert.area.circle
            _add(area, "circle", f"{latitude:.5f},{longitude:.5f} {radius_km:g}")
    return b'<?xml version="1.0" encoding="UTF-8"?>\n' + bytes(ET.tostring(root, encoding="utf-8"))


def _add(parent: ET.Element, name: str, text: str) -> None:
    ET.SubElement(parent, name).text = re.sub(r"[\x00-\x08\x0b\x0c\x0e-\x1f\ud800-\udfff\ufffe\uffff]", "", text)


def faults(root: ET.Element) -> list[str]:
    """What is wrong with an `alert` element, each with the name of its element; empty: nothing was found."""
    namespace = root.tag.rpartition("}")[0].lstrip("{")
    if root.tag.rpartition("}")[2] != "alert" or namespace not in NAMESPACES.values():
        return ["alert: no CAP 1.1 or 1.2"]
    version = next(one for one, name in NAMESPACES.items() if name == namespace)
    found = structure_faults(root, version)
    found += [
        f"{name}: blanks or , < &" for name in ("identifier", "sender") if not _NO_BLANKS.fullmatch(_of(root, name))
    ]
    found += _outside(root, {"status": STATUS, "msgType": MESSAGE_TYPE, "scope": SCOPE})
    if not _TIME.fullmatch(_of(root, "sent")):
        found.append("sent: no time with an offset")
    if _of(root, "scope") == "Restricted" and not _of(root, "restriction"):
        found.append("restriction: missing where the scope is Restricted")
    if _of(root, "scope") == "Private" and not _of(root, "addresses"):
        found.append("addresses: missing where the scope is Private")
    if _of(root, "msgType") in ("Update", "Cancel", "Ack", "Error") and not _of(root, "references"):
        found.append("references: missing where another message is meant")
    for reference in _of(root, "references").split():
        parts = reference.split(",")
        if len(parts) != 3 or not _TIME.fullmatch(parts[2]):
            found.append("references: not sender,identifier,sent")
    infos = _all(root, "info")
    for info in infos:
        found += _faults_of_info(info, _of(root, "sent"), RESPONSES[version])
    return found


def _faults_of_info(info: ET.Element, sent: str, responses: frozenset[str]) -> list[str]:
    found = _outside(info, {"urgency": URGENCY, "severity": SEVERITY, "certainty": CERTAINTY})
    categories = [(one.text or "").strip() for one in _all(info, "category")]
    if not categories or not set(categories) <= CATEGORY:
        found.append("category: none of the list")
    if not {(one.text or "").strip() for one in _all(info, "responseType")} <= responses:
        found.append("responseType: none of the list")
    if not _of(info, "event"):
        found.append("event: missing")
    for name in ("effective", "onset", "expires"):
        if _all(info, name) and not _TIME.fullmatch(_of(info, name)):
            found.append(f"{name}: no time with an offset")
    expires = _of(info, "expires")
    if _TIME.fullmatch(expires) and _TIME.fullmatch(sent) and _before(expires, sent):
        found.append("expires: before sent")
    for area in _all(info, "area"):
        if not _of(area, "areaDesc"):
            found.append("areaDesc: missing")
        for one in _all(area, "polygon"):
            found += _faults_of_ring((one.text or "").split())
        for one in _all(area, "circle"):
            centre, _, radius = (one.text or "").strip().partition(" ")
            if _point(centre) is None or _number(radius) is None or (_number(radius) or 0) < 0:
                found.append("circle: not lat,lon radius")
    return found


def _faults_of_ring(words: list[str]) -> list[str]:
    points = [_point(one) for one in words]
    if len(points) < 4 or any(one is None for one in points):
        return ["polygon: not four or more lat,lon"]
    return [] if points[0] == points[-1] else ["polygon: the ring is open"]


def _point(words: str) -> tuple[float, float] | None:
    latitude, _, longitude = words.partition(",")
    found = (_number(latitude), _number(longitude))
    if found[0] is None or found[1] is None or not (-90 <= found[0] <= 90 and -180 <= found[1] <= 180):
        return None
    return found[0], found[1]


def _number(word: str) -> float | None:
    return float(word) if re.fullmatch(r"[+-]?\d{1,6}(\.\d{1,20})?", word.strip()) else None


def _before(one: str, other: str) -> bool:
    try:
        return datetime.fromisoformat(one) < datetime.fromisoformat(other)
    except ValueError:
        return True


def _outside(parent: ET.Element, lists: dict[str, frozenset[str]]) -> list[str]:
    return [f"{name}: none of the list" for name, known in lists.items() if _of(parent, name) not in known]


def _all(parent: ET.Element, name: str) -> list[ET.Element]:
    return [one for one in parent if isinstance(one.tag, str) and one.tag.rpartition("}")[2] == name]


def _of(parent: ET.Element, name: str) -> str:
    found = _all(parent, name)
    return (found[0].text or "").strip() if found else ""
