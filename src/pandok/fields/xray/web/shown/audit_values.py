"""What the audit trail shows for X-ray: where an inspection came, and values of details in words."""

from __future__ import annotations

from pandok.core.text import Text
from pandok.fields.xray.decisions import Decision, Found
from pandok.fields.xray.states import InspectionState


def audit_words() -> dict[str, Text]:
    return {
        f"inspection.{state.value}": Text(ko=f"X-ray 검사: {state.words.ko}", en=f"Inspection: {state.words.en}")
        for state in InspectionState
    }


def audit_values() -> dict[str, dict[str, Text]]:
    return {
        "decision": {one.value: one.words for one in Decision},
        "found": {one.value: one.words for one in Found},
    }


def audit_states() -> dict[str, dict[str, Text]]:
    return {"inspection.": {state.value: state.words for state in InspectionState}}
