"""Which elements CAP 1.2 and 1.1 have, in which order and how often: what their published schemas say of structure
(OASIS CAP-v1.2-os, section 3.4; CAP-V1.1, section 3.4), and of plain types. Lists of values and what the schema leaves
open are judged in `cap`."""

from __future__ import annotations

import re
from collections.abc import Iterator, Mapping
from dataclasses import dataclass
from xml.etree import ElementTree as ET

SIGNATURE = "{http://www.w3.org/2000/09/xmldsig#}"
RESPONSES_1_1 = frozenset({"Shelter", "Evacuate", "Prepare", "Execute", "Monitor", "Assess", "None"})
RESPONSES = {"1.1": RESPONSES_1_1, "1.2": RESPONSES_1_1 | {"Avoid", "AllClear"}}


@dataclass(frozen=True)
class _Child:
    name: str
    must: bool = False
    many: bool = False


def _children(words: str) -> tuple[_Child, ...]:
    """`name` once, `name?` once or not at all, `name*` any number, `name+` one or more."""
    return tuple(_Child(one.rstrip("?*+"), one[-1] not in "?*", one[-1] in "*+") for one in words.split())


_PAIR = _children("valueName value")
_ORDER: Mapping[str, tuple[_Child, ...]] = {
    "alert": _children(
        "identifier sender sent status msgType source? scope restriction? addresses? code* note? references? incidents?"
        " info*"
    ),
    "info": _children(
        "language? category+ event responseType* urgency severity certainty audience? eventCode* effective? onset?"
        " expires? senderName? headline? description? instruction? web? contact? parameter* resource* area*"
    ),
    "resource": _children("resourceDesc mimeType size? uri? derefUri? digest?"),
    "area": _children("areaDesc polygon* circle* geocode* altitude? ceiling?"),
    "eventCode": _PAIR,
    "parameter": _PAIR,
    "geocode": _PAIR,
}
_DECIMAL = re.compile(r"[+-]?(\d+(\.\d*)?|\.\d+)")
_IN_URI = r"[^\s<>\"{}|\\^`]*"
_URI = re.compile(rf"[A-Za-z][A-Za-z0-9+.-]*:{_IN_URI}|(?![^/?#]*:){_IN_URI}")
_BOTH = frozenset({"1.1", "1.2"})
_TYPES: Mapping[tuple[str, str], tuple[re.Pattern[str], frozenset[str]]] = {
    ("info", "language"): (re.compile(r"[a-zA-Z]{1,8}(-[a-zA-Z0-9]{1,8})*"), _BOTH),
    ("info", "web"): (_URI, _BOTH),
    ("resource", "uri"): (_URI, _BOTH),
    ("resource", "size"): (re.compile(r"[+-]?\d+"), _BOTH),
    ("area", "altitude"): (_DECIMAL, frozenset({"1.2"})),
    ("area", "ceiling"): (_DECIMAL, frozenset({"1.2"})),
}
"""Of simple elements, with the versions in which the schema says so."""
_HINTS = "{http://www.w3.org/2001/XMLSchema-instance}"
_OPTIONAL_IN_1_1 = frozenset({("resource", "mimeType")})


def structure_faults(root: ET.Element, version: str) -> list[str]:
    """Of an `alert` element: what is missing, unknown, twice where it stands once, or out of order."""
    return list(_faults(root, "alert", root.tag.rpartition("}")[0] + "}", version))


def _faults(parent: ET.Element, of: str, namespace: str, version: str) -> Iterator[str]:
    if any(not name.startswith(_HINTS) for name in parent.attrib):
        yield f"{of}: attributes"
    order = _ORDER.get(of)
    if order is None:
        if any(isinstance(one.tag, str) for one in parent):
            yield f"{of}: elements inside"
        return
    if any((text or "").strip() for text in (parent.text, *(one.tail for one in parent))):
        yield f"{of}: text between elements"
    known = {one.name: place for place, one in enumerate(order)}
    seen: dict[str, int] = {}
    last = -1
    for element in parent:
        if not isinstance(element.tag, str):
            continue
        if of == "alert" and element.tag.startswith(SIGNATURE):
            last = len(order)
            continue
        name = element.tag.removeprefix(namespace)
        if name not in known:
            yield f"{element.tag.rpartition('}')[2]}: no element of {of}"
            continue
        if known[name] < last:
            yield f"{name}: out of order in {of}"
        last = max(last, known[name])
        seen[name] = seen.get(name, 0) + 1
        pattern, versions = _TYPES.get((of, name), (None, frozenset[str]()))
        if pattern is not None and version in versions and not pattern.fullmatch((element.text or "").strip()):
            yield f"{name}: not of its type"
        yield from _faults(element, name, namespace, version)
    for child in order:
        times = seen.get(child.name, 0)
        if not times and child.must and not (version == "1.1" and (of, child.name) in _OPTIONAL_IN_1_1):
            yield f"{child.name}: missing in {of}"
        if times > 1 and not child.many:
            yield f"{child.name}: more than once in {of}"
