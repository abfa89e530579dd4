"""What the audit trail shows for X-ray: where an inspection came, and values of details in words."""

from __future__ import annotations

from pandok.core.text import Text
from pandok.fields.xray.decisions import Decision, Found
from pandok.fields.xray.lists.retention import POLICIES
from pandok.fields.xray.states import InspectionState

FORMATS = ("DICOM", "DICOS", "JPEG", "PNG", "TIFF", "CargoVision XML", "HCV XML", "P60 XML")
"""Proper names; pandok.readers.xray.formats says which file is which."""


def audit_words() -> dict[str, Text]:
    return {
        f"inspection.{state.value}": Text(ko=f"X-ray 검사: {state.words.ko}", en=f"Inspection: {state.words.en}")
        for state in InspectionState
    }


def audit_values() -> dict[str, dict[str, Text]]:
    return {
        "decision": {one.value: one.words for one in Decision},
        "found": {one.value: one.words for one in Found},
        "period": {one.id: one.title for policy in POLICIES.all() for one in policy.periods},
        "format": {name: Text(ko=name, en=name) for name in FORMATS} | {"raw": Text(ko="원시값", en="raw values")},
    }


def audit_states() -> dict[str, dict[str, Text]]:
    return {"inspection.": {state.value: state.words for state in InspectionState}}
